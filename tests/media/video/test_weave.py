"""Woven pictures."""

from __future__ import annotations

import numpy
import pytest

from qc.media.video._weave import FEWEST, Loom, combed_cells

WIDTH, HEIGHT = 120, 90
SCENE = numpy.kron(numpy.random.default_rng(3).integers(20, 230, (60, 40)), numpy.ones((5, 9)))


def moment(time: int) -> object:
    """The picture at a time: a view that moves over the scene."""
    return SCENE[:HEIGHT, time * 3 : time * 3 + WIDTH]


def clip(first: int, second: int) -> list[object]:
    """Twelve pictures whose even and odd lines show these moments of each."""
    pictures = []
    for at in range(12):
        picture = numpy.array(moment(2 * at + first))
        picture[1::2] = moment(2 * at + second)[1::2]  # type: ignore[index]
        pictures.append(picture)
    return pictures


@pytest.mark.parametrize(
    "pictures",
    [
        pytest.param(clip(0, 1), id="top-first"),
        pytest.param(clip(1, 0), id="bottom-first"),
    ],
)
def test_fields_tell(pictures: list[object]) -> None:
    loom = Loom(WIDTH, HEIGHT)
    for picture in pictures:
        loom.take(picture.astype(numpy.uint8).tobytes())  # type: ignore[attr-defined]
    assert len(loom.ratios) >= FEWEST
    assert loom.woven


def test_combs_show_in_one_picture() -> None:
    whole = numpy.array(moment(0)).astype(numpy.uint8)
    woven = whole.copy()
    woven[1::2] = moment(1)[1::2]  # type: ignore[index]
    assert combed_cells(whole) == 0
    assert combed_cells(woven) > 2
