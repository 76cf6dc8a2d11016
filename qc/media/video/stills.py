"""Pictures for reports: the still of a moment, and a contact sheet of the whole clip."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qc.core.article import Video
from qc.core.errors import LoadError
from qc.media import _ffmpeg
from qc.media._ffmpeg import MediaError
from qc.media.video import _clip, _sample
from qc.media.video._sample import Picture
from qc.media.video._words import clock

if TYPE_CHECKING:
    from PIL import Image

GAP = 6
LABEL = 16
QUALITY = 82


def still(video: Video, time_s: float) -> bytes:
    """The picture at a moment as a JPEG at most 640 px wide, upright.

    Raises MediaError where nothing can be decoded there, Unavailable without ffmpeg.
    """
    found = _clip.probe(video)
    stream = found.video
    if stream is None or video.blob is None:
        raise MediaError("the clip has no picture", where=video.path)
    width, height = _sample.size_of(stream)
    options = {
        "map": f"0:{stream.index}",
        "vf": f"scale={width}:{height}:flags=area,format=rgb24",
        "frames:v": 1,
        "f": "rawvideo",
    }
    before = {"ss": f"{min(max(time_s, 0.0), max(found.end_s - 0.1, 0.0)):.3f}"}
    with _ffmpeg.opened(video.blob) as source:
        ended = _ffmpeg.run(
            source,
            [("pipe:1", options)],
            before={**before, "noautorotate": None},
            limits=_clip.limits_for(found),
        )
    if len(ended.output) < width * height * 3:
        raise MediaError(f"no picture at {clock(time_s)}", where=video.path)
    picture = Picture(time_s, width, height, ended.output[: width * height * 3])
    return _jpeg(_upright(picture, stream.rotation))


def contact_sheet(video: Video, *, columns: int = 4, width_px: int = 1000) -> bytes:
    """Keyframes over the whole clip with their times, as one JPEG.

    Reads the sample that the checks have decoded already. Raises LoadError where it is empty.
    """
    from PIL import Image, ImageDraw

    pictures = _clip.pictures(video)
    stream = _clip.probe(video).video
    if not pictures or stream is None:
        raise LoadError("the clip has no picture", where=video.path)
    each = (width_px - GAP * (columns + 1)) // columns
    tiles = [_upright(picture, stream.rotation) for picture in pictures]
    height = max(round(each * tiles[0].height / tiles[0].width), 1)
    rows = -(-len(tiles) // columns)
    sheet = Image.new("RGB", (width_px, rows * (height + LABEL + GAP) + GAP), (24, 24, 24))
    pen = ImageDraw.Draw(sheet)
    for at, (picture, tile) in enumerate(zip(pictures, tiles, strict=True)):
        x = GAP + at % columns * (each + GAP)
        y = GAP + at // columns * (height + LABEL + GAP)
        sheet.paste(tile.resize((each, height)), (x, y))
        pen.text((x, y + height + 2), clock(picture.time_s), fill=(230, 230, 230))
    return _jpeg(sheet)


def _upright(picture: Picture, rotation: int) -> Image.Image:
    """The picture as a player shows it."""
    from PIL import Image

    image = Image.frombytes("RGB", (picture.width, picture.height), picture.rgb)
    return image.rotate(-rotation, expand=True) if rotation else image


def _jpeg(image: Image.Image) -> bytes:
    import io

    stream = io.BytesIO()
    image.save(stream, "JPEG", quality=QUALITY)
    return stream.getvalue()
