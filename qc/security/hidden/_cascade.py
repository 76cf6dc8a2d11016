"""The cascade: which of the declarations that can hide text win for each element."""

from __future__ import annotations

import re
from collections import defaultdict

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security.hidden._selectors import Selector, parse_selectors
from qc.security.markup._css import Declaration, declarations, rules
from qc.security.markup._tree import Element

RELEVANT = frozenset(
    "display visibility opacity position left top right bottom inset text-indent width height"
    " max-width max-height overflow overflow-x overflow-y font-size font color background"
    " background-color background-image clip clip-path transform scale margin margin-left"
    " margin-top content-visibility filter -webkit-text-fill-color line-height zoom"
    " letter-spacing mask-image translate".split()
)
MAX_STEPS = 3_000_000
MAX_SHEETS = 1_000_000
_SKIPPED_MEDIA = regex(r"\bprint\b|\bspeech\b|max-(?:device-)?width|prefers-|\bhover\b", re.I)
_NARROW = regex(r"min-(?:device-)?width\s*:\s*(\d+)", re.I)
_VARIABLE = regex(r"var\( ?(--[\w-]+) ?(?:, ?([^()]*))?\)")
_MAX_SELECTOR = 10_000
Weight = tuple[bool, tuple[int, int, int], int]


@dataclass(slots=True)
class _Row:
    selector: Selector
    weight: tuple[tuple[int, int, int], int]
    declarations: tuple[Declaration, ...]


class Cascade:
    """The rules of all style sheets, ready to be asked for one element after the other.

    `exhausted` is set when the sheets ask for more work than MAX_STEPS comparisons.
    """

    def __init__(self, sheets: list[str]) -> None:
        self.exhausted = False
        self._steps = 0
        self._variables: dict[str, str] = {}
        self._rows: dict[str, list[_Row]] = defaultdict(list)
        order = 0
        if sum(map(len, sheets)) > MAX_SHEETS:
            self.exhausted = True
            sheets = []
        for sheet in sheets:
            for rule in rules(sheet):
                self._note_variables(rule.declarations)
                kept = tuple(each for each in rule.declarations if each.name in RELEVANT)
                if not kept or any(_is_skipped(each) for each in rule.conditions):
                    continue
                if len(rule.selector) > _MAX_SELECTOR:
                    self.exhausted = True
                    continue
                for selector in parse_selectors(rule.selector):
                    order += 1
                    row = _Row(selector, (selector.specificity, order), kept)
                    self._rows[_key(selector)].append(row)

    def style(self, element: Element) -> dict[str, str]:
        """The winning value of each declaration that bears on hiding."""
        own = element.get("style")
        if not self._rows and not own:
            return {}
        best: dict[str, tuple[Weight, str]] = {}
        for row in self._candidates(element):
            if row.selector.matches(element):
                for each in row.declarations:
                    _put(best, each, (each.important, *row.weight))
        if own:
            declared = declarations(own[:100_000])
            self._note_variables(declared)
            for index, each in enumerate(declared):
                if each.name in RELEVANT:
                    _put(best, each, (each.important, (9, 0, 0), index))
        return {name: self._resolve(value) for name, (_, value) in best.items()}

    def _resolve(self, value: str) -> str:
        """A value with its custom properties filled in, where the sheets or the page set them."""
        if "var(" not in value:
            return value
        return _VARIABLE.sub(lambda match: self._variables.get(match[1], match[2] or ""), value)

    def _note_variables(self, found: tuple[Declaration, ...]) -> None:
        """Custom properties, as if each had one value in the whole page: the last one."""
        for each in found:
            if each.name.startswith("--"):
                self._variables[each.name] = each.value[:500].lower()

    def _candidates(self, element: Element) -> list[_Row]:
        if self.exhausted or not self._rows:
            return []
        found = [*self._rows.get("*", ()), *self._rows.get(element.name, ())]
        if "id" in element.attributes:
            found += self._rows.get("#" + element.get("id"), ())
        for name in set(element.get("class").split()):
            found += self._rows.get("." + name, ())
        self._steps += len(found)
        if self._steps > MAX_STEPS:
            self.exhausted = True
        return found


def _put(best: dict[str, tuple[Weight, str]], each: Declaration, weight: Weight) -> None:
    if each.name not in best or best[each.name][0] <= weight:
        best[each.name] = (weight, each.value[:500].lower())


def _key(selector: Selector) -> str:
    last = selector.compounds[-1]
    if last.id:
        return "#" + last.id
    if last.classes:
        return "." + last.classes[0]
    return last.tag or "*"


def _is_skipped(condition: str) -> bool:
    """Print, phone and preference queries do not decide what most readers see."""
    if not condition.lower().startswith("@media"):
        return False
    narrow = _NARROW.search(condition)
    if narrow and int(narrow[1]) > 1000:
        return True
    return bool(_SKIPPED_MEDIA.search(condition)) and "not print" not in condition.lower()
