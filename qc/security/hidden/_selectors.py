"""Selectors: which elements a style rule applies to, as far as hiding needs it."""

from __future__ import annotations

import re

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.security.markup._tree import Element

_PART = regex(
    r"""(?P<tag>\*|-?[^\W\d][\w-]*)|\#(?P<id>[\w-]+)|\.(?P<class>-?[\w-]+)
    |\[\s*(?P<attribute>[\w:-]+)\s*(?:(?P<op>[~|^$*]?=)\s*(?P<value>"[^"]*"|'[^']*'|[^\]\s]+)\s*[is]?\s*)?\]
    |(?P<pseudo>::?[\w-]+)(?P<argument>\([^()]*(?:\([^()]*\)[^()]*)*\))?""",
    re.VERBOSE,
)
_STATES = frozenset(
    "hover focus active visited target checked disabled focus-within focus-visible before after"
    " first-letter first-line selection placeholder marker backdrop invalid valid empty open"
    " fullscreen indeterminate popover-open -ms-input-placeholder".split()
)


@dataclass(slots=True)
class Compound:
    """One simple selector sequence such as `div.note#a[hidden]`."""

    tag: str = ""
    id: str = ""
    classes: tuple[str, ...] = ()
    attributes: list[tuple[str, str, str]] = field(default_factory=list)
    excluded: list[Compound] = field(default_factory=list)

    def matches(self, element: Element) -> bool:
        """Whether the element itself fits."""
        if self.tag and self.tag != element.name:
            return False
        if self.id and self.id != element.get("id"):
            return False
        if self.classes:
            own = element.get("class").split()
            if not all(each in own for each in self.classes):
                return False
        return all(_fits(element, *each) for each in self.attributes) and not any(
            each.matches(element) for each in self.excluded
        )

    @property
    def weight(self) -> tuple[int, int, int]:
        """Its part of the specificity."""
        return int(bool(self.id)), len(self.classes) + len(self.attributes), int(bool(self.tag))


@dataclass(slots=True)
class Selector:
    """Compounds from left to right with the combinators between them (` ` or `>`)."""

    compounds: list[Compound]
    combinators: list[str]

    @property
    def specificity(self) -> tuple[int, int, int]:
        weights = [each.weight for each in self.compounds]
        a, b, c = (sum(column) for column in zip(*weights, strict=True))
        return a, b, c

    def matches(self, element: Element) -> bool:
        """Whether the selector picks the element; `+` and `~` are taken on trust."""
        if not self.compounds[-1].matches(element):
            return False
        each = element.parent
        steps = 0
        for compound, combinator in zip(
            reversed(self.compounds[:-1]), reversed(self.combinators), strict=True
        ):
            if combinator in "+~":
                return True
            while each is not None and steps < 300:
                steps += 1
                fits = compound.matches(each)
                each = each.parent
                if fits:
                    break
                if combinator == ">":
                    return False
            else:
                return False
        return True


def parse_selectors(text: str) -> list[Selector]:
    """The selectors of a list that can apply to an element at rest (no :hover, no ::before)."""
    found = (_selector(part) for part in _split(" ".join(text.split())))
    return [each for each in found if each is not None]


def _split(text: str) -> list[str]:
    """The parts between commas that stand outside brackets."""
    parts: list[str] = []
    nesting = start = 0
    for match in re.finditer(r"[()\[\],]", text):
        if match[0] in "([":
            nesting += 1
        elif match[0] in ")]":
            nesting = max(nesting - 1, 0)
        elif not nesting:
            parts.append(text[start : match.start()])
            start = match.end()
    return [*parts, text[start:]]


def _selector(text: str) -> Selector | None:
    text = text.strip()
    compounds: list[Compound] = []
    combinators: list[str] = []
    current = Compound()
    at = 0
    while at < len(text):
        character = text[at]
        if character in " >+~":
            compounds.append(current)
            combinator = " "
            while at < len(text) and text[at] in " >+~":
                combinator = text[at] if text[at] != " " else combinator
                at += 1
            combinators.append(combinator)
            current = Compound()
            continue
        match = _PART.match(text, at)
        if match is None or not _add(current, match):
            return None
        at = match.end()
    return Selector([*compounds, current], combinators) if text else None


def _add(compound: Compound, match: re.Match[str]) -> bool:
    if match["tag"]:
        compound.tag = "" if match["tag"] == "*" else match["tag"].lower()
    elif match["id"]:
        compound.id = match["id"]
    elif match["class"]:
        compound.classes = (*compound.classes, match["class"])
    elif match["attribute"]:
        value = (match["value"] or "").strip("\"'")
        compound.attributes.append((match["attribute"].lower(), match["op"] or "", value))
    else:
        name = match["pseudo"].strip(":").lower()
        if name in _STATES or match["pseudo"].startswith("::"):
            return False
        if name == "root":
            compound.tag = "html"
        inner = (match["argument"] or "()")[1:-1]
        if name == "not":
            for each in parse_selectors(inner):
                compound.excluded.append(each.compounds[-1])
    return True


def _fits(element: Element, name: str, operator: str, value: str) -> bool:
    own = element.attributes.get(name)
    if own is None:
        return False
    if operator == "=":
        return own == value
    if operator == "~=":
        return value in own.split()
    if operator == "^=":
        return bool(value) and own.startswith(value)
    if operator == "$=":
        return bool(value) and own.endswith(value)
    if operator == "*=":
        return bool(value) and value in own
    if operator == "|=":
        return own == value or own.startswith(value + "-")
    return True
