"""Dataclasses that cost little to declare: methods are made when they are first needed.

`dataclasses.dataclass` compiles up to six methods per class at import, which is most of the cold
start of a program with two hundred of them. Here `__init__` is compiled when the first object is
made, and the other methods are shared by all classes. Type checkers see the standard decorator.
"""

from __future__ import annotations

import dataclasses
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

__all__ = ["dataclass"]

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, eq=True):
        """As `dataclasses.dataclass`, for the arguments that are used here."""

        def declare(cls):
            return _declared(cls, frozen=frozen, slots=slots, kw_only=kw_only, eq=eq)

        return declare if cls is None else declare(cls)


def _declared(cls: Any, *, frozen: bool, slots: bool, kw_only: bool, eq: bool) -> Any:
    own = set(vars(cls))
    if cls.__doc__ is None:
        cls.__doc__ = cls.__name__  # the standard decorator would build a signature for it
    cls = dataclasses.dataclass(init=False, repr=False, eq=False, slots=slots, kw_only=kw_only)(cls)
    shared: dict[str, Any] = {"__repr__": _repr}
    if eq:
        shared |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
    if frozen:
        shared |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
        if slots:
            shared |= {"__getstate__": _state, "__setstate__": _restore}
    for name, method in shared.items():
        if name not in own:
            setattr(cls, name, method)
    if "__init__" not in own:
        cls.__init__ = _first_init(cls, frozen)
    return cls


def _first_init(cls: Any, frozen: bool) -> Any:
    """An `__init__` that compiles the real one, puts it in its own place and goes on with it."""

    def __init__(self: Any, /, *args: Any, **values: Any) -> None:
        init = _compiled_init(cls, frozen)
        cls.__init__ = init
        init(self, *args, **values)

    return __init__


def _compiled_init(cls: Any, frozen: bool) -> Any:
    plain: list[str] = []
    named: list[str] = []
    body: list[str] = []
    scope: dict[str, Any] = {"_set": object.__setattr__, "_none": dataclasses.MISSING}
    for index, each in enumerate(dataclasses.fields(cls)):
        default, value = "", each.name
        if each.default_factory is not dataclasses.MISSING:
            scope[f"_make{index}"] = each.default_factory
            default, value = "=_none", f"_make{index}() if {each.name} is _none else {each.name}"
        elif each.default is not dataclasses.MISSING:
            scope[f"_default{index}"] = each.default
            default = f"=_default{index}"
        if each.init:
            (named if each.kw_only else plain).append(each.name + default)
        elif default:
            value = f"_make{index}()" if "_none" in default else f"_default{index}"
        else:
            continue
        slot = getattr(cls, each.name, None)
        if not frozen:
            body.append(f"_self.{each.name}={value}")
        elif isinstance(slot, MemberDescriptorType):  # half as dear as object.__setattr__
            scope[f"_slot{index}"] = slot.__set__
            body.append(f"_slot{index}(_self, {value})")
        else:
            body.append(f"_set(_self, {each.name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("_self.__post_init__()")
    parameters = ", ".join(["_self", *plain, *(["*", *named] if named else [])])
    lines = "\n ".join(body or ["pass"])
    exec(f"def __init__({parameters}):\n {lines}", scope)
    scope["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    return scope["__init__"]


def _repr(self: Any) -> str:
    shown = (each.name for each in dataclasses.fields(self) if each.repr)
    inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({inner})"


def _values(one: Any) -> tuple[Any, ...]:
    fields = type(one).__dataclass_fields__.values()
    return tuple([getattr(one, each.name) for each in fields if each.compare and _is_field(each)])


def _is_field(each: Any) -> bool:
    return each._field_type is dataclasses._FIELD  # type: ignore[attr-defined]


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse_setting(self: object, name: str, value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, each.name) for each in dataclasses.fields(self)]


def _restore(self: Any, state: list[Any]) -> None:
    for each, value in zip(dataclasses.fields(self), state, strict=True):
        object.__setattr__(self, each.name, value)
