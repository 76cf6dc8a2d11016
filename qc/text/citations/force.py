"""Acts and time: a cited act must be in force on the article's date, and be the act it is said
to be. The acts lie as dated rows in policies/law; an act that is not there is not judged.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.law import UNVERIFIED, Act, act_by_number, acts
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.text.citations._article import Cited, Mention, citations_of, field_view
from qc.text.citations._citation import Citation
from qc.text.citations._known import acts_named, known_act, likely_acts

EXPIRED = Rule(
    id="citation-act-expired",
    severity=Severity.ERROR,
    title=Text(vi="Văn bản đã hết hiệu lực", en="Act no longer in force"),
    message=Text(
        vi="{act} hết hiệu lực từ sau ngày {last}{unsure}; bài được xét theo ngày {date}. "
        "Văn bản thay thế: {heir}",
        en="{act} was in force until {last}{unsure_en}; the article is of {date}. "
        "Replaced by: {heir}",
    ),
    why=Text(
        vi="Áp dụng văn bản đã hết hiệu lực làm bài viết sai pháp luật và phụ huynh làm theo "
        "quy định cũ.",
        en="Readers would follow rules that no longer bind.",
    ),
    fix=Text(
        vi="Dẫn văn bản đang có hiệu lực; nếu nhắc lại việc cũ thì ghi rõ “đã hết hiệu lực”.",
        en="Cite the act in force; in a look back, say that it is no longer in force.",
    ),
    basis=("37-7", "37-9.3"),
    examples=Examples(
        bad=(
            "---\nngày đăng: 2026-09-10\n---\nNhà trường công khai theo Thông tư số "
            "36/2017/TT-BGDĐT.\n",
        ),
        good=(
            "---\nngày đăng: 2024-07-18\n---\nNhà trường công khai theo Thông tư số "
            "36/2017/TT-BGDĐT.\n",
            "---\nngày đăng: 2026-09-10\n---\nThông tư số 36/2017/TT-BGDĐT đã hết hiệu lực.\n",
        ),
    ),
)
FUTURE = Rule(
    id="citation-act-future",
    title=Text(vi="Văn bản chưa có hiệu lực", en="Act not yet in force"),
    message=Text(
        vi="Bài được xét theo ngày {date}, áp dụng {act}, nhưng văn bản có hiệu lực từ ngày "
        "{first}{unsure}",
        en="The article of {date} applies {act}, which takes effect on {first}{unsure_en}",
    ),
    why=Text(
        vi="Văn bản chưa có hiệu lực thì chưa làm căn cứ thực hiện được.",
        en="An act that is not yet in force binds nobody.",
    ),
    fix=Text(
        vi="Ghi rõ ngày có hiệu lực, hoặc chờ đến ngày đó.",
        en="State the day it takes effect, or wait for it.",
    ),
    basis=("37-7",),
    examples=Examples(
        bad=(
            "---\nngày đăng: 2020-11-17\n---\nThực hiện Thông tư số 37/2020/TT-BGDĐT, các trường "
            "lập Ban biên tập.\n",
        ),
        good=(
            "---\nngày đăng: 2020-11-20\n---\nThực hiện Thông tư số 37/2020/TT-BGDĐT, các trường "
            "lập Ban biên tập.\n",
            "---\nngày đăng: 2020-11-17\n---\nThực hiện Thông tư số 37/2020/TT-BGDĐT có hiệu lực "
            "từ ngày 20/11/2020.\n",
        ),
    ),
)
NUMBER = Rule(
    id="citation-number-unknown",
    title=Text(vi="Số văn bản không khớp tên văn bản", en="Number does not fit the title"),
    message=Text(
        vi="{kind} {name} có số {right}, bài viết ghi {sign}",
        en="{kind} {name} has the number {right}, the article says {sign}",
    ),
    why=Text(
        vi="Sai một chữ số là sang văn bản khác.", en="One wrong digit points to another act."
    ),
    fix=Text(vi="Đối chiếu số văn bản.", en="Compare the number with the act."),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Theo Luật Trẻ em số 102/2016/QH14.", "Theo Luật Trẻ em số 120/2016/QH13."),
        good=("Theo Luật Trẻ em số 102/2016/QH13.", "Theo Luật Giáo dục số 11/1998/QH10."),
    ),
)
DATE = Rule(
    id="citation-date-wrong",
    title=Text(vi="Ngày ban hành khác ngày của văn bản", en="Date is not that of the act"),
    message=Text(
        vi="{act} ban hành ngày {signed}, bài viết ghi {date}",
        en="{act} is of {signed}, the article says {date}",
    ),
    why=Text(vi="Bạn đọc tra theo ngày sẽ không thấy.", en="A search by date fails."),
    fix=Text(vi="Sửa ngày ban hành.", en="Correct the date."),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Theo Thông tư số 37/2020/TT-BGDĐT ngày 15/10/2020.",),
        good=("Theo Thông tư số 37/2020/TT-BGDĐT ngày 05/10/2020.",),
    ),
)
INCONSISTENT = Rule(
    id="citation-inconsistent",
    title=Text(vi="Một văn bản viết hai cách", en="One act cited in two ways"),
    message=Text(
        vi="Cùng một văn bản, chỗ này viết “{here}”, chỗ khác viết “{there}”",
        en="The same act is “{here}” here and “{there}” elsewhere",
    ),
    why=Text(
        vi="Bạn đọc không biết cách viết nào đúng, hoặc tưởng là hai văn bản.",
        en="Readers cannot tell which is right.",
    ),
    fix=Text(vi="Viết thống nhất theo văn bản gốc.", en="Write it one way, as in the act."),
    basis=("house-style",),
    examples=Examples(
        bad=(
            "Theo Quyết định số 12/2023/QĐ-UBND ngày 05/6/2023. Quyết định số 12/2023/QĐ-UBND "
            "ngày 06/5/2023 nêu rõ.",
            "Theo Thông tư 37/2020/TT-GD&ĐT. Thông tư 37/2020/TT-BGDĐT nêu rõ.",
        ),
        good=(
            "Theo Quyết định số 12/2023/QĐ-UBND ngày 05/6/2023. Quyết định số 12/2023/QĐ-UBND "
            "ngày 05 tháng 6 năm 2023 nêu rõ.",
            "Theo Thông tư 12/2020/TT-BNV và Thông tư 12/2020/TT-BYT.",
        ),
    ),
)
PAST = regex(
    r"hết\s+hiệu\s+lực|thay\s+thế|bãi\s+bỏ|trước\s+đây|trước\s+kia|không\s+còn\s+(?:hiệu|áp)|"
    r"giai\s+đoạn\s+(?:trước|\d{4})|đã\s+được\s+(?:sửa|thay)|(?i:từng)\s+(?:được|quy)|kể\s+từ\s+ngày",
    re.IGNORECASE,
)
APPLIED = regex(
    r"(?:thực\s+hiện|căn\s+cứ|theo|áp\s+dụng|quy\s+định\s+tại|hướng\s+dẫn\s+tại|thi\s+hành|"
    r"tuân\s+thủ|đúng|triển\s+khai|tại)(?:\s+\S+){0,8}\s*\Z",
    re.IGNORECASE,
)
COMING = regex(r"hiệu\s+lực|dự\s+thảo|từ\s+ngày|sắp|lộ\s+trình", re.IGNORECASE)


@check(EXPIRED, FUTURE, subject=Article)
def citation_in_force(article: Article, _: Options) -> Iterator[Finding]:
    """Each act once, at the first place where it is applied outside its time."""
    told: set[str] = set()
    mentions = _mentions(article)
    named = {act.id for _, _, act in mentions}
    for mention, span, act in mentions:
        if act.id in told:
            continue
        finding = _expired(article, mention, span, act, named)
        finding = finding or _future(article, mention, span, act)
        if finding is not None:
            told.add(act.id)
            yield finding


@check(NUMBER, DATE, INCONSISTENT, subject=Article)
def citation_identity(article: Article, _: Options) -> Iterator[Finding]:
    """Number, date and title of one act go together, everywhere in the article."""
    cited = citations_of(article)
    for each in cited:
        yield from _wrong_number(article, each)
        yield from _wrong_date(article, each)
    yield from _two_ways(article, cited)


def _reading_day(article: Article) -> date:
    """The article's date; for an older document that is published now, its date of issue."""
    issued = article.fields.document.issued_on
    return issued if issued is not None and issued < article.date else article.date


def _mentions(article: Article) -> list[tuple[Mention, tuple[int, int], Act]]:
    """Every act that the article names by number, or by title and year, in order."""
    found: list[tuple[Mention, tuple[int, int], Act]] = []
    for cited in citations_of(article):
        act = known_act(cited.citation)
        if act is not None:
            found.append((cited, _span(cited.citation), act))
    for field in article.texts:
        view = field_view(article, field)
        for start, end, act in acts_named(view.text):
            found.append((Mention(field, view, start, end), (start, end), act))
    fields = list(article.texts)
    return sorted(found, key=lambda each: (fields.index(each[0].field), each[1]))


def _expired(
    article: Article, cited: Mention, span: tuple[int, int], act: Act, named: set[str]
) -> Finding | None:
    last, day = act.effective_to, _reading_day(article)
    if last is None or day <= last.value or PAST.search(cited.sentence):
        return None
    sure = last.sure and act.verified == "T"
    applied = APPLIED.search(cited.before) is not None and act.replaced_by not in named
    heir = acts()[act.replaced_by].name() if act.replaced_by else ""
    return cited.report(
        EXPIRED,
        article,
        span,
        {
            "act": act.name(),
            "last": _day(last.value),
            "date": _day(day),
            "heir": heir or "…",
            **_notes(sure),
        },
        right=heir or None,
        severity=None if sure and applied else Severity.WARNING,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )


def _future(article: Article, cited: Mention, span: tuple[int, int], act: Act) -> Finding | None:
    first, day = act.effective_from, _reading_day(article)
    if first is None or day >= first.value:
        return None
    if COMING.search(cited.sentence) or not APPLIED.search(cited.before):
        return None
    sure = first.sure and act.verified == "T"
    return cited.report(
        FUTURE,
        article,
        span,
        {
            "act": act.name(),
            "first": _day(first.value),
            "date": _day(day),
            **_notes(sure),
        },
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
    )


def _wrong_number(article: Article, cited: Cited) -> Iterator[Finding]:
    citation = cited.citation
    if act_by_number(citation.key) is not None:
        return
    for act in likely_acts(citation, cited.before):
        yield cited.report(
            NUMBER,
            article,
            (citation.sign_start, citation.sign_end),
            {"kind": act.kind, "name": act.title, "right": act.number, "sign": citation.sign},
            right=act.number,
            confidence=Confidence.HIGH if act.verified == "T" else Confidence.MEDIUM,
        )
        return


def _wrong_date(article: Article, cited: Cited) -> Iterator[Finding]:
    citation = cited.citation
    act = act_by_number(citation.key)
    written = citation.date
    if act is None or act.signed is None or not act.signed.sure or written is None:
        return
    if written.value is None or written.value.year != act.signed.value.year:
        return  # no such day, or another year: told by the form of the citation
    if written.value != act.signed.value:
        yield cited.report(
            DATE,
            article,
            (written.start, written.end),
            {"act": act.name(), "signed": _day(act.signed.value), "date": written.text},
            right=_day(act.signed.value) if written.style == "numeric" else None,
        )


def _two_ways(article: Article, cited: tuple[Cited, ...]) -> Iterator[Finding]:
    first: dict[str, Cited] = {}
    for each in cited:
        other = first.setdefault(each.citation.key, each)
        if other is each or each.citation.year is None:
            continue
        if _bare(each.citation.sign) != _bare(other.citation.sign):
            yield _sign_differs(article, each, other)
            return
        here, there = each.citation.date, other.citation.date
        if here and there and here.value and there.value and here.value != there.value:
            facts = {"here": here.text, "there": there.text}
            yield each.report(INCONSISTENT, article, (here.start, here.end), facts)


def _sign_differs(article: Article, each: Cited, other: Cited) -> Finding:
    """Told at the sign that is wrong; for information only, its form is a finding of its own."""
    wrong, right = (each, other) if each.citation.defects else (other, each)
    facts = {"here": wrong.citation.sign, "there": right.citation.sign}
    span = (wrong.citation.sign_start, wrong.citation.sign_end)
    severity = Severity.INFO if wrong.citation.defects else None
    return wrong.report(INCONSISTENT, article, span, facts, severity=severity)


def _notes(sure: bool) -> dict[str, str]:
    """What a message adds where nobody compared the date with the act."""
    vi, en = (" (" + UNVERIFIED[lang] + ")" for lang in ("vi", "en"))
    return {"unsure": "" if sure else vi, "unsure_en": "" if sure else en}


def _bare(sign: str) -> str:
    return re.sub(r"\s+", "", sign)


def _span(citation: Citation) -> tuple[int, int]:
    return (citation.kind_span[0] if citation.kind_span else citation.sign_start), citation.sign_end


def _day(day: date) -> str:
    return f"{day:%d/%m/%Y}"
