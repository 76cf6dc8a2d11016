"""The metadata of one picture: EXIF, IPTC-IIM and XMP side by side, and what they agree on."""

from __future__ import annotations

from qc.core.record import dataclass, field
from qc.media._header.model import Blocks, Header
from qc.media._metadata.exif import Exif, read_exif
from qc.media._metadata.iim import Iim, read_iim
from qc.media._metadata.xmp import Xmp, read_xmp


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a picture file says about itself; every text is repaired and in NFC."""

    exif: Exif = Exif()
    iim: Iim = field(default_factory=dict)
    xmp: Xmp = field(default_factory=Xmp)
    text: dict[str, str] = field(default_factory=dict)
    comments: tuple[str, ...] = ()
    c2pa: bool = False

    def first_iim(self, name: str) -> str:
        """The first value of an IPTC-IIM dataset, "" where there is none."""
        values = self.iim.get(name)
        return values[0] if values else ""

    @property
    def creators(self) -> tuple[str, ...]:
        """Who made the picture, over all three standards, without doubles."""
        names = (*self.xmp.all("dc", "creator"), *self.iim.get("by_line", ()), self.exif.artist)
        return _distinct(names)

    @property
    def credits(self) -> tuple[str, ...]:
        """Credit line and source."""
        own = (self.first_iim("credit"), self.first_iim("source"))
        return _distinct(
            (self.xmp.one("photoshop", "credit"), self.xmp.one("photoshop", "source"), *own)
        )

    @property
    def notices(self) -> tuple[str, ...]:
        """Copyright notices."""
        own = (self.first_iim("copyright"), self.exif.copyright)
        return _distinct((self.xmp.one("dc", "rights"), *own))

    @property
    def gps(self) -> tuple[float, float] | None:
        """Where the picture was taken, in degrees, from EXIF or XMP."""
        if self.exif.gps is not None:
            return self.exif.gps
        places = (self.xmp.one("exif", "gpslatitude"), self.xmp.one("exif", "gpslongitude"))
        degrees = [_degrees(place) for place in places]
        if degrees[0] is None or degrees[1] is None:
            return None
        return degrees[0], degrees[1]

    @property
    def date_original(self) -> str:
        """When the picture was taken, as written ("2024:05:30 08:15:00")."""
        return self.exif.date_original or self.xmp.one("exif", "datetimeoriginal")


def read_metadata(header: Header) -> Metadata:
    """The metadata of the blocks that the header pass found."""
    blocks: Blocks = header.blocks
    exif = Exif()
    for block in blocks.exif[:4]:
        exif = read_exif(block)
        if exif != Exif():
            break
    iim: Iim = {}
    for block in blocks.iim[:16]:
        iim = {**read_iim(block), **iim}
    return Metadata(
        exif=exif,
        iim=iim,
        xmp=read_xmp(blocks.xmp[:16]) if blocks.xmp else Xmp(),
        text=blocks.text,
        comments=tuple(comment.decode("utf-8", "replace") for comment in blocks.comments),
        c2pa=blocks.c2pa,
    )


def _distinct(values: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for value in values if value))


def _degrees(value: str) -> float | None:
    """XMP writes "21,1.5N" or "21,1,30N"."""
    if not value or value[-1].upper() not in "NSEW":
        return None
    try:
        parts = [float(part) for part in value[:-1].split(",")]
    except ValueError:
        return None
    size = sum(part / unit for part, unit in zip(parts, (1.0, 60.0, 3600.0), strict=False))
    return round(-size if value[-1].upper() in "SW" else size, 6)
