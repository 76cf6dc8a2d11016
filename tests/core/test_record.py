"""Light dataclasses behave as the standard ones do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError
from typing import Any, ClassVar

import pytest

from qc.core import record
from qc.core.record import asdict, dataclass, field, fields, replace


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


@dataclass(frozen=True, slots=True, order=True)
class Version:
    number: int
    name: str = field(default="", compare=False)


@dataclass(slots=True)
class Tree:
    root: Point
    leaves: dict[str, list[Point]]
    pair: tuple[Point, int]


@dataclass(frozen=True)
class Checked:
    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("negative")

    def __repr__(self) -> str:
        return f"<{self.value}>"


CLASSES: tuple[Any, ...] = (Point, Base, Child, Box, Node, Version, Tree, Checked)


@pytest.fixture(params=[record.FEW, 0], ids=["first objects", "compiled"], autouse=True)
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test is run with both kinds of `__init__`."""
    monkeypatch.setattr(record, "FEW", request.param)
    for each in CLASSES:
        monkeypatch.setattr(each, "__init__", each.__init__)


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


def test_many_objects_are_made_as_the_first_ones() -> None:
    @dataclass(frozen=True, slots=True)
    class Pair:
        left: int
        right: int = 1

    first = Pair.__init__
    made = [Pair(number) for number in range(record.FEW + 2)]
    assert [(each.left, each.right) for each in made] == [(n, 1) for n in range(record.FEW + 2)]
    assert Pair.__init__ is not first
    with pytest.raises(TypeError):
        Pair()  # type: ignore[call-arg]


def test_order_is_that_of_what_is_compared() -> None:
    versions = [Version(2, "a"), Version(1, "b"), Version(1, "a")]
    assert [each.number for each in sorted(versions)] == [1, 1, 2]
    assert Version(1) < Version(2) >= Version(2, "x") <= Version(3) > Version(1)
    with pytest.raises(TypeError):
        assert Version(1) < (2,)
    with pytest.raises(TypeError):
        assert Box() < Box()  # type: ignore[operator]


def test_own_functions_do_what_the_standard_ones_do() -> None:
    tree = Tree(Point(1), {"a": [Point(2)]}, (Point(3), 4))
    assert asdict(tree) == dataclasses.asdict(tree)
    assert replace(tree, root=Point(5)) == dataclasses.replace(tree, root=Point(5))
    names = [each.name for each in fields(Child)]
    assert names == [each.name for each in dataclasses.fields(Child)] == ["place", "name"]
    with pytest.raises(ValueError, match="count"):
        replace(Box(), count=4)
    assert replace(Box([1])).items == [1]


def test_standard_fields_tell_the_same() -> None:
    known = {each.name: each for each in dataclasses.fields(Point)}
    assert known["y"].default == 2
    assert known["tags"].default_factory is list
    assert (known["tags"].compare, known["tags"].repr) == (False, False)
    assert all(each.kw_only for each in dataclasses.fields(Child))
    assert [each.name for each in dataclasses.fields(Base)] == ["place"]


def test_a_default_that_can_be_changed_is_refused() -> None:
    with pytest.raises(ValueError, match="default_factory"):

        @dataclass(slots=True)
        class Wrong:
            items: list[int] = []  # noqa: RUF012


def test_positions_are_matched() -> None:
    match Point(1, 5):
        case Point(x, y):
            assert (x, y) == (1, 5)
    assert Point.__match_args__ == ("x", "y", "tags")
    assert Child.__match_args__ == ()
