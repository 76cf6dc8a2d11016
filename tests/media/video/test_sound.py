"""Sound: holes, level, one-sided and missing; nothing on sound as it should be."""

from __future__ import annotations

import pytest

from qc.core.article import Blob, Video
from qc.core.rule import Severity
from qc.media.video import _clip
from qc.media.video._sound import CURVE_STEP_S
from qc.media.video.sound import CHANNEL, CLIPPING, LOUDNESS, MISSING, SILENT, clip_sound

from .conftest import X264, Find, Make

LOSSLESS = [*X264, "-c:a", "pcm_s16le"]
LEVEL = "volume=9dB,alimiter=limit=0.7:level=0"


def hole(begin: float, end: float) -> str:
    return f"{LEVEL},volume=0:enable='between(t,{begin},{end})'"


@pytest.mark.parametrize(
    ("sound", "expected"),
    [
        pytest.param(LEVEL, [], id="clean"),
        pytest.param(hole(2, 4.5), [], id="pause"),
        pytest.param(hole(2, 6), [(SILENT, Severity.INFO, (2.0, 6.0))], id="short-hole"),
        pytest.param(hole(2, 8), [(SILENT, Severity.WARNING, (2.0, 8.0))], id="hole"),
        pytest.param("volume=0", [(MISSING, Severity.INFO, None)], id="silent-track"),
        pytest.param(None, [(MISSING, Severity.INFO, None)], id="no-track"),
        pytest.param(
            f"{LEVEL},pan=stereo|c0=c0|c1=0*c1",
            [(CHANNEL, Severity.WARNING, None)],
            id="left-only",
        ),
        pytest.param(f"{LEVEL},volume=-32dB", [(LOUDNESS, Severity.WARNING, None)], id="faint"),
    ],
)
def test_sound(
    make: Make,
    find: Find,
    sound: str | None,
    expected: list[tuple[object, Severity, tuple[float, float] | None]],
) -> None:
    found = find(clip_sound, make(sound=sound, length_s=14.0))
    assert [(each.rule, each.severity) for each in found] == [pair[:2] for pair in expected]
    for finding, (_, _, span) in zip(found, expected, strict=True):
        assert finding.time_s == (None if span is None else pytest.approx(span, abs=0.2))


def test_peaks_are_noted(make: Make, find: Find) -> None:
    found = find(clip_sound, make(sound="volume=30dB", length_s=6.0))
    assert CLIPPING in {each.rule for each in found}


def test_a_true_peak_lies_between_samples(make: Make) -> None:
    wave = "aeval='0.5*min(1,t)*sin(2*PI*t*12000+PI/4)':c=same"  # no sample of it is above 0.36
    heard = _clip.sound(
        Video(path="a.mkv", blob=Blob(path=make(sound=wave, options=LOSSLESS, suffix="mkv")))
    )
    assert heard is not None
    assert heard.peak == pytest.approx(-6.0, abs=0.6)


def test_a_policy_may_require_sound(make: Make, find: Find) -> None:
    (finding,) = find(clip_sound, make(sound=None, length_s=14.0), sound_required=True)
    assert finding.severity is Severity.WARNING


def test_loudness_is_drawn_over_time(make: Make) -> None:
    video = Video(path="clip.mp4", blob=Blob(path=make(sound=hole(4, 8), length_s=12.0)))
    heard = _clip.sound(video)
    assert heard is not None
    assert len(heard.curve) == pytest.approx(heard.duration_s / CURVE_STEP_S, abs=2)
    assert max(heard.curve[11:15]) < -50  # 5.5 s to 7 s: inside the hole
    assert min(heard.curve[3:7]) > -40
