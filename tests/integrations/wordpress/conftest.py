"""One WordPress for all tests of a session; each test leaves the settings as it found them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integrations.wordpress.site import WORDPRESS, Site

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
            pytest.fail(f"missing: {', '.join(lacking)} (scripts/setup.sh with QC_TEST_PACKAGES=cms)")
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
