"""The tables of the protocol: every rule has its place, every word of theirs is known."""

from __future__ import annotations

from qc.core.article import Article, Attachment, Image, Link, Markup, Video
from qc.core.discover import check_of, rules
from qc.core.tables import read_table
from qc.service.languagetool.assignment import (
    CATEGORIES,
    RULES,
    assignment,
    categories,
    own_id,
    protocol_id,
)

# Internationalization Tag Set 2.0, the types that LanguageTool's clients know.
ISSUE_TYPES = frozenset(
    "terminology mistranslation omission untranslated addition duplication inconsistency grammar "
    "legal register locale-specific-content locale-violation style characters misspelling "
    "typographical formatting inconsistent-entities numbers markup pattern-problem whitespace "
    "internationalization length non-conformance uncategorized other".split()
)
NOT_IN_A_TEXT = (Image, Video, Attachment, Link, Markup)


def rows() -> list[list[str]]:
    return read_table(RULES, ("rule", "scope", "level", "category", "issue_type"))


def test_every_family_has_a_row_of_its_own() -> None:
    named = {row[0] for row in rows()}
    families = {rule.split("-")[0] for rule in rules()}
    assert {f"{family}-*" for family in families} <= named


def test_every_row_names_a_rule_or_family_that_exists() -> None:
    for rule, *_ in rows():
        if rule in ("*", "site-*"):  # site-: rules of an audit, in no article
            continue
        assert any(
            each == rule or (rule.endswith("*") and each.startswith(rule[:-1])) for each in rules()
        ), rule


def test_every_issue_type_and_category_is_known_and_used() -> None:
    assert {row[4] for row in rows()} <= ISSUE_TYPES
    assert {row[3] for row in rows()} == set(categories())
    assert all(text.vi and text.en for text in categories().values())
    assert read_table(CATEGORIES, ("category", "vi", "en"))


def test_a_rule_about_files_links_or_markup_is_not_for_a_fragment() -> None:
    wrong = [
        name
        for name in rules()
        if assignment(name).in_fragment
        and (check := check_of(name)) is not None
        and check.subject in NOT_IN_A_TEXT
    ]
    assert wrong == []
    assert Article not in NOT_IN_A_TEXT


def test_ids_go_there_and_back() -> None:
    for name in rules():
        assert own_id(protocol_id(name)) == name
        assert protocol_id(name).replace("_", "").isupper()


def test_the_longest_row_counts() -> None:
    assert assignment("spelling-hint").level == "picky"
    assert assignment("spelling-non-word").category == "TYPOS"
    assert not assignment("privacy-photo-location").in_fragment
    assert assignment("privacy-phone").in_fragment
    assert assignment("a-rule-of-a-plug-in").category == "MISC"
