"""What the protocol tells about this server: who it is, what it reads, which rules it has."""

from __future__ import annotations

from typing import Any

from qc import __version__
from qc.core.discover import rules
from qc.policy.model import Policy
from qc.service.languagetool.assignment import assignment, categories, protocol_id
from qc.service.languagetool.fragment import fragment_policy
from qc.service.languagetool.request import CODE, LANGUAGE, MAX_TEXT, Switches


def software() -> dict[str, Any]:
    """Who answers; `apiVersion` is the version of LanguageTool's protocol."""
    return {
        "name": "qc",
        "version": __version__,
        "buildDate": None,
        "apiVersion": 1,
        "premium": False,
        "premiumHint": "",
        "status": "",
    }


def languages() -> list[dict[str, str]]:
    """The languages that are checked."""
    return [{"name": LANGUAGE, "code": "vi", "longCode": CODE}]


def configuration(policy: Policy) -> dict[str, Any]:
    """The rules that judge a loose text, as `/configinfo` lists them."""
    default = fragment_policy(policy, Switches())
    return {
        "software": software(),
        "parameter": {"maxTextLength": MAX_TEXT},
        "rules": [
            {
                "ruleId": protocol_id(rule.id),
                "description": rule.title["vi"],
                "categoryId": assignment(rule.id).category,
                "categoryName": categories()[assignment(rule.id).category]["vi"],
                "locQualityIssueType": assignment(rule.id).issue_type,
                "isDefaultOff": not default.is_on(rule),
                "isDictionaryBasedSpellingRule": False,
            }
            for rule in rules().values()
            if assignment(rule.id).in_fragment
        ],
    }
