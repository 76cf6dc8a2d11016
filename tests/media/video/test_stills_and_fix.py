"""Stills and contact sheets for reports, and the web-safe copy."""

from __future__ import annotations

import io
import subprocess
from pathlib import Path

import pytest
from PIL import Image

from qc.core.article import Blob, Video
from qc.core.rule import AnyCheck, Severity
from qc.media.fix_video import FixError, write_web_copy
from qc.media.video import container, encoding, ownership, quality, shape, sound
from qc.media.video.stills import contact_sheet, still

from .conftest import SCENE, X264, Make

CHECKS: tuple[AnyCheck, ...] = (
    container.clip_file,
    encoding.clip_encoding,
    ownership.clip_metadata,
    quality.clip_quality,
    sound.clip_sound,
)


def opened(path: Path) -> Video:
    return Video(path=path.name, blob=Blob(path=path))


def test_a_still_shows_the_moment(make: Make) -> None:
    path = make("drawbox=w=iw:h=ih:color=red:t=fill:enable='between(t,2,3)'")
    red = Image.open(io.BytesIO(still(opened(path), 2.5)))
    assert red.size == (320, 180)
    r, g, b = red.getpixel((160, 90))  # type: ignore[misc]
    assert r > 200
    assert max(g, b) < 60


def test_a_contact_sheet_has_all_keyframes(make: Make) -> None:
    sheet = Image.open(io.BytesIO(contact_sheet(opened(make(options=[*X264, "-g", "25"])))))
    assert sheet.width == 1000
    assert sheet.height > 2 * 140


@pytest.mark.parametrize(
    ("picture", "audio", "options", "suffix", "scene"),
    [
        pytest.param("null", "anull", X264, "mp4", SCENE, id="slow-start"),
        pytest.param("null", "volume=-30dB", X264, "mkv", SCENE, id="faint-mkv"),
        pytest.param(
            "interlace=lowpass=0", "anull", ["-c:v", "mpeg2video", "-b:v", "4M"], "mpg",
            SCENE.replace("r=25", "r=50"), id="woven-mpeg2",
        ),
        pytest.param(
            "setsar=4/3", "pan=stereo|c0=c0|c1=0*c1",
            [*X264, "-pix_fmt", "yuv422p", "-metadata", "location=+21.0285+105.8542/"], "mp4",
            SCENE, id="wide-points-one-side-place",
        ),
    ],
)  # fmt: skip
def test_the_copy_is_web_safe(
    make: Make,
    tmp_path: Path,
    picture: str,
    audio: str,
    options: list[str],
    suffix: str,
    scene: str,
) -> None:
    path = make(picture, audio, options, suffix=suffix, scene=scene)
    before = path.read_bytes()
    target = tmp_path / "copy.mp4"
    seen: list[float] = []
    write_web_copy(opened(path), target, progress=seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == 1.0
    assert path.read_bytes() == before
    assert [each.name for each in tmp_path.iterdir()] == ["copy.mp4"]
    copy = opened(target)
    for check in CHECKS:
        serious = [f for f in check.run(copy, check.options()) if f.severity is not Severity.INFO]
        assert serious == []


def test_the_copy_stands_upright(make: Make, tmp_path: Path) -> None:
    turned, target = tmp_path / "turned.mp4", tmp_path / "upright.mp4"
    command = ["ffmpeg", "-v", "error", "-i", str(make()), "-c", "copy"]
    subprocess.run([*command, "-metadata:s:v:0", "rotate=90", str(turned)], check=True)
    write_web_copy(opened(turned), target)
    found = list(shape.clip_shape.run(opened(target), shape.clip_shape.options()))
    assert shape.ROTATED not in {each.rule for each in found}
    assert shape.PORTRAIT in {each.rule for each in found}


def test_nothing_is_overwritten(make: Make, tmp_path: Path) -> None:
    target = tmp_path / "copy.mp4"
    target.write_bytes(b"mine")
    with pytest.raises(FixError):
        write_web_copy(opened(make()), target)
    assert target.read_bytes() == b"mine"
