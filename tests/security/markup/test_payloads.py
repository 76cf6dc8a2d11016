"""Own payloads: all that ran in Chromium are found, and the list is what Chromium runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.markup import browser, payloads
from bench.markup.measure import stops

_RAN = set(json.loads((Path(payloads.__file__).with_name("executing.json")).read_text("utf-8")))


@pytest.mark.parametrize("family", ["base", *payloads.MUTATIONS])
def test_every_payload_that_runs_is_found(family: str) -> None:
    chosen = [(n, html) for n, html in payloads.payloads() if n.startswith(family + "-")]
    running = [(name, html) for name, html in chosen if name in _RAN]
    assert running
    assert [name for name, html in running if not stops(html)] == []


@pytest.mark.browser
@pytest.mark.skipif(browser.program() is None, reason="no headless Chromium")
def test_base_payloads_run_as_recorded() -> None:
    chosen = [(n, html) for n, html in payloads.payloads() if n.startswith("base-")]
    ran = browser.executing([html for _, html in chosen])
    names = {chosen[number][0] for number in ran}
    assert [name for name, html in chosen if name in names and not stops(html)] == []
    assert len(names) >= 100


@pytest.mark.browser
@pytest.mark.skipif(browser.program() is None, reason="no headless Chromium")
def test_safe_copies_do_not_run() -> None:
    from qc.security.sanitize import safe_copy

    chosen = [html for name, html in payloads.payloads() if name.startswith(("base-", "math-"))]
    copies = [safe_copy(html, hosts=("youtube.com",)).html for html in chosen]
    assert browser.executing(copies) == set()
