"""Options of checks: declared like a pydantic model, but cheap until a policy sets one.

Most runs use defaults only, and pydantic costs a third of a cold start. So a class of options
holds its defaults as class attributes, and a pydantic model (frozen, no extra keys) is built from
its annotations the first time values have to be validated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self, dataclass_transform, get_type_hints

from qc.core.record import dataclass, field

if TYPE_CHECKING:
    from pydantic import BaseModel

MISSING: Any = object()


def _own_names(cls: type) -> list[str]:
    """Names annotated in the class itself (without importing `inspect`, which is slow)."""
    own: dict[str, Any] = vars(cls).get("__annotations__", {})
    return list(own)


@dataclass(frozen=True, slots=True)
class OptionField:
    """One option: its default, what it means, and the limits that pydantic enforces."""

    default: Any
    description: str = ""
    limits: Mapping[str, Any] = field(default_factory=dict)


def Field(
    default: Any = MISSING,
    *,
    description: str = "",
    default_factory: Callable[[], Any] | None = None,
    **limits: Any,
) -> Any:
    """Declare an option. `limits` are those of pydantic's Field: ge, le, gt, lt, pattern …"""
    if default is MISSING:
        if default_factory is None:
            raise TypeError("an option has a default")
        default = default_factory()
    return OptionField(default, description, limits)


@dataclass_transform(kw_only_default=True, frozen_default=True, field_specifiers=(Field,))
class Options:
    """Base of the options of a check; every field has a default and a description."""

    model_fields: ClassVar[dict[str, OptionField]] = {}
    _model: ClassVar[Any] = None

    def __init_subclass__(cls) -> None:
        fields = dict(cls.model_fields)
        for name in _own_names(cls):
            declared = cls.__dict__.get(name, MISSING)
            if declared is MISSING:
                raise TypeError(f"option {cls.__name__}.{name} has no default")
            if not isinstance(declared, OptionField):
                declared = OptionField(declared)
            fields[name] = declared
            setattr(cls, name, declared.default)
        cls.model_fields = fields
        cls._model = None

    def __init__(self, **values: Any) -> None:
        if values:
            validated = self._pydantic().model_validate(values)
            for name in values:
                object.__setattr__(self, name, getattr(validated, name))

    @classmethod
    def model_validate(cls, values: Mapping[str, Any]) -> Self:
        """Options from plain data. Raises pydantic.ValidationError."""
        return cls(**dict(values))

    def model_dump(self, *, mode: str = "python") -> dict[str, Any]:
        """All options as plain data."""
        values = {name: getattr(self, name) for name in self.model_fields}
        return self._pydantic().model_construct(**values).model_dump(mode=mode)

    @classmethod
    def _pydantic(cls) -> type[BaseModel]:
        if cls._model is None:
            from pydantic import ConfigDict, create_model
            from pydantic import Field as PydanticField

            hints = get_type_hints(cls, include_extras=True)
            declared: dict[str, Any] = {
                name: (hints[name], PydanticField(each.default, **each.limits))
                for name, each in cls.model_fields.items()
            }
            config = ConfigDict(frozen=True, extra="forbid")
            cls._model = create_model(cls.__name__, __config__=config, **declared)
        model: type[BaseModel] = cls._model
        return model

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"options are frozen: {name}")

    def __eq__(self, other: object) -> bool:
        return type(other) is type(self) and self.__dict__ == getattr(other, "__dict__", None)

    def __hash__(self) -> int:
        return hash((type(self), str(sorted(self.__dict__.items()))))

    def __repr__(self) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in self.model_fields)
        return f"{type(self).__name__}({values})"
