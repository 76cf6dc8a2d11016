"""Black and still spans of a clip: from its suspicious seconds, or from every picture of it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.media._ffmpeg import Limits, Source, Streams, run
from qc.media.video import _decoding, _frames, _sample
from qc.media.video._frames import Meter, Quantisers, Still
from qc.media.video._gate import Gate
from qc.media.video._probe import Stream, plain
from qc.media.video._sample import Fields, Picture, Sample
from qc.media.video._spans import Span, join, total, widen

SLIDES_SHARE = 0.5
SLIDE_S = 1.0
PART_S = 60.0
DARK_LEVEL = 32
# What a decoder says of pictures it gets without those before them: not damage of the file.
ARTEFACT = regex(
    r"\bPOCs?\b|reference|\brefs?\b|mmco|frame num gap|no frame!|number of bits|"
    r"non.?monotonous|first slice|first frame is no|Conversion failed|Output file|Nothing was|"
    r"unknown timestamp|av_interleaved_write_frame|\[matroska @|bitstream filter|"
    r"trace_headers|filter_units",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Motion:
    """Black and still spans in order, how the picture is woven, and signs of damage.

    `slides`: the clip is a slide show, of which perhaps only a part was decoded.
    """

    black: tuple[Span, ...]
    stills: tuple[Still, ...]
    fields: Fields
    damage: tuple[str, ...]
    slides: bool
    decoded_s: float


@dataclass(frozen=True, slots=True)
class Track:
    """The picture stream of an open clip, with what a run over it may use."""

    source: Source
    stream: Stream
    duration_s: float
    gate: Gate
    limits: Limits
    indexed: bool = True
    quantisers: Quantisers = ()


NOTHING = Motion((), (), Fields(), (), False, 0.0)


def suspects(track: Track, sample: Sample) -> Motion:
    """Decode what the gate or a dark keyframe points at; of a slide show, only a part."""
    gate, duration_s = track.gate, track.duration_s
    dark = [(p.time_s, p.time_s) for p in sample.pictures if _is_dark(p)]
    dark_spans = widen(dark, 2.5, duration_s)
    spans = [(0.0, duration_s)] if gate.blind else join([*gate.suspects, *dark_spans])
    first, rest = _parts(spans, dark_spans) if not gate.blind else (spans, [])
    black, stills, errors = _decode(track, first)
    slides = _shows_slides(stills, black, total(first))
    if rest and not slides:
        more = _decode(track, rest)
        black, stills, errors = black + more[0], stills + more[1], errors + more[2]
        first, rest = spans, []
    stills += [Still(a, b, False) for a, b in gate.gaps]
    if not rest:
        slides = _shows_slides(stills, black, duration_s)
    return Motion(
        tuple(join(black, 0.1)),
        _ordered(stills),
        sample.fields,
        tuple(damage([*sample.errors, *errors])),
        slides,
        total(first),
    )


def whole(track: Track) -> Motion:
    """One full run with all filters: idet before scale, which would blind it."""
    stream, duration_s = track.stream, track.duration_s
    meter = _decoding.meter_of(stream, 0.0, track.quantisers)
    options = {
        "map": f"0:{stream.index}",
        "vf": f"{_sample.woven_test(stream, _frames.WIDTH)},{_decoding.graph(stream)}",
        "f": "rawvideo",
        "fps_mode": "passthrough",
    }
    streams = Streams(take=meter.take, line=meter.line, piece_bytes=meter.frame_bytes)
    ended = run(
        track.source,
        [("pipe:1", options)],
        before={"noautorotate": None},
        limits=track.limits,
        streams=streams,
    )
    stills = [*meter.stills(duration_s), *(Still(a, b, False) for a, b in track.gate.gaps)]
    black = meter.black_spans(duration_s)
    slides = _shows_slides(stills, black, duration_s)
    return Motion(
        tuple(join(black, 0.1)),
        _ordered(stills),
        _sample.read_fields(ended.log),
        tuple(damage(ended.errors)),
        slides,
        duration_s,
    )


def damage(errors: Iterable[str]) -> list[str]:
    """The lines of a log that tell of a damaged file."""
    return [plain(each) for each in errors if not ARTEFACT.search(each)]


def _decode(track: Track, spans: list[Span]) -> tuple[list[Span], list[Still], list[str]]:
    black: list[Span] = []
    stills: list[Still] = []
    errors: list[str] = []
    for span in spans:
        meter, end_s, wrong = _decode_whole(track, span)
        black += meter.black_spans(end_s)
        stills += meter.stills(end_s)
        errors += wrong
    return black, stills, errors


def _decode_whole(track: Track, span: Span) -> tuple[Meter, float, list[str]]:
    """Decode a span, and more where a still picture reaches over its begin or end."""
    for more_s in (4.0, 12.0, 60.0, 0.0):
        begin = span[0] if track.indexed else _key_before(track.stream, span[0])
        wider = (begin, span[1])
        meter, errors = _decoding.decode(
            track.source, track.stream, wider, track.limits, track.quantisers
        )
        end_s = min(span[1], track.duration_s)
        early, late = meter.touches(meter.stills(end_s))
        early, late = early and begin > 0, late and span[1] < track.duration_s
        if not (early or late):
            break
        span = (
            max(span[0] - more_s, 0.0) if early else span[0],
            min(span[1] + more_s, track.duration_s) if late else span[1],
        )
    return meter, end_s, errors


def _key_before(stream: Stream, time_s: float) -> float:
    """A little before the last keyframe: without an index, a seek may land behind it."""
    packets = stream.packets
    keys = [t for t, key in zip(packets.time_s, packets.key, strict=True) if key and t <= time_s]
    return max(max(keys, default=0.0) - 0.5, 0.0)


def _parts(spans: list[Span], always: list[Span]) -> tuple[list[Span], list[Span]]:
    """The first minute of the spans with those around dark keyframes, and the rest."""
    if total(spans) <= 2 * PART_S:
        return spans, []
    first: list[Span] = []
    rest: list[Span] = []
    for span in spans:
        dark = any(a < span[1] and span[0] < b for a, b in always)
        room = PART_S - total(first)
        if dark or span[1] - span[0] <= room:
            first.append(span)
        elif room > 5.0:
            first.append((span[0], span[0] + room))
            rest.append((span[0] + room, span[1]))
        else:
            rest.append(span)
    return first, rest


def _shows_slides(stills: list[Still], black: list[Span], length_s: float) -> bool:
    """More than half of the time still, in pictures that come by a cut and not by freezing."""
    long = _frames.frozen(stills, black, SLIDE_S)
    cut = total(join(s.span for s in long if s.cut or s.begin_s < 0.1))
    everything = total(join(s.span for s in long))
    return everything > SLIDES_SHARE * length_s and cut > 0.5 * everything


def _ordered(stills: list[Still]) -> tuple[Still, ...]:
    """In order of time; spans that were made longer may have found the same still twice."""
    ordered: list[Still] = []
    for each in sorted(stills, key=lambda each: (each.begin_s, each.end_s)):
        if ordered and each.begin_s < ordered[-1].end_s - 0.05:
            last = ordered[-1]
            ordered[-1] = Still(last.begin_s, max(last.end_s, each.end_s), last.cut)
        else:
            ordered.append(each)
    return tuple(ordered)


def _is_dark(picture: Picture) -> bool:
    """Whether nearly all of a small picture is as dark as a black one may be."""
    import numpy

    levels = numpy.frombuffer(picture.rgb, numpy.uint8)[1::3]
    return int(numpy.count_nonzero(levels <= DARK_LEVEL)) >= 0.95 * levels.size
