"""Which rules judge a loose piece of text, and what they are called in the protocol: data."""

from __future__ import annotations

from functools import cache

from qc.core.errors import PolicyError
from qc.core.record import dataclass
from qc.core.rule import Text
from qc.core.tables import read_table

RULES = "languagetool/rules.tsv"
CATEGORIES = "languagetool/categories.tsv"
SCOPES = ("fragment", "article")
LEVELS = ("severity", "always", "picky")


@dataclass(frozen=True, slots=True)
class Assignment:
    """How the protocol treats a rule; the words are explained in policies/languagetool."""

    in_fragment: bool
    level: str
    category: str
    issue_type: str


@cache
def assignment(rule_id: str) -> Assignment:
    """The longest row that names a rule; `*` names all that no other row does."""
    rows = _rows()
    if rule_id in rows:
        return rows[rule_id]
    named = [each for each in rows if each.endswith("*") and rule_id.startswith(each[:-1])]
    return rows[max(named, key=len)]


@cache
def categories() -> dict[str, Text]:
    """The names of the categories by their ids."""
    rows = read_table(CATEGORIES, ("category", "vi", "en"))
    return {category: Text(vi=vi, en=en) for category, vi, en in rows}


def protocol_id(rule_id: str) -> str:
    """The id of a rule as clients of LanguageTool expect it: spelling-confusion -> UPPER_SNAKE."""
    return rule_id.upper().replace("-", "_")


def own_id(name: str) -> str:
    """The id of a rule in qc, from what a client calls it."""
    return name.strip().lower().replace("_", "-")


@cache
def _rows() -> dict[str, Assignment]:
    columns = ("rule", "scope", "level", "category", "issue_type")
    rows: dict[str, Assignment] = {}
    for rule, scope, level, category, issue_type in read_table(RULES, columns):
        if scope not in SCOPES or level not in LEVELS or category not in categories():
            raise PolicyError(
                f"the row of {rule} has an unknown word",
                where=RULES,
                remedy=f"scope: {SCOPES}; level: {LEVELS}; category: see {CATEGORIES}.",
            )
        rows[rule] = Assignment(scope == "fragment", level, category, issue_type)
    if "*" not in rows:
        raise PolicyError("there is no row for `*`", where=RULES, remedy="Add one.")
    return rows
