"""Black and frozen spans: exact, in default and thorough mode, and none where nothing is wrong."""

from __future__ import annotations

import pytest

from qc.core.article import Blob, Video
from qc.core.rule import Severity
from qc.media.video import _clip
from qc.media.video.standstill import BLACK, BLANK, FROZEN, SLIDES, clip_standstill

from .conftest import X264, Find, Make

FREEZE = "split[x][y];[x][y]freezeframes=first=100:last=174:replace=100"
VP9 = ["-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus"]
FILLER = "-b:v 900k -minrate 900k -maxrate 900k -bufsize 450k -x264-params nal-hrd=cbr"


def black(begin: float, end: float) -> str:
    return f"drawbox=w=iw:h=ih:color=black:t=fill:enable='between(t,{begin - 0.01},{end - 0.03})'"


@pytest.mark.parametrize("thorough", [False, True], ids=["gate", "thorough"])
@pytest.mark.parametrize(
    ("picture", "expected"),
    [
        pytest.param("null", [], id="clean"),
        pytest.param(black(3, 5.4), [(BLACK, 3.0, 5.4, Severity.WARNING)], id="black"),
        pytest.param(black(3, 4.2), [(BLACK, 3.0, 4.2, Severity.INFO)], id="short-black"),
        pytest.param(black(3, 3.8), [], id="blink"),
        pytest.param(black(-1, 1.2), [(BLACK, 0.0, 1.2, Severity.INFO)], id="black-head"),
        pytest.param(FREEZE, [(FROZEN, 4.0, 7.0, Severity.WARNING)], id="freeze"),
        pytest.param(FREEZE.replace("174", "144"), [], id="freeze-of-1.8-s"),
        pytest.param(
            f"{black(1, 3.2)},{FREEZE}",
            [(BLACK, 1.0, 3.2, Severity.WARNING), (FROZEN, 4.0, 7.0, Severity.WARNING)],
            id="both",
        ),
    ],
)
def test_spans(
    make: Make, find: Find, picture: str, expected: list[object], thorough: bool
) -> None:
    found = find(clip_standstill, make(picture, length_s=9.0), thorough=thorough)
    assert len(found) == len(expected)
    for finding, (rule, begin, end, severity) in zip(found, expected, strict=True):  # type: ignore[misc]
        assert finding.rule is rule
        assert finding.time_s == pytest.approx((begin, end), abs=0.2)
        assert finding.severity is severity


@pytest.mark.parametrize(
    ("options", "suffix"),
    [
        pytest.param([*X264, "-g", "999"], "mp4", id="long-gop"),
        pytest.param([*X264, "-g", "1"], "mov", id="keyframes-only"),
        pytest.param([*X264, *FILLER.split()], "mp4", id="filler"),
        pytest.param(X264, "ts", id="transport-stream"),
        pytest.param(["-c:v", "mpeg4", "-q:v", "4", "-c:a", "aac"], "avi", id="mpeg4"),
        pytest.param(["-c:v", "mpeg2video", "-b:v", "1M"], "mpg", id="mpeg2"),
        pytest.param([*VP9, "-b:v", "500k"], "webm", id="vp9"),
    ],
)
def test_codecs(make: Make, find: Find, options: list[str], suffix: str) -> None:
    path = make(f"{black(1, 3.2)},{FREEZE}", None, options, length_s=9.0, suffix=suffix)
    spans = [(each.rule, each.time_s) for each in find(clip_standstill, path)]
    assert [rule for rule, _ in spans] == [BLACK, FROZEN]
    assert spans[0][1] == pytest.approx((1.0, 3.2), abs=0.2)
    assert spans[1][1] == pytest.approx((4.0, 7.0), abs=0.2)


@pytest.mark.parametrize("thorough", [False, True], ids=["gate", "thorough"])
def test_a_freeze_of_slow_content_begins_where_it_stops(
    make: Make, find: Find, thorough: bool
) -> None:
    slow = "mandelbrot=s=320x180:r=25:start_scale=0.4:end_scale=0.02:end_pts=1500"
    (finding,) = find(clip_standstill, make(FREEZE, length_s=9.0, scene=slow), thorough=thorough)
    assert finding.rule is FROZEN
    assert finding.time_s == pytest.approx((4.0, 7.0), abs=0.2)


def test_a_rate_that_rises_is_not_suspicious(make: Make) -> None:
    rate = [*X264, "-preset", "veryfast", "-b:v", "1500k", "-g", "50"]
    path = make("noise=alls=12:allf=t", None, rate, length_s=12.0)
    video = Video(path="clip.mp4", blob=Blob(path=path))
    assert _clip.gate(video).suspects == ()


def test_a_gap_without_pictures_is_a_freeze(make: Make, find: Find) -> None:
    path = make(f"{FREEZE},mpdecimate=hi=64:lo=32:frac=0.001", options=[*X264, "-fps_mode", "vfr"],
                length_s=9.0)  # fmt: skip
    (finding,) = find(clip_standstill, path)
    assert finding.rule is FROZEN
    assert finding.time_s == pytest.approx((4.0, 7.0), abs=0.2)


def test_a_black_clip_is_blank_and_nothing_else(make: Make, find: Find) -> None:
    (finding,) = find(clip_standstill, make(black(-1, 99)))
    assert finding.rule is BLANK
    assert finding.facts["percent"] == 100


def test_a_slide_show_is_named_once(make: Make, find: Find) -> None:
    pattern = "mod(X*(1+floor(T/3))*3,200)+30"
    scene = f"nullsrc=s=320x180:r=25,geq=lum='{pattern}':cb=128:cr=128"
    (finding,) = find(clip_standstill, make(length_s=12.0, scene=scene))
    assert finding.rule is SLIDES
