"""A small picture of an image with the reported region marked, for reports that show pictures."""

from __future__ import annotations

import io

from qc.core.blob import Blob
from qc.core.errors import LoadError

THUMBNAIL_PX = 320
MARK = (220, 30, 30)
MAX_PIXELS = 80_000_000


def marked_thumbnail(
    blob: Blob, box: tuple[int, int, int, int] | None, *, side_px: int = THUMBNAIL_PX
) -> bytes | None:
    """A JPEG of at most `side_px` with `box` (px of the upright picture) framed in red.

    None where the picture cannot be shown: not readable, a drawing, or far too large.
    """
    import warnings

    from PIL import Image, ImageDraw, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(blob.bytes)) as opened:
                width, height = opened.size
                if width * height > MAX_PIXELS:
                    return None
                opened.draft("RGB", (side_px * 2, side_px * 2))
                upright = ImageOps.exif_transpose(opened)
                turned = opened.getexif().get(0x0112, 1) >= 5
                small = upright.convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, LoadError):
        return None
    except Image.DecompressionBombError:
        return None
    if turned:
        width, height = height, width
    small.thumbnail((side_px, side_px))
    if box is not None:
        scale = small.width / width
        x, y, wide, high = (round(value * scale) for value in box)
        edge = (
            x,
            y,
            min(x + max(wide, 2), small.width) - 1,
            min(y + max(high, 2), small.height) - 1,
        )
        if edge[2] >= edge[0] and edge[3] >= edge[1]:
            ImageDraw.Draw(small).rectangle(edge, outline=MARK, width=3)
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=80)
    return stream.getvalue()
