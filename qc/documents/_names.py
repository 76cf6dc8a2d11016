"""Names of the fields of an article, in Vietnamese and English, as editors write them."""

from __future__ import annotations

import unicodedata
from functools import cache, lru_cache

NAMES: dict[str, tuple[str, ...]] = {
    "title": ("tiêu đề", "tên bài", "đầu đề", "title", "headline"),
    "sapo": ("sapo", "tóm tắt", "mô tả", "giới thiệu ngắn", "hometext", "summary", "description"),
    "author": ("tác giả", "người viết", "author", "byline"),
    "source": ("nguồn", "nguồn tin", "source"),
    "source_url": ("địa chỉ nguồn", "link nguồn", "liên kết nguồn", "source_url", "url nguồn"),
    "category": ("chuyên mục", "danh mục", "mục", "category", "section"),
    "kind": ("loại bài", "kiểu bài", "thể loại", "kind", "type"),
    "language": ("ngôn ngữ", "language", "lang"),
    "tags": ("từ khóa", "thẻ", "tags", "keywords"),
    "published_at": ("ngày đăng", "ngày xuất bản", "thời gian đăng", "published_at", "date"),
    "updated_at": ("ngày cập nhật", "cập nhật", "updated_at", "modified"),
    "expires_at": ("hết hạn", "ngày hết hạn", "hạn đăng", "expires_at", "expires"),
    "approved_by": ("người duyệt", "duyệt bởi", "phê duyệt", "approved_by", "approver"),
    "featured_image": ("ảnh đại diện", "ảnh bìa", "featured_image", "featured", "cover"),
    "consent_ids": ("phiếu đồng ý", "mã đồng ý", "consent_ids", "consent", "consents"),
    "ai_generated": ("nội dung ai", "dùng ai", "ai_generated", "ai"),
    "images": ("ảnh", "hình ảnh", "images", "photos"),
    "videos": ("video", "clip", "videos"),
    "attachments": ("tệp đính kèm", "đính kèm", "attachments", "files"),
    "document": ("văn bản", "document"),
}

DOCUMENT_NAMES: dict[str, tuple[str, ...]] = {
    "kind": ("loại văn bản", "loại", "hình thức", "document_kind", "kind"),
    "number": ("số/ký hiệu", "số ký hiệu", "số hiệu", "document_number", "number"),
    "issued_on": ("ngày ban hành", "ngày ký", "issued_on", "issued"),
    "effective_on": ("ngày hiệu lực", "hiệu lực từ", "effective_on", "effective"),
    "issuer": ("cơ quan ban hành", "cơ quan", "issuer"),
    "summary": ("trích yếu", "document_summary", "summary"),
    "signer": ("người ký", "signer"),
    "file": ("tệp văn bản", "tệp", "document_file", "file"),
}

MEDIA_NAMES: dict[str, tuple[str, ...]] = {
    "path": ("tệp", "đường dẫn", "path", "file", "src", "url"),
    "role": ("vai trò", "vị trí", "role"),
    "alt": ("mô tả", "văn bản thay thế", "alt"),
    "caption": ("chú thích", "caption"),
    "credit": ("nguồn ảnh", "người chụp", "tác giả", "credit"),
    "title": ("tên", "title", "name"),
    "captions": ("phụ đề", "captions", "subtitles"),
    "display_width": ("chiều rộng", "width", "display_width"),
    "display_height": ("chiều cao", "height", "display_height"),
}

KINDS: dict[str, tuple[str, ...]] = {
    "tin-bai": ("tin bài", "tin tức", "bài viết", "tin", "news", "article"),
    "thong-bao": ("thông báo", "notice", "announcement"),
    "van-ban": ("văn bản", "document"),
    "cong-khai": ("công khai", "disclosure"),
    "tuyen-sinh": ("tuyển sinh", "admission", "admissions"),
}

_DOCUMENT_ALONE = ("number", "issued_on", "effective_on", "issuer", "summary", "signer")


def fold(name: str) -> str:
    """A name without case, tone placement, separators and diacritics: "Tác giả" -> "tacgia"."""
    plain = unicodedata.normalize("NFD", name.strip().lower().replace("đ", "d"))
    return "".join(c for c in plain if c.isalnum())


@cache
def _index(which: str) -> dict[str, str]:
    table = {"article": NAMES, "document": DOCUMENT_NAMES, "media": MEDIA_NAMES, "kind": KINDS}
    index: dict[str, str] = {}
    for name, written in table[which].items():
        for each in (name, *written):
            index.setdefault(fold(each), name)
    if which == "article":
        for name in _DOCUMENT_ALONE:
            for each in (f"document_{name}", *DOCUMENT_NAMES[name]):
                index.setdefault(fold(each), f"document.{name}")
        index.setdefault(fold("loại văn bản"), "document.kind")
        index.setdefault(fold("tệp văn bản"), "document.file")
    return index


@lru_cache(maxsize=1024)
def article_field(name: str) -> str | None:
    """The field that a written name stands for: "Tác giả" -> "author"; None if unknown."""
    return _index("article").get(fold(name))


def document_field(name: str) -> str | None:
    """The document field that a written name stands for."""
    return _index("document").get(fold(name))


def media_field(name: str) -> str | None:
    """The property of a picture, clip or attachment that a written name stands for."""
    return _index("media").get(fold(name))


@lru_cache(maxsize=1024)
def article_kind(text: str) -> str | None:
    """The kind of an article as written in a draft: "Thông báo" -> "thong-bao"."""
    return _index("kind").get(fold(text))
