"""Small gray frames of a span, and what they show: black pictures and pictures that stand still.

The whole-picture mean of a freeze filter calls a scene still while something small moves in it,
and the noise of an encoder that redraws a frozen picture breaks a span. Here a frame is still
only if no block of it differs from the frames of 0.3 s and of 1 s before: motion adds up over a
second, coding noise does not.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.media.video._spans import Span, join, without

Quantisers = Sequence[tuple[float, int]]  # by time in s, of pictures between keyframes

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
SAME = 0.005  # change in 0.3 s, mean, that a picture which repeats stays below
BACK_S = (0.3, 1.0)  # how far back a picture is compared: motion adds up, noise does not
LOCAL = 1.0  # change of a block from one frame to the next that may be motion
SLOW = (0.15, 1.0)  # change in 0.3 s, mean and worst block, that may be slow motion
REDRAWN = 1.1  # how much of a keyframe's change may be left after 0.3 s, and a third of SLOW
LEADING_S = 0.12  # how long before a keyframe pictures are drawn from it (HEVC)
SETTLES_S = 0.8  # how long an encoder goes on to refine a picture that stopped from full motion
EXCESS = 1.5  # ... or this many times what the settled picture changes by
RISES = (0.015, 1.3)  # renewed change in 0.3 s, mean and worst block, that only life brings
CALM_S = 0.9  # … once an encoder has had this long to refine a new or redrawn picture
AHEAD_S = 0.5  # … and up to this long before the end: what it sees ahead shows in B pictures
MOVING = 0.5  # mean change of a picture that moves as a whole
FEWEST_MOVING = 4  # … in so many pictures, at least
STOPS = 8.0  # … and how many times less it changes once it has stopped
COARSE = 10.0  # what refining a coarse picture may change a block by in a second
FINER = 3.0  # steps by which the quantiser falls while an encoder refines with its spare rate
CUT = 10.0  # mean difference of a change of scene, at least
SUDDEN = 3.0  # … and as a multiple of the motion before it
EDGE_S = 0.4
SHOWINFO = regex(rb"\bn: *\d+ .*?pts_time:(-?[\d.]+|N/?A)\b.*?\btype:(\S)")


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
    `quantisers` are those of the clip by time, where they are known.
    """

    height: int
    begin_s: float = 0.0
    fps: float = 25.0
    noise: float = STILL
    live: bool = False
    quantisers: Quantisers = ()
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

    def line(self, line: bytes) -> bool:
        """Take the time of a frame from a line of ffmpeg's log."""
        if b"showinfo" not in line:
            return False
        if found := SHOWINFO.search(line):
            self.times.append(self.begin_s + shown_at(found[1]))
            self.keys.append(found[2] == b"I")
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
        stills = list(self._refined(count))
        for run, end in found:
            first = self._lead(run)
            begin = self._settle(first, end)
            at = next((i for i, (a, b) in enumerate(stills) if a < end and first < b), None)
            if at is not None:
                stills[at] = (min(stills[at][0], begin), max(stills[at][1], end))
            elif not (self._is_alive(begin, end) or self._rises(begin, end)):
                stills.append((begin, end))
        return [
            Still(self.times[a], self._at(b, end_s), self._is_cut(a)) for a, b in sorted(stills)
        ]

    def _prolong(self, end: int, count: int) -> int:
        """Where a run ends if a keyframe only draws the same picture anew."""
        at = end
        while at < count and self._is_same(at):
            at += 1
        return at

    def _lead(self, begin: int) -> int:
        """Where a run begins if the keyframe at its begin only drew the same picture anew."""
        at = begin
        while at > 0 and self._is_redrawn(begin) and self._is_same(at):
            at -= 1
        return at

    def _is_same(self, at: int) -> bool:
        """Whether a frame shows what the one before does, perhaps drawn anew."""
        worst = self.worst[at]
        return worst <= LOCAL or (self._is_redrawn(at) and worst <= DRIFT / 2)

    def _is_redrawn(self, at: int) -> bool:
        """Whether a frame is a keyframe of a clip that has others between them."""
        return self.keys[at] and not self.keys[at - 1]

    def _is_leading(self, at: int) -> bool:
        """Whether a frame is such a keyframe, or shown just before one and drawn from it."""
        ahead = self._steps(LEADING_S) if self.noise <= STILL else 0
        last = min(at + ahead, len(self.mean) - 1)
        return any(self._is_redrawn(k) for k in range(max(at, 1), last + 1))

    def _is_alive(self, begin: int, end: int) -> bool:
        """Whether a second changes so much as the noise of a running camera does."""

        from statistics import median

        settled = self.change[begin + self._steps(BACK_S[1]) : end] or self.change[begin:end]
        mean, worst = (median(each[at] for each in settled) for at in (0, 1))
        return mean > ALIVE[0] and worst > ALIVE[1] and not self._repeats(begin, end)

    def _repeats(self, begin: int, end: int) -> bool:
        """Whether most pictures are those of 0.3 s before: what differs is a keyframe's drawing."""
        from statistics import median

        near = [each[0] for each in self.near[begin + self._steps(BACK_S[1]) : end] if each]
        return bool(near) and median(near) < SAME

    def _rises(self, begin: int, end: int) -> bool:
        """Whether the picture changes anew after it had come to rest.

        An encoder refines a picture that stands still, ever less, and then repeats it; even the
        faintest life of a quiet scene comes and goes. Encoders for live use, and those with an
        ever finer quantiser, do not settle.
        """
        if self.live or self._falls(self.times[begin], self.times[end - 1]):
            return False
        calm = self._steps(CALM_S)
        least: float | None = None
        drawn = begin
        for at in range(begin, end - self._steps(AHEAD_S)):
            if at > begin and self._is_redrawn(at):
                drawn, least = at, None
            change = self.near[at]
            if at - drawn < calm or change is None:
                continue
            mean, worst = change
            if least is not None and mean - least > RISES[0] and worst > RISES[1]:
                return True
            least = mean if least is None else min(least, mean)
        return False

    def _refined(self, count: int) -> Iterator[tuple[int, int]]:
        """Runs in which an encoder with a rate to fill refines a picture that stopped moving.

        It begins coarsely and changes much, but with an ever finer quantiser; and a scene does
        not stop from full motion between two pictures.
        """
        far, at = self._steps(BACK_S[1]), FEWEST_MOVING
        while at < count - far:
            end = at + 1
            if self._stops(at):
                while end < count and self._is_refinement(at, end):
                    end += 1
                if end - at > far and self._falls(self.times[at], self.times[end - 1]):
                    yield at, end
            at = end

    def _stops(self, at: int) -> bool:
        """Whether the picture moves up to a frame and stands from then on."""
        edge = self._steps(EDGE_S)
        before = self.mean[max(at - edge, 0) + 1 : at + 1]
        after = self.mean[at + 1 : at + 1 + edge]
        moved = sum(before) / len(before)
        return (
            moved > MOVING
            and sum(after) / len(after) < moved / STOPS
            and self.mean[at] > moved / STOPS
            and not self._is_cut(at)
        )

    def _is_refinement(self, begin: int, at: int) -> bool:
        mean, worst = self.change[at] if at - begin > self._steps(BACK_S[1]) else (0.0, 0.0)
        return mean <= LOCAL and worst <= COARSE and self.mean[at] <= LOCAL

    def _falls(self, begin_s: float, end_s: float) -> bool:
        """Whether the quantiser falls from the begin to the end of a run."""
        from statistics import median

        first = [q for t, q in self.quantisers if begin_s < t <= begin_s + EDGE_S]
        last = [q for t, q in self.quantisers if end_s - EDGE_S < t <= end_s]
        return bool(first and last) and median(last) <= median(first) - FINER

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
            redrawn = [self.mean[k] for k in range(at + 1, at + near + 1) if self._is_leading(k)]
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
        most = WORST_LIVE if self.live else WORST
        return worst <= max(self.noise, min(SPREAD * mean, most))

    def _steps(self, back_s: float) -> int:
        return max(round(back_s * self.fps), 1)

    def _at(self, index: int, end_s: float) -> float:
        return self.times[index] if index < len(self.times) else end_s


def shown_at(time: bytes) -> float:
    """The time that showinfo tells, in seconds; 0 where the frame has none."""
    return 0.0 if time.startswith(b"N") else float(time)


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
