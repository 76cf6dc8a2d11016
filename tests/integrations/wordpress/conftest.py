"""One WordPress for all tests of a session; each test leaves the settings as it found them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.integrations.wordpress.editors import log_in
from tests.integrations.wordpress.site import WORDPRESS, Site

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

NEEDED = ("php", "mariadb-install-db", "mariadb-admin")


def _lacking() -> list[str]:
    lacking = [name for name in NEEDED if shutil.which(name) is None]
    return lacking if (WORDPRESS / "wp-load.php").is_file() else [*lacking, "wordpress"]


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    """A running site with the plug-in, and the real service beside it."""
    lacking = _lacking()
    if lacking:
        if os.environ.get("QC_REQUIRE_ALL") == "1":
            pytest.fail(
                f"missing: {', '.join(lacking)} (scripts/setup.sh with QC_TEST_PACKAGES=cms)"
            )
        pytest.skip(f"missing: {', '.join(lacking)}")
    folder: Path = tmp_path_factory.mktemp("wp")
    made = Site(folder)
    try:
        made.start()
        yield made
    finally:
        made.stop()


@pytest.fixture
def settings(site: Site) -> Iterator[Site]:
    """The site, for a test that changes the settings."""
    yield site
    site.configure()
    if site.service.process is None:
        site.service.start()


@pytest.fixture(scope="package")  # a Playwright must end before another begins
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    program = shutil.which("chromium-headless-shell")
    if program is None:
        if os.environ.get("QC_REQUIRE_ALL") == "1":
            pytest.fail("missing: chromium-headless-shell (scripts/setup.sh)")
        pytest.skip("missing: chromium-headless-shell")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])


@pytest.fixture(scope="package")
def editor(site: Site, browser: Browser) -> Page:
    """A page of an editor, who may publish and waive."""
    return log_in(browser, site, "cuong")


@pytest.fixture(scope="package")
def author(site: Site, browser: Browser) -> Page:
    """A page of an author, who may publish but not waive."""
    return log_in(browser, site, "binh")


@pytest.fixture(scope="package")
def administrator(site: Site, browser: Browser) -> Page:
    """A page of the administrator."""
    return log_in(browser, site, "quantri")
