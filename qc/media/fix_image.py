"""A safe copy of a picture: upright, sRGB, a sensible size, without private tags, rights kept.

Resizers drop the author and copyright with everything else; this keeps exactly the fields that
say whose picture it is, and writes them as EXIF and XMP. Position, serial numbers, names of
people, thumbnails and maker notes are left behind. The original is never touched.
"""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from qc.core.errors import LoadError
from qc.core.record import dataclass

if TYPE_CHECKING:
    from qc.media._metadata.record import Metadata

MAX_SIDE_PX = 1500
QUALITY = 85
MAX_PIXELS = 80_000_000
KEPT_AS_IS = frozenset(("svg", "gif"))
ARTIST, COPYRIGHT, DESCRIPTION = 0x013B, 0x8298, 0x010E
NAMESPACES = {
    "dc": "http://purl.org/dc/elements/1.1/",
    "photoshop": "http://ns.adobe.com/photoshop/1.0/",
    "xmpRights": "http://ns.adobe.com/xap/1.0/rights/",
    "Iptc4xmpExt": "http://iptc.org/std/Iptc4xmpExt/2008-02-29/",
    "plus": "http://ns.useplus.org/ldf/xmp/1.0/",
}


@dataclass(frozen=True, slots=True)
class SafeCopy:
    """The new file: its bytes, extension with the dot, size in px, and what was done."""

    data: bytes
    extension: str
    width: int
    height: int
    changes: tuple[str, ...]


def safe_copy(data: bytes, *, max_side_px: int = MAX_SIDE_PX, quality: int = QUALITY) -> SafeCopy:
    """A copy that may be published. Raises LoadError for a file that cannot be decoded whole.

    Photos become JPEG; pictures with transparency, and small drawn ones, stay PNG. Animations
    and drawings (GIF, SVG) are refused: they cannot be copied without loss.
    """
    from qc.media._header.model import BadHeader
    from qc.media._header.read import read_header
    from qc.media._metadata.record import read_metadata

    try:
        header = read_header(data)
    except BadHeader as error:
        raise LoadError(f"the picture cannot be copied: {error}") from error
    if header.format in KEPT_AS_IS or header.frames > 1:
        raise LoadError("animations and drawings are not copied", remedy="Use them as they are.")
    if header.truncated or header.pixels > MAX_PIXELS:
        raise LoadError("the picture is cut short or too large", remedy="Export it again.")
    metadata = read_metadata(header)
    picture, changes = _prepared(data, max_side_px)
    flat = picture.mode in {"RGBA", "LA", "P"} or (header.lossless and header.pixels < 200_000)
    stream = io.BytesIO()
    exif, xmp = _exif(metadata), _xmp(metadata)
    if flat:
        picture.save(stream, "PNG", optimize=True, exif=exif, pnginfo=_png_info(xmp))
    else:
        settings = {"quality": quality, "optimize": True, "progressive": True, "exif": exif}
        picture.save(stream, "JPEG", **settings, xmp=xmp)
    if metadata.gps is not None:
        changes.append("position removed")
    extension = ".png" if flat else ".jpg"
    width, height = picture.size
    return SafeCopy(stream.getvalue(), extension, width, height, tuple(changes))


def _prepared(data: bytes, max_side_px: int) -> tuple[Any, list[str]]:
    """The decoded picture, upright, in sRGB, shrunk, without any metadata."""
    import warnings

    from PIL import Image, ImageOps, UnidentifiedImageError

    changes = []
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            opened: Any = Image.open(io.BytesIO(data))
            profile = opened.info.get("icc_profile")
            opened.load()
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError) as error:
        raise LoadError(f"the picture cannot be decoded: {error}") from error
    except Image.DecompressionBombError as error:
        raise LoadError("the picture has too many pixels") from error
    picture = ImageOps.exif_transpose(opened)
    if picture.size != opened.size:
        changes.append("turned upright")
    picture, converted = _srgb(picture, profile)
    if converted:
        changes.append("converted to sRGB")
    if max(picture.size) > max_side_px:
        picture.thumbnail((max_side_px, max_side_px), Image.Resampling.LANCZOS)
        changes.append(f"shrunk to {picture.width}×{picture.height} px")
    clean = Image.new(picture.mode, picture.size)
    clean.paste(picture)
    if picture.mode == "P" and (palette := picture.getpalette()):
        clean.putpalette(palette)
    return clean, changes


def _srgb(picture: Any, profile: bytes | None) -> tuple[Any, bool]:
    """The picture in sRGB (or gray) with 8 bits; palettes with transparency become RGBA."""
    from PIL import ImageCms

    converted = False
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            name = str(ImageCms.getProfileName(source))
            if "srgb" not in name.lower():
                target = ImageCms.createProfile("sRGB")
                picture = ImageCms.profileToProfile(picture, source, target, outputMode="RGB")
                converted = True
        except (ImageCms.PyCMSError, OSError, ValueError):
            converted = False
    if picture.mode == "P" or picture.mode.startswith("RGBa"):
        return picture.convert("RGBA" if "transparency" in picture.info else "RGB"), converted
    if picture.mode.startswith("I") or picture.mode == "F":
        return picture.point(lambda level: level / 256).convert("L"), True
    if picture.mode not in {"RGB", "L", "RGBA", "LA"}:
        return picture.convert("RGB"), True
    return picture, converted


def _exif(metadata: Metadata) -> bytes:
    """Artist, copyright and description; nothing else."""
    from PIL import Image

    tags = Image.Exif()
    for number, text in (
        (ARTIST, "; ".join(metadata.creators)),
        (COPYRIGHT, metadata.notices[0] if metadata.notices else ""),
    ):
        if text:
            tags[number] = text.encode()
    return tags.tobytes()


def _xmp(metadata: Metadata) -> bytes:
    """The rights fields of all three standards, as one XMP packet."""
    xmp = metadata.xmp
    credit = xmp.one("photoshop", "credit") or metadata.first_iim("credit")
    source = xmp.one("photoshop", "source") or metadata.first_iim("source")
    parts = [_list("dc:creator", "Seq", metadata.creators)]
    parts.append(_list("dc:rights", "Alt", metadata.notices[:1]))
    parts.append(_list("xmpRights:UsageTerms", "Alt", xmp.all("xmprights", "usageterms")[:1]))
    parts += [
        f"<{name}>{escape(value)}</{name}>"
        for name, value in (
            ("photoshop:Credit", credit),
            ("photoshop:Source", source),
            ("xmpRights:WebStatement", xmp.one("xmprights", "webstatement")),
            ("xmpRights:Marked", xmp.one("xmprights", "marked")),
            ("Iptc4xmpExt:DigitalSourceType", xmp.one("iptcext", "digitalsourcetype")),
            ("plus:DataMining", xmp.one("plus", "datamining")),
        )
        if value
    ]
    licensors = zip(
        xmp.nested("plus", "licensorname") or ("",), xmp.nested("plus", "licensorurl"), strict=False
    )
    for name, url in licensors:
        named = f"<plus:LicensorName>{escape(name)}</plus:LicensorName>" if name else ""
        parts.append(
            f'<plus:Licensor><rdf:Seq><rdf:li rdf:parseType="Resource">{named}'
            f"<plus:LicensorURL>{escape(url)}</plus:LicensorURL></rdf:li></rdf:Seq></plus:Licensor>"
        )
    body = "".join(parts)
    if not body:
        return b""
    spaces = " ".join(f'xmlns:{prefix}="{space}"' for prefix, space in NAMESPACES.items())
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        f'<rdf:Description rdf:about="" {spaces}>{body}</rdf:Description></rdf:RDF></x:xmpmeta>'
        '<?xpacket end="w"?>'
    ).encode()


def escape(text: str) -> str:
    """Text of an XML element."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _list(name: str, kind: str, values: tuple[str, ...]) -> str:
    if not values:
        return ""
    lang = ' xml:lang="x-default"' if kind == "Alt" else ""
    items = "".join(f"<rdf:li{lang}>{escape(value)}</rdf:li>" for value in values)
    return f"<{name}><rdf:{kind}>{items}</rdf:{kind}></{name}>"


def _png_info(xmp: bytes) -> Any:
    from PIL.PngImagePlugin import PngInfo

    info = PngInfo()
    if xmp:
        info.add_itxt("XML:com.adobe.xmp", xmp.decode("utf-8"))
    return info
