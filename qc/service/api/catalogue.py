"""GET /v1/rules and /v1/policies: what is checked, why, and under which policies."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.encoders import jsonable_encoder

from qc.core.discover import check_of, rules
from qc.core.law import members
from qc.core.rule import Rule
from qc.policy.model import Policy
from qc.service.api.openapi import ERRORS
from qc.service.errors import Refusal

router = APIRouter(tags=["catalogue"], responses=ERRORS)


@router.get("/v1/policies")
def list_policies(request: Request) -> dict[str, Any]:
    """The policies by which articles can be checked."""
    return {"policies": request.app.state.checker.describe()}


@router.get("/v1/rules")
def list_rules(request: Request, policy: str = "") -> dict[str, Any]:
    """All rules, with what a policy says of each."""
    chosen = _policy(request, policy)
    found = [_brief(rule, chosen) for rule in rules().values()]
    return {"policy": chosen.id, "rules": found}


@router.get("/v1/rules/{rule_id}")
def show_rule(request: Request, rule_id: str, policy: str = "") -> dict[str, Any]:
    """One rule: why it is there, how to mend a finding, its legal basis and options."""
    rule = rules().get(rule_id)
    if rule is None:
        raise Refusal(404, "there is no such rule", where="rule", vi="Không có quy tắc này.")
    check = check_of(rule_id)
    options = _options(check.options.model_fields) if check else {}
    texts = {name: _both(getattr(rule, name)) for name in ("why", "fix")}
    basis = [
        {"vi": row.title("vi"), "en": row.title("en")}
        for each in rule.basis
        for row in members(each)
    ]
    return _brief(rule, _policy(request, policy)) | texts | {"basis": basis, "options": options}


def _policy(request: Request, name: str) -> Policy:
    state = request.app.state
    policy: Policy = state.checker.policy_of(name or state.settings.policy)
    return policy


def _brief(rule: Rule, policy: Policy) -> dict[str, Any]:
    return {
        "id": rule.id,
        "title": _both(rule.title),
        "severity": policy.severity(rule, rule.severity).value,
        "enabled": policy.is_on(rule),
    }


def _both(text: Any) -> dict[str, str]:
    return {"vi": text["vi"], "en": text["en"]}


def _options(known: Mapping[str, Any]) -> dict[str, Any]:
    return {
        name: {"default": jsonable_encoder(each.default), "description": each.description}
        for name, each in known.items()
    }
