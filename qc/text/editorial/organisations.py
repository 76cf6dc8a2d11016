"""Offices and places by date: a name must be the right one on the article's date.

A sentence that looks back (an earlier date or year, "trước đây", "cũ", "sáp nhập") is left
alone. Each name is told once per article, at its first place.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from functools import partial

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.law import UNVERIFIED, Day
from qc.core.lazy import regex
from qc.core.record import replace
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.text.editorial._passages import Passage, passages, speaks_of_past
from qc.text.editorial._places import (
    KIND_WORDS,
    Named,
    districts,
    organisation_pattern,
    organisations,
    plain_kind,
    province_pattern,
    provinces,
)

Found = Callable[[], Finding | None]
NOW = "---\nngày đăng: 2026-09-10\n---\n"
THEN = "---\nngày đăng: 2020-09-10\n---\n"
WHY = Text(
    vi="Bạn đọc tìm đến hoặc gửi hồ sơ cho một cơ quan không còn hoạt động.",
    en="Readers would turn to an office that is no more.",
)
FIX = Text(
    vi="Dùng tên hiện nay; khi nhắc lại việc cũ thì ghi thời gian hoặc chữ “cũ”, “trước đây”.",
    en="Use today's name; in a look back give the time, or say “cũ”, “trước đây”.",
)
OFFICE = Rule(
    id="law-office-ended",
    title=Text(vi="Cơ quan không còn hoạt động", en="Office that has ended"),
    message=Text(
        vi="{name} không còn từ ngày {since}{unsure} ({count} chỗ); nay là: {instead}",
        en="{name} is no more since {since}{unsure_en} ({count} places); now: {instead}",
    ),
    why=WHY,
    fix=FIX,
    basis=("142-cap-xa",),
    examples=Examples(
        bad=(
            NOW + "Nhà trường nộp hồ sơ về Phòng GD&ĐT trước thứ Sáu.\n",
            NOW + "UBND huyện Văn Giang khen thưởng nhà trường.\n",
        ),
        good=(
            THEN + "Nhà trường nộp hồ sơ về Phòng GD&ĐT trước thứ Sáu.\n",
            NOW + "Năm 2020, Phòng GD&ĐT khen thưởng nhà trường.\n",
            NOW + "Trước đây hồ sơ nộp về Phòng GD&ĐT.\n",
        ),
    ),
)
MINISTRY = Rule(
    id="law-ministry-ended",
    title=Text(vi="Bộ, sở đã hợp nhất hoặc đổi tên", en="Ministry or department merged"),
    message=OFFICE.message,
    why=WHY,
    fix=FIX,
    basis=("bo-2025",),
    examples=Examples(
        bad=(NOW + "Nhà trường dự hội thảo của Bộ Thông tin và Truyền thông.\n",),
        good=(THEN + "Nhà trường dự hội thảo của Bộ Thông tin và Truyền thông.\n",),
    ),
)
NOT_YET = Rule(
    id="law-name-not-yet",
    title=Text(vi="Tên gọi chưa có vào ngày của bài", en="Name not yet in use"),
    message=Text(
        vi="Đến ngày {since}{unsure} mới có tên {name}; bài được xét theo ngày {date}",
        en="{name} exists since {since}{unsure_en}; the article is of {date}",
    ),
    why=Text(
        vi="Tên gọi sai với thời điểm làm bài viết khó tin.", en="An anachronism costs trust."
    ),
    fix=Text(vi="Xem lại ngày đăng hoặc tên gọi.", en="Check the date or the name."),
    basis=("202-tinh", "30-dong-nai"),
    examples=Examples(
        bad=(THEN + "Đoàn đến thăm thành phố Đồng Nai.\n",),
        good=(NOW + "Đoàn đến thăm thành phố Đồng Nai.\n",),
    ),
)
PROVINCE = Rule(
    id="law-province-ended",
    title=Text(vi="Tên tỉnh đã thay đổi", en="Province merged or renamed"),
    message=Text(
        vi="{name} không còn từ ngày {since}{unsure} ({count} chỗ); nay thuộc {instead}",
        en="{name} is no more since {since}{unsure_en} ({count} places); now {instead}",
    ),
    why=Text(
        vi="Từ 01/7/2025 cả nước có 34 đơn vị hành chính cấp tỉnh; địa chỉ theo tên cũ gây nhầm.",
        en="There are 34 provinces and cities since 2025-07-01.",
    ),
    fix=FIX,
    basis=("202-tinh", "30-dong-nai"),
    examples=Examples(
        bad=(
            NOW + "Trường đón đoàn giáo viên tỉnh Thái Bình.\n",
            NOW + "Trường đón đoàn giáo viên tỉnh Đồng Nai.\n",
        ),
        good=(
            NOW + "Trường đón đoàn giáo viên tỉnh Thái Bình (cũ).\n",
            THEN + "Trường đón đoàn giáo viên tỉnh Thái Bình.\n",
            NOW + "Trường đón đoàn giáo viên tỉnh Hưng Yên.\n",
        ),
    ),
)
DISTRICT = Rule(
    id="law-district-ended",
    severity=Severity.INFO,
    title=Text(vi="Địa danh cấp huyện trong địa chỉ", en="District in an address"),
    message=Text(
        vi="Không còn cấp huyện từ ngày 01/07/2025: {name} ({count} chỗ); nay có các xã, phường: "
        "{instead}",
        en="There are no districts since 2025-07-01: {name} ({count} places); now: {instead}",
    ),
    why=Text(
        vi="Địa chỉ nay chỉ gồm xã, phường, đặc khu và tỉnh, thành phố.",
        en="Addresses now have two levels.",
    ),
    fix=FIX,
    basis=("142-cap-xa",),
    examples=Examples(
        bad=(NOW + "Trường ở xã Phụng Công, huyện Văn Giang, Hưng Yên.\n",),
        good=(
            NOW + "Trường ở xã Phụng Công, huyện Văn Giang (cũ).\n",
            NOW + "Đoàn đến huyện Thường Thục.\n",
        ),
    ),
)
OFFICE_GATE = regex(r"[Pp]hòng\s|PGD|[Bb]ộ\s|[Ss]ở\s|Ủy ban D")
DISTRICT_GATE = regex(r"[Hh]uyện|[Qq]uận|[Tt]hị|[Tt]hành|T\.?P")
DISTRICTS_END = date(2025, 6, 30)
ACTING = regex(
    r"(?<!\w)(?:UBND|HĐND|[ỦU]y\s+ban\s+nhân\s+dân|[UỦ]ỷ\s+ban\s+nhân\s+dân|Hội\s+đồng\s+nhân\s+dân|"
    r"Công\s+an|Mặt\s+trận\s+Tổ\s+quốc|Đoàn\s+Thanh\s+niên|Liên\s+đoàn\s+Lao\s+động)\s+"
    r"(?P<kind>huyện|quận|thị\s+xã|thành\s+phố|TP\.?)(?:\s+(?P<name>[A-ZĐ][\w-]*(?:\s+[A-ZĐ][\w-]*){0,3}|\d{1,2}))?"
    r"|(?<!\w)(?:Huyện|Quận|Thị)\s+(?:ủy|uỷ)(?!\w)"
)
DISTRICT_WORD = regex(
    rf"(?<!\w)(?P<kind>{KIND_WORDS})\s+(?P<name>[A-ZĐ][\w'-]*(?:\s+[A-ZĐ][\w'-]*){{0,3}}|\d{{1,2}})"
)


@check(OFFICE, MINISTRY, PROVINCE, DISTRICT, NOT_YET, subject=Article)
def names_by_date(article: Article, _: Options) -> Iterator[Finding]:
    """Offices, ministries, provinces and districts against the article's date."""
    issued = article.fields.document.issued_on
    if issued is not None and issued < article.date:
        return  # an older document that is published now keeps its own words
    told: dict[str, Finding] = {}
    counts: Counter[str] = Counter()
    for passage in passages(article):
        for key, find in _in_passage(article, passage):
            if key not in told:
                finding = find()
                if finding is None:
                    continue
                told[key] = finding
            counts[key] += 1
    for key, finding in told.items():
        yield replace(finding, facts={**finding.facts, "count": counts[key]})


def _in_passage(article: Article, passage: Passage) -> Iterator[tuple[str, Found]]:
    """Every dated name of a passage, with what looks closer at it (costly, so once a name)."""
    offices: Iterable[re.Match[str]] = ()
    if OFFICE_GATE.search(passage.text):
        offices = organisation_pattern().finditer(passage.text)
    for match in offices:
        form = re.sub(r"\s+", " ", match[0])
        named = organisations().get(form) or organisations().get(form[:1].upper() + form[1:])
        if named is not None:
            rule = MINISTRY if named.kind == "bo-2025" else OFFICE
            yield named.id, partial(_named, article, passage, match.span(), named, rule)
    for match in province_pattern().finditer(passage.text):
        name = re.sub(r"\s+", " ", match["name"])
        named = provinces().get((plain_kind(match["kind"]), name))
        if named is not None:
            key = f"{named.kind} {named.name}"
            yield key, partial(_named, article, passage, match.span(), named, PROVINCE)
    if article.date > DISTRICTS_END and DISTRICT_GATE.search(passage.text):
        yield from _districts(passage)


def _named(
    article: Article, passage: Passage, span: tuple[int, int], named: Named, rule: Rule
) -> Finding | None:
    written = passage.text[span[0] : span[1]]
    name = f"{named.kind} {named.name}" if rule is PROVINCE else written
    if named.first is not None and article.date < named.first.value:
        facts = {"name": name, "date": f"{article.date:%d/%m/%Y}", **_since(named.first, 0)}
        return passage.report(NOT_YET, span, facts)
    if named.last is None or article.date <= named.last.value:
        return None
    if speaks_of_past(passage.sentence(*span), named.last.value):
        return None
    facts = {"name": name, "instead": named.instead, **_since(named.last, 1)}
    right = named.instead if rule is PROVINCE else None
    return passage.report(
        rule,
        span,
        facts,
        right=right,
        confidence=Confidence.HIGH if named.last.sure else Confidence.MEDIUM,
    )


def _since(day: Day, later: int) -> dict[str, str]:
    vi, en = (" (" + UNVERIFIED[lang] + ")" for lang in ("vi", "en"))
    since = day.value + timedelta(days=later)
    return {
        "since": f"{since:%d/%m/%Y}",
        "unsure": "" if day.sure else vi,
        "unsure_en": "" if day.sure else en,
    }


def _districts(passage: Passage) -> Iterator[tuple[str, Found]]:
    taken = 0
    acting = {match.start(): match for match in ACTING.finditer(passage.text)}
    for start, match in list(acting.items()):
        behind = passage.text[match.end() : match.end() + 60]
        found = _district(match["kind"] or "", match["name"] or "", behind)
        if found is None and plain_kind(match["kind"] or "") == "thành phố":
            del acting[start]  # a city that is no district
            continue
        instead = found[1]["instead"] if found else "cơ quan cấp xã hoặc cấp tỉnh"
        facts = {"name": match[0], "instead": instead}
        facts |= _since(Day(DISTRICTS_END), 1)
        yield match[0], partial(_if_now, OFFICE, passage, match.span(), facts)
    ends = sorted(match.span() for match in acting.values())
    for match in DISTRICT_WORD.finditer(passage.text):
        while taken < len(ends) and ends[taken][1] <= match.start():
            taken += 1
        inside = taken < len(ends) and ends[taken][0] <= match.start()
        behind = passage.text[match.end() : match.end() + 60]
        found = None if inside else _district(match["kind"], match["name"], behind)
        if found is not None:
            name, heirs = found
            end = match.start("name") + len(name)
            written = passage.text[match.start() : end]
            facts = {"name": written} | heirs
            yield written, partial(_if_now, DISTRICT, passage, (match.start(), end), facts)


def _if_now(
    rule: Rule, passage: Passage, span: tuple[int, int], facts: dict[str, str]
) -> Finding | None:
    if speaks_of_past(passage.sentence(*span), DISTRICTS_END):
        return None
    return passage.report(rule, span, facts)


def _district(kind: str, name: str, behind: str) -> tuple[str, dict[str, str]] | None:
    """The longest known district at the beginning of `name`, of this kind, and its communes.

    Where provinces share a name, the one named in the text behind it is meant.
    """
    words = name.split()
    for count in range(len(words), 0, -1):
        known = " ".join(words[:count])
        rows = [row for row in districts().get(known, ()) if row.kind == plain_kind(kind)]
        if rows:
            rows = [row for row in rows if row.province in behind] or rows
            heirs = rows[0].communes if len(rows) == 1 else ()
            shown = ", ".join(heirs[:8]) + (" …" if len(heirs) > 8 else "")
            return known, {"instead": shown or "xem danh sách xã, phường của tỉnh"}
    return None
