"""What ffprobe says of a clip in one run: container, streams, and every packet's size and time.

Nothing is decoded. The packet list is what finds truncation and suspicious seconds.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Iterator, Mapping

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.media._ffmpeg import Ended, Limits, MediaError, Source, probe

PACKETS = "packet=stream_index,pts_time,dts_time,size,flags,pos"
WHOLE = "format:stream:stream_tags:stream_disposition:stream_side_data_list:format_tags:chapter"
PACKET = regex(
    r"^packet\|stream_index=(\d+)\|pts_time=(-?[\d.]+|N/A)\|dts_time=(-?[\d.]+|N/A)"
    r"\|size=(\d+)\|pos=(\d+|N/A)\|flags=(\S*)",
    re.MULTILINE,
)
MAX_PACKET_BYTES = 192 << 20


@dataclass(frozen=True, slots=True)
class Packets:
    """The packets of one stream in file order; times in seconds from the start of the clip."""

    time_s: array[float]
    size: array[int]
    key: bytearray
    place: array[int]

    def __len__(self) -> int:
        return len(self.size)


@dataclass(frozen=True, slots=True)
class Stream:
    """One stream as ffprobe describes it; `values` are its raw words."""

    index: int
    kind: str
    values: Mapping[str, str]
    packets: Packets = field(repr=False)

    def number(self, key: str, default: float = 0.0) -> float:
        """A value as a number; a fraction such as 30000/1001 is divided."""
        return _number(self.values.get(key, ""), default)

    @property
    def codec(self) -> str:
        """The name of the codec, such as h264."""
        return self.values.get("codec_name", "unknown")

    @property
    def width(self) -> int:
        """Stored width in px."""
        return int(self.number("width"))

    @property
    def height(self) -> int:
        """Stored height in px."""
        return int(self.number("height"))

    @property
    def still_picture(self) -> bool:
        """A cover picture, not a moving one."""
        return self.values.get("disposition:attached_pic") == "1"

    @property
    def rotation(self) -> int:
        """Degrees that a player turns the picture by (0, 90, 180, 270 in sound files)."""
        return round(-self.number("rotation")) % 360

    @property
    def end_s(self) -> float:
        """Time at which the last packet begins."""
        return max(self.packets.time_s, default=0.0)


@dataclass(frozen=True, slots=True)
class Probe:
    """The clip as the container presents it."""

    values: Mapping[str, str]
    streams: tuple[Stream, ...]
    errors: tuple[str, ...]
    size_bytes: int

    def of(self, kind: str) -> tuple[Stream, ...]:
        """The streams of a kind: video (without cover pictures), audio, subtitle."""
        return tuple(s for s in self.streams if s.kind == kind and not s.still_picture)

    @property
    def video(self) -> Stream | None:
        """The first moving picture."""
        return next(iter(self.of("video")), None)

    @property
    def audio(self) -> Stream | None:
        """The first sound track."""
        return next(iter(self.of("audio")), None)

    @property
    def formats(self) -> tuple[str, ...]:
        """Names of the container format."""
        return tuple(self.values.get("format_name", "").split(","))

    @property
    def duration_s(self) -> float:
        """Length as the container declares it, else as the packets show it."""
        declared = _number(self.values.get("duration", ""), 0.0)
        return declared if declared > 0 else self.seen_s

    @property
    def seen_s(self) -> float:
        """Length as the packets show it: the last one and the typical distance of two."""
        return max((_seen(s) for s in self.streams if s.kind in ("video", "audio")), default=0.0)

    @property
    def end_s(self) -> float:
        """Where playing ends: a cut file ends where its packets do."""
        return min(self.duration_s, self.seen_s + 0.5) if self.seen_s else self.duration_s

    @property
    def tags(self) -> Iterator[tuple[str, str]]:
        """All tags of the container and its streams: lower-case name, value."""
        for values in (self.values, *(s.values for s in self.streams)):
            for name, value in values.items():
                if name.startswith("tag:"):
                    yield name[4:].lower(), value


def read(source: Source) -> Probe:
    """Probe an open clip. Raises MediaError where it cannot be read, Unavailable on a limit."""
    wall_s = 8.0 + source.size_bytes / 20e6
    limits = Limits(wall_s=wall_s, memory_bytes=1 << 30, output_bytes=MAX_PACKET_BYTES)
    ended = probe(source, f"{WHOLE}:{PACKETS}", limits)
    return parse(ended, source.size_bytes)


def parse(ended: Ended, size_bytes: int) -> Probe:
    """The answer of ffprobe as a Probe."""
    text = ended.output.decode("utf-8", "replace")
    packets = _packets(text)
    if not packets and text.startswith("packet|"):
        raise MediaError("ffprobe lists packets in an unknown form")
    streams: list[dict[str, str]] = []
    container: dict[str, str] = {}
    for line in text[text.rfind("\npacket|") + 1 :].splitlines():
        section, _, rest = line.partition("|")
        if section == "stream":
            streams.append(_values(rest))
        elif section == "format":
            container = _values(rest)
    if ended.code != 0 and not streams:
        reason = ended.errors[-1] if ended.errors else f"exit code {ended.code}"
        raise MediaError(f"ffprobe cannot read the clip: {plain(reason)}")
    begin = _number(container.get("start_time", ""), 0.0)
    made = []
    for values in streams:
        index = int(_number(values.get("index", ""), 0))
        own = packets.get(index) or Packets(array("d"), array("q"), bytearray(), array("q"))
        for i, time in enumerate(own.time_s):
            own.time_s[i] = time - begin
        made.append(Stream(index, values.get("codec_type", ""), values, own))
    return Probe(container, tuple(made), ended.errors, size_bytes)


def plain(line: str) -> str:
    """A log line without the names of parts, addresses and descriptors."""
    line = re.sub(r"file:/dev/fd/\d+:?|\[[^\]]*\]", " ", line)
    return " ".join(line.split())[:200]


def _seen(stream: Stream) -> float:
    times = stream.packets.time_s
    if len(times) < 2:
        return max(times, default=0.0)
    last, first = max(times), min(times)
    return last + (last - first) / (len(times) - 1)


def _packets(text: str) -> dict[int, Packets]:
    """The packets of each stream. One without any time is shown with the one before it."""
    packets: dict[int, Packets] = {}
    for index, shown, decoded, size, place, flags in PACKET.findall(text):
        own = packets.get(int(index))
        if own is None:
            own = Packets(array("d"), array("q"), bytearray(), array("q"))
            packets[int(index)] = own
        if shown == "N/A":
            last = own.time_s[-1] if own.time_s else 0.0
            own.time_s.append(last if decoded == "N/A" else float(decoded))
        else:
            own.time_s.append(float(shown))
        own.size.append(int(size))
        own.key.append("K" in flags)
        own.place.append(-1 if place == "N/A" else int(place))
    return packets


def _values(rest: str) -> dict[str, str]:
    pairs = (pair.partition("=") for pair in re.split(r"(?<!\\)\|", rest))
    return {key: _unescape(value) for key, _, value in pairs if key}


def _unescape(value: str) -> str:
    escapes = {"n": "\n", "r": "\r", "b": "\b", "f": "\f"}
    return re.sub(r"\\(.)", lambda m: escapes.get(m.group(1), m.group(1)), value)


def _number(text: str, default: float) -> float:
    above, slash, below = text.replace(":", "/").partition("/")
    try:
        return float(above) / float(below) if slash else float(above)
    except (ValueError, ZeroDivisionError):
        return default
