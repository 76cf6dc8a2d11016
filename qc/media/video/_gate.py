"""The demux gate: packet sizes and times show which seconds may be black or frozen.

An encoder spends next to nothing on a picture that does not change. Half-second bins whose
packets between the keyframes are tiny are suspects; only they are decoded in full. The gate
must not miss: where sizes say nothing (filler bytes, keyframes only) it says so.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from qc.media._ffmpeg import Source
from qc.media.video._probe import Packets, Stream
from qc.media.video._spans import Span, join, widen

BIN_S = 0.5
RELATIVE = 0.2
# Bits per pixel of a packet that only says "as before", by what the codec needs for that.
TINY = {"mpeg4": 0.012, "mpeg2video": 0.012, "mpeg1video": 0.012, "h263": 0.012}
TINY_ELSE = 0.0025
TINY_BYTES = 60
GAP_S = 0.8
WIDEN_S = 0.75
STUFFING_BYTES = 192


@dataclass(frozen=True, slots=True)
class Gate:
    """Suspects in order, or `blind` with the reason why sizes say nothing about this clip."""

    suspects: tuple[Span, ...]
    gaps: tuple[Span, ...]
    blind: str = ""


def gate(stream: Stream, duration_s: float, source: Source) -> Gate:
    """The seconds of a picture stream that may be black or frozen."""
    packets = stream.packets
    order = sorted(range(len(packets)), key=packets.time_s.__getitem__)
    gaps = _gaps([packets.time_s[i] for i in order], duration_s)
    if len(packets) < 4:
        return Gate((), gaps, "too few packets")
    if sum(packets.key) > 0.5 * len(packets):
        return Gate((), gaps, "nearly every picture is a keyframe")
    if _stuffed(source, packets):
        return Gate((), gaps, "filler bytes hide the size of pictures")
    bins = _bins(packets, order, duration_s)
    area = max(stream.width * stream.height, 1)
    tiny = max(TINY.get(stream.codec, TINY_ELSE) * area / 8, TINY_BYTES)
    suspects = _quiet(bins, tiny)
    return Gate(tuple(widen([*suspects, *gaps], WIDEN_S, duration_s)), gaps)


def _bins(packets: Packets, order: list[int], duration_s: float) -> list[float | None]:
    """Per half second: the mean size of the packets between keyframes, without the largest."""
    count = int(duration_s / BIN_S) + 1
    sizes: list[list[int]] = [[] for _ in range(min(count, len(packets) * 4 + 8))]
    for i in order:
        at = int(packets.time_s[i] / BIN_S)
        if 0 <= at < len(sizes) and not packets.key[i]:
            sizes[at].append(packets.size[i])
    return [_typical(each) for each in sizes]


def _typical(sizes: list[int]) -> float | None:
    if not sizes:
        return None
    rest = sorted(sizes)[:-1] if len(sizes) > 2 else sizes
    return sum(rest) / len(rest)


def _quiet(bins: list[float | None], tiny_bytes: float) -> list[Span]:
    known = sorted(each for each in bins if each is not None)
    if not known:
        return []
    usual = known[int(0.8 * (len(known) - 1))]
    limit = max(RELATIVE * usual, tiny_bytes)
    spans = []
    for at, each in enumerate(bins):
        if each is not None and each <= limit:
            spans.append((at * BIN_S, (at + 1) * BIN_S))
    last = len(bins) * BIN_S
    joined = join(spans, BIN_S)
    return [(a, b) for a, b in joined if b - a >= 2 * BIN_S or b > last - 1.5]


def _gaps(times: list[float], duration_s: float) -> tuple[Span, ...]:
    """Where no picture comes for long: the one before it stays on screen."""
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
