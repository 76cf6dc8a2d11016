"""The schema of a policy file, as pydantic models; used for files that do not come with qc."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from qc.core.rule import Severity


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TitleModel(_Model):
    """The name of a policy in both languages."""

    vi: str
    en: str


class RuleModel(_Model):
    """What a policy says of one rule; options belong to the check that owns the rule."""

    enabled: bool | None = Field(None, description="Switch the rule on or off")
    severity: Severity | None = Field(None, description="error, warning or info")
    options: dict[str, Any] = Field(default_factory=dict, description="Options of its check")


class WaiverModel(_Model):
    """A finding that somebody answers for: it is shown, but does not count."""

    rule: str
    author: str = Field(min_length=1, description="Who lets it pass")
    reason: str = Field(min_length=5, description="Why it may pass")
    expires: dt.date = Field(description="Last day on which the waiver holds")
    role: str | None = Field(None, description="In which role")
    source: str | None = Field(None, description="Only in files that match this pattern")
    text: str | None = Field(None, description="Only where the reported text is this")


class WaivingModel(_Model):
    """What may be waived, and by whom."""

    inline: bool = Field(True, description="Waivers inside drafts count")
    roles: tuple[str, ...] = Field((), description="Roles that may waive; empty: any")
    inline_never: tuple[str, ...] = Field((), description="What a comment cannot waive")
    never: tuple[str, ...] = Field((), description="Rules, or `family-*`, that nobody may waive")


class WaiverFileModel(_Model):
    """`.qc-waivers.yaml`: waivers for the drafts of a folder and all below it."""

    waivers: tuple[WaiverModel, ...] = ()


class PolicyModel(_Model):
    """A policy as it is written in YAML."""

    id: str = Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", description="Name of the policy")
    title: TitleModel
    extends: str | None = Field(None, description="Name or path of the policy it builds on")
    date: dt.date | None = Field(None, description="Read the law at this date, not the article's")
    rules: dict[str, RuleModel | Severity | bool | Literal["on", "off"]] = Field(
        default_factory=dict, description="Settings by rule id; `family-*` names many"
    )
    waivers: tuple[WaiverModel, ...] = ()
    waiving: WaivingModel | None = Field(None, description="What may be waived, and by whom")
