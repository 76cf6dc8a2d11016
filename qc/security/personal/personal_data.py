"""Personal data: numbers and addresses of private persons do not belong in public articles.

A value of a child (a pupil is named beside it, or the number itself tells an age below
eighteen) blocks; one of an adult asks for review. Official contacts are allowed by the policy.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article, Attachment
from qc.core.finding import Finding
from qc.core.mask import mask
from qc.core.rule import Confidence, Field, Options, Severity, check
from qc.security._prose import prose_of
from qc.security.attachments.inspection import reading_of
from qc.security.children._lists import find_lists, lists_of
from qc.security.personal._context import Context, context
from qc.security.personal._fold import fold_pieces, folded
from qc.security.personal._hits import Hit, Kind
from qc.security.personal._numbers import CHILD_GROUPS, birth_year
from qc.security.personal._recognise import find_in
from qc.security.personal._rules import RULES

ADULT = 18


class PersonalOptions(Options):
    """The contacts that are meant to be public."""

    official_contacts: tuple[str, ...] = Field(
        (),
        description="Telephone numbers, e-mail addresses and accounts of the unit, as written",
    )
    official_domains: tuple[str, ...] = Field(
        (), description="E-mail domains whose mailboxes are all official"
    )


@check(*RULES.values(), subject=Article, options=PersonalOptions)
def personal_data(article: Article, options: PersonalOptions) -> Iterator[Finding]:
    prose = prose_of(article)
    places = ((piece.start, piece.end, piece.block) for piece in prose.pieces)
    prepared = context(prose.text, fold_pieces(prose.text, places))
    allowed = {normal_contact(contact) for contact in options.official_contacts}
    lists = lists_of(article)
    for hit in find_in(prepared):
        if _is_official(hit, allowed, options.official_domains):
            continue
        place = prose.locate(hit.start, hit.end)
        if place is None or any(each.start <= hit.start < each.end for each in lists):
            continue
        block, start, end = place
        child = is_of_child(hit, prepared, article.date.year)
        consented = child and bool(article.fields.consent_ids)
        yield RULES[hit.kind].at(
            block,
            start,
            end,
            severity=_severity(hit.kind, child=child and not consented),
            confidence=Confidence.HIGH if hit.cued else Confidence.MEDIUM,
            value=masked(hit, block.text[start:end]),
            owner_vi=" (của học sinh)" if child else "",
            owner_en=" (of a pupil)" if child else "",
        )

    for file in article.attachments:
        yield from _in_attachment(file, options, article.date.year)


def _in_attachment(file: Attachment, options: PersonalOptions, year: int) -> Iterator[Finding]:
    """One finding for each kind of value in an attached file, with the number of places."""
    reading = reading_of(file)
    if not reading.text:
        return
    prepared = context(reading.text)
    allowed = {normal_contact(contact) for contact in options.official_contacts}
    lists = tuple(find_lists(reading.text, year))
    found: dict[Kind, list[Hit]] = {}
    for hit in find_in(prepared):
        in_list = any(each.start <= hit.start < each.end for each in lists)
        if not in_list and not _is_official(hit, allowed, options.official_domains):
            found.setdefault(hit.kind, []).append(hit)
    for kind, hits in found.items():
        children = [hit for hit in hits if is_of_child(hit, prepared, year)]
        first = (children or hits)[0]
        place = reading.place(first.start)
        yield RULES[kind].at(
            file,
            severity=_severity(kind, child=bool(children)),
            confidence=Confidence.HIGH if first.cued else Confidence.MEDIUM,
            value=masked(first, reading.text[first.start : first.end]),
            owner_vi=f" (trong tệp, {place}; {len(hits)} chỗ)",
            owner_en=f" (in the file, {place}; {len(hits)} places)",
        )


def masked(hit: Hit, text: str) -> str:
    """The value as it may be shown: names of places stay, digits and letters are hidden."""
    if hit.kind is Kind.ADDRESS:
        return f"{text[:4].strip()}…"
    return mask(text)


def is_of_child(hit: Hit, prepared: Context, year: int) -> bool:
    """Whether the value belongs to a child: by the number itself, else by the words beside it."""
    if hit.kind is Kind.CCCD:
        born = birth_year(hit.value)
        if born is not None:
            return year - born < ADULT
    if hit.kind is Kind.BHYT and hit.value[:2] in CHILD_GROUPS:
        return True
    if hit.kind is Kind.DATE_OF_BIRTH:
        return year - int(hit.value[:4]) < ADULT
    if hit.kind is Kind.STUDENT_CODE:
        return True
    return prepared.of_pupil(*_viewed(hit, prepared))


def _viewed(hit: Hit, prepared: Context) -> tuple[int, int]:
    """The span of a hit in the folded view (offsets differ only where marks were dropped)."""
    if not prepared.view.cuts:
        return hit.start, hit.end
    start = prepared.view.folded_index(hit.start)
    return start, max(start, prepared.view.folded_index(hit.end))


def _severity(kind: Kind, *, child: bool) -> Severity:
    """The rule's own, or a warning where the rule is milder and the value is not a child's."""
    rule = RULES[kind]
    return rule.severity if child or rule.milder is None else Severity.WARNING


def normal_contact(contact: str) -> str:
    """A contact as hits give it: digits in national form, or the address in lower case."""
    text = folded(contact).strip()
    if "@" in text:
        return text
    digits = "".join(filter(str.isdigit, text))
    if text.startswith("+84") or digits.startswith("0084"):
        digits = "0" + digits.removeprefix("0084").removeprefix("84").lstrip("0")
    return digits


def _is_official(hit: Hit, allowed: set[str], domains: tuple[str, ...]) -> bool:
    if hit.kind is Kind.EMAIL:
        host = hit.value.partition("@")[2]
        named = any(host == d.lower() or host.endswith("." + d.lower()) for d in domains)
        return named or hit.value in allowed
    return hit.value in allowed
