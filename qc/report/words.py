"""The words of reports in Vietnamese and English."""

from __future__ import annotations

from qc.core.location import CONTEXT, ArticleLocation, MediaLocation, TextLocation
from qc.core.report import Report
from qc.core.rule import Text

VERDICTS = {
    "pass": Text(vi="ĐẠT: có thể đăng", en="PASS: may be published"),
    "review": Text(vi="CẦN XEM LẠI trước khi đăng", en="REVIEW before publishing"),
    "block": Text(vi="CHƯA ĐƯỢC ĐĂNG", en="BLOCKED: must not be published"),
    "incomplete": Text(vi="CHƯA KIỂM TRA XONG: chưa thể kết luận", en="INCOMPLETE: no conclusion"),
}
SEVERITIES = {
    "error": Text(vi="Lỗi phải sửa", en="Errors"),
    "warning": Text(vi="Cảnh báo cần xem", en="Warnings"),
    "info": Text(vi="Gợi ý", en="Hints"),
}
COUNTS = {
    "error": Text(vi="{n} lỗi", en="{n} errors"),
    "warning": Text(vi="{n} cảnh báo", en="{n} warnings"),
    "info": Text(vi="{n} gợi ý", en="{n} hints"),
    "waived": Text(vi="{n} đã được miễn", en="{n} waived"),
}
ONE = {
    "error": Text(vi="1 lỗi", en="1 error"),
    "warning": Text(vi="1 cảnh báo", en="1 warning"),
    "info": Text(vi="1 gợi ý", en="1 hint"),
}
FIX = Text(vi="Cách sửa", en="Fix")
BASIS = Text(vi="Căn cứ", en="Basis")
SUGGESTION = Text(vi="Đề nghị", en="Suggestion")
WAIVED = Text(vi="Đã miễn bởi {author}: {reason}", en="Waived by {author}: {reason}")
UNCHECKED = Text(vi="Chưa kiểm tra được", en="Not checked")
CRASHED = Text(vi="gặp sự cố: {reason}", en="crashed: {reason}")
NOTHING = Text(vi="Không có bài nào để kiểm tra.", en="Nothing was checked.")
SUMMARY = Text(vi="Đã kiểm tra {n} bài: {counts}.", en="Checked {n} articles: {counts}.")
NO_FINDINGS = Text(vi="Không phát hiện điều gì cần sửa.", en="Nothing to mend.")
HIDDEN = Text(vi="chữ ẩn", en="hidden text")
PARTS = {
    "header": Text(vi="đầu trang", en="header"),
    "footer": Text(vi="chân trang", en="footer"),
    "footnote": Text(vi="chú thích cuối trang", en="footnote"),
    "endnote": Text(vi="chú thích cuối bài", en="endnote"),
    "comment": Text(vi="nhận xét", en="comment"),
    "textbox": Text(vi="khung chữ", en="text box"),
    "properties": Text(vi="thuộc tính tệp", en="file properties"),
}
FIELDS = {
    "title": Text(vi="tiêu đề", en="title"),
    "sapo": Text(vi="tóm tắt (sapo)", en="summary"),
    "body": Text(vi="nội dung", en="body"),
    "author": Text(vi="tác giả", en="author"),
    "source": Text(vi="nguồn", en="source"),
    "source_url": Text(vi="địa chỉ nguồn", en="source address"),
    "category": Text(vi="chuyên mục", en="category"),
    "kind": Text(vi="loại bài", en="kind"),
    "published_at": Text(vi="ngày đăng", en="publication date"),
    "updated_at": Text(vi="ngày cập nhật", en="update date"),
    "expires_at": Text(vi="ngày hết hạn", en="expiry date"),
    "approved_by": Text(vi="người duyệt", en="approver"),
    "featured_image": Text(vi="ảnh đại diện", en="featured image"),
    "consent_ids": Text(vi="mã phiếu đồng ý", en="consent ids"),
    "ai_generated": Text(vi="nội dung do AI tạo", en="AI flag"),
    "alt": Text(vi="mô tả ảnh (alt)", en="alternative text"),
    "title_attr": Text(vi="chữ chú giải (title)", en="title attribute"),
    "caption": Text(vi="chú thích ảnh", en="caption"),
    "comment": Text(vi="ghi chú trong mã", en="comment"),
    "document": Text(vi="thông tin văn bản", en="document metadata"),
    "document.kind": Text(vi="loại văn bản", en="document kind"),
    "document.number": Text(vi="số, ký hiệu văn bản", en="document number"),
    "document.issued_on": Text(vi="ngày ban hành", en="date of issue"),
    "document.effective_on": Text(vi="ngày hiệu lực", en="effective date"),
    "document.issuer": Text(vi="cơ quan ban hành", en="issuer"),
    "document.summary": Text(vi="trích yếu", en="document summary"),
    "document.signer": Text(vi="người ký", en="signer"),
    "document.file": Text(vi="tệp văn bản", en="document file"),
}


def field_name(field: str | None, lang: str) -> str:
    """The name of a field as an editor knows it."""
    known = FIELDS.get(field or "")
    return known[lang] if known else (field or "")


def count_line(report: Report, lang: str) -> str:
    """ "2 lỗi, 1 cảnh báo, 3 gợi ý", without those that are zero."""
    parts = []
    for severity in ("error", "warning", "info"):
        n = sum(1 for each in report.unwaived if each.severity == severity)
        if n:
            parts.append((ONE if n == 1 else COUNTS)[severity][lang].format(n=n))
    waived = len(report.findings) - len(report.unwaived)
    if waived:
        parts.append(COUNTS["waived"][lang].format(n=waived))
    return ", ".join(parts)


LONGEST_QUOTE = 160
REMOVE = Text(vi="(xóa)", en="(remove)")
SPACE = Text(vi="(một dấu cách)", en="(one space)")


def suggested(text: str, lang: str) -> str:
    """A suggestion in quotation marks, or what it is in words where nothing would be seen."""
    if not text:
        return REMOVE[lang]
    return SPACE[lang] if text.isspace() else f"“{text}”"


def quote_of(location: TextLocation) -> tuple[str, str, str] | None:
    """What stands before, at and after a finding, cut at words; None where there is no text."""
    before = location.before.rsplit("\n", 1)[-1]
    after = location.after.split("\n", 1)[0]
    excerpt = location.excerpt
    if not (before or excerpt or after):
        return None
    if len(before) == CONTEXT and " " in before:
        before = "…" + before[before.index(" ") :]
    if len(after) == CONTEXT and " " in after:
        after = after[: after.rindex(" ") + 1] + "…"
    if len(excerpt) > LONGEST_QUOTE:
        excerpt = excerpt[:LONGEST_QUOTE] + "…"
    return before, excerpt, after


def place_line(location: object, lang: str) -> str:
    """Where a finding is, in words: "nội dung, dòng 12, cột 5"."""
    words: list[str] = []
    if isinstance(location, MediaLocation):
        words.append(location.path)
        if location.time_s is not None:
            words.append(f"{_clock(location.time_s[0])}-{_clock(location.time_s[1])}")
        if location.box is not None:
            x, y, width, height = location.box
            region = "vùng" if lang == "vi" else "region"
            words.append(f"{region} {width}×{height} px tại ({x}, {y})")
    elif isinstance(location, TextLocation | ArticleLocation):
        if location.field:
            words.append(field_name(location.field, lang))
        if isinstance(location, TextLocation) and location.hidden:
            words.append(HIDDEN[lang])
    if isinstance(location, MediaLocation | TextLocation | ArticleLocation):
        words += _file_place(location, lang)
    return ", ".join(words)


def _file_place(location: object, lang: str) -> list[str]:
    names = (
        ("line", "dòng", "line"),
        ("column", "cột", "column"),
        ("paragraph", "đoạn", "paragraph"),
        ("table", "bảng", "table"),
        ("row", "hàng", "row"),
        ("cell", "ô", "cell"),
    )
    words = []
    part = getattr(location, "part", None)
    if part in PARTS:
        words.append(PARTS[part][lang])
    for name, vi, en in names:
        value = getattr(location, name, None)
        if value is not None:
            words.append(f"{vi if lang == 'vi' else en} {value}")
    return words


def _clock(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{int(minutes)}:{rest:04.1f}"
