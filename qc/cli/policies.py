"""`qc policy show`: a policy with all that it inherits."""

from __future__ import annotations

import sys

from qc.core.discover import discover, rules
from qc.core.record import asdict
from qc.policy.load import load_policy
from qc.policy.model import Policy


def print_policy(name: str, lang: str) -> None:
    """Print the effective policy as YAML."""
    sys.stdout.write(policy_text(load_policy(name), lang))


def policy_text(policy: Policy, lang: str) -> str:
    """The effective policy as YAML: every rule with its severity, every option."""
    import yaml

    shown = {
        "id": policy.id,
        "title": policy.title[lang],
        "digest": policy.digest,
        "date": policy.date.isoformat() if policy.date else None,
        "rules": {
            rule.id: policy.severity(rule, rule.severity).value if policy.is_on(rule) else "off"
            for rule in rules().values()
        },
        "options": {
            check.id: policy.options_of(check).model_dump(mode="json")
            for check in discover()
            if check.options.model_fields
        },
        "waivers": [asdict(waiver) for waiver in policy.waivers],
    }
    text: str = yaml.safe_dump(shown, allow_unicode=True, sort_keys=False)
    return text
