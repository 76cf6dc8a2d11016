"""The shape of the picture: size, proportions of its points, and which way is up."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Field, Options, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video.container import REQUIRES

LOW_RESOLUTION = Rule(
    id="video-low-resolution",
    severity=Severity.WARNING,
    title=Text(vi="Clip quá nhỏ", en="The clip is too small"),
    message=Text(
        vi="Clip {width}×{height} px; cạnh ngắn cần ít nhất {least} px",
        en="The clip has {width}×{height} px; its short side needs {least} px",
    ),
    why=Text(
        vi="Phóng to trên màn hình, hình bị nhòe và chữ không đọc được.",
        en="Enlarged on a screen the picture blurs and text cannot be read.",
    ),
    fix=Text(vi="Xuất lại từ bản gốc ở 1280×720 px trở lên.", en="Export at 1280×720 px or more."),
)
ROTATED = Rule(
    id="video-rotated",
    severity=Severity.INFO,
    title=Text(vi="Clip chỉ đứng thẳng nhờ thẻ xoay", en="The clip is upright only by a tag"),
    message=Text(
        vi="Hình được lưu nghiêng {rotation} độ và chỉ xoay lại nhờ một thẻ trong tệp",
        en="The picture is stored turned by {rotation} degrees; a tag turns it back",
    ),
    why=Text(
        vi="Nhiều hệ thống bỏ thẻ này khi chuyển mã: clip sẽ nằm ngang hoặc lộn ngược.",
        en="Many systems drop the tag when they convert: the clip will lie on its side.",
    ),
    fix=Text(
        vi="Xoay hẳn hình khi xuất; qc fix làm được việc này.",
        en="Turn the picture itself when exporting; qc fix does it.",
    ),
)
PORTRAIT = Rule(
    id="video-portrait",
    severity=Severity.INFO,
    title=Text(vi="Clip quay dọc", en="The clip is in portrait format"),
    message=Text(
        vi="Clip quay dọc ({width}×{height} px)", en="The clip is upright ({width}×{height} px)"
    ),
    why=Text(
        vi="Trên trang tin, clip dọc chiếm rất nhiều chiều cao hoặc có hai dải đen.",
        en="On a page it takes much height, or stands between two black bars.",
    ),
    fix=Text(vi="Nên quay ngang.", en="Film in landscape format."),
)
NOT_SQUARE = Rule(
    id="video-pixels-not-square",
    severity=Severity.WARNING,
    title=Text(vi="Điểm ảnh không vuông", en="Pixels are not square"),
    message=Text(
        vi="Điểm ảnh có tỉ lệ {ratio}; có nơi sẽ thấy hình bị kéo méo",
        en="Pixels have the ratio {ratio}; some players will show a distorted picture",
    ),
    why=Text(
        vi="Một số trình phát bỏ qua tỉ lệ này: người trong hình béo ra hoặc gầy đi.",
        en="Some players ignore the ratio and people look too wide or too thin.",
    ),
    fix=Text(
        vi="Xuất lại với điểm ảnh vuông (1:1); qc fix làm được việc này.",
        en="Export with square pixels (1:1); qc fix does it.",
    ),
)


class ShapeOptions(Options):
    """Limits of the picture's size."""

    min_short_side_px: int = Field(360, ge=1, description="Least short side in px")


@check(
    LOW_RESOLUTION,
    ROTATED,
    PORTRAIT,
    NOT_SQUARE,
    subject=Video,
    options=ShapeOptions,
    requires=REQUIRES,
)
def clip_shape(video: Video, options: ShapeOptions) -> Iterator[Finding]:
    """Size, proportions and rotation as the container gives them."""
    stream = _clip.probe(video).video if _clip.decodable(video) else None
    if stream is None:
        return
    turned = stream.rotation % 180 == 90
    width, height = stream.width, stream.height
    if turned:
        width, height = height, width
    if min(width, height) < options.min_short_side_px:
        yield LOW_RESOLUTION.at(video, width=width, height=height, least=options.min_short_side_px)
    if stream.rotation:
        yield ROTATED.at(video, rotation=min(stream.rotation, 360 - stream.rotation))
    if height > width:
        yield PORTRAIT.at(video, width=width, height=height)
    ratio = stream.number("sample_aspect_ratio", 1.0)
    if ratio and abs(ratio - 1.0) > 0.01:
        yield NOT_SQUARE.at(video, ratio=stream.values["sample_aspect_ratio"])
