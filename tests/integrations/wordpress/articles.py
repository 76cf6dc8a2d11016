"""Articles that the tests publish: a clean one, and one that must not go live."""

from __future__ import annotations

import io
from typing import Any

TITLE = "Học sinh lớp 5 tham gia ngày hội đọc sách"
SAPO = (
    "Sáng 21/4, hơn 500 học sinh Trường Tiểu học Hoa Sen tham gia ngày hội đọc sách tại sân trường."
)
CLEAN_TEXT = "Các em được nghe kể chuyện và trao đổi sách với bạn bè."
BANNED_TEXT = "Mật khẩu wifi của trường: hoasen2026."
TYPO_TEXT = "Ngày hội giúp các em nghành học thêm yêu sách."  # spelling-non-word: ngành


def block(text: str) -> str:
    """A paragraph block."""
    return f"<!-- wp:paragraph -->\n<p>{text}</p>\n<!-- /wp:paragraph -->"


CLEAN, BANNED, TYPO = block(CLEAN_TEXT), block(BANNED_TEXT), block(TYPO_TEXT)


def post(content: str = CLEAN, status: str = "publish", **more: Any) -> dict[str, Any]:
    """The body of a REST request for a post."""
    return {"title": TITLE, "excerpt": SAPO, "content": content, "status": status, **more}


def row(content: str = CLEAN, status: str = "publish", **more: Any) -> dict[str, Any]:
    """The argument of wp_insert_post()."""
    texts = {"post_title": TITLE, "post_excerpt": SAPO, "post_content": content}
    return {**texts, "post_status": status, "post_author": 1, **more}


def picture(width: int = 1280, height: int = 720, *, gps: bool = False) -> bytes:
    """A sharp picture; with `gps`, one that tells where it was taken."""
    import numpy as np
    from PIL import Image, ImageDraw

    random = np.random.default_rng(5)
    image = Image.fromarray(random.integers(60, 200, (height // 40, width // 40, 3), np.uint8))
    image = image.resize((width, height), Image.Resampling.NEAREST)
    draw = ImageDraw.Draw(image)
    for x in range(0, width, 16):
        draw.line([(x, 0), (width - x, height)], fill=(20, 20, 20), width=1)
    exif = Image.Exif()
    if gps:
        degrees = (21.0, 2.0, 8.0)
        exif[0x8825] = {1: "N", 2: degrees, 3: "E", 4: (105.0, 50.0, 3.0)}
    out = io.BytesIO()
    image.save(out, "JPEG", quality=88, exif=exif)
    return out.getvalue()
