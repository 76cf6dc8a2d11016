"""Pictures of the WordPress plug-in for docs/wordpress.md, from a real site: `python -m …`."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.integrations.wordpress.articles import CLEAN, block, post
from tests.integrations.wordpress.editors import log_in, open_block_editor, wait_checked
from tests.integrations.wordpress.site import Site

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
TEXT = CLEAN + block(
    "Ngày hội giúp các em <strong>nghành</strong> học thêm yêu sách. "
    "Liên hệ cô Bình, số điện thoại 0912 345 678."
)


def main(folder: Path = PICTURES) -> None:
    """Start a site, open the editor and the settings, take the pictures."""
    place = Path(tempfile.mkdtemp())
    site = Site(place)
    try:
        site.start()
        made = site.rest("POST", "/wp/v2/posts", post(TEXT, "draft"), user="binh")[1]["id"]
        with sync_playwright() as playwright:
            program = shutil.which("chromium-headless-shell")
            browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            page = log_in(browser, site, "cuong")
            open_block_editor(page, site, made)
            wait_checked(page, "block")
            error = page.locator(".qc-gate-finding.is-error").first
            error.get_by_role("button", name="Đến chỗ này").click()
            page.wait_for_timeout(500)
            page.screenshot(path=folder / "wordpress-panel.png")
            page = log_in(browser, site, "quantri")
            page.goto(f"{site.url}/wp-admin/options-general.php?page=qc-gate")
            page.click("#qc-gate-try")
            page.wait_for_selector("#qc-gate-tried.qc-gate-yes")
            page.screenshot(path=folder / "wordpress-settings.png", full_page=True)
            page.goto(f"{site.url}/wp-admin/edit.php")
            page.screenshot(path=folder / "wordpress-list.png")
    finally:
        site.stop()
        shutil.rmtree(place, ignore_errors=True)


if __name__ == "__main__":
    main()
