"""The settings of the app: the dictionary QC_WAGTAIL of the Django settings."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import get_close_matches
from functools import lru_cache
from typing import Any

from qc.core.errors import UsageError
from qc.core.record import dataclass, field, fields
from qc.policy.load import load_policy
from qc.policy.model import Policy

CHOICES = {"fail_on": ("block", "review"), "incomplete": ("refuse", "allow")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What QC_WAGTAIL says; its keys are these names in capitals.

    `policy` judges; `fail_on` is the verdict that stops a publication; `incomplete` says what
    becomes of a page that could not be checked to the end. `fields` maps a page type
    ("app.Model") to {name in the article: name of the attribute, or "=text"}. Page types of
    `exclude` pass unchecked. `auto` puts form and panel into every page type.
    """

    policy: str = "co-so"
    fail_on: str = "block"
    incomplete: str = "refuse"
    fields: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exclude: tuple[str, ...] = ()
    uploads: bool = True
    auto: bool = True


def current() -> Settings:
    """The settings of this site. Raises UsageError for an unknown key or value."""
    from django.conf import settings

    given = getattr(settings, "QC_WAGTAIL", {})
    if not isinstance(given, Mapping):
        raise UsageError("is not a dictionary", where="QC_WAGTAIL", vi="phải là một dict")
    names = {each.name.upper(): each.name for each in fields(Settings)}
    for key in given:
        if key not in names:
            near = get_close_matches(str(key).upper(), names, 1)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise UsageError(
                f"unknown key {key!r}{hint}", where="QC_WAGTAIL", vi=f"không có khóa {key!r}"
            )
    values: dict[str, Any] = {names[key]: value for key, value in given.items()}
    for name, choices in CHOICES.items():
        if values.get(name, choices[0]) not in choices:
            raise UsageError(
                f"is one of {', '.join(choices)}, not {values[name]!r}",
                where=f"QC_WAGTAIL[{name.upper()!r}]",
                vi=f"phải là một trong {', '.join(choices)}, không phải {values[name]!r}",
            )
    values["exclude"] = tuple(values.get("exclude", ()))
    return Settings(**values)


def policy_of(settings: Settings) -> Policy:
    """The policy, read once per file and time of change. Raises PolicyError where it is wrong."""
    return _load(settings.policy, _changed(settings.policy))


@lru_cache(maxsize=4)
def _load(name: str, _changed_ns: int) -> Policy:
    return load_policy(name)


def _changed(name: str) -> int:
    from pathlib import Path

    path = Path(name)
    return path.stat().st_mtime_ns if path.is_file() else 0


def language() -> str:
    """The language of messages: that of the editor's admin, Vietnamese or else English."""
    from django.utils.translation import get_language

    return "vi" if (get_language() or "vi").startswith("vi") else "en"
