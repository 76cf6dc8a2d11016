"""A sample of a clip: a few keyframes over its length and, where needed, three runs of pictures.

The packets are chosen from ffprobe's list and copied, without decoding, in the same run that
listens to the sound; the second run decodes only these. Keyframes serve letterbox, blur, black
pictures and the contact sheet; the runs serve the interlace test, which needs consecutive
pictures at native height (it is blind on scaled pictures and on keyframes alone). It is made
only where a keyframe shows combs at native height, or there are few keyframes to show them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.media._ffmpeg import Limits, Source, Streams, run
from qc.media.video._frames import SHOWINFO, shown_at
from qc.media.video._probe import Stream
from qc.media.video._weave import combed_cells

WIDTH = 640
WOVEN_WIDTH = 480  # lines are told from lines, whatever their length
RUN = 14
LEAST_WOVEN = 8
FEWEST, MOST = 8, 48
SECONDS_EACH = 6.0
TELLING = 8  # keyframes, so many of which tell whether anything is woven
COMBED = 2  # combed cells of one keyframe that make it worth a look
FIELD_ORDERS = frozenset({"tt", "bb", "tb", "bt"})  # ffprobe's words for a woven stream
# Filler and SEI go first: filler hides the size of a picture, and both are logged byte by byte.
TRACED = {
    "h264": "filter_units=remove_types=6|12,trace_headers,",
    "hevc": "filter_units=remove_types=38|39|40,trace_headers,",
    "vp9": "trace_headers,",
    "av1": "trace_headers,",
}
# Codecs of which headers can be read without those before them, from a keyframe on.
APART = frozenset({"h264", "hevc"})
TRACED_A_SECOND = 12.0
PACKET = regex(rb"Packet: (\d+) bytes")
FIELDS = regex(
    r"Single frame detection: TFF: *(\d+) BFF: *(\d+) Progressive: *(\d+) Undetermined: *(\d+)"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A keyframe in small: RGB bytes, with the time at which it is shown."""

    time_s: float
    width: int
    height: int
    rgb: bytes = field(repr=False)


@dataclass(frozen=True, slots=True)
class Fields:
    """How many pictures were woven of two fields, or were not; `Undetermined` says nothing."""

    top: int = 0
    bottom: int = 0
    progressive: int = 0

    @property
    def suspected(self) -> bool:
        """Whether most are woven, and agree on which field comes first, as real ones do."""
        woven = self.top + self.bottom
        agree = max(self.top, self.bottom) >= 0.8 * woven
        return woven >= LEAST_WOVEN and agree and self.interlaced_share > 0.5

    @property
    def interlaced_share(self) -> float:
        """Woven pictures among those that could be told, 0 to 1."""
        told = self.top + self.bottom + self.progressive
        return (self.top + self.bottom) / told if told else 0.0


@dataclass(frozen=True, slots=True)
class Choice:
    """Which packets of the picture stream are taken: keyframes and runs [from, to].

    The headers of `traced` packets are read: two of every `period`, and keyframes.
    """

    keys: tuple[int, ...]
    runs: tuple[tuple[int, int], ...]
    traced: tuple[int, ...] = ()
    period: int = 2

    @property
    def taken(self) -> list[int]:
        """The packets that are copied, in order."""
        inside = {at for a, b in self.runs for at in range(a, b + 1)}
        return sorted(inside.union(self.keys))


@dataclass(frozen=True, slots=True)
class Sample:
    """What the chosen packets show; `combed`: some keyframe looks woven."""

    pictures: tuple[Picture, ...]
    fields: Fields
    errors: tuple[str, ...]
    combed: bool = False


def choose(stream: Stream, duration_s: float, *, runs: bool = True) -> Choice:
    """Keyframes spread over the clip; `runs`: three of them with the pictures that follow.

    Many keyframes need none: combs show in one picture, unless nothing moves in any.
    """
    keys = _spread(stream, duration_s)
    if not keys:
        return Choice((), ())
    woven = stream.values.get("field_order") in FIELD_ORDERS
    needed = runs and (woven or len(keys) < TELLING)
    following = _runs(keys, len(stream.packets) - 1) if needed else []
    return _traced(stream, duration_s, Choice(tuple(keys), tuple(following)))


def places(stream: Stream, duration_s: float) -> list[float]:
    """The times at which the runs of pictures begin."""
    runs = _runs(_spread(stream, duration_s), len(stream.packets) - 1)
    return [stream.packets.time_s[a] for a, _ in runs]


def _spread(stream: Stream, duration_s: float) -> list[int]:
    """The packets of keyframes spread over the clip."""
    keys = [at for at, key in enumerate(stream.packets.key) if key]
    wanted = _wanted(duration_s)
    if len(keys) > wanted:
        keys = [keys[round(i * (len(keys) - 1) / (wanted - 1))] for i in range(wanted)]
    return keys


def _wanted(duration_s: float) -> int:
    return min(max(int(duration_s / SECONDS_EACH), FEWEST), MOST)


def _runs(keys: list[int], last: int) -> list[tuple[int, int]]:
    """The pictures that follow keyframes at three places."""
    runs: list[tuple[int, int]] = []
    for at in sorted({keys[len(keys) * part // 6] for part in (1, 3, 5)}):
        if not runs or at > runs[-1][1]:
            runs.append((at, min(at + RUN, last)))
    return runs if len(runs) == 3 else _longer(runs, last)


def _traced(stream: Stream, duration_s: float, choice: Choice) -> Choice:
    """The choice with the packets whose headers are read: about a dozen a second are enough.

    Two neighbours of a period, so that a clip of every other B picture shows both kinds.
    """
    if stream.codec not in TRACED:
        return choice
    packets = stream.packets
    rate = len(packets) / duration_s if duration_s > 0 else 0.0
    period = 2 * max(round(rate / TRACED_A_SECOND), 1) if stream.codec in APART else 2
    taken = set(choice.taken)
    traced = (at for at, key in enumerate(packets.key) if key or at % period < 2 or at in taken)
    return Choice(choice.keys, choice.runs, tuple(traced), period)


def _longer(runs: list[tuple[int, int]], last: int) -> list[tuple[int, int]]:
    """Fewer keyframes than places: longer runs instead."""
    length = 3 * RUN // len(runs)
    made: list[tuple[int, int]] = []
    for at, _ in runs:
        if not made or at > made[-1][1]:
            made.append((at, min(at + length, last)))
    return made


def output(stream: Stream, choice: Choice) -> tuple[str, dict[str, Any]]:
    """The output of an ffmpeg run that copies the chosen packets as Matroska."""
    filters = ""
    places = choice.taken
    if choice.traced:
        filters = TRACED[stream.codec]
        if choice.period > 2:
            parts = ["key", f"lt(mod(n,{choice.period}),2)", _among(places)]
            filters = f"noise=drop='not({'+'.join(parts)})'," + filters
            rank = {at: n for n, at in enumerate(choice.traced)}
            places = [rank[at] for at in places]
    options = {
        "map": f"0:{stream.index}",
        "c": "copy",
        "copyinkf": None,
        "bsf:v": filters + f"noise=drop='not({_among(places)})'",
        "avoid_negative_ts": "disabled",
        "f": "matroska",
    }
    return "pipe:1", options


def _among(places: Sequence[int]) -> str:
    """A condition on the number of a packet: whether it is one of these, in order."""
    parts: list[str] = []
    begin = 0
    for at in range(1, len(places) + 1):
        if at == len(places) or places[at] != places[at - 1] + 1:
            parts.append(f"between(n,{places[begin]},{places[at - 1]})")
            begin = at
    return "+".join(parts)


@dataclass(slots=True)
class Headers:
    """Takes from the log of trace_headers each packet's size without filler, and its quantiser."""

    sizes: list[int] = field(default_factory=list)
    quantisers: list[int] = field(default_factory=list)

    def line(self, line: bytes) -> bool:
        """Use up a line of trace_headers."""
        if not line.startswith(b"[trace_headers @"):
            return False
        if b" slice_qp_delta " in line or b" base_q_idx " in line:
            value = line.rpartition(b" = ")[2].strip()
            if self.quantisers and value.lstrip(b"-").isdigit():
                self.quantisers[-1] = int(value)
        elif b" Packet: " in line and (packet := PACKET.search(line)):
            self.sizes.append(int(packet[1]))
            self.quantisers.append(self.quantisers[-1] if self.quantisers else 0)
        return True


def quantisers(stream: Stream, choice: Choice, headers: Headers) -> list[tuple[float, int]]:
    """The quantisers of pictures between keyframes by time, where all headers could be read.

    Only those of H.264 and HEVC, whose steps mean the same.
    """
    if stream.codec not in APART or len(headers.quantisers) != len(choice.traced):
        return []
    packets = stream.packets
    pairs = zip(choice.traced, headers.quantisers, strict=True)
    return sorted((packets.time_s[at], value) for at, value in pairs if not packets.key[at])


def decode(packets: bytes, stream: Stream, choice: Choice, limits: Limits) -> Sample:
    """Decode the copied packets in one run."""
    taken = _taken(stream)
    graph = "[0:v]null[k];"
    if choice.runs:
        graph = f"[0:v]split=2[a][k];[a]select='{_times(stream, choice)}',"
        graph += f"{woven_test(stream)},nullsink;"
    graph += f"[k]select='eq(pict_type,I)',{taken.graph}[o]"
    options = {"filter_complex": graph, "map": "[o]", "f": "rawvideo", "fps_mode": "passthrough"}
    streams = Streams(take=taken.take, line=taken.line, piece_bytes=taken.piece_bytes)
    # The headers tell all that decoding needs; only keyframes are looked at.
    before = {"noautorotate": None, "nofind_stream_info": None, "skip_loop_filter": "nokey"}
    ended = run(packets, [("pipe:1", options)], before=before, limits=limits, streams=streams)
    return Sample(taken.made(), read_fields(ended.log), ended.errors, taken.cells >= COMBED)


def decode_keys(source: Source, stream: Stream, duration_s: float, limits: Limits) -> Sample:
    """The keyframes from the clip itself, for containers whose packets cannot be copied alone."""
    taken = _taken(stream)
    every = max(sum(stream.packets.key) // _wanted(duration_s), 1)
    options: dict[str, Any] = {
        "filter_complex": f"[0:{stream.index}]select='not(mod(n,{every}))',{taken.graph}[o]",
        "map": "[o]",
        "f": "rawvideo",
        "fps_mode": "passthrough",
    }
    streams = Streams(take=taken.take, line=taken.line, piece_bytes=taken.piece_bytes)
    before: dict[str, Any] = {"skip_frame": "nokey", "noautorotate": None}
    ended = run(source, [("pipe:1", options)], before=before, limits=limits, streams=streams)
    few = len(taken.pieces) < TELLING
    return Sample(taken.made(), Fields(), ended.errors, few or taken.cells >= COMBED)


def fields_at(
    source: Source, stream: Stream, begins_s: Iterable[float], limits: Limits
) -> tuple[Fields, tuple[str, ...]]:
    """How the runs of pictures from some times on are woven; and errors of the decoder."""
    told = Fields()
    errors: list[str] = []
    options: dict[str, Any] = {"map": f"0:{stream.index}", "vf": woven_test(stream), "f": "null"}
    options["frames:v"] = RUN + 6
    for begin_s in begins_s:
        before = {"ss": f"{begin_s:.3f}", "noautorotate": None}
        ended = run(source, [("-", options)], before=before, limits=limits)
        more = read_fields(ended.log)
        told = Fields(
            told.top + more.top, told.bottom + more.bottom, told.progressive + more.progressive
        )
        errors += ended.errors
    return told, tuple(errors)


def woven_test(stream: Stream, width: int = WOVEN_WIDTH) -> str:
    """The filters that count woven pictures: every line is kept, but made shorter."""
    return f"scale={min(stream.width, width)}:ih:flags=fast_bilinear,format=gray,idet"


def read_fields(log: Sequence[str]) -> Fields:
    """The last count that idet has logged."""
    for line in reversed(log):
        if found := FIELDS.search(line):
            return Fields(int(found[1]), int(found[2]), int(found[3]))
    return Fields()


def size_of(stream: Stream) -> tuple[int, int]:
    """Width and height of the small pictures: even, at most 640 wide, square pixels."""
    aspect = stream.number("sample_aspect_ratio", 1.0) or 1.0
    shown = max(stream.width * aspect, 1.0)
    width = min(WIDTH, max(int(shown), 2)) // 2 * 2
    height = min(max(round(width * stream.height / shown / 2), 1), 1000) * 2
    return width, height


def _times(stream: Stream, choice: Choice) -> str:
    """The runs as a condition on time, a little inside of what was copied."""
    times = stream.packets.time_s
    spans = []
    for a, b in choice.runs:
        inside = sorted(times[a : b + 1])
        spans.append(f"between(t,{inside[0] - 0.001:.4f},{inside[-1] + 0.001:.4f})")
    return "+".join(spans) or "0"


def _taken(stream: Stream) -> _Taken:
    return _Taken(*size_of(stream), stream.height)


@dataclass(slots=True)
class _Taken:
    """Takes keyframes: each in small, as planes, above the gray lines of its native height.

    `cells` is the largest number of combed ones in a picture.
    """

    width: int
    height: int
    lines: int
    times: list[float] = field(default_factory=list)
    pieces: list[bytes] = field(default_factory=list)
    cells: int = 0

    @property
    def graph(self) -> str:
        """The filters that make the pieces, behind a selection of pictures."""
        planes = f"scale={self.width}:{self.height}:flags=area,format=gbrp,extractplanes=g+b+r"
        native = f"scale={self.width}:{self.lines}:flags=fast_bilinear,format=gray"
        made = f"showinfo=checksum=0,split[p][q];[p]{planes}[g][b][r];[q]{native}[n];"
        return f"{made}[g][b][r][n]vstack=inputs=4"

    @property
    def piece_bytes(self) -> int:
        """Size of one piece."""
        return self.width * (3 * self.height + self.lines)

    def take(self, piece: bytes) -> None:
        """Keep the small picture, look at the native lines."""
        import numpy

        small = self.width * self.height
        levels = numpy.frombuffer(piece, numpy.uint8)
        green, blue, red = levels[: 3 * small].reshape(3, small)
        self.pieces.append(numpy.stack((red, green, blue), axis=1).tobytes())
        lines = levels[3 * small :].reshape(self.lines, self.width)
        self.cells = max(self.cells, combed_cells(lines))

    def line(self, line: bytes) -> bool:
        """Take the time of a picture from a line of ffmpeg's log."""
        if b"showinfo" not in line:
            return False
        if found := SHOWINFO.search(line):
            self.times.append(shown_at(found[1]))
        return True

    def made(self) -> tuple[Picture, ...]:
        """The pictures with their times."""
        pairs = zip(self.times, self.pieces, strict=False)
        return tuple(Picture(t, self.width, self.height, rgb) for t, rgb in pairs)
