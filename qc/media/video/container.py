"""The clip's file: it is a film that can be read, it is whole, and it starts at once.

A playlist, a script or a text that is named .mp4 would make a player open other files; it is
refused by its first bytes and never opened. ffprobe trusts the header of a file that was cut
off, so its length is compared with the last packet that is really there.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.errors import LoadError
from qc.core.finding import Finding
from qc.core.rule import Draft, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._ffmpeg import MAX_PIXELS, MediaError
from qc.media.video import _boxes, _clip
from qc.media.video._words import clock, number

REQUIRES = ("program:ffprobe", "program:ffmpeg", "module:ffmpeg", "module:numpy")


def _draft(content: bytes) -> Draft:
    text = '<p>Ngày hội đọc sách.</p>\n<video src="clip.mp4" controls></video>\n'
    return Draft(text, name="draft.html", files={"clip.mp4": lambda: content})


UNREADABLE = Rule(
    id="video-unreadable",
    severity=Severity.ERROR,
    title=Text(vi="Không đọc được clip", en="The clip cannot be read"),
    message=Text(vi="Không đọc được clip: {reason}", en="The clip cannot be read: {reason_en}"),
    why=Text(
        vi="Tệp hỏng hoặc không phải là video thì bạn đọc không xem được.",
        en="A damaged file, or one that is no film, cannot be watched.",
    ),
    fix=Text(
        vi="Xuất lại clip từ bản gốc thành tệp MP4 rồi chèn lại vào bài.",
        en="Export the clip again as MP4 from the original.",
    ),
    examples=Examples(bad=(_draft(b"\x00\x01\x02\x03" * 400),)),
)
DISGUISED = Rule(
    id="video-disguised",
    severity=Severity.ERROR,
    title=Text(
        vi="Tệp mang tên video nhưng không phải video", en="A file that only poses as a film"
    ),
    message=Text(
        vi="Tệp này không phải video mà là {kind}; qc không mở nó",
        en="This file is not a film but {kind_en}; it was not opened",
    ),
    why=Text(
        vi="Danh sách phát hoặc kịch bản giả làm video có thể khiến máy chủ mở tệp khác "
        "hoặc truy cập mạng.",
        en="A playlist or script that poses as a film can make a server open other files.",
    ),
    fix=Text(
        vi="Bỏ tệp này; tải lên chính tệp video.", en="Remove the file; upload the film itself."
    ),
    examples=Examples(
        bad=(
            _draft(b"#EXTM3U\n#EXT-X-TARGETDURATION:5\n#EXTINF:5,\nfile:///etc/passwd\n"),
            _draft(b"ffconcat version 1.0\nfile other.mp4\n"),
        )
    ),
)
TRUNCATED = Rule(
    id="video-truncated",
    severity=Severity.ERROR,
    title=Text(vi="Clip bị cắt cụt", en="The clip is cut off"),
    message=Text(
        vi="Clip khai dài {declared} nhưng dữ liệu chỉ đến {seen}",
        en="The clip claims to last {declared}, but its data ends at {seen}",
    ),
    why=Text(
        vi="Tệp tải lên chưa trọn vẹn: trình phát sẽ dừng giữa chừng.",
        en="The upload is incomplete: playback stops half-way.",
    ),
    fix=Text(vi="Tải lại tệp gốc đầy đủ.", en="Upload the whole original again."),
)
SLOW_START = Rule(
    id="video-not-faststart",
    severity=Severity.WARNING,
    title=Text(
        vi="Clip phải tải hết mới phát được", en="The clip plays only after a full download"
    ),
    message=Text(
        vi="Phần chỉ mục (moov) nằm ở cuối tệp {size_mb} MB",
        en="The index (moov) is at the end of a file of {size_mb} MB",
    ),
    why=Text(
        vi="Người xem qua mạng yếu phải chờ trình duyệt tải đến cuối tệp rồi mới thấy hình.",
        en="On a slow line the viewer waits until the end of the file has arrived.",
    ),
    fix=Text(
        vi="Xuất lại với tùy chọn “faststart” (tối ưu cho web); qc fix làm được việc này.",
        en="Export with “faststart”; qc fix does it.",
    ),
)
TOO_LARGE = Rule(
    id="video-frame-too-large",
    severity=Severity.ERROR,
    title=Text(vi="Khung hình lớn bất thường", en="Abnormally large picture"),
    message=Text(
        vi="Clip khai khung hình {width}×{height} px; qc không giải mã",
        en="The clip claims a picture of {width}×{height} px; it was not decoded",
    ),
    why=Text(
        vi="Kích thước như vậy làm cạn bộ nhớ của máy xem và máy chủ.",
        en="Such a size exhausts the memory of viewers and servers.",
    ),
    fix=Text(vi="Xuất lại ở 1920×1080 px hoặc nhỏ hơn.", en="Export at 1920×1080 px or less."),
)
STREAMS = Rule(
    id="video-streams-surplus",
    severity=Severity.WARNING,
    title=Text(vi="Clip có luồng thừa", en="The clip has surplus streams"),
    message=Text(
        vi="Clip có {videos} luồng hình và {audios} luồng tiếng; người xem chỉ nhận luồng đầu",
        en="The clip has {videos} picture and {audios} sound streams; viewers get the first only",
    ),
    why=Text(
        vi="Luồng thừa làm tệp nặng thêm và có thể chứa nội dung chưa ai duyệt.",
        en="Surplus streams add weight and may hold content that nobody has seen.",
    ),
    fix=Text(
        vi="Xuất lại chỉ với một luồng hình và một luồng tiếng.",
        en="Export with one picture and one sound stream.",
    ),
)

PLAYLIST = Text(vi="danh sách phát hoặc kịch bản", en="a playlist or script")
PLAIN = Text(vi="tệp văn bản", en="a text file")
SIGNS = (b"#EXTM3U", b"ffconcat", b"v=0\r", b"v=0\n", b"<smil", b"<MPD", b"[playlist]", b"file '")
REASONS = (
    ("moov atom not found", "thiếu phần chỉ mục (moov)", "its index (moov) is missing"),
    ("Invalid data found", "không phải video hoặc đã hỏng", "it is no film, or damaged"),
    ("Format not on whitelist", "loại tệp không được nhận", "this kind of file is not accepted"),
)
HEAD_BYTES = 1 << 20


class FileOptions(Options):
    """Limits of the file itself."""

    max_sound_streams: int = Field(4, ge=1, description="Most sound streams")


@check(
    UNREADABLE,
    DISGUISED,
    TRUNCATED,
    SLOW_START,
    TOO_LARGE,
    STREAMS,
    subject=Video,
    options=FileOptions,
    requires=REQUIRES,
)
def clip_file(video: Video, options: FileOptions) -> Iterator[Finding]:
    """Whether the file is a whole, readable film."""
    if video.blob is None:
        return
    try:
        disguise = _disguise(video.blob.head(HEAD_BYTES))
        if disguise:
            yield DISGUISED.at(video, kind=disguise.vi, kind_en=disguise.en)
            return
        boxes = _clip.boxes(video)
        found = _clip.probe(video)
    except LoadError as error:
        yield UNREADABLE.at(video, reason=error.message("vi"), reason_en=error.message("en"))
        return
    except MediaError as error:
        yield _unreadable(video, error)
        return
    if not found.streams or not (found.video or found.audio):
        yield UNREADABLE.at(video, reason="không có hình và tiếng", reason_en="it has no streams")
        return
    if found.video and found.video.width * found.video.height <= 0:
        reason = "khung hình không có kích thước hợp lệ"
        yield UNREADABLE.at(video, reason=reason, reason_en="its picture has no valid size")
        return
    yield from _size(video)
    yield from _wholeness(video)
    moov, mdat = _boxes.place(boxes, "moov"), _boxes.place(boxes, "mdat")
    if moov is not None and mdat is not None and moov > mdat:
        yield SLOW_START.at(video, size_mb=number(found.size_bytes / 1e6))
    videos, audios = len(found.of("video")), len(found.of("audio"))
    if videos > 1 or audios > options.max_sound_streams:
        yield STREAMS.at(video, videos=videos, audios=audios)


def _unreadable(video: Video, error: MediaError) -> Finding:
    boxes = _clip.boxes(video)
    if boxes and boxes[-1].cut and _boxes.place(boxes, "moov") is None:
        return TRUNCATED.at(video, declared="?", seen="0:00")
    for sign, vi, en in REASONS:
        if sign in error.what:
            return UNREADABLE.at(video, reason=vi, reason_en=en)
    return UNREADABLE.at(video, reason="ffprobe không đọc được tệp", reason_en=error.what)


def _size(video: Video) -> Iterator[Finding]:
    for stream in _clip.probe(video).of("video"):
        if stream.width * stream.height > MAX_PIXELS or max(stream.width, stream.height) > 16384:
            yield TOO_LARGE.at(video, width=stream.width, height=stream.height)


def _wholeness(video: Video) -> Iterator[Finding]:
    if not _clip.cut_off(video):
        return
    found = _clip.probe(video)
    yield TRUNCATED.at(
        video,
        declared=clock(found.duration_s),
        seen=clock(min(found.seen_s, found.duration_s)),
        declared_s=round(found.duration_s, 2),
        seen_s=round(found.seen_s, 2),
    )


def _disguise(head: bytes) -> Text | None:
    """What a file is that is no film: told by its first bytes, without opening it as one."""
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048]
    if any(start.startswith(sign) or b"\n" + sign in start for sign in SIGNS):
        return PLAYLIST
    if b"<MPD" in start or b"<smil" in start:
        return PLAYLIST
    if b"#EXTM3U" in head:
        return PLAYLIST
    sample = head[:512]
    if len(sample) >= 4 and all(byte >= 32 or byte in b"\t\r\n" for byte in sample):
        return PLAIN
    return None
