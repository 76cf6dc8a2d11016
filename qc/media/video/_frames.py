"""Small gray frames of a span, and what they show: black pictures and pictures that stand still.

The whole-picture mean of a freeze filter calls a scene still while something small moves in it,
and the noise of an encoder that redraws a frozen picture breaks a span. Here a frame is still
only if no block of it differs from the frames of 0.3 s and of 1 s before: motion adds up over a
second, coding noise does not.
"""

from __future__ import annotations

from collections import deque
from dataclasses import field
from itertools import pairwise
from typing import TYPE_CHECKING

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.media._ffmpeg import Limits, Source, Streams, run
from qc.media.video._probe import Stream
from qc.media.video._spans import Span, join, without

if TYPE_CHECKING:
    import numpy
    from numpy.typing import NDArray

    Gray = NDArray[numpy.uint8]

WIDTH = 320
BLOCK = 8
BLACK_LEVEL = 25  # of 255: the 10 % of ffmpeg's blackdetect
BLACK_SHARE = 0.98
STILL = 2.2  # gray levels that coding noise may change a block of a frozen picture by
STILL_OLD = 3.2  # … of codecs that have no filter inside their loop
WORST = 8.0  # … and at most
WORST_LIVE = 12.0  # … by encoders for live use, which begin coarsely
LIVE = frozenset({"vp8", "vp9"})
FILTERED = frozenset({"h264", "hevc", "vp8", "vp9", "av1"})
SPREAD = 6.0  # … or this many times the mean: noise is everywhere, motion is in its place
DRIFT = 12.0  # … and how far it may drift from the first settled picture of the run
ALIVE = (0.2, 1.7)  # change over a second, mean and worst block, that a running camera exceeds
BACK_S = (0.3, 1.0)  # how far back a picture is compared: motion adds up, noise does not
LOCAL = 1.0  # change of a block from one frame to the next that may be motion
SLOW = (0.15, 1.0)  # change in 0.3 s, mean and worst block, that may be slow motion
REDRAWN = 1.1  # how much of a keyframe's change may be left after 0.3 s, and a third of SLOW
SETTLES_S = 0.8  # how long an encoder goes on to refine a picture that stopped from full motion
EXCESS = 1.5  # ... or this many times what the settled picture changes by
CUT = 10.0  # mean difference of a change of scene, at least
SUDDEN = 3.0  # … and as a multiple of the motion before it
EDGE_S = 0.4
SHOWINFO = regex(r"\bn: *(\d+) .*?pts_time:(-?[\d.]+|N/?A)\b.*?\btype:(\S)")


@dataclass(frozen=True, slots=True)
class Still:
    """A span in which the picture does not change; `cut`: it begins with a new scene."""

    begin_s: float
    end_s: float
    cut: bool

    @property
    def span(self) -> Span:
        """Begin and end."""
        return (self.begin_s, self.end_s)


@dataclass(slots=True)
class Meter:
    """Measures frames one by one; `begin_s` is added to their times, which the log tells.

    `still` holds for each frame the index of the frame a second ago that it equals, or -1.
    """

    height: int
    begin_s: float = 0.0
    fps: float = 25.0
    noise: float = STILL
    most: float = WORST
    times: list[float] = field(default_factory=list)
    keys: list[bool] = field(default_factory=list)
    black: list[bool] = field(default_factory=list)
    mean: list[float] = field(default_factory=list)
    worst: list[float] = field(default_factory=list)
    still: list[int] = field(default_factory=list)
    change: list[tuple[float, float]] = field(default_factory=list)
    near: list[tuple[float, float] | None] = field(default_factory=list)
    _recent: deque[Gray] = field(default_factory=deque)
    _settled: Gray | None = None

    @property
    def frame_bytes(self) -> int:
        """Size of one frame."""
        return WIDTH * self.height

    def line(self, line: str) -> bool:
        """Take the time of a frame from a line of ffmpeg's log."""
        if "showinfo" not in line:
            return False
        if found := SHOWINFO.search(line):
            known = found[2][0] != "N"
            self.times.append(self.begin_s + (float(found[2]) if known else 0.0))
            self.keys.append(found[3] == "I")
        return True

    def take(self, piece: bytes) -> None:
        """Measure one frame."""
        import numpy

        frame = numpy.frombuffer(piece, numpy.uint8).reshape(self.height, WIDTH)
        dark = int(numpy.count_nonzero(frame <= BLACK_LEVEL))
        self.black.append(dark >= BLACK_SHARE * frame.size)
        mean, worst = _difference(frame, self._recent[-1]) if self._recent else (255.0, 255.0)
        self.mean.append(mean)
        self.worst.append(worst)
        self.still.append(self._since(frame))
        self._recent.append(frame)
        if len(self._recent) > self._steps(BACK_S[1]):
            self._recent.popleft()

    def black_spans(self, end_s: float) -> list[Span]:
        """Where the picture is black; the last frame lasts until `end_s`."""
        return [(self._at(a, end_s), self._at(b, end_s)) for a, b in _runs(self.black)]

    def stills(self, end_s: float) -> list[Still]:
        """Where the picture does not change for more than a second."""
        count = min(len(self.times), len(self.still))
        found: list[tuple[int, int]] = []
        for a, b in _runs([at >= 0 for at in self.still[:count]]):
            begin, end = self.still[a], self._prolong(b, count)
            if found and begin < found[-1][1]:
                found[-1] = (found[-1][0], max(end, found[-1][1]))
            else:
                found.append((begin, end))
        stills = []
        for first, end in found:
            begin = self._settle(first, end)
            if not self._is_alive(begin, end):
                stills.append(Still(self.times[begin], self._at(end, end_s), self._is_cut(begin)))
        return stills

    def _prolong(self, end: int, count: int) -> int:
        """Where a run ends if a keyframe only draws the same picture anew."""
        at = end
        while at < count and (
            self.worst[at] <= LOCAL or (self._is_redrawn(at) and self.worst[at] <= DRIFT / 2)
        ):
            at += 1
        return at

    def _is_redrawn(self, at: int) -> bool:
        """Whether a frame is a keyframe of a clip that has others between them."""
        return self.keys[at] and not self.keys[at - 1]

    def _is_alive(self, begin: int, end: int) -> bool:
        """Whether a second changes so much as the noise of a running camera does."""

        from statistics import median

        settled = self.change[begin + self._steps(BACK_S[1]) : end] or self.change[begin:end]
        mean, worst = (median(each[at] for each in settled) for at in (0, 1))
        return mean > ALIVE[0] and worst > ALIVE[1]

    def _settle(self, begin: int, end: int) -> int:
        """Where a run really begins: behind the slow motion that passes for a still picture.

        The settled half of the run shows how much coding noise changes in 0.3 s; the run begins
        behind the last picture that changes by more until 0.3 s later. A keyframe that draws
        the picture anew may add to the change.
        """
        middle, near = (begin + end) // 2, self._steps(BACK_S[0])
        core = [each for each in self.near[middle:end] if each is not None]
        if not core:
            return begin
        limits = [
            max(least, EXCESS * sorted(each[which] for each in core)[int(0.95 * (len(core) - 1))])
            for which, least in enumerate(SLOW)
        ]
        for at in range(min(middle, end - near - 1), begin - 1, -1):
            later = self.near[at + near]
            if later is None:
                continue
            redrawn = [self.mean[k] for k in range(at + 1, at + near + 1) if self._is_redrawn(k)]
            allowed = max(limits[0], REDRAWN * sum(redrawn) + SLOW[0] / 3)
            if later[0] > allowed and later[1] > limits[1]:
                stopped = max(self.worst[max(begin - 4, 0) : begin + 2]) > DRIFT
                settling = stopped and at - begin < SETTLES_S * self.fps
                return begin if settling else at + 1
        return begin

    def touches(self, stills: list[Still]) -> tuple[bool, bool]:
        """Whether the first still may go on before the span, and the last behind it."""
        if not stills or not self.times:
            return False, False
        first, last = self.times[0] + EDGE_S, self.times[-1] - EDGE_S
        return stills[0].begin_s <= first, stills[-1].end_s >= last

    def _is_cut(self, index: int) -> bool:
        from statistics import median

        before = self.mean[max(index - 12, 1) : index]
        usual = median(before) if before else 0.0
        return index > 0 and self.mean[index] > max(CUT, SUDDEN * usual)

    def _since(self, frame: Gray) -> int:
        """The index of the equal frame a second ago, or -1."""
        far = self._steps(BACK_S[1])
        self.change.append((255.0, 255.0))
        self.near.append(None)
        if len(self._recent) < far:
            return -1
        since = _difference(frame, self._recent[-far])
        self.change[-1] = since
        if not (self._is_noise(*since) and self._is_noise(*self._since_near(frame))):
            self._settled = None
            return -1
        if self._settled is None:
            self._settled = frame
        elif _difference(frame, self._settled)[1] > DRIFT:
            self._settled = None
            return -1
        return len(self.still) - far

    def _since_near(self, frame: Gray) -> tuple[float, float]:
        """Change over the short time; also that of the frames before which lack it."""
        near, frames = self._steps(BACK_S[0]), [*self._recent, frame]
        first = len(self.near) - len(frames)
        for at in range(len(frames) - 1, near - 1, -1):
            if self.near[first + at] is not None:
                break
            self.near[first + at] = _difference(frames[at], frames[at - near])
        return self.near[-1] or (255.0, 255.0)

    def _is_noise(self, mean: float, worst: float) -> bool:
        """Whether a difference is coding noise and not motion."""
        return worst <= max(self.noise, min(SPREAD * mean, self.most))

    def _steps(self, back_s: float) -> int:
        return max(round(back_s * self.fps), 1)

    def _at(self, index: int, end_s: float) -> float:
        return self.times[index] if index < len(self.times) else end_s


def meter_of(stream: Stream, begin_s: float = 0.0) -> Meter:
    """A meter for the frames of a stream from a moment on."""
    noise = STILL if stream.codec in FILTERED else STILL_OLD
    most = WORST_LIVE if stream.codec in LIVE else WORST
    return Meter(height_of(stream), begin_s, fps_of(stream), noise, most)


def height_of(stream: Stream) -> int:
    """Height of the small frames: the stored proportions, in whole blocks."""
    height = WIDTH * stream.height / max(stream.width, 1)
    return min(max(round(height / BLOCK), 1), 160) * BLOCK


def fps_of(stream: Stream) -> float:
    """Pictures a second, from the packets."""

    from statistics import median

    times = sorted(set(stream.packets.time_s))
    gaps = [b - a for a, b in pairwise(times)]
    usual = median(gaps) if gaps else 0.0
    return min(max(1 / usual, 1.0), 120.0) if usual > 0 else 25.0


def graph(stream: Stream) -> str:
    """The filters that make the small frames."""
    return f"scale={WIDTH}:{height_of(stream)}:flags=fast_bilinear,format=gray,showinfo=checksum=0"


def decode(source: Source, stream: Stream, span: Span, limits: Limits) -> tuple[Meter, list[str]]:
    """Decode one span in full; also the errors that the decoder logged."""
    meter = meter_of(stream, span[0])
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


def frozen(stills: list[Still], black: list[Span], min_s: float) -> list[Still]:
    """Stills of at least `min_s` that are not black; a black span is not also a freeze."""
    holes = join(black, 0.1)
    kept = []
    for each in stills:
        for a, b in without([each.span], holes):
            if b - a >= min_s:
                kept.append(Still(a, b, each.cut or a > each.begin_s))
    return kept


def _difference(frame: Gray, other: Gray) -> tuple[float, float]:
    """Mean difference of two frames, and that of the block which differs most."""
    import numpy

    difference = numpy.maximum(frame, other) - numpy.minimum(frame, other)
    mean = float(numpy.add.reduce(difference, axis=None, dtype=numpy.uint32)) / frame.size
    if mean > DRIFT:
        return mean, mean
    height, width = difference.shape
    blocks = difference.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK)
    sums = blocks.sum(axis=3, dtype=numpy.uint16).sum(axis=1, dtype=numpy.uint16)
    return mean, float(sums.max()) / (BLOCK * BLOCK)


def _runs(flags: list[bool]) -> list[tuple[int, int]]:
    runs = []
    begin = None
    for at, flag in enumerate([*flags, False]):
        if flag and begin is None:
            begin = at
        elif not flag and begin is not None:
            runs.append((begin, at))
            begin = None
    return runs
