"""The archive index: copies of published pictures are named, other pictures are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PIL import Image as Pil
from PIL import ImageOps

from qc.core.article import Image, Role
from qc.core.errors import Unavailable, UsageError
from qc.media._examples import bars, changed, encode, tone
from qc.media.archive import BANDS, MIN_TURNS, _turns, write_archive
from qc.media.seen_before import seen_before
from tests.media._pictures import findings, image, jpeg

SCENE = jpeg(1000, 667)


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("archive") / "anh.sqlite"
    pictures = [
        ("2025/trồng-cây.jpg", image(SCENE)),
        ("2025/khác.jpg", image(jpeg(880, 620))),
        ("trơn.png", image(encode(Pil.new("RGB", (300, 200), "navy"), format="PNG"))),
        ("hỏng.jpg", image(b"no picture")),
        ("mất.jpg", Image(path="c.jpg", problem="missing")),
    ]
    assert write_archive(target, pictures) == (2, 3)
    return target


COPIES: list[tuple[str, Callable[[Any], Any], bool]] = [
    ("same", lambda picture: picture, True),
    ("resized", lambda picture: picture.resize((500, 333)), True),
    ("brighter", tone(1.2), True),
    ("mirrored", ImageOps.mirror, True),
    ("cut", lambda picture: picture.crop((50, 33, 1000, 667)), True),
    ("framed", bars(70, 255), True),
    ("upside down", lambda picture: picture.rotate(180), False),
]


@pytest.mark.parametrize(("change", "same"), [c[1:] for c in COPIES], ids=[c[0] for c in COPIES])
def test_copies(archive: Path, change: Callable[[Any], Any], same: bool) -> None:
    found = findings(seen_before, image(changed(change)()), archive=str(archive))
    assert [each.facts["other"] for each in found] == (["2025/trồng-cây.jpg"] if same else [])
    assert all(each.severity.value == "info" for each in found)


@pytest.mark.parametrize(
    "subject",
    [
        image(jpeg(640, 480)),
        image(encode(Pil.new("RGB", (300, 200), "red"))),
        image(b"no picture"),
        image(SCENE, role=Role.LOGO),
    ],
    ids=["another picture", "plain", "unreadable", "logo"],
)
def test_nothing_to_say(archive: Path, subject: Image) -> None:
    assert not findings(seen_before, subject, archive=str(archive))


def test_without_an_index_nothing_is_compared() -> None:
    assert not findings(seen_before, image(SCENE))


def test_a_missing_or_broken_index_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(Unavailable, match="no archive index"):
        findings(seen_before, image(SCENE), archive=str(tmp_path / "none"))
    broken = tmp_path / "broken"
    broken.write_bytes(b"no database" * 200)
    with pytest.raises(Unavailable, match="cannot be read"):
        findings(seen_before, image(SCENE), archive=str(broken))
    (tmp_path / "empty").touch()
    with pytest.raises(Unavailable, match="another version"):
        findings(seen_before, image(SCENE), archive=str(tmp_path / "empty"))


def test_an_index_is_replaced_whole(tmp_path: Path) -> None:
    target = tmp_path / "anh.sqlite"
    assert write_archive(target, [("a.jpg", image(SCENE))]) == (1, 0)
    assert write_archive(target, []) == (0, 0)
    assert not findings(seen_before, image(SCENE), archive=str(target))
    assert [path.name for path in tmp_path.iterdir()] == ["anh.sqlite"]
    with pytest.raises(UsageError, match="cannot write"):
        write_archive(tmp_path / "none" / "anh.sqlite", [])


def test_bands_cover_every_bit_once() -> None:
    assert [bit for low, high in BANDS for bit in range(low, high)] == list(range(64))


def test_a_smooth_picture_must_match_nearly_bit_by_bit(tmp_path: Path) -> None:
    def slope(dent: tuple[int, int, int, int]) -> Any:
        picture = Pil.linear_gradient("L").rotate(90).resize((900, 600)).convert("RGB")
        picture.paste((0, 0, 0), dent)
        return image(encode(picture), "a.jpg")

    target = tmp_path / "anh.sqlite"
    plain = slope((0, 0, 1, 1))
    assert write_archive(target, [("dốc.jpg", plain)]) == (1, 0)
    assert findings(seen_before, plain, archive=str(target))
    assert not findings(seen_before, slope((250, 100, 350, 360)), archive=str(target))


@pytest.mark.parametrize(
    ("value", "turns"), [(0, 0), (0xF0F0F0F0F0F0F0F0, 0), (0xFF00FF00FF00FF00, 56), (1, 1)]
)
def test_turns(value: int, turns: int) -> None:
    assert _turns(value) == turns
    assert MIN_TURNS <= 56
