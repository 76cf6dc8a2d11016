"""Everyone can use the page: axe finds nothing, by eye, keyboard and screen reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from tests.service.page.conftest import DESKTOP, PHONE, Opened
from tests.service.page.test_browser import BODY, TITLE, photo

pytestmark = pytest.mark.browser
Open = Callable[..., Opened]


def violations(page: Any) -> list[tuple[str, str]]:
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page).response["violations"]
    return [(each["id"], node["html"][:200]) for each in found for node in each["nodes"]]


@pytest.mark.parametrize(
    ("size", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop-light", "phone-dark"]
)
def test_axe_finds_nothing(size: dict[str, int], scheme: str, opened: Open) -> None:
    one = opened(size, bypass_csp=True)
    one.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
    one.write(TITLE, BODY)
    one.drop(("nho.jpg", photo(320, 240)))
    one.page.wait_for_selector("#media-list .found", state="attached")
    one.checked("block")
    for view in ("findings", "media"):
        one.page.evaluate("(view) => document.querySelector(`[data-to=${view}]`).click()", view)
        if view == "findings":
            one.page.click("#list .card >> nth=0 >> .head")
            one.page.locator("#list .card.active").get_by_role("button", name="Bỏ qua…").click()
        if size is PHONE or view == "media":  # a desk shows all parts at once
            assert violations(one.page) == [], view
    one.page.evaluate("document.getElementById('fields').open = true")
    one.page.evaluate("document.querySelector('[data-to=article]').click()")
    one.page.click("#menu")
    assert violations(one.page) == []
    one.page.keyboard.press("Escape")
    assert one.page.evaluate("document.activeElement.id") == "menu"
    one.page.click("#new")
    assert violations(one.page) == []
    overflow = one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert overflow <= 0
