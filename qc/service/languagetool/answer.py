"""The answer of a check: the matches of a text, with every field that a client may look for."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Any

from qc.core.outcome import State
from qc.core.report import Report
from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.model import Policy
from qc.service.languagetool.catalogue import software
from qc.service.languagetool.fragment import fragment_policy, is_shown
from qc.service.languagetool.matches import matches_of
from qc.service.languagetool.request import CODE, LANGUAGE, CheckRequest
from qc.service.languagetool.sentences import Sentences
from qc.service.languagetool.utf16 import Utf16

NAME = "doan-van.txt"
WORD = re.compile(r"[^\W\d_]+")
MARKED = 0.4  # of the words of Vietnamese prose, about this share at least carries a mark


def answer(request: CheckRequest, policy: Policy, *, today: date, lang: str) -> dict[str, Any]:
    """The JSON that answers a request."""
    report = _inspected(request, policy, today, lang)
    switches = request.switches
    findings = [
        each
        for each in (report.unwaived if report else ())
        if is_shown(each.rule, each.severity, switches)
    ]
    written = request.written
    return {
        "software": software(),
        "warnings": _warnings(report),
        "language": _language(request),
        "matches": matches_of(findings, written, lang),
        "sentenceRanges": _ranges(written.original),
    }


def _inspected(request: CheckRequest, policy: Policy, today: date, lang: str) -> Report | None:
    """The report of the text; None where there is nothing to read."""
    text = request.written.checked.replace("\0", " ")
    if not text.strip():
        return None
    source = Source(NAME, data=text.encode("utf-8-sig"), format="text")
    return inspect(source, fragment_policy(policy, request.switches), today=today, lang=lang)


def _warnings(report: Report | None) -> dict[str, Any]:
    """What could not be checked is said, so that a short list does not look like a clean text."""
    if report is None or not report.unchecked:
        return {"incompleteResults": False}
    reasons = "; ".join(
        f"{each.check}: {each.reason}" if each.state is State.UNAVAILABLE else each.check
        for each in report.unchecked
    )
    return {"incompleteResults": True, "incompleteResultsReason": reasons}


def _language(request: CheckRequest) -> dict[str, Any]:
    confidence = _confidence(request.written.checked) if request.automatic else 1.0
    detected = {"name": LANGUAGE, "code": CODE, "confidence": confidence, "source": "qc"}
    return {"name": LANGUAGE, "code": CODE, "detectedLanguage": detected}


def _confidence(text: str) -> float:
    """How likely a text is Vietnamese: the share of its words that carry a Vietnamese mark."""
    words = WORD.findall(unicodedata.normalize("NFC", text))
    marked = sum(1 for word in words if any(map(_is_marked, word)))
    return round(min(marked / len(words) / MARKED, 1.0), 3) if words else 0.0


def _is_marked(letter: str) -> bool:
    return letter in "đĐ" or bool(unicodedata.decomposition(letter))


def _ranges(text: str) -> list[list[int]]:
    utf16 = Utf16(text)
    return [[utf16.at(start), utf16.at(end)] for start, end in Sentences(text).ranges()]
