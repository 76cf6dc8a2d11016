"""Faces and nudity: off by default, unavailable without a model, and what detections mean."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qc.core.article import Image, Role
from qc.core.errors import Unavailable
from qc.media import faces as face_module
from qc.media import nudity as nudity_module
from qc.media.faces import faces
from qc.media.nudity import nudity
from tests.media._pictures import article_of, findings, image, jpeg

PHOTO = jpeg(2560, 1700)
Box = tuple[float, float, float, float]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Any:
    def given(*boxes: Box) -> None:
        monkeypatch.setattr(face_module, "_detect", lambda pixels, options: list(boxes))

    return given


@pytest.mark.parametrize(
    ("heights", "count"),
    [([48], 1), ([47], 0), ([60, 90, 20], 2), ([60] * 19, 19), ([60] * 20, 0), ([], 0)],
)
def test_clear_faces_are_counted(shown: Any, heights: list[int], count: int) -> None:
    shown(*((10.0, 20.0, 40.0, float(height)) for height in heights))
    found = findings(faces, article_of(image(PHOTO)))
    assert [each.facts["count"] for each in found] == ([count] if count else [])
    assert all(each.box == (20, 40, 80, 2 * max(heights)) for each in found)


def test_consent_logos_and_unreadable_files_are_passed_over(shown: Any) -> None:
    shown((0.0, 0.0, 90.0, 90.0))
    assert not findings(faces, article_of(image(PHOTO), consent_ids=("DY-01",)))
    others = (image(PHOTO, role=Role.LOGO), image(b"no picture"), Image(path="a.jpg"))
    assert not findings(faces, article_of(*others))


def test_no_model_of_faces_is_unavailable(tmp_path: Path) -> None:
    article = article_of(image(PHOTO))
    for model in ("", str(tmp_path / "none.onnx")):
        with pytest.raises(Unavailable, match="no model file"):
            findings(faces, article, model=model)
    broken = tmp_path / "broken.onnx"
    broken.write_bytes(b"no model")
    with pytest.raises(Unavailable, match="cannot be loaded"):
        findings(faces, article, model=str(broken))


class Detector:
    """Answers with given parts."""

    def __init__(self, *parts: tuple[str, float]) -> None:
        self.parts = parts

    def detect(self, picture: Any) -> list[dict[str, Any]]:
        assert picture.shape == (850, 1280, 3)
        return [
            {"class": name, "score": score, "box": [10, 20, 30, 40]} for name, score in self.parts
        ]


@pytest.mark.parametrize(
    ("parts", "score"),
    [
        ([("BUTTOCKS_EXPOSED", 0.6)], 0.6),
        ([("BUTTOCKS_EXPOSED", 0.59)], None),
        ([("FACE_FEMALE", 0.9), ("ARMPITS_EXPOSED", 0.9), ("BELLY_EXPOSED", 0.9)], None),
        ([("FEMALE_BREAST_EXPOSED", 0.7), ("ANUS_EXPOSED", 0.8)], 0.8),
        ([], None),
    ],
)
def test_bare_parts(
    monkeypatch: pytest.MonkeyPatch, parts: list[tuple[str, float]], score: float | None
) -> None:
    monkeypatch.setattr(nudity_module, "_detector", lambda: Detector(*parts))
    found = findings(nudity, image(PHOTO))
    assert [each.facts["score"] for each in found] == ([score] if score else [])
    assert all(each.box == (20, 40, 60, 80) for each in found)


def test_off_by_default_and_declared() -> None:
    assert all(rule.opt_in for rule in (*faces.rules, *nudity.rules))
    assert "module:nudenet" in nudity.requires
    assert not findings(nudity, image(b"no picture"))
