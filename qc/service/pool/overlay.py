"""The overlay: words and waivers of the portal on top of a policy, as its file would hold them."""

from __future__ import annotations

import hashlib
import json
from datetime import date
from typing import Any

from qc.core.discover import check_of
from qc.core.record import replace
from qc.core.waiver import Waiver
from qc.policy.model import Policy

WORDS_RULE = "spelling-real-word"


def with_overlay(policy: Policy, overlay: str) -> Policy:
    """The policy with the overlay's words accepted and its waivers in force."""
    data: dict[str, Any] = json.loads(overlay)
    options = dict(policy.options)
    check = check_of(WORDS_RULE)
    if check is not None and data["words"]:
        values = policy.options_of(check).model_dump()
        values["words"] = list(dict.fromkeys([*values["words"], *data["words"]]))
        options[check.id] = check.options.model_validate(values)
    waivers = tuple(_waiver(each) for each in data["waivers"])
    digest = hashlib.sha256(f"{policy.digest}\n{overlay}".encode()).hexdigest()
    return replace(policy, options=options, waivers=(*policy.waivers, *waivers), digest=digest)


def _waiver(values: dict[str, Any]) -> Waiver:
    expires = values["expires"]
    day = date.fromisoformat(expires) if expires else None
    return Waiver(**{**values, "expires": day, "origin": "file"})
