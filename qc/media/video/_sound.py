"""The sound of a clip, in one full pass: silence by channel, loudness (EBU R128), true peak."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite
from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.media.video._probe import Stream
from qc.media.video._spans import Span, common, join, total

NOISE_DB = -50
SHORTEST_S = 0.5
EVENT = regex(r"(?:channel: (\d+) \| )?silence_(start|end): (-?[\d.]+)")
SUMMARY = regex(r"\b(I|LRA): +(-?[\d.]+|-?inf|nan) (?:LUFS|LU)\b")
HIGHEST = regex(r"\bmax_volume: (-?[\d.]+) dB")
PEAK_RATE = 192000  # four times 48 kHz, as BS.1770 wants for a true peak
HEADROOM_DB = 6.0  # by which the sound is lowered so that peaks above full scale are kept
FAINTEST_PEAK = -84.0
MOMENTARY = regex(r"lavfi\.r128\.M=(-?[\d.]+|-?inf|nan)")
CURVE_STEP_S = 0.5
FAINTEST_LUFS = -70.0


@dataclass(frozen=True, slots=True)
class Sound:
    """What was heard. Loudness in LUFS, peak in dBFS; None where nothing was loud enough.

    `curve` is the momentary loudness (EBU R128: over 0.4 s) once every CURVE_STEP_S, in LUFS.
    """

    channels: int
    duration_s: float
    silent: Mapping[int, tuple[Span, ...]]
    loudness: float | None
    peak: float | None
    errors: tuple[str, ...]
    curve: tuple[float, ...] = ()

    @property
    def silences(self) -> list[Span]:
        """Spans in which no channel carries sound."""
        spans = list(self.silent.get(0, ()))
        for channel in range(1, self.channels):
            spans = common(spans, self.silent.get(channel, ()))
        return spans

    @property
    def soundless(self) -> bool:
        """Whether the whole track is silent."""
        return self.duration_s > 0 and total(self.silences) >= 0.98 * self.duration_s

    def mute_share(self, channel: int) -> float:
        """The part of the duration in which a channel is silent, 0 to 1."""
        spans = self.silent.get(channel, ())
        return total(spans) / self.duration_s if self.duration_s else 0.0


def output(stream: Stream) -> tuple[str, dict[str, Any]]:
    """The output of an ffmpeg run that listens to a stream.

    The true peak is read off 16-bit samples at four times the rate, which costs a third of what
    the filter of the loudness asks for it, in floats.
    """
    graph = (  # with its metadata, ebur128 gives frames of 100 ms; every fifth is printed
        f"[0:{stream.index}]asplit[a][b];"
        f"[a]silencedetect=noise={NOISE_DB}dB:d={SHORTEST_S}:mono=1,"
        "ebur128=framelog=verbose:metadata=1,"
        "aselect='not(mod(n,5))',ametadata=mode=print:key=lavfi.r128.M,anullsink;"
        f"[b]volume=-{HEADROOM_DB}dB,aresample={PEAK_RATE}:osf=s16:tsf=s16p,volumedetect[o]"
    )
    return "-", {"filter_complex": graph, "map": "[o]", "f": "null"}


def parse(log: tuple[str, ...], stream: Stream, errors: tuple[str, ...]) -> Sound:
    """What the filters have logged."""
    channels = int(stream.number("channels", 1))
    begin: dict[int, float] = {}
    spans: dict[int, list[Span]] = {}
    summary: dict[str, float] = {}
    curve: list[float] = []
    for line in log:
        if event := EVENT.search(line):
            channel, time = int(event[1] or 0), max(float(event[3]), 0.0)
            if event[2] == "start":
                begin[channel] = time
            elif channel in begin:
                spans.setdefault(channel, []).append((begin.pop(channel), time))
        elif short := MOMENTARY.search(line):
            lufs = float(short[1])
            curve.append(max(lufs, FAINTEST_LUFS) if isfinite(lufs) else FAINTEST_LUFS)
        elif found := SUMMARY.search(line):
            summary[found[1]] = float(found[2])
        elif highest := HIGHEST.search(line):
            summary["peak"] = float(highest[1]) + HEADROOM_DB
    end_s = max(stream.end_s, *(b for each in spans.values() for _, b in each), 0.0)
    for channel, time in begin.items():
        spans.setdefault(channel, []).append((time, end_s))
    loudness, peak = summary.get("I"), summary.get("peak")
    return Sound(
        channels,
        end_s,
        {channel: tuple(join(each, 0.05)) for channel, each in spans.items()},
        loudness if loudness is not None and -70 < loudness < 99 else None,
        round(peak, 1) if peak is not None and peak > FAINTEST_PEAK else None,
        errors,
        tuple(curve),
    )
