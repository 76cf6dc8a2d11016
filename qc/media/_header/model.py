"""What the header of a picture file says, and the metadata blocks that stand in it."""

from __future__ import annotations

from qc.core.record import dataclass, field

# One compressed text chunk of a PNG may not grow beyond this: a decompression bomb otherwise.
MAX_TEXT_BYTES = 8 * 1024 * 1024


class BadHeader(Exception):
    """The file does not have the structure that its first bytes promise."""


@dataclass(slots=True)
class Blocks:
    """Raw metadata blocks. `exif` is a TIFF structure, `iim` bare IPTC datasets."""

    exif: list[bytes] = field(default_factory=list)
    xmp: list[bytes] = field(default_factory=list)
    iim: list[bytes] = field(default_factory=list)
    icc: bytes = b""
    text: dict[str, str] = field(default_factory=dict)
    comments: list[bytes] = field(default_factory=list)
    c2pa: bool = False


@dataclass(frozen=True, slots=True)
class Header:
    """The structure of a picture file.

    `width` and `height` are px as stored (0: unknown), before any orientation tag.
    `mode` is gray, rgb, rgba, gray-alpha, palette, cmyk, lab or unknown. `quality` is the
    JPEG quality on the scale of libjpeg. `truncated`: the end of the file is missing.
    """

    format: str
    width: int = 0
    height: int = 0
    mode: str = "unknown"
    bit_depth: int = 8
    frames: int = 1
    quality: float | None = None
    progressive: bool = False
    scans: int = 1
    truncated: bool = False
    lossless: bool = False
    blocks: Blocks = field(default_factory=Blocks)

    @property
    def pixels(self) -> int:
        """Pixels of one frame."""
        return self.width * self.height

    @property
    def vector(self) -> bool:
        """A drawing that stays sharp at any size."""
        return self.format == "svg"
