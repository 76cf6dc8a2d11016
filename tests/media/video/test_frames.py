"""What small frames show: stills that are coded badly, and life that is coded away."""

from __future__ import annotations

import numpy
import pytest

from qc.media.video._frames import WIDTH, Meter

HEIGHT, FPS = 80, 25
CHANCE = numpy.random.default_rng(5)
SCENE = CHANCE.integers(40, 200, (HEIGHT, WIDTH)).astype(float)
NOISE = CHANCE.normal(0, 6, (HEIGHT, WIDTH))


def refined(seconds: float, length_s: float = 4.0, error: float = 1.0) -> list[object]:
    """A picture that stands still; the error of its coding shrinks for some seconds."""
    left = [max(1 - at / (seconds * FPS), 0.0) for at in range(round(length_s * FPS))]
    return [SCENE + NOISE * error * each for each in left]


def moving(length_s: float) -> list[object]:
    """The picture in full motion."""
    return [numpy.roll(SCENE, 7 * at, axis=1) for at in range(-round(length_s * FPS), 0)]


def touched(frames: list[object], at_s: float) -> list[object]:
    """The frames with a faint change of one corner from a moment on."""
    made = [numpy.array(each) for each in frames]
    for each in made[round(at_s * FPS) :]:
        each[:16, :16] += 2.0
    return made


def spans(
    frames: list[object], quantisers: list[tuple[float, int]], keys: tuple[int, ...] = (0,)
) -> list[tuple[float, float]]:
    """The stills that a meter finds; `keys` are the numbers of the keyframes."""
    meter = Meter(HEIGHT, 0.0, FPS, quantisers=quantisers)
    for at, frame in enumerate(frames):
        meter.times.append(at / FPS)
        meter.keys.append(at in keys)
        meter.take(numpy.clip(frame, 0, 255).astype(numpy.uint8).tobytes())
    return [each.span for each in meter.stills(len(frames) / FPS)]


@pytest.mark.parametrize(
    ("frames", "expected"),
    [
        pytest.param(refined(0.5), [(0.0, 4.0)], id="settles-and-repeats"),
        pytest.param(touched(refined(0.5), 2.0), [], id="comes-to-life"),
        pytest.param(touched(refined(0.5), 3.8), [(0.0, 4.0)], id="next-scene-shows-ahead"),
        pytest.param(moving(4.0), [], id="moves"),
    ],
)
def test_stills(frames: list[object], expected: list[tuple[float, float]]) -> None:
    assert spans(frames, []) == expected


@pytest.mark.parametrize(
    ("fall", "expected"),
    [
        pytest.param(3, [(0.96, 5.0)], id="ever-finer"),
        pytest.param(0, [], id="at-one-quantiser"),
    ],
)
def test_a_coarse_still_is_told_by_its_quantiser(
    fall: int, expected: list[tuple[float, float]]
) -> None:
    """After full motion, blocks are redrawn for seconds by an encoder with bits to spare."""
    frames = moving(1.0)
    for at in range(round(4.0 * FPS)):
        frame = numpy.array(SCENE)
        begin = at // 4 % 30 * 8
        frame[8:16, begin : begin + 8] += 6.0
        frames.append(frame)
    quantisers = [(at / FPS, round(30 - fall * max(at / FPS - 1.0, 0))) for at in range(125)]
    found = spans(frames, quantisers)
    assert found == [pytest.approx(each, abs=0.1) for each in expected]


@pytest.mark.parametrize(
    ("keys", "begin_s"),
    [
        pytest.param((0, 35), 0.96, id="keyframe"),
        pytest.param((0,), 1.4, id="no-keyframe"),
    ],
)
def test_a_still_begins_before_the_keyframe_that_draws_it_anew(
    keys: tuple[int, ...], begin_s: float
) -> None:
    anew = numpy.array(SCENE)
    anew[:16, :16] += 3.0
    frames = [*moving(1.0), *([SCENE] * 10), *([anew] * 75)]
    assert spans(frames, [], keys) == [pytest.approx((begin_s, 4.4), abs=0.05)]
