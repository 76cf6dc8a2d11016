"""`qc policy show`: a policy with all that it inherits."""

from __future__ import annotations

import sys
from dataclasses import asdict

from qc.core.discover import discover, rules
from qc.policy.load import load_policy


def print_policy(name: str, lang: str) -> None:
    """Print the effective policy as YAML."""
    import yaml

    policy = load_policy(name)
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
    sys.stdout.write(yaml.safe_dump(shown, allow_unicode=True, sort_keys=False))
