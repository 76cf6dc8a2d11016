"""Light dataclasses behave as the standard ones do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field
from typing import ClassVar

import pytest

from qc.core.record import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list, compare=False, repr=False)
    made: ClassVar[int] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Base:
    place: str = "here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Child(Base):
    name: str


@dataclass(slots=True)
class Box:
    items: list[int] = field(default_factory=list)
    count: int = field(init=False, default=3)


@dataclass(slots=True, eq=False)
class Node:
    name: str


@dataclass(frozen=True)
class Checked:
    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("negative")

    def __repr__(self) -> str:
        return f"<{self.value}>"


def test_defaults_are_filled_and_factories_run_each_time() -> None:
    first, second = Point(1), Point(x=1, y=2)
    assert (first.x, first.y, first.tags) == (1, 2, [])
    assert first.tags is not second.tags
    assert Box(count_items := [1]).items is count_items
    assert Box().count == 3


@pytest.mark.parametrize(
    ("arguments", "values"),
    [((), {}), ((1, 2, [], 4), {}), ((1,), {"x": 2}), ((1,), {"z": 2})],
)
def test_wrong_arguments_are_refused(arguments: tuple[object, ...], values: dict[str, int]) -> None:
    with pytest.raises(TypeError):
        Point(*arguments, **values)  # type: ignore[arg-type]


def test_keyword_only_and_inheritance() -> None:
    assert (Child(name="a").place, Child(name="a", place="there").place) == ("here", "there")
    with pytest.raises(TypeError):
        Child("a")  # type: ignore[misc]


def test_frozen_objects_cannot_be_changed() -> None:
    point = Point(1)
    with pytest.raises(FrozenInstanceError):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(FrozenInstanceError):
        del point.x
    with pytest.raises(AttributeError):
        Box().other = 1  # type: ignore[attr-defined]


def test_equality_hash_and_repr() -> None:
    assert Point(1) == Point(1, 2, ["ignored"]) != Point(2)
    assert hash(Point(1)) == hash(Point(1, 2, ["ignored"])) == hash((1, 2))
    assert Point(1) != (1, 2)
    assert repr(Point(1)) == "Point(x=1, y=2)"
    assert repr(Checked(1)) == "<1>"
    assert Node("a") != Node("a")
    assert isinstance(hash(Node("a")), int)
    assert Box() == Box()
    with pytest.raises(TypeError):
        hash(Box())


def test_the_standard_functions_work() -> None:
    assert dataclasses.replace(Point(1), y=5) == Point(1, 5)
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 2, "tags": []}
    assert [each.name for each in dataclasses.fields(Child)] == ["place", "name"]
    assert dataclasses.is_dataclass(Point)


@pytest.mark.parametrize("one", [Point(1, 3, ["a"]), Child(name="a"), Box([1]), Checked(1)])
def test_copies_and_pickles_are_equal(one: object) -> None:
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.copy(one) == one
    assert copy.deepcopy(one) == one


def test_post_init_runs() -> None:
    for _ in range(2):
        with pytest.raises(ValueError, match="negative"):
            Checked(-1)
