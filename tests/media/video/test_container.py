"""The file itself: whole, readable, a film and not something that poses as one."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import pytest

from qc.core.article import Blob, Video
from qc.core.errors import QcError
from qc.media.video import quality, sound
from qc.media.video.container import (
    DISGUISED,
    SLOW_START,
    TOO_LARGE,
    TRUNCATED,
    UNREADABLE,
    clip_file,
)
from qc.media.video.standstill import clip_standstill

from ._hostile import children, damaged, h264_of_size
from .conftest import WEB, X264, Find, Make


@pytest.mark.parametrize(
    ("options", "rules"),
    [
        pytest.param(WEB, [], id="faststart"),
        pytest.param(X264, [SLOW_START], id="moov-at-the-end"),
        pytest.param([*X264, "-movflags", "+frag_keyframe+empty_moov"], [], id="fragments"),
    ],
)
def test_layout(make: Make, find: Find, options: list[str], rules: list[object]) -> None:
    assert [each.rule for each in find(clip_file, make(options=options))] == rules


@pytest.mark.parametrize("percent", [40, 60, 90])
@pytest.mark.parametrize("suffix", ["mp4", "mkv"])
def test_a_cut_file_is_truncated(make: Make, find: Find, percent: int, suffix: str) -> None:
    whole = make(length_s=8.0, suffix=suffix).read_bytes()
    found = find(clip_file, whole[: len(whole) * percent // 100])
    assert TRUNCATED in [each.rule for each in found]


def test_a_cut_file_without_its_index_is_truncated(make: Make, find: Find) -> None:
    whole = make(options=X264).read_bytes()
    assert [each.rule for each in find(clip_file, whole[: len(whole) // 2])] == [TRUNCATED]


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n",
        b"\xef\xbb\xbf#EXTM3U\n#EXTINF:9,\nhttp://127.0.0.1:9/x.ts\n",
        b"ffconcat version 1.0\nfile other.mp4\n",
        b"file 'other.mp4'\n",
        b"v=0\r\no=- 0 0 IN IP4 127.0.0.1\r\nm=video 5000 RTP/AVP 96\r\n",
        b'<?xml version="1.0"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011"></MPD>',
        b"RIFF\x00\x10\x00\x00AVI LIST" + b"\x00" * 40 + b"GAB2\x00#EXTM3U\nfile:///etc/passwd",
        b"Day khong phai la video.\n" * 9,
    ],
    ids=["hls", "hls-bom", "ffconcat", "concat-list", "sdp", "dash", "avi-playlist", "text"],
)
def test_what_poses_as_a_film_is_not_opened(find: Find, content: bytes) -> None:
    assert [each.rule for each in find(clip_file, content)] == [DISGUISED]
    assert find(clip_standstill, content) == []


@pytest.mark.parametrize("content", [b"", b"\0" * 3000, bytes(range(256)) * 20, b"\0\0\0\x18ftyp"])
def test_no_film(find: Find, content: bytes) -> None:
    rules = {each.rule for each in find(clip_file, content)}
    assert rules <= {UNREADABLE, TRUNCATED}
    assert rules


@pytest.mark.parametrize(
    ("width_px", "rule"),
    [
        pytest.param(17_600, TOO_LARGE, id="larger-than-is-decoded"),
        pytest.param(1_000_000, UNREADABLE, id="larger-than-any-picture"),
    ],
)
def test_a_claim_of_an_absurd_size_is_found(find: Find, width_px: int, rule: object) -> None:
    content = h264_of_size(width_px, 16)
    assert [each.rule for each in find(clip_file, content)] == [rule]
    assert find(clip_standstill, content) == []


@pytest.mark.parametrize("seed", range(3))
def test_random_damage_gives_findings_or_a_typed_error(make: Make, seed: int) -> None:
    """All checks of a clip that was overwritten at 100 places; no process is left behind."""
    content = damaged(make().read_bytes(), seed)
    video = Video(path="clip.mp4", blob=Blob(data=content))
    rules = set()
    for check in (clip_file, clip_standstill, quality.clip_quality, sound.clip_sound):
        with suppress(QcError):
            rules |= {each.rule for each in check.run(video, check.options())}
    assert rules & {UNREADABLE, TRUNCATED, quality.DAMAGED}
    assert not {"ffmpeg", "ffprobe"} & set(children())


@pytest.mark.parametrize("name", ["-i.mp4", "concat:a|b.mp4", "a\nb.mp4", "subfile,,x.mp4"])
def test_names_are_data(make: Make, tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(make().read_bytes())
    video = Video(path=name, blob=Blob(path=path))
    assert list(clip_file.run(video, clip_file.options())) == []
