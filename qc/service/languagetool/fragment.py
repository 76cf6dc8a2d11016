"""The policy of a loose piece of text: the site's, with the rules that can judge one."""

from __future__ import annotations

import hashlib

from qc.core.discover import rules
from qc.core.record import replace
from qc.core.rule import Rule, Severity
from qc.policy.model import Policy
from qc.service.languagetool.assignment import assignment
from qc.service.languagetool.request import Switches


def fragment_policy(policy: Policy, switches: Switches) -> Policy:
    """`policy` with on only what makes sense for a fragment and its client wants to hear of."""
    enabled = {rule.id: _is_on(rule, policy, switches) for rule in rules().values()}
    names = " ".join(name for name, on in enabled.items() if on)
    digest = hashlib.sha256(f"{policy.digest} fragment {names}".encode()).hexdigest()
    return replace(policy, digest=digest, enabled=enabled)


def is_shown(rule_id: str, severity: Severity, switches: Switches) -> bool:
    """Whether a finding is shown: hints only to who asks for them, or for all."""
    if severity is not Severity.INFO or switches.picky or rule_id in switches.enabled_rules:
        return True
    return assignment(rule_id).level == "always"


def _is_on(rule: Rule, policy: Policy, switches: Switches) -> bool:
    given = assignment(rule.id)
    if not given.in_fragment:
        return False
    named = rule.id in switches.enabled_rules
    on = policy.is_on(rule)
    if given.level == "picky" and switches.picky:
        on = policy.enabled.get(rule.id, True)
    if switches.enabled_only:
        return named or (on and given.category in switches.enabled_categories)
    if rule.id in switches.disabled_rules:
        return False
    if given.category in switches.disabled_categories:
        return named
    return on or named
