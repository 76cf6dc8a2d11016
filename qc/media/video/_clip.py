"""The analysis of one clip: each stage is computed once and read by all video checks.

Default mode: one ffprobe run (packets), one run that listens and copies a few packets, one that
decodes those, one for each suspicious span, and three where a keyframe shows combs. Thorough
mode: one full run with all filters.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from qc.core.article import Video
from qc.core.errors import LoadError, QcError
from qc.core.record import dataclass
from qc.core.rule import Field, Options
from qc.media import _ffmpeg
from qc.media._ffmpeg import Limits, Source, Streams
from qc.media.video import _boxes, _gate, _motion, _probe, _sample, _sound, _weave
from qc.media.video._boxes import Box
from qc.media.video._gate import Gate
from qc.media.video._motion import Motion
from qc.media.video._probe import Probe
from qc.media.video._sample import Choice, Fields, Headers, Picture, Sample
from qc.media.video._sound import Sound

T = TypeVar("T")
WHOLE_SHARE = 0.97
INDEXED = frozenset({"mov", "mp4", "matroska", "avi"})
PIXELS_PER_S = 12e6  # a tenth of what a slow core decodes: the base of time limits


class ClipOptions(Options):
    """Options of every check that looks at the decoded clip."""

    thorough: bool = Field(
        False, description="Decode every picture instead of the suspicious seconds only"
    )


def probe(video: Video) -> Probe:
    """The container, streams and packets. Raises MediaError, LoadError or Unavailable."""
    return _once(video, "probe", lambda: _with(video, _probe.read))


def boxes(video: Video) -> tuple[Box, ...]:
    """The outermost boxes of an MP4 or MOV file; empty for others."""
    return _once(video, "boxes", lambda: _with(video, _boxes.read))


def xmp(video: Video) -> bytes:
    """The XMP packet of an MP4 or MOV file, or nothing."""
    return _once(video, "xmp", lambda: _with(video, lambda s: _boxes.xmp(s, boxes(video))))


def cut_off(video: Video) -> bool:
    """Whether the file ends before its data does: trusted headers of a cut file tell nothing."""
    found, outermost = probe(video), boxes(video)
    missing = found.duration_s - found.seen_s
    short = missing > 0.5 and found.seen_s < found.duration_s * WHOLE_SHARE
    return short or bool(outermost and outermost[-1].cut)


def decodable(video: Video) -> bool:
    """Whether there is a readable clip to look at; what is wrong else has its own finding."""
    if video.blob is None:
        return False
    try:
        found = probe(video)
    except (LoadError, _ffmpeg.MediaError):
        return False
    stream = found.video
    return stream is None or 0 < stream.width * stream.height <= _ffmpeg.MAX_PIXELS


def sound(video: Video, *, thorough: bool = False) -> Sound | None:
    """What is heard, or None where the clip has no sound track."""
    return _heard(video, thorough).sound


def pictures(video: Video, *, thorough: bool = False) -> tuple[Picture, ...]:
    """Keyframes spread over the clip, small, in order."""
    return sample(video, thorough=thorough).pictures


def sample(video: Video, *, thorough: bool = False) -> Sample:
    """The decoded sample; `thorough`: keyframes only, as the full run tells the rest."""
    return _once(
        video,
        f"sample-{thorough}",
        lambda: _with(video, lambda s: _take_sample(video, s, thorough)),
    )


def gate(video: Video) -> Gate:
    """The suspicious seconds by packet sizes."""
    found = probe(video)
    stream = found.video
    if stream is None:
        return Gate((), ())
    heard = _heard(video, False)
    return _once(
        video,
        "gate",
        lambda: _with(
            video,
            lambda s: _gate.gate(stream, found.end_s, s, heard.headers, heard.choice.traced),
        ),
    )


def motion(video: Video, *, thorough: bool = False) -> Motion:
    """Black and still spans; `thorough` decodes everything."""
    found = probe(video)
    stream = found.video
    if stream is None:
        return _motion.NOTHING

    def look(source: Source) -> Motion:
        indexed = not INDEXED.isdisjoint(found.formats)
        pointed = Gate((), _gate.gaps(stream, found.end_s)) if thorough else gate(video)
        heard = _heard(video, thorough)
        known = _sample.quantisers(stream, heard.choice, heard.headers)
        limits = limits_for(found)
        track = _motion.Track(source, stream, found.end_s, pointed, limits, indexed, known)
        return _motion.whole(track) if thorough else _motion.suspects(track, sample(video))

    return _once(video, f"motion-{thorough}", lambda: _with(video, look))


def woven_share(video: Video, *, thorough: bool = False) -> float:
    """The share of pictures that are woven of two fields, 0 to 1; 0 for a progressive clip."""
    found = probe(video)
    stream = found.video
    if stream is None:
        return 0.0
    fields = motion(video, thorough=thorough).fields
    if not fields.suspected:
        return 0.0

    def look(source: Source) -> bool:
        begins = _sample.places(stream, found.duration_s)
        return _weave.is_woven(source, stream, begins, limits_for(found))

    return fields.interlaced_share if _once(video, "woven", lambda: _with(video, look)) else 0.0


def limits_for(found: Probe) -> Limits:
    """Time limit of a run from the number of pixels to decode, and the length of the sound."""
    stream = found.video
    pixels = len(stream.packets) * stream.width * stream.height if stream else 0
    sound_packets = len(found.audio.packets) if found.audio else 0
    return Limits(wall_s=9.0 + pixels / PIXELS_PER_S + sound_packets / 500)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What the run over the whole file gave: sound, copied packets, headers."""

    sound: Sound | None
    packets: bytes
    choice: Choice
    headers: Headers


def _heard(video: Video, thorough: bool) -> _Heard:
    return _once(
        video, f"heard-{thorough}", lambda: _with(video, lambda s: _listen(video, s, thorough))
    )


def _listen(video: Video, source: Source, thorough: bool) -> _Heard:
    """One run: the whole sound is heard, the chosen packets are copied, all headers are read.

    A full run will tell what headers and consecutive pictures say: then it is keyframes only.
    """
    found, limits = probe(video), limits_for(probe(video))
    outputs = [_sound.output(found.audio)] if found.audio else []
    choice = Choice((), ())
    if found.video and found.video.packets:
        choice = _sample.choose(found.video, found.duration_s)
        if thorough:
            choice = _sample.choose(found.video, found.duration_s, runs=False)
        if choice.keys:
            outputs.append(_sample.output(found.video, choice))
    if not outputs:
        return _Heard(None, b"", choice, Headers())
    headers = Headers()
    streams = Streams(line=headers.line)
    before: dict[str, Any] = {"fflags": "+genpts"}
    if "mp4" in found.formats:
        before["nofind_stream_info"] = None  # its index tells all that copying needs
    ended = _ffmpeg.run(source, outputs, before=before, limits=limits, streams=streams)
    copied = ended.output if ended.code == 0 else b""
    if found.audio is None:
        return _Heard(None, copied, choice, headers)
    if ended.code != 0 and len(outputs) > 1:
        ended = _ffmpeg.run(source, outputs[:1], limits=limits)
    heard = _sound.parse(ended.log, found.audio, ended.errors)
    return _Heard(heard, copied, choice, headers)


def _take_sample(video: Video, source: Source, thorough: bool) -> Sample:
    found = probe(video)
    stream = found.video
    if stream is None:
        return Sample((), Fields(), ())
    heard, limits = _heard(video, thorough), limits_for(found)
    made, tested = Sample((), Fields(), ()), False
    if heard.packets:
        made = _sample.decode(heard.packets, stream, heard.choice, limits)
        tested = bool(heard.choice.runs)
    if not made.pictures:
        made = _sample.decode_keys(source, stream, found.duration_s, limits)
        tested = False
    if made.combed and not tested and not thorough:
        begins_s = _sample.places(stream, found.duration_s)
        fields, errors = _sample.fields_at(source, stream, begins_s, limits)
        made = Sample(made.pictures, fields, (*made.errors, *errors))
    return made


def _with(video: Video, use: Callable[[Source], T]) -> T:
    if video.blob is None:
        raise LoadError(video.problem or "there is no file", where=video.path)
    with _ffmpeg.opened(video.blob) as source:
        return use(source)


def _once(video: Video, key: str, build: Callable[[], T]) -> T:
    """The value of `build()`, or the error it raised, computed once for this clip."""

    def attempt() -> tuple[T | None, QcError | None]:
        try:
            return build(), None
        except QcError as error:
            return None, error

    value, error = video.memo(f"video-{key}", attempt)
    if error is not None:
        raise error
    return value  # type: ignore[return-value]
