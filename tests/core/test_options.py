"""Options: defaults without pydantic, values through it."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from qc.core.mask import mask
from qc.core.options import Field, Options


class Limits(Options):
    """Limits of a test."""

    width_px: int = Field(800, ge=1, description="Smallest width in px")
    names: tuple[str, ...] = Field((), description="Names")


def test_defaults() -> None:
    assert Limits().width_px == 800
    assert Limits.model_fields["width_px"].description
    assert Limits() == Limits(width_px=800) or Limits(width_px=800).width_px == 800


def test_values_are_validated() -> None:
    assert Limits(width_px=5).width_px == 5
    assert Limits.model_validate({"names": ["a"]}).names == ("a",)
    assert Limits(width_px=5).model_dump() == {"width_px": 5, "names": ()}


@pytest.mark.parametrize("values", [{"width_px": 0}, {"width": 5}, {"width_px": "x"}])
def test_wrong_values_are_refused(values: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        Limits.model_validate(values)


def test_options_are_frozen() -> None:
    with pytest.raises(AttributeError):
        Limits().width_px = 5  # type: ignore[misc]


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("0333444123", "033****123"),
        ("0912 345 678", "091* *** 678"),
        ("12345678", "12****78"),
        ("Nguyễn An", "Ng**** An"),
        ("An", "A*"),
        ("", ""),
    ],
)
def test_mask(text: str, masked: str) -> None:
    assert mask(text) == masked
