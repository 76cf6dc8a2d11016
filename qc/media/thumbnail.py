"""A small copy of a picture, upright, for reports that show pictures."""

from __future__ import annotations

import io

from qc.core.blob import Blob
from qc.core.errors import LoadError
from qc.core.record import dataclass

SIDE_PX = 640
MAX_PIXELS = 64_000_000


@dataclass(frozen=True, slots=True)
class SmallCopy:
    """A JPEG of `width` × `height` px; `scale` is its px per px of the upright picture."""

    jpeg: bytes
    width: int
    height: int
    scale: float


def small_copy(blob: Blob, *, side_px: int = SIDE_PX) -> SmallCopy | None:
    """A copy of at most `side_px`, turned by the EXIF orientation as browsers show it.

    None where the picture cannot be shown: not readable, a drawing, or far too large.
    """
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(blob.bytes)) as opened:
                long_side = max(opened.size)
                if opened.width * opened.height > MAX_PIXELS:
                    return None
                opened.draft("RGB", (side_px, side_px))
                small = ImageOps.exif_transpose(opened).convert("RGB")
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, MemoryError, LoadError):
        return None
    except Image.DecompressionBombError:
        return None
    small.thumbnail((side_px, side_px))
    stream = io.BytesIO()
    small.save(stream, "JPEG", quality=78)
    return SmallCopy(stream.getvalue(), *small.size, max(small.size) / long_side)
