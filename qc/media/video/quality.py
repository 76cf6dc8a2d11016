"""The picture's quality: woven fields, black bars, blur, and damage that decoders complain of."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Rule, Severity, Text, check
from qc.media._measures.sharpness import Sharpness, sharpness_of
from qc.media._pixels import libraries
from qc.media.video import _bars, _clip
from qc.media.video._bars import Bars
from qc.media.video._motion import damage
from qc.media.video._probe import Stream
from qc.media.video._sample import Picture
from qc.media.video.container import REQUIRES

INTERLACED = Rule(
    id="video-interlaced",
    severity=Severity.ERROR,
    title=Text(vi="Hình bị răng lược", en="The picture is interlaced"),
    message=Text(
        vi="{percent} % số hình được đan từ hai nửa (interlaced)",
        en="{percent} % of the pictures are woven of two fields",
    ),
    why=Text(
        vi="Trên màn hình máy tính và điện thoại, mép vật chuyển động có răng lược.",
        en="On computer screens everything that moves has comb-like edges.",
    ),
    fix=Text(
        vi="Khử đan xen (deinterlace) khi xuất; qc fix làm được việc này.",
        en="Deinterlace when exporting; qc fix does it.",
    ),
)
LETTERBOXED = Rule(
    id="video-letterboxed",
    severity=Severity.WARNING,
    title=Text(vi="Hình có dải đen cố định", en="The picture has black bars"),
    message=Text(
        vi="Dải đen chiếm {percent} % khung hình ({sides})",
        en="Black bars take {percent} % of the picture ({sides_en})",
    ),
    why=Text(
        vi="Dải đen làm hình nhỏ lại, nhất là khi trình phát thêm dải đen của nó.",
        en="Bars make the picture smaller, the more so when the player adds its own.",
    ),
    fix=Text(
        vi="Cắt bỏ dải đen, xuất đúng tỉ lệ của hình.", en="Crop the bars and export the picture."
    ),
)
BLURRED = Rule(
    id="video-blurred",
    severity=Severity.WARNING,
    title=Text(vi="Hình mờ suốt clip", en="The picture is blurred throughout"),
    message=Text(
        vi="Cả {count} hình mẫu đều mờ (độ nét cao nhất {sharpness}, cần từ {limit})",
        en="All {count} sampled pictures are blurred (at best {sharpness}, limit {limit})",
    ),
    why=Text(
        vi="Thường do ống kính bẩn, lấy nét sai hoặc phóng to từ clip nhỏ.",
        en="Usually a dirty lens, wrong focus, or a small clip blown up.",
    ),
    fix=Text(vi="Dùng bản gốc nét hơn nếu có.", en="Use a sharper original if there is one."),
)
DAMAGED = Rule(
    id="video-damaged",
    severity=Severity.ERROR,
    title=Text(vi="Dữ liệu clip bị hỏng", en="The data of the clip is damaged"),
    message=Text(
        vi="Bộ giải mã báo {count} lỗi, ví dụ: {example}",
        en="The decoder reports {count} errors, such as: {example}",
    ),
    why=Text(
        vi="Hình vỡ, nhảy hoặc dừng tại chỗ hỏng.", en="The picture breaks, jumps or stops there."
    ),
    fix=Text(vi="Chép lại từ bản gốc, hoặc xuất lại.", en="Copy it again, or export it again."),
)


class QualityOptions(_clip.ClipOptions):
    """Limits of the picture's quality."""

    max_bar_percent: float = Field(4.0, gt=0, description="Widest black bar, percent of a side")
    min_sharpness: float = Field(
        0.6,
        ge=0,
        le=1,
        description="Sharpness of the edges in the best picture, 640 px wide: warning below",
    )


@check(
    INTERLACED,
    LETTERBOXED,
    BLURRED,
    DAMAGED,
    subject=Video,
    options=QualityOptions,
    requires=(*REQUIRES, "module:cv2"),
)
def clip_quality(video: Video, options: QualityOptions) -> Iterator[Finding]:
    """Interlacing, bars, blur and damage, from the sample or from every picture."""
    if not _clip.decodable(video):
        return
    stream = _clip.probe(video).video
    heard = _clip.sound(video, thorough=options.thorough)
    wrong = damage(heard.errors) if heard else []
    if stream is not None:
        seen = _clip.motion(video, thorough=options.thorough)
        wrong = list(dict.fromkeys([*wrong, *seen.damage]))
        woven = _clip.woven_share(video, thorough=options.thorough)
        if woven > 0:
            yield INTERLACED.at(video, percent=round(100 * woven))
        yield from _bars_of(video, stream, options)
        yield from _blur_of(video, options)
    if wrong and not _clip.cut_off(video):
        yield DAMAGED.at(video, count=len(wrong), example=wrong[0])


def _bars_of(video: Video, stream: Stream, options: QualityOptions) -> Iterator[Finding]:
    pictures = _clip.pictures(video, thorough=options.thorough)
    bars = _bars.measure(pictures)
    if bars.widest * 100 <= options.max_bar_percent:
        return
    share = 1 - (1 - bars.top - bars.bottom) * (1 - bars.left - bars.right)
    sides = [name for name, width in _sides(bars) if width * 100 > options.max_bar_percent]
    yield LETTERBOXED.at(
        video,
        box=_content(bars, stream),
        confidence=Confidence.HIGH if len(pictures) > 2 else Confidence.MEDIUM,
        percent=round(100 * share),
        sides=", ".join(text.vi for text in sides),
        sides_en=", ".join(text.en for text in sides),
    )


def _sides(bars: Bars) -> tuple[tuple[Text, float], ...]:
    return (
        (Text(vi="trên", en="top"), bars.top),
        (Text(vi="dưới", en="bottom"), bars.bottom),
        (Text(vi="trái", en="left"), bars.left),
        (Text(vi="phải", en="right"), bars.right),
    )


def _content(bars: Bars, stream: Stream) -> tuple[int, int, int, int]:
    """The box inside the bars, in px of the stored picture."""
    x, y = round(bars.left * stream.width), round(bars.top * stream.height)
    width = round((1 - bars.left - bars.right) * stream.width)
    height = round((1 - bars.top - bars.bottom) * stream.height)
    return x, y, width, height


def _blur_of(video: Video, options: QualityOptions) -> Iterator[Finding]:
    """A clip is blurred where its sharpest picture is, by the measure of blurred photos."""
    found = [
        edges.overall
        for edges in map(_edges, _clip.pictures(video, thorough=options.thorough))
        if edges is not None
    ]
    if len(found) >= 2 and max(found) < options.min_sharpness:
        yield BLURRED.at(
            video,
            confidence=Confidence.MEDIUM,
            count=len(found),
            sharpness=round(max(found), 2),
            limit=options.min_sharpness,
        )


def _edges(picture: Picture) -> Sharpness | None:
    cv2, np = libraries()
    rgb = np.frombuffer(picture.rgb, np.uint8).reshape(picture.height, picture.width, 3)
    return sharpness_of(cv2.cvtColor(rgb, cv2.COLOR_RGB2GRAY))
