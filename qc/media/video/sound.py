"""The sound: there is some, in all channels, without long holes, neither faint nor clipping."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Video
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Rule, Severity, Text, check
from qc.media.video import _clip
from qc.media.video._sound import Sound
from qc.media.video._spans import total
from qc.media.video._words import number, span_facts
from qc.media.video.container import REQUIRES

MISSING = Rule(
    id="video-sound-missing",
    severity=Severity.WARNING,
    title=Text(vi="Clip không có tiếng", en="The clip has no sound"),
    message=Text(vi="Clip không có tiếng: {reason}", en="The clip has no sound: {reason_en}"),
    why=Text(
        vi="Người xem tưởng máy của mình hỏng; thường do quên bật micrô hoặc lỗi xuất.",
        en="Viewers suspect their own device; usually a muted microphone or a failed export.",
    ),
    fix=Text(
        vi="Xuất lại có tiếng; nếu cố ý không có tiếng, nên nói rõ trong chú thích.",
        en="Export with sound; if it is meant, say so in the caption.",
    ),
)
SILENT = Rule(
    id="video-silent",
    severity=Severity.WARNING,
    title=Text(vi="Clip có đoạn mất tiếng", en="The clip has a silent span"),
    message=Text(
        vi="Không có tiếng từ {since} đến {until} ({length_s} giây)",
        en="No sound from {since} to {until} ({length_s} s)",
    ),
    why=Text(
        vi="Tiếng mất giữa chừng thường do lỗi micrô hoặc lỗi dựng.",
        en="Sound that drops out is usually a fault of microphone or editing.",
    ),
    fix=Text(vi="Nghe lại đoạn này và sửa bản dựng.", en="Listen to the span and mend the cut."),
)
CHANNEL = Rule(
    id="video-channel-missing",
    severity=Severity.WARNING,
    title=Text(vi="Chỉ một bên có tiếng", en="Only one side has sound"),
    message=Text(
        vi="Kênh {channel} trong {channels} kênh im lặng suốt clip",
        en="Channel {channel} of {channels} is silent throughout",
    ),
    why=Text(
        vi="Người nghe bằng tai nghe chỉ nghe được một bên.",
        en="Those who use headphones hear one side only.",
    ),
    fix=Text(
        vi="Chuyển tiếng thành mono hoặc chép sang cả hai kênh.",
        en="Make the sound mono or copy it to both channels.",
    ),
)
LOUDNESS = Rule(
    id="video-loudness-unusual",
    severity=Severity.WARNING,
    title=Text(vi="Tiếng quá nhỏ hoặc quá to", en="The sound is too faint or too loud"),
    message=Text(
        vi="Độ to trung bình {lufs} LUFS; nên từ {least} đến {most} LUFS",
        en="Integrated loudness is {lufs} LUFS; {least} to {most} LUFS are usual",
    ),
    why=Text(
        vi="Người xem phải vặn tiếng liên tục, hoặc không nghe được lời nói.",
        en="Viewers keep turning the volume, or cannot hear what is said.",
    ),
    fix=Text(
        vi="Cân bằng về khoảng −16 LUFS; qc fix làm được việc này.",
        en="Normalise to about −16 LUFS; qc fix does it.",
    ),
)
CLIPPING = Rule(
    id="video-sound-clipping",
    severity=Severity.INFO,
    title=Text(vi="Tiếng bị vỡ hoặc sát ngưỡng vỡ", en="The sound clips, or nearly does"),
    message=Text(
        vi="Đỉnh thật {peak} dBTP, vượt ngưỡng {most} dBTP",
        en="True peak is {peak} dBTP, above {most} dBTP",
    ),
    why=Text(
        vi="Sau khi nén để phát trên web, các đỉnh này nghe rè.",
        en="After compression for the web such peaks crackle.",
    ),
    fix=Text(vi="Giảm âm lượng khi xuất; qc fix làm được.", en="Lower the level; qc fix does it."),
)

NO_TRACK = ("tệp không có luồng tiếng", "the file has no sound track")
MUTE_TRACK = ("luồng tiếng im lặng từ đầu đến cuối", "its track is silent throughout")


class SoundOptions(_clip.ClipOptions):
    """Limits of silence and level."""

    sound_required: bool = Field(
        False, description="A clip without any sound asks for review, not only for notice"
    )
    min_silence_s: float = Field(5.0, gt=0, description="Shortest silence that asks for review")
    min_silence_note_s: float = Field(3.0, gt=0, description="Shortest silence that is noted")
    min_lufs: float = Field(-24.0, description="Faintest integrated loudness (EBU R128)")
    max_lufs: float = Field(-10.0, description="Loudest integrated loudness")
    review_lu: float = Field(6.0, ge=0, description="Distance from these that asks for review")
    max_peak_dbtp: float = Field(-1.0, description="Highest true peak")


@check(
    MISSING,
    SILENT,
    CHANNEL,
    LOUDNESS,
    CLIPPING,
    subject=Video,
    options=SoundOptions,
    requires=REQUIRES,
)
def clip_sound(video: Video, options: SoundOptions) -> Iterator[Finding]:
    """Silence, level and channels of the first sound track."""
    if not _clip.decodable(video):
        return
    heard = _clip.sound(video, thorough=options.thorough)
    if heard is None or heard.soundless:
        vi, en = NO_TRACK if heard is None else MUTE_TRACK
        severity = None if options.sound_required else Severity.INFO
        yield MISSING.at(video, severity=severity, reason=vi, reason_en=en)
        return
    yield from _silences(video, heard, options)
    mute = [channel for channel in range(heard.channels) if heard.mute_share(channel) > 0.95]
    if mute and heard.channels == 2:
        yield CHANNEL.at(video, channel=mute[0] + 1, channels=heard.channels)
    yield from _level(video, heard, options)


def _silences(video: Video, heard: Sound, options: SoundOptions) -> Iterator[Finding]:
    spans = heard.silences
    mostly = total(spans) > 0.5 * heard.duration_s
    for a, b in spans:
        if b - a < options.min_silence_note_s - 0.03:
            continue
        review = mostly or b - a >= options.min_silence_s - 0.03
        yield SILENT.at(
            video,
            time_s=(a, b),
            severity=None if review else Severity.INFO,
            **span_facts(a, b),
        )


def _level(video: Video, heard: Sound, options: SoundOptions) -> Iterator[Finding]:
    if heard.loudness is not None and heard.duration_s >= 3.0:
        far = max(options.min_lufs - heard.loudness, heard.loudness - options.max_lufs)
        if far > 0:
            yield LOUDNESS.at(
                video,
                severity=None if far > options.review_lu else Severity.INFO,
                confidence=Confidence.HIGH if far > options.review_lu else Confidence.MEDIUM,
                lufs=number(heard.loudness),
                least=number(options.min_lufs),
                most=number(options.max_lufs),
            )
    if heard.peak is not None and heard.peak > options.max_peak_dbtp:
        yield CLIPPING.at(video, peak=number(heard.peak), most=number(options.max_peak_dbtp))
