"""Decoding spans of a clip to the small gray frames that a `Meter` measures."""

from __future__ import annotations

from itertools import pairwise
from statistics import median

from qc.media._ffmpeg import Limits, Source, Streams, run
from qc.media.video._frames import BLOCK, FILTERED, LIVE, STILL, STILL_OLD, WIDTH, Meter, Quantisers
from qc.media.video._probe import Stream
from qc.media.video._spans import Span


def meter_of(stream: Stream, begin_s: float = 0.0, quantisers: Quantisers = ()) -> Meter:
    """A meter for the frames of a stream from a moment on."""
    noise = STILL if stream.codec in FILTERED else STILL_OLD
    live = stream.codec in LIVE
    return Meter(height_of(stream), begin_s, fps_of(stream), noise, live, quantisers)


def height_of(stream: Stream) -> int:
    """Height of the small frames: the stored proportions, in whole blocks."""
    height = WIDTH * stream.height / max(stream.width, 1)
    return min(max(round(height / BLOCK), 1), 160) * BLOCK


def fps_of(stream: Stream) -> float:
    """Pictures a second, from the packets."""
    times = sorted(set(stream.packets.time_s))
    gaps = [b - a for a, b in pairwise(times)]
    usual = median(gaps) if gaps else 0.0
    return min(max(1 / usual, 1.0), 120.0) if usual > 0 else 25.0


def graph(stream: Stream) -> str:
    """The filters that make the small frames."""
    return f"scale={WIDTH}:{height_of(stream)}:flags=fast_bilinear,format=gray,showinfo=checksum=0"


def decode(
    source: Source, stream: Stream, span: Span, limits: Limits, quantisers: Quantisers = ()
) -> tuple[Meter, list[str]]:
    """Decode one span in full; also the errors that the decoder logged."""
    meter = meter_of(stream, span[0], quantisers)
    output = {
        "map": f"0:{stream.index}",
        "vf": graph(stream),
        "t": f"{span[1] - span[0]:.3f}",
        "f": "rawvideo",
        "fps_mode": "passthrough",
    }
    before = {"ss": f"{span[0]:.3f}", "noautorotate": None}
    streams = Streams(take=meter.take, line=meter.line, piece_bytes=meter.frame_bytes)
    ended = run(source, [("pipe:1", output)], before=before, limits=limits, streams=streams)
    return meter, list(ended.errors)
