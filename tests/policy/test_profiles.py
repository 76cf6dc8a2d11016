"""The profiles differ where the law or the practice of the unit differs."""

from __future__ import annotations

import pytest

from qc.core.discover import rules
from qc.core.rule import Severity
from qc.policy.load import load_policy


@pytest.mark.parametrize(
    ("profile", "rule", "severity"),
    [
        ("mam-non", "privacy-pupil-results", Severity.ERROR),
        ("mam-non", "field-featured-image-missing", Severity.WARNING),
        ("tieu-hoc", "field-expires-at-missing", Severity.WARNING),
        ("thcs", "privacy-pupil-results", Severity.WARNING),
        ("so-gddt", "field-published-at-missing", Severity.ERROR),
        ("so-gddt", "access-alt-missing", Severity.ERROR),
        ("co-so", "field-approved-by-missing", Severity.WARNING),
    ],
)
def test_severity_of_a_profile(profile: str, rule: str, severity: Severity) -> None:
    known = rules()[rule]
    assert load_policy(profile).severity(known, known.severity) is severity


@pytest.mark.parametrize(
    ("profile", "level"),
    [("mam-non", "mn"), ("tieu-hoc", "th"), ("thcs", "thcs"), ("thpt", "thpt")],
)
def test_school_level(profile: str, level: str) -> None:
    assert getattr(load_policy(profile).options["disclosure"], "level") == level  # noqa: B009


def test_profiles_have_different_digests() -> None:
    names = ("co-so", "mam-non", "tieu-hoc", "thcs", "thpt", "so-gddt")
    assert len({load_policy(name).digest for name in names}) == len(names)
