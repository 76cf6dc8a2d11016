"""A service that asks for tokens: the page asks once, keeps it for the tab, and forgets it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from qc.service.settings import Settings
from qc.service.store.tokens import NewToken, add_token
from tests.service.page.conftest import Opened
from tests.service.page.test_browser import BODY, TITLE
from tests.service.running import in_thread

pytestmark = pytest.mark.browser


def test_the_page_asks_for_a_token(browser: Any, tmp_path: Path) -> None:
    with in_thread(Settings(data=tmp_path, workers=1, require_token=True)) as running:
        assert running.app is not None
        with running.app.state.store.write() as connection:
            token = add_token(connection, NewToken(name="phòng tin học"))
        context = browser.new_context()
        one = Opened(context, f"{running.url}/")
        one.page.wait_for_selector("#token-box[open]")
        one.page.fill("#token-value", "sai")
        one.page.get_by_role("button", name="Dùng mã này").click()
        one.page.wait_for_selector("#token-box[open]")
        one.page.keyboard.press("Escape")
        one.write(TITLE, BODY)
        one.page.wait_for_selector("#token-error:not([hidden])")
        assert "không đúng" in one.page.inner_text("#token-error")
        one.page.fill("#token-value", token)
        one.page.get_by_role("button", name="Dùng mã này").click()
        one.checked("block")
        assert "xxx" in one.marked("error")
        assert one.page.locator("#policy option").count() >= 5
        assert all(token not in each for each in one.requests)
        assert token not in one.page.evaluate("JSON.stringify(localStorage)")
        one.page.click("#token")
        one.page.get_by_role("button", name="Quên mã truy cập").click()
        one.page.wait_for_function("() => !JSON.stringify(sessionStorage).includes('qc_')")
        context.close()
