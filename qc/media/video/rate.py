"""Rates and sizes: pictures a second, bits for a picture, length and weight of the clip."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Field, Options, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video._probe import Packets, Stream
from qc.media.video._words import clock, number
from qc.media.video.container import REQUIRES

FRAME_RATE = Rule(
    id="video-frame-rate-unusual",
    severity=Severity.WARNING,
    title=Text(vi="Số hình mỗi giây bất thường", en="Unusual frame rate"),
    message=Text(
        vi="Clip có {rate} hình/giây; nên từ {least} đến {most}",
        en="The clip has {rate} pictures a second; {least} to {most} are usual",
    ),
    why=Text(
        vi="Quá ít thì hình giật; quá nhiều thì tệp nặng mà mắt không thấy khác.",
        en="Too few stutter; too many add weight that nobody sees.",
    ),
    fix=Text(vi="Xuất lại ở 25 hoặc 30 hình/giây.", en="Export at 25 or 30 pictures a second."),
)
VARIABLE = Rule(
    id="video-frame-rate-variable",
    severity=Severity.INFO,
    title=Text(vi="Nhịp hình không đều", en="Variable frame rate"),
    message=Text(
        vi="{percent} % số hình cách nhau không đều",
        en="{percent} % of the pictures come at uneven intervals",
    ),
    why=Text(
        vi="Phần mềm dựng và chuyển mã dễ làm lệch tiếng với hình.",
        en="Editing and conversion easily put sound and picture out of step.",
    ),
    fix=Text(
        vi="Xuất lại với nhịp hình cố định; qc fix làm được việc này.",
        en="Export with a constant rate; qc fix does it.",
    ),
)
BITRATE_LOW = Rule(
    id="video-bitrate-low",
    severity=Severity.WARNING,
    title=Text(vi="Clip bị nén quá mạnh", en="The clip is compressed too hard"),
    message=Text(
        vi="Chỉ có {kbps} kbit/giây cho khung hình {width}×{height} px",
        en="Only {kbps} kbit/s for a picture of {width}×{height} px",
    ),
    why=Text(vi="Hình vỡ thành ô vuông khi có chuyển động.", en="Motion falls apart into blocks."),
    fix=Text(vi="Xuất lại từ bản gốc với chất lượng cao hơn.", en="Export at higher quality."),
)
BITRATE_HIGH = Rule(
    id="video-bitrate-high",
    severity=Severity.WARNING,
    title=Text(vi="Clip nặng hơn mức cần thiết", en="The clip is heavier than it need be"),
    message=Text(
        vi="{kbps} kbit/giây cho khung hình {width}×{height} px là quá nhiều để xem trên web",
        en="{kbps} kbit/s for a picture of {width}×{height} px is too much for the web",
    ),
    why=Text(
        vi="Người xem qua điện thoại tốn dung lượng và phải chờ.",
        en="Viewers on phones pay for data and wait.",
    ),
    fix=Text(
        vi="Xuất lại với mức nén cho web; qc fix làm được việc này.",
        en="Export with web settings; qc fix does it.",
    ),
)
TOO_SHORT = Rule(
    id="video-too-short",
    severity=Severity.WARNING,
    title=Text(vi="Clip quá ngắn", en="The clip is too short"),
    message=Text(
        vi="Clip chỉ dài {length} giây; cần ít nhất {least} giây",
        en="The clip lasts {length} s only; at least {least} s are expected",
    ),
    why=Text(
        vi="Clip ngắn như vậy thường là tệp thử hoặc xuất hỏng.",
        en="So short a clip is usually a test or a failed export.",
    ),
    fix=Text(vi="Kiểm tra lại tệp đã chèn.", en="Check which file was inserted."),
)
TOO_LONG = Rule(
    id="video-too-long",
    severity=Severity.WARNING,
    title=Text(vi="Clip quá dài", en="The clip is too long"),
    message=Text(
        vi="Clip dài {length}; cổng chỉ nhận đến {most}",
        en="The clip lasts {length}; the portal accepts {most}",
    ),
    why=Text(
        vi="Clip dài nên đặt ở kênh video và nhúng vào bài.",
        en="Long clips belong on a video channel.",
    ),
    fix=Text(vi="Cắt ngắn, hoặc đăng ở kênh video.", en="Shorten it, or embed it from a channel."),
)
TOO_HEAVY = Rule(
    id="video-too-heavy",
    severity=Severity.WARNING,
    title=Text(vi="Tệp clip quá nặng", en="The clip's file is too heavy"),
    message=Text(
        vi="Tệp nặng {size_mb} MB; cổng nhận đến {most_mb} MB",
        en="The file has {size_mb} MB; the portal accepts {most_mb} MB",
    ),
    why=Text(
        vi="Tệp nặng làm chậm trang và có thể bị hệ thống từ chối.",
        en="A heavy file slows the page and may be refused.",
    ),
    fix=Text(vi="Nén lại cho web bằng qc fix.", en="Compress it for the web with qc fix."),
)


class RateOptions(Options):
    """Limits of rates, length and weight."""

    min_fps: float = Field(10.0, gt=0, description="Fewest pictures a second")
    max_fps: float = Field(61.0, gt=0, description="Most pictures a second")
    max_uneven_percent: float = Field(
        10.0, ge=0, description="Share of intervals that may differ from the usual one"
    )
    min_bits_per_pixel: float = Field(0.01, ge=0, description="Fewest bits for a picture point")
    max_bits_per_pixel: float = Field(0.35, gt=0, description="Most bits for a picture point")
    min_duration_s: float = Field(2.0, ge=0, description="Shortest clip in seconds")
    max_duration_s: float = Field(1800.0, gt=0, description="Longest clip in seconds")
    max_size_mb: float = Field(200.0, gt=0, description="Heaviest file in MB")


@check(
    FRAME_RATE,
    VARIABLE,
    BITRATE_LOW,
    BITRATE_HIGH,
    TOO_SHORT,
    TOO_LONG,
    TOO_HEAVY,
    subject=Video,
    options=RateOptions,
    requires=REQUIRES,
)
def clip_rate(video: Video, options: RateOptions) -> Iterator[Finding]:
    """Rates, length and weight, from the packets that are really there."""
    if not _clip.decodable(video):
        return
    found = _clip.probe(video)
    if found.video is not None and len(found.video.packets) >= 10:
        yield from _frames(video, found.video, options)
        yield from _bits(video, found.video, options)
    length = found.duration_s
    if length < options.min_duration_s:
        yield TOO_SHORT.at(video, length=number(length), least=number(options.min_duration_s))
    if length > options.max_duration_s:
        yield TOO_LONG.at(video, length=clock(length), most=clock(options.max_duration_s))
    size_mb = found.size_bytes / 1e6
    if size_mb > options.max_size_mb:
        yield TOO_HEAVY.at(video, size_mb=round(size_mb), most_mb=number(options.max_size_mb))


def _frames(video: Video, stream: Stream, options: RateOptions) -> Iterator[Finding]:
    usual_s, uneven = _intervals(stream.packets)
    rate = 1 / usual_s if usual_s > 0 else 0.0
    if not options.min_fps * 0.99 <= rate <= options.max_fps:
        yield FRAME_RATE.at(
            video,
            rate=number(rate),
            least=number(options.min_fps),
            most=number(options.max_fps, 0),
        )
    if uneven * 100 > options.max_uneven_percent:
        yield VARIABLE.at(video, percent=round(uneven * 100))


def _intervals(packets: Packets) -> tuple[float, float]:
    """The usual time between two pictures, and the share of intervals that differ from it.

    Interlaced streams may hold two packets for a picture: times that are equal count once.
    """

    from statistics import median

    times = sorted(set(packets.time_s))
    gaps = [b - a for a, b in pairwise(times)]
    if not gaps:
        return 0.0, 0.0
    usual = median(gaps)
    slack = max(0.1 * usual, 0.0021)
    return usual, sum(abs(gap - usual) > slack for gap in gaps) / len(gaps)


def _bits(video: Video, stream: Stream, options: RateOptions) -> Iterator[Finding]:
    count, area = len(stream.packets), stream.width * stream.height
    span_s = max(stream.packets.time_s) - min(stream.packets.time_s)
    if span_s <= 0 or area == 0:
        return
    bits = 8 * sum(stream.packets.size)
    facts: dict[str, Any] = {
        "kbps": round(bits / span_s / 1000),
        "width": stream.width,
        "height": stream.height,
        "bits_per_pixel": round(bits / count / area, 4),
    }
    if bits / count / area < options.min_bits_per_pixel:
        yield BITRATE_LOW.at(video, **facts)
    elif bits / count / area > options.max_bits_per_pixel:
        yield BITRATE_HIGH.at(video, **facts)
