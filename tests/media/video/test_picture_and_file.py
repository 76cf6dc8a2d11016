"""Encoding, shape, rates, metadata and picture quality, one defect a clip."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from qc.core.article import Blob, Video
from qc.media.video import captions, encoding, ownership, quality, rate, shape

from .conftest import SCENE, WEB, X264, Find, Make

MOVING = SCENE.replace("r=25", "r=50")
WEAVE = "interlace=lowpass=0"
GLOBE = "nullsrc=s=320x180:r=25,geq=lum='if(lt(hypot(X-140,Y-95),70),130+60*sin(X/9+T*9),16)'"
GLOBE += ":cb=128:cr=128"
VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"]
VP9 += ["-pix_fmt", "yuv420p"]
LIGHT = [*WEB, "-crf", "40"]


@pytest.mark.parametrize(
    ("options", "suffix", "parts"),
    [
        pytest.param(WEB, "mp4", [], id="web"),
        pytest.param(VP9, "webm", [], id="webm"),
        pytest.param(X264, "mkv", ["container"], id="mkv"),
        pytest.param(X264, "mov", ["container"], id="mov"),
        pytest.param([*X264, "-pix_fmt", "yuv422p"], "mp4", ["pixels"], id="4-2-2"),
        pytest.param(["-c:v", "mpeg4", "-c:a", "aac"], "mp4", ["video"], id="mpeg4"),
        pytest.param([*X264, "-c:a", "ac3"], "mp4", ["sound"], id="ac3"),
    ],
)
def test_web_safe(
    make: Make, find: Find, options: list[str], suffix: str, parts: list[str]
) -> None:
    found = find(encoding.clip_encoding, make(options=options, suffix=suffix, length_s=3.0))
    assert [each.facts["which"] for each in found] == parts


@pytest.mark.parametrize(
    ("picture", "scene", "rules"),
    [
        pytest.param("null", SCENE, [], id="clean"),
        pytest.param(WEAVE, MOVING, [quality.INTERLACED], id="woven"),
        pytest.param(f"{WEAVE},setfield=prog", MOVING, [quality.INTERLACED], id="woven-unflagged"),
        pytest.param("pad=320:240:0:30", SCENE, [quality.LETTERBOXED], id="bars-above-and-below"),
        pytest.param("pad=400:180:40:0", SCENE, [quality.LETTERBOXED], id="bars-left-and-right"),
        pytest.param("pad=320:184:0:2", SCENE, [], id="bars-of-1-percent"),
        pytest.param("null", GLOBE, [], id="round-on-black"),
        pytest.param("null", "testsrc2=s=640x360:r=25", [], id="fine-patterns-that-move"),
    ],
)
@pytest.mark.parametrize("thorough", [False, True], ids=["sample", "thorough"])
def test_quality(
    make: Make, find: Find, picture: str, scene: str, rules: list[object], thorough: bool
) -> None:
    found = find(quality.clip_quality, make(picture, scene=scene), thorough=thorough)
    assert [each.rule for each in found] == rules


@pytest.mark.parametrize(
    ("picture", "scene", "rules"),
    [
        pytest.param("null", SCENE, [], id="clean"),
        pytest.param(f"{WEAVE},setfield=prog", MOVING, [quality.INTERLACED], id="woven"),
    ],
)
def test_many_keyframes_tell_by_themselves(
    make: Make, find: Find, picture: str, scene: str, rules: list[object]
) -> None:
    clip = make(picture, options=[*WEB, "-g", "10"], scene=scene)
    assert [each.rule for each in find(quality.clip_quality, clip)] == rules


@pytest.mark.parametrize(
    ("picture", "rules"),
    [
        pytest.param("null", [], id="sharp"),
        pytest.param("gblur=3", [quality.BLURRED], id="blurred"),
        pytest.param("gblur=3,drawgrid=w=40:h=40", [], id="sharp-before-soft"),
        pytest.param("gblur=3:enable='lt(t,3)'", [], id="sharp-later"),
        pytest.param("drawbox=t=fill", [], id="nothing-to-be-sharp"),
    ],
)
def test_blur(make: Make, find: Find, picture: str, rules: list[object]) -> None:
    found = find(quality.clip_quality, make(picture, options=[*WEB, "-g", "25"]))
    assert [each.rule for each in found] == rules


def test_bars_are_placed(make: Make, find: Find) -> None:
    (finding,) = find(quality.clip_quality, make("pad=320:240:0:30"))
    assert finding.box == pytest.approx((0, 30, 320, 180), abs=2)


def test_damage_is_found(make: Make, find: Find) -> None:
    whole = bytearray(make(length_s=8.0).read_bytes())
    begin = whole.index(b"mdat") + 8
    for at in range(begin, len(whole), max((len(whole) - begin) // 200, 1)):
        whole[at : at + 12] = bytes(12)
    assert quality.DAMAGED in {each.rule for each in find(quality.clip_quality, bytes(whole))}


@pytest.mark.parametrize(
    ("picture", "rules"),
    [
        pytest.param("scale=640:360", [], id="at-the-limit"),
        pytest.param("scale=640:358", [shape.LOW_RESOLUTION], id="below"),
        pytest.param("scale=640:360,setsar=4/3", [shape.NOT_SQUARE], id="wide-points"),
        pytest.param("scale=360:640,setsar=1", [shape.PORTRAIT], id="portrait"),
    ],
)
def test_shape(make: Make, find: Find, picture: str, rules: list[object]) -> None:
    if "setsar" not in picture:
        picture += ",setsar=1"
    found = find(shape.clip_shape, make(picture, None, length_s=2.0))
    assert [each.rule for each in found] == rules


def test_rotation_tag(make: Make, find: Find, tmp_path: Path) -> None:
    turned = tmp_path / "turned.mp4"
    source = make("scale=640:360,setsar=1", None, length_s=2.0)
    command = ["ffmpeg", "-v", "error", "-i", str(source), "-c", "copy"]
    subprocess.run([*command, "-metadata:s:v:0", "rotate=90", str(turned)], check=True)
    found = find(shape.clip_shape, turned)
    assert [each.rule for each in found] == [shape.ROTATED, shape.PORTRAIT]
    assert found[0].facts["rotation"] == 90


@pytest.mark.parametrize(
    ("options", "length_s", "rules"),
    [
        pytest.param(LIGHT, 3.0, [], id="clean"),
        pytest.param(LIGHT, 1.9, [rate.TOO_SHORT], id="short"),
        pytest.param([*WEB, "-crf", "50", "-r", "5"], 6.0, [rate.FRAME_RATE], id="5-fps"),
        pytest.param([*WEB, "-qp", "1"], 3.0, [rate.BITRATE_HIGH], id="heavy"),
    ],
)
def test_rate(
    make: Make, find: Find, options: list[str], length_s: float, rules: list[object]
) -> None:
    found = find(rate.clip_rate, make(options=options, length_s=length_s))
    assert [each.rule for each in found] == rules


@pytest.mark.parametrize(
    ("tags", "rules"),
    [
        pytest.param({}, [], id="none"),
        pytest.param({"location": "+21.0285+105.8542/"}, [ownership.LOCATION], id="place"),
        pytest.param({"location": "Hà Nội"}, [], id="words"),
        pytest.param({"copyright": "Đài Truyền hình"}, [ownership.RIGHTS], id="rights"),
    ],
)
def test_metadata(make: Make, find: Find, tags: dict[str, str], rules: list[object]) -> None:
    options = [*WEB, *(w for name, value in tags.items() for w in ("-metadata", f"{name}={value}"))]
    found = find(ownership.clip_metadata, make(options=options, length_s=2.0))
    assert [each.rule for each in found] == rules
    for finding in found:
        assert "21.0285" not in str(finding.facts)


@pytest.mark.parametrize(
    ("caption", "tracks", "sound", "count"),
    [
        pytest.param(None, (), "anull", 1, id="heard-without-captions"),
        pytest.param(None, ("vi.vtt",), "anull", 0, id="track"),
        pytest.param("Cô giáo kể chuyện", (), "anull", 0, id="summary"),
        pytest.param(None, (), None, 0, id="nothing-to-hear"),
        pytest.param(None, (), "volume=0", 0, id="silent"),
    ],
)
def test_captions(
    make: Make, caption: str | None, tracks: tuple[str, ...], sound: str | None, count: int
) -> None:
    blob = Blob(path=make(sound=sound, length_s=3.0))
    video = Video(path="a.mp4", blob=blob, caption=caption, captions=tracks)
    found = list(captions.clip_captions.run(video, captions.clip_captions.options()))
    assert len(found) == count
