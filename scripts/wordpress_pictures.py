"""Pictures of the WordPress plug-in for docs/wordpress.md, from a real site."""

from __future__ import annotations

import io
import shutil
import tempfile
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, sync_playwright

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
            _take(page, folder / "wordpress-panel.png", 760)
            page = log_in(browser, site, "quantri")
            page.goto(f"{site.url}/wp-admin/options-general.php?page=qc-gate")
            page.click("#qc-gate-try")
            page.wait_for_selector("#qc-gate-tried.qc-gate-yes")
            _take(page, folder / "wordpress-settings.png", 1230)
    finally:
        site.stop()
        shutil.rmtree(place, ignore_errors=True)


def _take(page: Page, path: Path, height: int) -> None:
    """A picture of the page in 64 colours, which keeps the file small."""
    page.set_viewport_size({"width": 1200, "height": height})
    page.wait_for_timeout(300)
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        small = picture.convert("RGB").quantize(64, dither=Image.Dither.NONE)
        small.save(path, optimize=True)


if __name__ == "__main__":
    main()
