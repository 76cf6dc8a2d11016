"""The adapter: limits, whole process group killed, no other file opened, missing programs."""

from __future__ import annotations

import http.server
import os
import subprocess
import threading
from pathlib import Path

import pytest

from qc.core.article import Blob, Video
from qc.core.errors import Unavailable
from qc.media import _ffmpeg
from qc.media._ffmpeg import Limits, MediaError, Streams
from qc.media.video import _clip, _probe
from qc.media.video.container import clip_file

from ._hostile import children
from .conftest import Make


def test_missing_programs_are_said_plainly(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    video = Video(path="a.mp4", blob=Blob(path=make()))
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(Unavailable, match="ffprobe is not installed"):
        list(clip_file.run(video, clip_file.options()))


def test_time_limit_kills_and_leaves_no_zombie(make: Make) -> None:
    options = {"vf": "loop=loop=-1:size=10:start=0", "f": "null"}
    with _ffmpeg.opened(Blob(path=make())) as source, pytest.raises(Unavailable, match="longer"):
        _ffmpeg.run(source, [("-", options)], limits=Limits(wall_s=0.5))
    assert "ffmpeg" not in children()


def test_output_limit(make: Make) -> None:
    options = {"f": "rawvideo", "an": None}
    with _ffmpeg.opened(Blob(path=make())) as source, pytest.raises(Unavailable, match="too much"):
        _ffmpeg.run(source, [("pipe:1", options)], limits=Limits(output_bytes=1000))


def test_nothing_is_written_to_disk(make: Make, tmp_path: Path) -> None:
    with _ffmpeg.opened(Blob(path=make())) as source:
        ended = _ffmpeg.run(source, [(f"file:{tmp_path / 'x.mp4'}", {"c": "copy"})])
    assert ended.code != 0


def test_progress_rises(make: Make) -> None:
    seen: list[float] = []
    with _ffmpeg.opened(Blob(path=make())) as source:
        _ffmpeg.run(source, [("-", {"f": "null"})], streams=Streams(progress=seen.append))
    assert seen == sorted(seen)
    assert seen[-1] == pytest.approx(6.0, abs=0.2)


def test_playlists_open_nothing(make: Make, tmp_path: Path) -> None:
    """Straight into ffprobe, behind the sniffing of the check."""
    asked: list[str] = []

    class Witness(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        def log_message(self, *_: object) -> None:
            return

    server = http.server.HTTPServer(("127.0.0.1", 0), Witness)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    other = make()
    port = server.server_address[1]
    texts = [
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile://{other}\n#EXT-X-ENDLIST\n",
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nhttp://127.0.0.1:{port}/a.ts\n",
        f"ffconcat version 1.0\nfile {other}\n",
        f"ffconcat version 1.0\nfile http://127.0.0.1:{port}/b.mp4\n",
        "v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\ns=x\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        "m=video 5004 RTP/AVP 96\r\na=rtpmap:96 H264/90000\r\n",
    ]
    for text in texts:
        with _ffmpeg.opened(Blob(data=text.encode())) as source, pytest.raises(MediaError):
            _probe.read(source)
    server.shutdown()
    assert asked == []


def test_a_clip_is_analysed_once(make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    started: list[str] = []
    popen = subprocess.Popen

    def count(arguments: list[str], **options: object) -> object:
        started.append(os.path.basename(arguments[0]))
        return popen(arguments, **options)  # type: ignore[call-overload]

    monkeypatch.setattr(subprocess, "Popen", count)
    video = Video(path="a.mp4", blob=Blob(path=make()))
    for _ in range(3):
        _clip.probe(video)
        _clip.sound(video)
        _clip.motion(video)
        _clip.pictures(video)
    assert started == ["ffprobe", "ffmpeg", "ffmpeg"]
