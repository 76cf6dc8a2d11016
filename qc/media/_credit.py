"""Credits that an article gives: in captions, in credit fields, in its byline."""

from __future__ import annotations

import re
import unicodedata

from qc.core.article import Article, Image
from qc.core.lazy import regex

# "Tin, ảnh: Nguyễn Văn A", "Bài và ảnh: …", "Ảnh: …" on a line of its own.
BYLINE = regex(
    r"(?i)^[\s(*_–-]*(?:(?:tin|bài|bài viết|clip|video)\s*(?:,|và|&|-|–|/)\s*)?"
    r"(?:hình )?ảnh(?: trong bài)?\s*[:：]\s*\S"
)
CAPTION = regex(
    r"(?i)(?:^|[\s(\[.,;\-–|])(?:(?:hình )?ảnh(?: chụp| tư liệu| minh h[oọ][ạa]| st)?"
    r"|nguồn(?: ảnh)?|tác giả|chụp|photo(?: by)?|source|credit|courtesy of)\s*[:：]\s*\S"
)
BRACKETED = regex(r"(?i)\((?:ảnh|nguồn|theo|photo)\s*[:：]?\s+\S[^)]{1,60}\)|©\s*\S")


def caption_credit(image: Image) -> str | None:
    """Whom the caption or credit of an image names; None where it names nobody."""
    if image.credit and image.credit.strip():
        return image.credit
    caption = unicodedata.normalize("NFC", image.caption or "")
    if CAPTION.search(caption) or BRACKETED.search(caption):
        return caption
    return None


def article_credit(article: Article) -> bool:
    """A line of the article credits its pictures as a whole ("Tin, ảnh: …")."""
    return article.memo("picture-byline", lambda: _byline(article))


def _byline(article: Article) -> bool:
    author = unicodedata.normalize("NFC", article.fields.author or "")
    if re.search(r"(?i)\bảnh\s*[:：]\s*\S", author):
        return True
    return any(
        len(block.text) < 160 and not block.hidden and BYLINE.search(block.nfc.text)
        for block in article.blocks
    )
