"""Disclosure, admissions and calls for comment: the items that such an article must hold.

Which items, and by which act, depends on the article's date and the level of the school. An
article that only leads to attached files is judged by their titles too.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Literal

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.law import basis_at, requirement
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.text._slots import Slot, missing_items, slots, topic_titles, visible_text

ADMISSION = Rule(
    id="disclosure-admission-incomplete",
    title=Text(vi="Thông báo tuyển sinh thiếu nội dung", en="Admission notice lacks items"),
    message=Text(vi="Thông báo tuyển sinh chưa nêu: {missing}", en="Not stated: {missing}"),
    why=Text(
        vi="Phụ huynh cần đủ đối tượng, chỉ tiêu, phương thức, hồ sơ, thời gian, địa điểm.",
        en="Parents need who, how many, how, with which papers, when and where.",
    ),
    fix=Text(vi="Bổ sung các nội dung còn thiếu.", en="Add what is missing."),
    basis=("37-9.8",),
    examples=Examples(
        bad=(
            "---\nloại bài: tuyển sinh\ntiêu đề: Thông báo tuyển sinh lớp 1\n---\n"
            "Trường tuyển trẻ sinh năm 2020. Mời phụ huynh liên hệ.\n",
        ),
        good=(
            "---\nloại bài: tuyển sinh\ntiêu đề: Thông báo tuyển sinh lớp 1\n---\n"
            "Đối tượng: trẻ sinh năm 2020. Chỉ tiêu: 120. Phương thức: xét tuyển. Hồ sơ: đơn, "
            "giấy khai sinh. Thời gian: từ ngày 01/6/2026. Địa điểm: văn phòng trường.\n",
        ),
    ),
)
COMMENT = Rule(
    id="disclosure-comment-call-incomplete",
    title=Text(vi="Bài lấy ý kiến thiếu nội dung", en="Call for comment lacks items"),
    message=Text(vi="Bài lấy ý kiến góp ý chưa nêu: {missing}", en="Not stated: {missing}"),
    why=Text(
        vi="Người dân cần biết góp ý về việc gì, gửi về đâu và đến khi nào.",
        en="People need to know what is asked, where to write and until when.",
    ),
    fix=Text(vi="Bổ sung các nội dung còn thiếu.", en="Add what is missing."),
    basis=("37-9.5",),
    examples=Examples(
        bad=("# Lấy ý kiến góp ý dự thảo quy chế chi tiêu\n\nMời mọi người đọc dự thảo.\n",),
        good=(
            "# Lấy ý kiến góp ý dự thảo quy chế chi tiêu\n\nDự thảo đính kèm. Ý kiến gửi về văn "
            "phòng trường, email vanphong@truong.edu.vn, trước ngày 30/6/2026.\n",
        ),
    ),
)
ITEMS = Rule(
    id="disclosure-items-missing",
    title=Text(vi="Bài công khai thiếu nội dung", en="Disclosure lacks items"),
    message=Text(
        vi="Theo {act}, bài công khai chưa có: {missing}", en="By {act}, not there: {missing}"
    ),
    why=Text(
        vi="Cơ sở giáo dục phải công khai đủ các nội dung để phụ huynh và xã hội giám sát.",
        en="Schools must disclose all items so that parents and society can look on.",
    ),
    fix=Text(
        vi="Bổ sung nội dung hoặc đính kèm biểu mẫu tương ứng.",
        en="Add the items or attach the forms.",
    ),
    basis=("ck-4", "ck-5", "ck-6", "ck-7", "ck-8", "ck-9", "ck36"),
    examples=Examples(
        bad=(
            "---\nloại bài: công khai\ntiêu đề: Công khai thu chi tài chính năm học 2025-2026\n"
            "ngày đăng: 2026-06-10\n---\nTrường công khai các khoản thu và mức thu.\n",
            "---\nloại bài: công khai\ntiêu đề: Công khai năm học 2019-2020\nngày đăng: "
            "2020-06-10\n---\nTrường công khai cơ sở vật chất.\n",
        ),
        good=(
            "---\nloại bài: công khai\ntiêu đề: Công khai thu chi tài chính năm học 2025-2026\n"
            "ngày đăng: 2026-06-10\n---\nTổng thu, tổng chi năm 2025; các khoản thu và mức thu; "
            "miễn, giảm học phí; số dư các quỹ.\n",
        ),
    ),
)
YEAR = Rule(
    id="disclosure-year-missing",
    title=Text(vi="Bài công khai không ghi năm", en="Disclosure without its year"),
    message=Text(
        vi="Tiêu đề bài công khai chưa ghi năm học hoặc năm tài chính",
        en="The title of the disclosure names no year",
    ),
    why=Text(
        vi="Nội dung công khai được giữ ít nhất 5 năm; không ghi năm thì không phân biệt được.",
        en="Disclosures are kept for five years; without the year they cannot be told apart.",
    ),
    fix=Text(vi="Thêm “năm học 2025-2026” vào tiêu đề.", en="Add the school year to the title."),
    basis=("ck-15.1", "ck-15.2", "ck36-time"),
    examples=Examples(
        bad=("---\nloại bài: công khai\ntiêu đề: Công khai thu chi tài chính\n---\nNội dung.\n",),
        good=("---\nloại bài: công khai\ntiêu đề: Công khai thu chi năm 2025\n---\nNội dung.\n",),
    ),
)
ANNUAL = Rule(
    id="disclosure-annual-report-file-missing",
    title=Text(vi="Báo cáo thường niên không có tệp", en="Annual report without its file"),
    message=Text(
        vi="Bài đăng báo cáo thường niên chưa đính kèm tệp PDF", en="No PDF file is attached"
    ),
    why=Text(
        vi="Báo cáo thường niên được công bố dưới dạng tệp PDF trên cổng.",
        en="The annual report is published as a PDF file.",
    ),
    fix=Text(vi="Đính kèm tệp PDF của báo cáo.", en="Attach the PDF of the report."),
    basis=("ck-14",),
    examples=Examples(
        bad=("# Báo cáo thường niên năm 2025\n\nTrường công bố báo cáo.\n",),
        good=("# Báo cáo thường niên năm 2025\n\nTải [báo cáo năm 2025](bao-cao-2025.pdf).\n",),
    ),
)
ADMISSION_TITLE = regex(r"tuyển\s+sinh", re.IGNORECASE)
ANNUAL_TITLE = regex(r"báo\s+cáo\s+thường\s+niên", re.IGNORECASE)
NOTICE = regex(r"thông\s+báo|kế\s+hoạch|hướng\s+dẫn", re.IGNORECASE)
COMMENT_TITLE = regex(
    r"(?:lấy|xin|mời|về việc).{0,20}(?:ý\s+kiến|góp\s+ý)|góp\s+ý\s+dự\s+thảo", re.I
)
YEAR_IN_TITLE = regex(r"(?:19|20)\d\d")
LEVELS = (
    ("mn", regex(r"mầm\s+non|mẫu\s+giáo|nhà\s+trẻ", re.IGNORECASE)),
    ("thpt", regex(r"trung\s+học\s+phổ\s+thông|\bthpt\b", re.IGNORECASE)),
    ("thcs", regex(r"trung\s+học\s+cơ\s+sở|\bthcs\b", re.IGNORECASE)),
    ("th", regex(r"tiểu\s+học|\blớp\s+[1-5]\b", re.IGNORECASE)),
)
TOPICS_2024 = ("ck-4", "ck-5", "ck-6", "ck-7", "ck-8", "ck-9")


class DisclosureOptions(Options):
    """The level of the school; `auto` reads it from the text."""

    level: Literal["auto", "mn", "th", "thcs", "thpt"] = Field(
        "auto", description="School level: mn, th, thcs, thpt, or auto to read it from the text"
    )


@check(ADMISSION, COMMENT, ITEMS, YEAR, ANNUAL, subject=Article, options=DisclosureOptions)
def disclosure(article: Article, options: DisclosureOptions) -> Iterator[Finding]:
    """The items that an admission notice, a call for comment or a disclosure must hold."""
    title = unicodedata.normalize("NFC", article.fields.title or "")
    kind = article.fields.kind
    about = ADMISSION_TITLE.search(title) is not None
    if (kind == "tuyen-sinh" and (about or not title)) or (about and NOTICE.search(title)):
        yield from _told(article, ADMISSION, "tuyen-sinh")
    if COMMENT_TITLE.search(title):
        yield from _told(article, COMMENT, "gop-y")
    annual = ANNUAL_TITLE.search(title) is not None
    if annual and basis_at(ANNUAL.basis, article.date):
        files = [each.path for each in article.attachments] + [each.href for each in article.links]
        if not any(path.lower().split("?")[0].endswith(".pdf") for path in files):
            yield ANNUAL.at(article, field="body")
    if kind == "cong-khai":
        if title and not YEAR_IN_TITLE.search(title):
            yield YEAR.at(article, field="title")
        if not annual:  # its items are those of the attached report, not of a topic
            yield from _items(article, title, options.level)


def _told(article: Article, rule: Rule, topic: str) -> Iterator[Finding]:
    missing = missing_items(article, (slot for slot in slots() if slot.topic == topic))
    if missing:
        yield rule.at(
            article,
            field="body",
            missing=", ".join(missing),
            confidence=Confidence.MEDIUM,
        )


def _items(article: Article, title: str, level: str) -> Iterator[Finding]:
    wanted = tuple(_wanted(article, title, level))
    for topic in dict.fromkeys(slot.topic for slot in wanted):
        missing = missing_items(article, (slot for slot in wanted if slot.topic == topic))
        if missing:
            row = requirement(topic)
            severity = Severity.INFO if row.verified != "T" and len(missing) == 1 else None
            yield ITEMS.at(
                article,
                field="body",
                severity=severity,
                confidence=Confidence.MEDIUM,
                act=row.title(),
                topic=topic,
                missing=", ".join(missing),
            )


def _wanted(article: Article, title: str, level: str) -> Iterator[Slot]:
    """The slots of the topics that the title names (all, where it names none), as in force."""
    levels = _levels(article, level)
    named = [topic for topic in TOPICS_2024 if topic_titles()[topic].search(title)]
    for slot in slots():
        if not basis_at((slot.basis,), article.date):
            continue
        topics = ("ck36", *(named or TOPICS_2024))
        if slot.topic in topics and (slot.levels == ("-",) or levels & set(slot.levels)):
            yield slot


def _levels(article: Article, level: str) -> frozenset[str]:
    if level != "auto":
        return frozenset((level,))
    text = article.memo("law.visible", lambda: visible_text(article))
    return frozenset(name for name, pattern in LEVELS if pattern.search(text))
