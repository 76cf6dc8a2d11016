"""EXIF: who took a picture, when, where and with what; and the thumbnail it carries."""

from __future__ import annotations

from struct import error as StructError

from qc.core.record import dataclass
from qc.media._metadata.ifd import Directory, Tiff
from qc.media._metadata.repair import clean, decode

DESCRIPTION, MAKE, MODEL, ORIENTATION, SOFTWARE, MODIFIED, ARTIST = (
    *(0x010E, 0x010F, 0x0110, 0x0112, 0x0131, 0x0132, 0x013B),
)
COPYRIGHT, EXIF_IFD, GPS_IFD = 0x8298, 0x8769, 0x8825
ORIGINAL, DIGITIZED, USER_COMMENT, WIDTH, HEIGHT = 0x9003, 0x9004, 0x9286, 0xA002, 0xA003
OWNER, BODY_SERIAL, LENS_SERIAL, XP_AUTHOR = 0xA430, 0xA431, 0xA435, 0x9C9D
THUMBNAIL_START, THUMBNAIL_LENGTH = 0x0201, 0x0202
LATITUDE_REF, LATITUDE, LONGITUDE_REF, LONGITUDE = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Exif:
    """The tags that the checks read; text is repaired, "" or None where a tag is missing."""

    artist: str = ""
    copyright: str = ""
    description: str = ""
    date_original: str = ""
    date_modified: str = ""
    orientation: int = 1
    gps: tuple[float, float] | None = None
    make: str = ""
    model: str = ""
    software: str = ""
    owner: str = ""
    serials: tuple[str, ...] = ()
    user_comment: str = ""
    pixel_size: tuple[int, int] | None = None
    thumbnail: bytes = b""

    @property
    def camera(self) -> bool:
        """A camera or phone wrote these tags."""
        return bool(self.make or self.model)


def read_exif(data: bytes) -> Exif:
    """The tags of a TIFF structure; whatever is damaged is left out."""
    try:
        return _read(data)
    except (StructError, IndexError, OverflowError, ValueError):
        return Exif()


def _read(data: bytes) -> Exif:
    tiff = Tiff(data)
    first, following = tiff.directory(tiff.first)
    details = _below(tiff, first, EXIF_IFD)
    position = _below(tiff, first, GPS_IFD)
    second, _ = tiff.directory(following)
    orientation = int(_number(first, ORIENTATION) or 1)
    author = first[XP_AUTHOR].raw.decode("utf-16-le", "replace") if XP_AUTHOR in first else ""
    size = (int(_number(details, WIDTH) or 0), int(_number(details, HEIGHT) or 0))
    serials = (_text(details, BODY_SERIAL), _text(details, LENS_SERIAL))
    return Exif(
        artist=_text(first, ARTIST) or clean(author),
        copyright=_copyright(first),
        description=_text(first, DESCRIPTION),
        date_original=_text(details, ORIGINAL) or _text(first, ORIGINAL),
        date_modified=_text(first, MODIFIED),
        orientation=orientation if 1 <= orientation <= 8 else 1,
        gps=_gps(position),
        make=_text(first, MAKE),
        model=_text(first, MODEL),
        software=_text(first, SOFTWARE),
        owner=_text(details, OWNER),
        serials=tuple(serial for serial in serials if serial),
        user_comment=_comment(details),
        pixel_size=size if all(size) else None,
        thumbnail=_thumbnail(data, second),
    )


def _below(tiff: Tiff, directory: Directory, tag: int) -> Directory:
    offset = _number(directory, tag)
    return tiff.directory(int(offset))[0] if offset else {}


def _number(directory: Directory, tag: int) -> float | None:
    return directory[tag].number() if tag in directory else None


def _text(directory: Directory, tag: int) -> str:
    """An ASCII tag, which ends at its first NUL."""
    if tag not in directory or directory[tag].kind not in {1, 2, 7}:
        return ""
    raw = directory[tag].raw
    if not raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        raw = raw.partition(b"\0")[0]
    return decode(raw)


def _copyright(directory: Directory) -> str:
    """Photographer's and editor's notice, which EXIF parts by a NUL."""
    if COPYRIGHT not in directory:
        return ""
    parts = directory[COPYRIGHT].raw.split(b"\0")
    return "\n".join(text for text in (decode(part) for part in parts[:2]) if text)


def _comment(directory: Directory) -> str:
    if USER_COMMENT not in directory:
        return ""
    raw = directory[USER_COMMENT].raw[:20_000]
    if raw.startswith(b"UNICODE\0"):
        codec = "utf-16-be" if directory[USER_COMMENT].order == ">" else "utf-16-le"
        return clean(raw[8:].decode(codec, "replace"))
    return decode(raw[8:]) if raw[:8] in {b"ASCII\0\0\0", b"\0" * 8} else ""


def _gps(directory: Directory) -> tuple[float, float] | None:
    """Latitude and longitude in degrees; None where they are missing, empty or impossible."""
    if LATITUDE not in directory or LONGITUDE not in directory:
        return None
    degrees = []
    for tag, reference in ((LATITUDE, LATITUDE_REF), (LONGITUDE, LONGITUDE_REF)):
        values = (*directory[tag].numbers(), 0.0, 0.0)
        if len(values) < 3:
            return None
        value = values[0] + values[1] / 60 + values[2] / 3600
        south_or_west = _text(directory, reference).upper()[:1] in {"S", "W"}
        degrees.append(-value if south_or_west else value)
    latitude, longitude = degrees
    if not (abs(latitude) <= 90 and abs(longitude) <= 180) or latitude == longitude == 0:
        return None
    return round(latitude, 6), round(longitude, 6)


def _thumbnail(data: bytes, directory: Directory) -> bytes:
    start, length = _number(directory, THUMBNAIL_START), _number(directory, THUMBNAIL_LENGTH)
    if not start or not length:
        return b""
    body = data[int(start) : int(start) + int(length)]
    return body if body.startswith(b"\xff\xd8\xff") else b""
