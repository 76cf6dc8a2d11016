"""The demux gate: packet sizes and times show which seconds may be black or frozen.

An encoder spends next to nothing on a picture that does not change. Half-second bins whose
packets between the keyframes are small are suspects; only they are decoded in full. An encoder
that is held to a rate spends its bits even then, on ever finer quantisers. So sizes are taken
at one quantiser: the slice headers give it, and six steps of H.264 double the error. The gate
must not miss: where sizes say nothing (filler bytes, keyframes only) it is blind, and says so.
"""

from __future__ import annotations

import os
from collections.abc import Collection, Sequence
from itertools import pairwise

from qc.core.record import dataclass
from qc.media._ffmpeg import Source
from qc.media.video._probe import Packets, Stream
from qc.media.video._sample import Headers
from qc.media.video._spans import Span, join, widen

BIN_S = 0.5
RELATIVE = 0.3
BUSY = 0.4  # of the usual effort: what a picture that stands still never needs
# Bits per pixel of a packet that only says "as before", by what the codec needs for that.
TINY = {"mpeg4": 0.02, "mpeg2video": 0.02, "mpeg1video": 0.02, "h263": 0.02}
TINY_ELSE = 0.0025
TINY_BYTES = 60
STEERED = 2.5
QP_STEPS, INDEX_STEPS = 6.0, 29.0  # steps that double the quantiser: H.264, HEVC; VP9, AV1
INDEX_SPREAD = 30.0
FINEST_QP = -20.0  # counted from 26: next to lossless, the rate is filled for its own sake
GAP_S = 0.8
WIDEN_S = 0.5
STUFFING_BYTES = 192


@dataclass(frozen=True, slots=True)
class Gate:
    """Suspects in order, or `blind` with the reason why sizes say nothing about this clip."""

    suspects: tuple[Span, ...]
    gaps: tuple[Span, ...]
    blind: str = ""


def gate(
    stream: Stream,
    duration_s: float,
    source: Source,
    headers: Headers,
    chosen: Sequence[int] = (),
) -> Gate:
    """The seconds of a picture stream that may be black or frozen.

    `headers` are those of the `chosen` packets; none for codecs that cannot be traced.
    """
    packets = stream.packets
    still = gaps(stream, duration_s)
    if len(packets) < 4:
        return Gate((), still, "too few packets")
    if sum(packets.key) > 0.5 * len(packets):
        return Gate((), still, "nearly every picture is a keyframe")
    traced = bool(chosen) and len(headers.sizes) == len(chosen)
    if not traced and _stuffed(source, packets):
        return Gate((), still, "filler bytes hide the size of pictures")
    places = chosen if traced else range(len(packets))
    sizes = headers.sizes if traced else packets.size
    area = max(stream.width * stream.height, 1)
    tiny = max(TINY.get(stream.codec, TINY_ELSE) * area / 8, TINY_BYTES)
    bins = _bins(packets, places, duration_s, sizes)
    suspects: list[Span] = []
    if not traced:
        suspects += _small(bins, tiny)
        if _is_steered(bins, suspects):
            return Gate((), still, "a constant rate hides the size of pictures")
    else:
        by_index = stream.codec in ("vp9", "av1")
        steps = INDEX_STEPS if by_index else QP_STEPS
        effort = [
            size * 2.0 ** (quantiser / steps)
            for size, quantiser in zip(sizes, headers.quantisers, strict=True)
        ]
        efforts = _bins(packets, places, duration_s, effort)
        suspects += _small(bins, tiny, set() if by_index else _busy(efforts))
        suspects += _small(efforts, 0.0)
        quantisers = _bins(packets, places, duration_s, headers.quantisers)
        suspects += _fine(quantisers) if by_index else _below(quantisers, FINEST_QP)
    return Gate(tuple(widen([*suspects, *still], WIDEN_S, duration_s)), still)


def _bins(
    packets: Packets, places: Sequence[int], duration_s: float, values: Sequence[float]
) -> list[float | None]:
    """Per half second: the mean value of the packets between keyframes, without the largest.

    `values` are those of the packets at `places`.
    """
    count = int(duration_s / BIN_S) + 1
    sizes: list[list[float]] = [[] for _ in range(min(count, len(packets) * 4 + 8))]
    for i, value in zip(places, values, strict=True):
        at = int(packets.time_s[i] / BIN_S)
        if 0 <= at < len(sizes) and not packets.key[i]:
            sizes[at].append(value)
    return [_typical(each) for each in sizes]


def _typical(sizes: list[float]) -> float | None:
    if not sizes:
        return None
    rest = sorted(sizes)[:-1] if len(sizes) > 2 else sizes
    return sum(rest) / len(rest)


def _small(
    bins: list[float | None], tiny: float, busy: Collection[int] = frozenset()
) -> list[Span]:
    """Bins well below the usual value, two or more in a row; `busy` ones never are."""
    usual = _usual(bins)
    limit = max(RELATIVE * usual, tiny)
    spans = []
    for at, each in enumerate(bins):
        if each is not None and each <= limit and (each <= tiny or at not in busy):
            spans.append((at * BIN_S, (at + 1) * BIN_S))
    last = len(bins) * BIN_S
    joined = join(spans, BIN_S)
    return [(a, b) for a, b in joined if b - a >= 2 * BIN_S or b > last - 1.5]


def _busy(efforts: list[float | None]) -> set[int]:
    """Bins of nearly the usual effort: a rate that has yet to rise makes only their size small."""
    limit = BUSY * _usual(efforts)
    return {at for at, each in enumerate(efforts) if each is not None and each > limit}


def _usual(bins: list[float | None]) -> float:
    known = sorted(each for each in bins if each is not None)
    return known[int(0.8 * (len(known) - 1))] if known else 0.0


def _is_steered(bins: list[float | None], suspects: list[Span]) -> bool:
    """Whether sizes hardly vary outside of the suspects: the encoder was held to a rate."""
    spent = sorted(
        each
        for at, each in enumerate(bins)
        if each is not None and not any(a <= at * BIN_S < b for a, b in suspects)
    )
    if len(spent) < 4:
        return False
    low, high = spent[int(0.3 * (len(spent) - 1))], spent[int(0.9 * (len(spent) - 1))]
    return high < STEERED * low


def _fine(bins: list[float | None]) -> list[Span]:
    """Bins whose quantiser index is much below the usual one, or next to nothing.

    Encoders of VP9 for live use let the index fall and fill the rate even in frozen pictures.
    """

    from statistics import median

    known = [each for each in bins if each is not None]
    if not known or max(known) - min(known) < INDEX_SPREAD:
        return []
    limit = max(min(0.75 * median(known), median(known) - 8.0), 20.0)
    return _below(bins, limit)


def _below(bins: list[float | None], limit: float) -> list[Span]:
    """Bins of at most `limit`, two or more in a row."""
    spans = [
        (at * BIN_S, (at + 1) * BIN_S)
        for at, each in enumerate(bins)
        if each is not None and each <= limit
    ]
    return [(a, b) for a, b in join(spans, BIN_S) if b - a >= 2 * BIN_S]


def gaps(stream: Stream, duration_s: float) -> tuple[Span, ...]:
    """Where no picture comes for long: the one before it stays on screen."""
    from statistics import median

    times = sorted(stream.packets.time_s)
    if len(times) < 2:
        return ()
    usual = median(b - a for a, b in pairwise(times))
    limit = max(GAP_S, 3 * usual)
    pairs = [*pairwise(times), (times[-1], duration_s)]
    return tuple((a, b) for a, b in pairs if b - a > limit)


def _stuffed(source: Source, packets: Packets) -> bool:
    """Whether packets end in long runs of filler, as constant-bitrate encoders write them.

    Looks at the end of up to 400 packets; filler is a run of 0xFF, or of zeros in MPEG-2.
    """
    found = looked = 0
    step = max(len(packets) // 400, 1)
    for i in range(0, len(packets), step):
        if packets.key[i] or packets.place[i] < 0:
            continue
        begin, size = packets.place[i], packets.size[i]
        if size < STUFFING_BYTES + 16:
            continue
        looked += 1
        tail = os.pread(source.fd, STUFFING_BYTES + 8, begin + size - STUFFING_BYTES - 8)
        found += b"\xff" * (STUFFING_BYTES // 2) in tail or bytes(STUFFING_BYTES // 2) in tail
    return found > 0 and found >= 0.002 * looked
