"""Web-safe encoding: container, codecs, profile and pixel format that every browser plays."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Field, Options, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video._probe import Probe, Stream
from qc.media.video.container import REQUIRES

NOT_WEB_SAFE = Rule(
    id="video-not-web-safe",
    severity=Severity.ERROR,
    title=Text(
        vi="Nhiều trình duyệt không phát được clip", en="Many browsers cannot play the clip"
    ),
    message=Text(
        vi="{part} là {found}; trình duyệt cần {wanted}",
        en="{part_en}: {found}; browsers need {wanted}",
    ),
    why=Text(
        vi="Điện thoại và trình duyệt cũ không giải mã được định dạng này: người xem chỉ thấy "
        "khung đen hoặc chỉ nghe tiếng.",
        en="Phones and older browsers cannot decode it: viewers see a black box or only hear it.",
    ),
    fix=Text(
        vi="Xuất lại thành MP4: hình H.264 (High, yuv420p), tiếng AAC; qc fix làm được việc này.",
        en="Export as MP4 with H.264 (High, yuv420p) and AAC; qc fix does it.",
    ),
)

PARTS = {
    "container": Text(vi="Loại tệp", en="Container"),
    "video": Text(vi="Kiểu nén hình", en="Video codec"),
    "profile": Text(vi="Cấu hình H.264", en="H.264 profile"),
    "level": Text(vi="Mức H.264", en="H.264 level"),
    "pixels": Text(vi="Kiểu điểm ảnh", en="Pixel format"),
    "sound": Text(vi="Kiểu nén tiếng", en="Audio codec"),
}
MP4_VIDEO = frozenset({"h264", "av1", "vp9"})
WEBM_VIDEO = frozenset({"vp8", "vp9", "av1"})
MP4_SOUND = frozenset({"aac", "mp3", "opus"})
WEBM_SOUND = frozenset({"opus", "vorbis"})
PROFILES = ("Constrained Baseline", "Baseline", "Main", "High", "Progressive High", "unknown", "")
PIXELS = frozenset({"yuv420p", "yuvj420p"})
DEEP_PIXELS = PIXELS | {"yuv420p10le"}  # AV1 and VP9 decoders take 10 bits
CONTAINER_NAMES = {"matroska": "Matroska (MKV)", "mpegts": "MPEG-TS", "asf": "Windows Media (WMV)"}


class EncodingOptions(Options):
    """What counts as web-safe."""

    max_h264_level: int = Field(51, ge=10, le=62, description="Highest H.264 level, times ten")


@check(NOT_WEB_SAFE, subject=Video, options=EncodingOptions, requires=REQUIRES)
def clip_encoding(video: Video, options: EncodingOptions) -> Iterator[Finding]:
    """Whether browsers can be trusted to play the clip."""
    if not _clip.decodable(video) or video.blob is None:
        return
    found = _clip.probe(video)
    webm = "webm" in found.formats and b"webm" in video.blob.head(64)
    for part, name, wanted in _faults(found, webm, options):
        words = PARTS[part]
        yield NOT_WEB_SAFE.at(
            video, part=words.vi, part_en=words.en, found=name, wanted=wanted, which=part
        )


def _faults(found: Probe, webm: bool, options: EncodingOptions) -> Iterator[tuple[str, str, str]]:
    brand = found.values.get("tag:major_brand", "").strip()
    if not webm and ("mp4" not in found.formats or brand == "qt"):
        name = "QuickTime (MOV)" if brand == "qt" else found.formats[0]
        yield "container", CONTAINER_NAMES.get(name, name), "MP4 / WebM"
    stream = found.video
    if stream is not None:
        if stream.codec not in (WEBM_VIDEO if webm else MP4_VIDEO):
            yield "video", stream.codec, "VP9 / AV1" if webm else "H.264"
        else:
            yield from _picture_faults(stream, options)
    sound = found.audio
    if sound is not None and sound.codec not in (WEBM_SOUND if webm else MP4_SOUND):
        yield "sound", sound.codec, "Opus" if webm else "AAC"


def _picture_faults(stream: Stream, options: EncodingOptions) -> Iterator[tuple[str, str, str]]:
    pixels = stream.values.get("pix_fmt", "unknown")
    if pixels not in (PIXELS if stream.codec in ("h264", "vp8") else DEEP_PIXELS):
        yield "pixels", pixels, "yuv420p"
    if stream.codec != "h264":
        return
    profile = stream.values.get("profile", "")
    if profile not in PROFILES and pixels in PIXELS:
        yield "profile", profile, "High"
    level = int(stream.number("level"))
    if level > options.max_h264_level:
        yield "level", f"{level / 10:.1f}", f"{options.max_h264_level / 10:.1f}"
