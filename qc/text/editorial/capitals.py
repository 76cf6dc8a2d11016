"""Capitals of state style that software can check: names of offices, holidays and places, and
Điều, khoản, điểm, as asked for on the article's date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from functools import cache

from qc.core.article import Article
from qc.core.chunks import Kept, chunks_with
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.core.tables import read_table
from qc.text.editorial._passages import Passage, passages
from qc.text.editorial._places import communes

NEW_STYLE = date(2020, 3, 5)
WHY = Text(
    vi="Viết hoa đúng giúp nhận ra tên riêng và giữ sự trang trọng của cổng thông tin.",
    en="Right capitals mark proper names and keep the portal's dignity.",
)
NAME = Rule(
    id="form-name-capitals",
    title=Text(vi="Viết hoa sai tên cơ quan, ngày lễ", en="Capitals of an office or holiday name"),
    message=Text(vi="“{written}” nên viết “{right}”", en="“{written}” should be “{right}”"),
    why=WHY,
    fix=Text(
        vi="Viết hoa chữ đầu của từ chỉ loại cơ quan, chức năng, lĩnh vực.",
        en="Capitalise the first letter of each word of type, function and field.",
    ),
    basis=("30-pl2", "01-pl6"),
    examples=Examples(
        bad=(
            "Theo Bộ Giáo Dục Và Đào Tạo, năm học bắt đầu ngày 5/9.",
            "Theo Sở giáo dục và đào tạo, năm học bắt đầu ngày 5/9.",
        ),
        good=(
            "Theo Bộ Giáo dục và Đào tạo, năm học bắt đầu ngày 5/9.",
            "# THÔNG BÁO CỦA BỘ GIÁO DỤC VÀ ĐÀO TẠO VỀ NĂM HỌC\n\nNội dung.",
            "Các sở giáo dục và đào tạo lập kế hoạch.",
        ),
    ),
)
CLAUSE = Rule(
    id="form-clause-capitals",
    severity=Severity.INFO,
    title=Text(vi="Viết hoa Điều, khoản, điểm", en="Capitals of Điều, khoản, điểm"),
    message=Text(vi="“{written}” nên viết “{right}”", en="“{written}” should be “{right}”"),
    why=Text(
        vi="Khi viện dẫn thì viết hoa Điều; từ 05/3/2020 thì khoản, điểm viết thường.",
        en="Điều has a capital; since 2020-03-05 khoản and điểm have none.",
    ),
    fix=Text(vi="Sửa chữ hoa, chữ thường.", en="Correct the capitals."),
    basis=("30-pl2", "01-pl6"),
    examples=Examples(
        bad=(
            "Theo Khoản 2 Điều 9 của Thông tư, trường công khai.",
            "Nội dung này theo khoản 2 điều 9 của Thông tư.",
        ),
        good=(
            "---\nngày đăng: 2019-05-01\n---\nNội dung này theo Khoản 2 Điều 9 của Thông tư.\n",
            "Nội dung này theo điểm a khoản 2 Điều 9 của Thông tư.",
            "Khoản 2 Điều 9 của Thông tư nêu rõ việc này.",
        ),
    ),
)
PLACE = Rule(
    id="form-place-capitals",
    title=Text(vi="Địa danh không viết hoa", en="Place name without capitals"),
    message=Text(vi="“{written}” nên viết “{right}”", en="“{written}” should be “{right}”"),
    why=WHY,
    fix=Text(
        vi="Viết hoa chữ đầu mỗi âm tiết của địa danh.", en="Capitalise each syllable of the name."
    ),
    basis=("30-pl2",),
    examples=Examples(
        bad=("Trường ở xã phụng công, Hưng Yên.", "Trường ở xã Phụng công, Hưng Yên."),
        good=("Trường ở xã Phụng Công, Hưng Yên.", "Trường ở xã hội hóa giáo dục."),
    ),
)
CLAUSE_PLACE = regex(
    r"(?<!\w)(?P<first>[Đđ]iểm\s+[a-zđ](?:\s*,)?\s+|[Kk]hoản\s+\d{1,2}(?:\s*,)?\s+){1,3}"
    r"(?P<article>[Đđ]iều)\s+\d{1,3}"
)
CLAUSE_BEHIND = regex(r"(?<!\w)Điều\s+\d{1,3}\s*,\s*(?:Khoản\s+\d{1,2}|Điểm\s+[a-zđ])(?!\w)")
COMMUNE = regex(r"(?<!\w)(?P<kind>xã|phường|thị trấn)\s+(?P<name>[^\W\d_]+(?:\s+[^\W\d_]+){1,2})")
ODD_SPACE = regex(r"[\t-\r\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
SENTENCE_START = regex(r"(?:[.!?:;…]\s|\n|[-–+•*(\"“])\s*\Z")


@check(NAME, CLAUSE, PLACE, subject=Article)
def capitals(article: Article, _: Options) -> Iterator[Finding]:
    """Names, clauses and places whose capitals are not those of state style."""
    for passage in passages(article):
        if passage.text.isupper():
            continue
        yield from _names(passage)
        yield from _clauses(passage, article.date >= NEW_STYLE)
        yield from _places(passage)


@cache
def _forms() -> dict[str, tuple[str, str, frozenset[str]]]:
    """By lower-case form: the right one, its kind, and what else is accepted."""
    rows = read_table("law/capitals.tsv", ("form", "kind", "also"))
    return {
        form.lower(): (form, kind, frozenset(also.split("|")) if also else frozenset())
        for form, kind, also in rows
    }


@cache
def _heads() -> tuple[Kept[re.Match[str] | None], dict[str, re.Pattern[str]]]:
    """By chunk the first word of a form that it ends in, and by first word the forms.

    All for text in lower case.
    """
    by_head: dict[str, list[str]] = {}
    for form in sorted(_forms(), key=len, reverse=True):
        by_head.setdefault(form.split(" ")[0], []).append(re.escape(form).replace(r"\ ", r"\s+"))
    heads = regex(rf"(?<!\w)(?:{'|'.join(by_head)})\Z")
    rest = {head: regex(rf"(?:{'|'.join(forms)})(?!\w)") for head, forms in by_head.items()}
    return Kept(heads.search), rest


@cache
def _openings() -> re.Pattern[str]:
    """The first two words of any form, parted by one space."""
    pairs = {" ".join(form.split(" ")[:2]) for form in _forms()}
    return regex("|".join(map(re.escape, sorted(pairs))), re.IGNORECASE)


def _may_hold_form(text: str) -> bool:
    return bool(_openings().search(text) or "  " in text or ODD_SPACE.search(text))


def _matches(passage: Passage) -> Iterator[re.Match[str]]:
    """The forms in a passage, whatever their capitals, on its text in lower case."""
    lowered = passage.lower if _may_hold_form(passage.text) else None
    if lowered is None:
        return
    heads, forms = _heads()
    for start, end in chunks_with(lowered, heads):
        head = heads[lowered[start:end]]
        if head is None or end == len(lowered):
            continue
        match = forms[head[0]].match(lowered, start + head.start())
        if match:
            yield match


def _names(passage: Passage) -> Iterator[Finding]:
    for match in _matches(passage):
        written = re.sub(r"\s+", " ", passage.text[match.start() : match.end()])
        right, kind, also = _forms()[written.lower()]
        if written == right or written in also or written.isupper() or written.islower():
            continue  # in lower case throughout it is a common noun
        if written[1:] == right[1:] and (
            kind != "office" or _starts_sentence(passage.text, match.start())
        ):
            continue
        if written[1:] == right[1:] and written[0].islower():
            continue
        yield passage.report(
            NAME, match.span(), {"written": written, "right": right}, right=right, safe=False
        )


def _starts_sentence(text: str, at: int) -> bool:
    return at == 0 or SENTENCE_START.search(text[max(at - 3, 0) : at]) is not None


def _clauses(passage: Passage, new_style: bool) -> Iterator[Finding]:
    for match in CLAUSE_PLACE.finditer(passage.text):
        written = match[0]
        starts = _starts_sentence(passage.text, match.start())
        right = written.replace("điều", "Điều")
        if new_style:
            right = right.replace("Khoản", "khoản").replace("Điểm", "điểm")
        if starts:
            right = right[0].upper() + right[1:]
        if right != written and not (starts and written[1:] == right[1:]):
            facts = {"written": written, "right": right}
            yield passage.report(CLAUSE, match.span(), facts, right=right, safe=True)
    if new_style:
        for match in CLAUSE_BEHIND.finditer(passage.text):
            right = match[0].replace("Khoản", "khoản").replace("Điểm", "điểm")
            facts = {"written": match[0], "right": right}
            yield passage.report(CLAUSE, match.span(), facts, right=right, safe=True)


def _places(passage: Passage) -> Iterator[Finding]:
    """Communes of two or three syllables that stand wholly or partly in lower case."""
    for match in COMMUNE.finditer(passage.text):
        words = match["name"].split()
        for count in range(len(words), 1, -1):
            name = " ".join(words[:count])
            right = name.title()
            kinds = communes().get(right)
            if not kinds:
                continue
            if name != right and _surely_place(match["kind"], name, kinds, passage, match):
                start = match.start("name")
                span = (start, start + len(name))
                facts = {"written": name, "right": right}
                yield passage.report(PLACE, span, facts, right=right, confidence=Confidence.MEDIUM)
            break


def _surely_place(
    kind: str, name: str, kinds: frozenset[str], passage: Passage, match: re.Match[str]
) -> bool:
    """In lower case only where the kind agrees and an address goes on behind the name."""
    if {"xã": "x", "phường": "p"}.get(kind, "x") not in kinds:
        return False
    behind = passage.text[match.start("name") + len(name) :]
    return re.match(r"\s*,\s*(?:huyện|quận|thị xã|thành phố|tỉnh|TP|[A-ZĐ])", behind) is not None
