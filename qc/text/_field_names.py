"""What the fields of an article are called, and what their values look like."""

from __future__ import annotations

from qc.core.rule import Text

NAMES: dict[str, Text] = {
    "title": Text(vi="tiêu đề", en="title"),
    "sapo": Text(vi="tóm tắt (sapo)", en="summary (sapo)"),
    "author": Text(vi="tác giả", en="author"),
    "category": Text(vi="chuyên mục", en="category"),
    "published_at": Text(vi="ngày đăng", en="publication date"),
    "approved_by": Text(vi="người duyệt", en="approver"),
    "expires_at": Text(vi="ngày hết hạn", en="expiry date"),
    "featured_image": Text(vi="ảnh đại diện", en="featured image"),
    "source": Text(vi="nguồn", en="source"),
}

OTHER_NAMES: dict[str, Text] = {
    "updated_at": Text(vi="ngày cập nhật", en="update date"),
    "kind": Text(vi="loại bài", en="kind"),
    "ai_generated": Text(vi="nội dung AI", en="AI flag"),
    "document.issued_on": Text(vi="ngày ban hành", en="date of issue"),
    "document.effective_on": Text(vi="ngày hiệu lực", en="effective date"),
}
DAY = Text(vi="một ngày có thật, viết như 05/09/2024", en="a day that exists, as 2024-09-05")
FORMS: dict[str, Text] = {
    "kind": Text(
        vi="tin bài, thông báo, văn bản, công khai hoặc tuyển sinh",
        en="news, notice, document, disclosure or admission",
    ),
    "ai_generated": Text(vi="“có” hoặc “không”", en="yes or no"),
}


def field_name(name: str) -> Text:
    """What editors call a field."""
    return {**NAMES, **OTHER_NAMES}.get(name, Text(vi=name, en=name))
