"""Pictures of the editor's page for the documentation: `python -m scripts.page_pictures`.

A service is started on a free port, a draft is opened in Chromium, and what it shows is kept under
docs/pictures as small PNG files. `--folder` puts them elsewhere, with more views.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

from scripts.office import Paragraph, Picture, docx
from scripts.pictures import jpeg, school_yard

DOCS = Path(__file__).parents[1] / "docs" / "pictures"
DESKTOP = {"width": 1280, "height": 860}
PHONE = {"width": 360, "height": 720}
COLOURS = 128


def draft() -> bytes:
    """A Word file with what schools get wrong most often."""
    yard = jpeg(school_yard(1600, 900, 7))
    lines = [
        Paragraph("Trường Tiểu học Hoa Sen khai giảng năm học mới", "Title"),
        Paragraph("Tác giả: Nguyễn Thị Hoa"),
        Paragraph("Ngày đăng: 05/09/2024"),
        Paragraph(
            "Sáng 05/9, nhà trường tổ chức lễ khai giãng năm học mới. Tin bài được đăng trên "
            "Công thông tin điện tử của nhà trường , mời cha mẹ học sinh theo dõi."
        ),
        Picture(yard, "Học sinh xếp hàng dự lễ khai giảng trên sân trường"),
        Paragraph("Nội dung chính", "Heading1"),
        Paragraph(
            "Năm học này nhà trường bổ xung thêm 2 phòng học. Tổng số học sinh: xxx em. "
            "Liên hệ cô Lan: 0912 345 678."
        ),
    ]
    return docx(lines)


def framed() -> Any:
    """A photo with a black bar that a phone put above it."""
    yard = school_yard(900, 640, 3)
    yard.paste((0, 0, 0), (0, 0, 900, 90))
    return yard


@contextmanager
def service() -> Iterator[str]:
    """The address of a service on a free port of this machine."""
    import uvicorn

    from qc.service.app import create_app
    from qc.service.settings import Settings

    with tempfile.TemporaryDirectory() as folder, socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        app = create_app(Settings(data=Path(folder) / "qc", workers=1))
        server = uvicorn.Server(uvicorn.Config(app, log_config=None))
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listening])))
        thread.start()
        while not server.started and thread.is_alive():
            time.sleep(0.1)
        try:
            yield f"http://127.0.0.1:{listening.getsockname()[1]}/"
        finally:
            server.should_exit = True
            thread.join()


def show(page: Any, address: str) -> None:
    """Open the draft with one small picture more."""
    page.goto(address)
    small = jpeg(framed())
    page.set_input_files(
        "#pick",
        [
            {"name": "khai-giang.docx", "mimeType": "", "buffer": draft()},
            {"name": "hoc-sinh.jpg", "mimeType": "image/jpeg", "buffer": small},
        ],
    )
    page.wait_for_selector("#media-list .found", state="attached")
    page.wait_for_selector("#verdict.block:not(.stale)[aria-busy=false]")
    page.evaluate("document.querySelectorAll('#notices > *').forEach((each) => each.remove())")


def keep(page: Any, path: Path, *, full: bool = False) -> None:
    """A screenshot with few colours: small, and sharp enough to read."""
    from PIL import Image

    page.wait_for_timeout(400)
    picture = Image.open(BytesIO(page.screenshot(full_page=full))).convert("RGB")
    picture.quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)


def draw(folder: Path, *, more: bool) -> None:
    """Draw the pictures into a folder."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    with service() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page(viewport=DESKTOP, reduced_motion="reduce")
        show(page, address)
        page.locator("#list .card", has_text="giãng").first.locator(".head").click()
        keep(page, folder / "page-desktop.png")
        page.locator("#media-list .found button", has_text="dải một màu").first.click()
        page.locator("#media-list > li").last.scroll_into_view_if_needed()
        keep(page, folder / "page-photo.png")
        if more:
            keep(page, folder / "page-whole.png", full=True)
            page.emulate_media(color_scheme="dark")
            keep(page, folder / "page-dark.png")
        phone = browser.new_page(viewport=PHONE, reduced_motion="reduce", has_touch=True)
        show(phone, address)
        if more:
            keep(phone, folder / "page-phone-article.png")
        phone.click(".views [data-to=findings]")
        phone.locator("#list .card", has_text="giãng").first.locator(".head").click()
        keep(phone, folder / "page-phone.png")
        if more:
            phone.click(".views [data-to=media]")
            keep(phone, folder / "page-phone-media.png", full=True)
        browser.close()


def main() -> None:
    """Draw the pictures of the documentation, or more of them into another folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, help="put them here, with more views")
    given = parser.parse_args().folder
    folder = given or DOCS
    folder.mkdir(parents=True, exist_ok=True)
    draw(folder, more=given is not None)


if __name__ == "__main__":
    main()
