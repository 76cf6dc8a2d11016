"""Dataclasses that cost little to declare: what a class needs is made when it is first asked for.

`dataclasses` imports `inspect`, and its decorator compiles up to six methods per class: with two
hundred classes that is a good part of a cold start. Here the methods are shared by all classes; an
`__init__` is compiled for a class once many objects of it are made, and the fields that functions
of `dataclasses` look for are made when one of them does. Type checkers see the standard ones.
"""

from __future__ import annotations

from operator import ge, gt, le, lt
from types import MemberDescriptorType
from typing import TYPE_CHECKING, Any

__all__ = ["asdict", "dataclass", "field", "fields", "replace"]

MISSING: Any = object()
FEW = 16  # objects: making them without a compiled `__init__` costs less than compiling it

if TYPE_CHECKING:
    from dataclasses import asdict, dataclass, field, fields, replace
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False, kw_only=False, eq=True, order=False):
        """As `dataclasses.dataclass`, for the arguments that are used here."""

        def declare(cls):
            return _declared(cls, frozen, slots, kw_only, _methods(frozen, slots, eq, order))

        return declare if cls is None else declare(cls)

    def field(*, default=MISSING, default_factory=MISSING, init=True, repr=True, compare=True):
        """As `dataclasses.field`, for the arguments that are used here."""
        return Field(default, default_factory, init, repr, compare)

    def fields(record, /):
        """As `dataclasses.fields`."""
        return tuple(record.__record__.values())

    def asdict(record, /):
        """As `dataclasses.asdict`; what holds no records is not copied."""
        return {name: _as_data(getattr(record, name)) for name in record.__record__}

    def replace(record, /, **changes):
        """As `dataclasses.replace`."""
        for name, each in type(record).__record__.items():
            if not each.init:
                if name in changes:
                    raise ValueError(f"field {name} is declared with init=False")
            elif name not in changes:
                changes[name] = getattr(record, name)
        return type(record)(**changes)


def _as_data(value: Any) -> Any:
    if hasattr(value, "__record__"):
        return asdict(value)
    if isinstance(value, dict):
        return {_as_data(key): _as_data(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        kind: Any = type(value)
        return (
            kind(*map(_as_data, value)) if hasattr(kind, "_fields") else kind(map(_as_data, value))
        )
    return value


class Field:
    """What is known of one field; see `dataclasses.field`."""

    __slots__ = ("compare", "default", "default_factory", "init", "kw_only", "name", "repr")

    def __init__(self, default: Any, factory: Any, init: bool, repr: bool, compare: bool) -> None:
        self.default, self.default_factory = default, factory
        self.init, self.repr, self.compare = init, repr, compare
        self.name, self.kw_only = "", False


def _declared(cls: Any, frozen: bool, slots: bool, kw_only: bool, methods: dict[str, Any]) -> Any:
    written = vars(cls)
    own = {
        name: _field_of(cls, name, kw_only)
        for name, annotation in written.get("__annotations__", {}).items()
        if not str(annotation).startswith(("ClassVar", "typing.ClassVar"))
    }
    fields: dict[str, Field] = {}
    for base in cls.__mro__[:0:-1]:
        fields |= vars(base).get("__record__", {})
    fields |= own
    body = methods | {name: value for name, value in written.items() if name not in own}
    body["__record__"] = fields
    body["__dataclass_fields__"] = StandardFields(own)
    body["__match_args__"] = tuple(
        [name for name, each in fields.items() if each.init and not each.kw_only]
    )
    if slots:
        inherited = {slot for base in cls.__mro__[1:-1] for slot in vars(base).get("__slots__", ())}
        body["__slots__"] = tuple([name for name in fields if name not in inherited])
    else:
        body |= {name: each.default for name, each in own.items() if each.default is not MISSING}
    body.pop("__dict__", None)
    body.pop("__weakref__", None)
    made = type(cls)(cls.__name__, cls.__bases__, body)
    made.__qualname__ = cls.__qualname__
    if "__init__" not in written:
        made.__init__ = _first_init(made, frozen)
    return made


def _field_of(cls: Any, name: str, kw_only: bool) -> Field:
    given = vars(cls).get(name, MISSING)
    if isinstance(given, Field):
        made = given
    elif type(given).__hash__ is None:
        raise ValueError(f"the default of {name} can be changed: give a default_factory")
    else:
        made = Field(given, MISSING, True, True, True)
    made.name, made.kw_only = name, kw_only
    return made


class StandardFields:
    """`__dataclass_fields__` of a class, made when it is first looked at."""

    def __init__(self, own: dict[str, Field]) -> None:
        self._own = own

    def __get__(self, record: object, cls: Any) -> dict[str, Any]:
        made: dict[str, Any] = {}
        for base in cls.__mro__[:0:-1]:
            made |= getattr(base, "__dataclass_fields__", {})
        if vars(cls).get("__dataclass_fields__") is self:
            made |= self._made(cls)
        cls.__dataclass_fields__ = made
        return made

    def _made(self, cls: type) -> dict[str, Any]:
        """The fields that the class itself declares, as the standard decorator makes them."""
        import dataclasses

        annotations = vars(cls)["__annotations__"]
        body = {"__module__": cls.__module__, "__annotations__": annotations}
        for name, each in self._own.items():
            known = {"default": each.default, "default_factory": each.default_factory}
            known = {key: value for key, value in known.items() if value is not MISSING}
            known |= {key: getattr(each, key) for key in ("init", "repr", "compare", "kw_only")}
            body[name] = dataclasses.field(**known)
        twin: Any = type(cls.__name__, (), body)
        twin = dataclasses.dataclass(init=False, repr=False, eq=False)(twin)
        fields: dict[str, Any] = vars(twin)["__dataclass_fields__"]
        return fields


def _first_init(cls: Any, frozen: bool) -> Any:
    """An `__init__` for the first objects of a class; then the compiled one takes its place."""
    fields: dict[str, Field] = cls.__record__
    positional = [name for name, each in fields.items() if each.init and not each.kw_only]
    put = object.__setattr__ if frozen else setattr
    made = 0

    def __init__(self: Any, /, *args: Any, **values: Any) -> None:
        nonlocal made
        made += 1
        given = dict(zip(positional, args, strict=False)) | values
        if made > FEW or len(given) != len(args) + len(values) or not _suit(given, fields):
            cls.__init__ = init = _compiled_init(cls, frozen)
            init(self, *args, **values)  # tells what is wrong with the arguments
            return
        for name, each in fields.items():
            if name in given:
                put(self, name, given[name])
            elif each.default is not MISSING:
                put(self, name, each.default)
            elif each.default_factory is not MISSING:
                put(self, name, each.default_factory())
        if hasattr(cls, "__post_init__"):
            self.__post_init__()

    return __init__


def _suit(given: dict[str, Any], fields: dict[str, Field]) -> bool:
    """Whether no argument is unknown and none is missing."""
    wanted = 0
    for name, each in fields.items():
        if each.init:
            if name in given:
                wanted += 1
            elif each.default is MISSING and each.default_factory is MISSING:
                return False
    return wanted == len(given)


def _compiled_init(cls: Any, frozen: bool) -> Any:
    plain: list[str] = []
    named: list[str] = []
    body: list[str] = []
    scope: dict[str, Any] = {"_set": object.__setattr__, "_none": MISSING}
    for index, (name, each) in enumerate(cls.__record__.items()):
        default, value = "", name
        if each.default_factory is not MISSING:
            scope[f"_make{index}"] = each.default_factory
            default, value = "=_none", f"_make{index}() if {name} is _none else {name}"
        elif each.default is not MISSING:
            scope[f"_default{index}"] = each.default
            default = f"=_default{index}"
        if each.init:
            (named if each.kw_only else plain).append(name + default)
        elif default:
            value = f"_make{index}()" if "_none" in default else f"_default{index}"
        else:
            continue
        slot = getattr(cls, name, None)
        if not frozen:
            body.append(f"_self.{name}={value}")
        elif isinstance(slot, MemberDescriptorType):  # half as dear as object.__setattr__
            scope[f"_slot{index}"] = slot.__set__
            body.append(f"_slot{index}(_self, {value})")
        else:
            body.append(f"_set(_self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        body.append("_self.__post_init__()")
    parameters = ", ".join(["_self", *plain, *(["*", *named] if named else [])])
    lines = "\n ".join(body or ["pass"])
    exec(f"def __init__({parameters}):\n {lines}", scope)
    scope["__init__"].__qualname__ = f"{cls.__qualname__}.__init__"
    return scope["__init__"]


def _methods(frozen: bool, slots: bool, eq: bool, order: bool) -> dict[str, Any]:
    """The methods that all classes of a kind share."""
    shared: dict[str, Any] = {"__repr__": _repr}
    if eq:
        shared |= {"__eq__": _eq, "__hash__": _hash if frozen else None}
    if order:
        shared |= {f"__{each.__name__}__": _compared(each) for each in (lt, le, gt, ge)}
    if frozen:
        shared |= {"__setattr__": _refuse_setting, "__delattr__": _refuse_deleting}
        if slots:
            shared |= {"__getstate__": _state, "__setstate__": _restore}
    return shared


def _repr(self: Any) -> str:
    shown = (name for name, each in type(self).__record__.items() if each.repr)
    inner = ", ".join(f"{name}={getattr(self, name)!r}" for name in shown)
    return f"{type(self).__qualname__}({inner})"


def _values(one: Any) -> tuple[Any, ...]:
    fields = type(one).__record__.items()
    return tuple([getattr(one, name) for name, each in fields if each.compare])


def _eq(self: Any, other: object) -> Any:
    if type(other) is not type(self):
        return NotImplemented
    return _values(self) == _values(other)


def _compared(test: Any) -> Any:
    def compare(self: Any, other: object) -> Any:
        if type(other) is not type(self):
            return NotImplemented
        return test(_values(self), _values(other))

    return compare


def _hash(self: Any) -> int:
    return hash(_values(self))


def _refuse_setting(self: object, name: str, value: object) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deleting(self: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")


def _state(self: Any) -> list[Any]:
    return [getattr(self, name) for name in type(self).__record__]


def _restore(self: Any, state: list[Any]) -> None:
    for name, value in zip(type(self).__record__, state, strict=True):
        object.__setattr__(self, name, value)
