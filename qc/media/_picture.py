"""One picture of an article: its header and metadata, read once for all checks."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qc.core.article import Image
from qc.core.blob import Blob
from qc.core.errors import LoadError
from qc.core.record import dataclass

if TYPE_CHECKING:
    from qc.media._header.model import Header
    from qc.media._metadata.record import Metadata


@dataclass(frozen=True, slots=True)
class Picture:
    """Header and metadata; `width` and `height` are px as a reader sees them."""

    header: Header
    metadata: Metadata

    @property
    def orientation(self) -> int:
        """How to turn the stored picture (EXIF 1-8); 1 where the format turns it by itself."""
        return (
            1 if self.header.format in {"heic", "avif", "svg"} else self.metadata.exif.orientation
        )

    @property
    def width(self) -> int:
        """Width of the upright picture."""
        return self.header.height if self.orientation >= 5 else self.header.width

    @property
    def height(self) -> int:
        """Height of the upright picture."""
        return self.header.width if self.orientation >= 5 else self.header.height


def picture_of(image: Image) -> Picture | None:
    """The picture of an image; None where there is no readable picture file.

    A file that cannot be read is reported by the check of picture files, so every other
    check has nothing to say about it.
    """
    found = reading_of(image)
    return found if isinstance(found, Picture) else None


def reading_of(image: Image) -> Picture | str | None:
    """The picture, the reason why its file is no readable picture, or None without a file."""
    blob = image.blob
    return None if blob is None else blob.memo("picture", lambda: _read(blob))


def _read(blob: Blob) -> Picture | str:
    from qc.media._header.model import BadHeader
    from qc.media._header.read import read_header
    from qc.media._metadata.record import read_metadata

    try:
        data = blob.bytes
    except LoadError as error:
        return error.what
    try:
        header = read_header(data)
    except BadHeader as error:
        return str(error)
    return Picture(header, read_metadata(header))
