"""ffmpeg and ffprobe: the only place that starts them, with whitelists and limits.

A clip is passed as `file:/dev/fd/N`, a descriptor that was opened once without following a
link: no name of the article reaches the command line, and a file that is swapped later is not
read. `-protocol_whitelist` alone still opens playlists; the format whitelist closes that.
"""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from typing import IO, TYPE_CHECKING, Any

from qc.core.article import Blob
from qc.core.errors import QcError, Unavailable
from qc.core.record import dataclass

if TYPE_CHECKING:
    import subprocess

FORMATS = (
    "mov,mp4,m4a,3gp,3g2,mj2,matroska,webm,avi,mpegts,mpeg,mpegvideo,h264,hevc,m4v,flv,asf,ogg"
)
MAX_PIXELS = 8192 * 4608
LOG_CHUNK_BYTES = 1 << 16  # what a pipe holds
LOG_PAUSE_S = 0.003
Progress = Callable[[float], None]


class MediaError(QcError):
    """ffmpeg or ffprobe refused the file or could not read it."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one run may use. `file_bytes` is the largest file it may write (0: none)."""

    wall_s: float = 60.0
    memory_bytes: int = 3 << 30
    output_bytes: int = 256 << 20
    log_bytes: int = 8 << 20
    file_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """A clip that is open for reading."""

    name: str
    fd: int
    size_bytes: int


@dataclass(frozen=True, slots=True)
class Ended:
    """The end of a run: exit code, standard output, and the log as lines."""

    code: int
    output: bytes
    log: tuple[str, ...]

    @property
    def errors(self) -> tuple[str, ...]:
        """The lines logged at level error or worse."""
        return tuple(line for line in self.log if _is_error(line))


@contextmanager
def opened(blob: Blob) -> Iterator[Source]:
    """Open the clip once; memory is put into an unlinked temporary file."""
    with blob.descriptor() as fd:
        yield Source(f"file:/dev/fd/{fd}", fd, os.fstat(fd).st_size)


def probe(source: Source, entries: str, limits: Limits | None = None) -> Ended:
    """Run ffprobe over the clip; the answer is in its `compact` format."""
    arguments = [_program("ffprobe"), "-hide_banner", "-loglevel", "level+error"]
    for name, value in _input_options().items():
        arguments += [f"-{name}", str(value)]
    arguments += ["-show_entries", entries, "-of", "compact", "-i", source.name]
    return _run(arguments, (source.fd,), limits or Limits(), _Streams())


def run(
    source: Source | bytes,
    outputs: Sequence[tuple[str, Mapping[str, Any]]],
    *,
    before: Mapping[str, Any] | None = None,
    limits: Limits | None = None,
    streams: _Streams | None = None,
) -> Ended:
    """Run ffmpeg with one input and one or more outputs (name, options).

    A `bytes` source is a Matroska file made by an earlier run; it is fed through a pipe.
    `before` are options of the input. Raises Unavailable on a missing program or a limit.
    """
    ffmpeg = _builder()
    streams = streams or _Streams()
    if isinstance(source, bytes):
        streams.feed = source
        options = {**_input_options(), "protocol_whitelist": "pipe", "format_whitelist": "matroska"}
        first = ffmpeg.input("pipe:0", f="matroska", **{**options, **(before or {})})
        descriptors: tuple[int, ...] = ()
    else:
        first = ffmpeg.input(source.name, **{**_input_options(), **(before or {})})
        descriptors = (source.fd,)
    made = [ffmpeg.output(first, name, **_joined(options)) for name, options in outputs]
    everything = made[0] if len(made) == 1 else ffmpeg.merge_outputs(*made)
    arguments = [_program("ffmpeg"), "-hide_banner", "-nostdin", "-nostats"]
    arguments += ["-loglevel", "level+info"]
    arguments += ["-filter_threads", "1", "-filter_complex_threads", "1"]
    if streams.progress:
        arguments += ["-progress", "pipe:2"]
    arguments += _repeated(ffmpeg.get_args(everything))
    return _run(arguments, descriptors, limits or Limits(), streams)


@dataclass(slots=True)
class _Streams:
    """Where the bytes of a run go: `take` gets each whole piece of `piece_bytes` of output.

    `line` is shown each raw log line and answers whether it has used it up.
    """

    take: Callable[[bytes], None] | None = None
    line: Callable[[bytes], bool] | None = None
    piece_bytes: int = 1 << 16
    feed: bytes | None = None
    progress: Progress | None = None


Streams = _Streams


def _input_options() -> dict[str, Any]:
    return {
        "protocol_whitelist": "file",
        "format_whitelist": FORMATS,
        "threads": 1,
        "max_pixels": MAX_PIXELS,
    }


@cache
def _builder() -> Any:
    import ffmpeg

    return ffmpeg


def _joined(options: Mapping[str, Any]) -> dict[str, Any]:
    """Options with lists as one text: ffmpeg-python 0.2 cannot repeat an option."""
    return {k: "\0".join(v) if isinstance(v, list) else v for k, v in options.items()}


def _repeated(arguments: list[str]) -> list[str]:
    """The option once for each item of a joined list; no argument can hold a zero byte."""
    made: list[str] = []
    for at, each in enumerate(arguments):
        first, *rest = each.split("\0")
        made.append(first)
        for item in rest:
            made += [arguments[at - 1], item]
    return made


def _program(name: str) -> str:
    import shutil

    found = shutil.which(name)
    if found is None:
        raise Unavailable(
            f"the program {name} is not installed", remedy="Install ffmpeg 5 or newer."
        )
    return found


def _run(
    arguments: list[str], descriptors: tuple[int, ...], limits: Limits, streams: _Streams
) -> Ended:
    import subprocess

    feed = subprocess.DEVNULL if streams.feed is None else subprocess.PIPE
    process = subprocess.Popen(
        arguments,
        stdin=feed,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        pass_fds=descriptors,
        start_new_session=True,
        env=_environment(),
        cwd="/",
    )
    watch = _Watch(process, limits)
    log = _Log(watch, streams)
    threads = [threading.Thread(target=log.read, daemon=True)]
    if streams.feed is not None:
        threads.append(threading.Thread(target=_feed, args=(process, streams.feed), daemon=True))
    try:
        _limit(process.pid, limits)
        for each in threads:
            each.start()
        output = _take(process.stdout, streams, watch)
        code = process.wait()
    finally:
        watch.stop()
        process.wait()
        for each in threads:
            if each.ident is not None:
                each.join()
        for pipe in (process.stdout, process.stderr):
            if pipe:
                pipe.close()
    if watch.reason:
        name = os.path.basename(arguments[0])
        raise Unavailable(f"{name} was stopped: {watch.reason}", remedy="Check a shorter clip.")
    return Ended(code, output, tuple(log.lines))


class _Watch:
    """Kills the whole process group at the time limit, or when told to."""

    def __init__(self, process: subprocess.Popen[bytes], limits: Limits) -> None:
        self.process = process
        self.limits = limits
        self.reason = ""
        self._timer = threading.Timer(
            limits.wall_s, self.kill, (f"it took longer than {limits.wall_s:.0f} s",)
        )
        self._timer.daemon = True
        self._timer.start()

    def kill(self, reason: str) -> None:
        if self.process.poll() is None:
            self.reason = self.reason or reason
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._timer.cancel()
        if self.process.poll() is None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, signal.SIGKILL)


class _Log:
    """Reads the log; progress lines, and lines that are used at once, are taken out of it."""

    def __init__(self, watch: _Watch, streams: _Streams) -> None:
        self.lines: list[str] = []
        self._watch = watch
        self._progress = streams.progress
        self._line = streams.line or (lambda _: False)
        self._room = watch.limits.log_bytes

    def read(self) -> None:
        """Take all lines. ffmpeg writes them one by one; pauses let them come by the dozen."""
        stream = self._watch.process.stderr
        assert stream is not None
        rest = b""
        while chunk := os.read(stream.fileno(), LOG_CHUNK_BYTES):
            *lines, rest = (rest + chunk).split(b"\n")
            for raw in lines:
                self._take(raw)
            if len(rest) > self._room:
                self._watch.kill("it logged too much")
                rest = b""
            if len(chunk) < LOG_CHUNK_BYTES // 4:
                time.sleep(LOG_PAUSE_S)
        if rest:
            self._take(rest)

    def _take(self, raw: bytes) -> None:
        if self._line(raw):
            return
        line = raw.decode("utf-8", "replace").rstrip()
        if self._progress and _is_progress(line):
            key, _, value = line.partition("=")
            if key == "out_time_us" and value.lstrip("-").isdigit():
                self._progress(max(int(value), 0) / 1e6)
            return
        self._room -= len(raw) + 1
        if self._room < 0:
            self._watch.kill("it logged too much")
            return
        self.lines.append(line)


_PROGRESS_KEYS = ("frame", "fps", "bitrate", "total_size", "out_time", "dup_", "drop_", "speed")


def _is_progress(line: str) -> bool:
    key, equals, _ = line.partition("=")
    return bool(equals) and (key.startswith((*_PROGRESS_KEYS, "stream_", "progress")))


def _is_error(line: str) -> bool:
    return "[error]" in line or "[fatal]" in line or "[panic]" in line


def _take(stream: IO[bytes] | None, streams: _Streams, watch: _Watch) -> bytes:
    assert stream is not None
    pieces: list[bytes] = []
    total = 0
    while piece := stream.read(streams.piece_bytes):
        if streams.take is None:
            pieces.append(piece)
            total += len(piece)
            if total > watch.limits.output_bytes:
                watch.kill("it wrote too much")
                break
        elif len(piece) == streams.piece_bytes:
            streams.take(piece)
    return b"".join(pieces)


def _feed(process: subprocess.Popen[bytes], data: bytes) -> None:
    assert process.stdin is not None
    with suppress(BrokenPipeError, OSError):
        process.stdin.write(data)
    with suppress(BrokenPipeError, OSError):
        process.stdin.close()


def _limit(pid: int, limits: Limits) -> None:
    """Memory, CPU, file and core limits, where the system has prlimit (Linux)."""
    import resource

    if not hasattr(resource, "prlimit"):
        return
    cpu = int(limits.wall_s) + 2
    wanted = (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, cpu),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_NOFILE, 64),
        (resource.RLIMIT_CORE, 0),
    )
    with suppress(ProcessLookupError, PermissionError, ValueError):
        for kind, value in wanted:
            resource.prlimit(pid, kind, (value, value))


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in ("PATH", "LD_LIBRARY_PATH") if name in os.environ}
    return {**kept, "LC_ALL": "C", "AV_LOG_FORCE_NOCOLOR": "1"}
