"""A clip in the HTML report: its pictures, the stretches found, how loud it is."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest
from lxml import etree

from qc.cli.main import main

DRAFT = """---
tiêu đề: Hội thi văn nghệ chào mừng ngày Nhà giáo
video: clip.mp4
---

Sáng 20/11, nhà trường tổ chức hội thi văn nghệ.
"""


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    folder = tmp_path_factory.mktemp("article")
    (folder / "bai.md").write_text(DRAFT, encoding="utf-8")
    clip = [
        "-f",
        "lavfi",
        "-i",
        "mandelbrot=s=640x360:r=25",
        "-f",
        "lavfi",
        "-i",
        "anoisesrc=a=0.3",
    ]
    sound = "volume=0:enable='between(t,3,9)'"
    shape = ["-t", "14", "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p"]
    subprocess.run(
        ["ffmpeg", "-v", "error", *clip, "-af", sound, *shape, "-c:a", "aac", folder / "clip.mp4"],
        check=True,
    )
    report = folder / "report.html"
    main(["check", str(folder / "bai.md"), "--format", "html", "--output", str(report)])
    return report


def test_silence_is_seen(page: Path) -> None:
    tree = etree.HTML(page.read_text(encoding="utf-8"))
    (curve,) = tree.xpath("//*[@class='sound']/*[local-name()='polyline']/@points")
    points = [tuple(map(float, each.split(","))) for each in curve.split()]
    assert [x for x, _ in points] == sorted(x for x, _ in points)
    silent = [y for x, y in points if 30 < x < 60]  # 4.2 s to 8.4 s of 14 s
    loud = [y for x, y in points if x > 70]
    assert min(silent) > max(loud)
    assert tree.xpath("//*[local-name()='rect'][contains(@class,'bar')]")
    assert tree.xpath("//figure//img/@src")[0].startswith("data:image/jpeg")


@pytest.mark.browser
@pytest.mark.parametrize("width", [390, 1280])
def test_page_with_a_clip_is_accessible(width: int, page: Path) -> None:
    from axe_playwright_python.sync_playwright import Axe
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert program, "run `make setup-test`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=program, args=["--no-sandbox", "--disable-gpu"]
        )
        context = browser.new_context(
            viewport={"width": width, "height": 1000}, bypass_csp=True, offline=True
        )
        shown = context.new_page()
        shown.goto(page.as_uri())
        overflow = shown.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        violations = Axe().run(shown).response["violations"]
        shown.screenshot(path=str(page.with_suffix(f".{width}.png")), full_page=True)
        browser.close()
    assert overflow <= 0
    assert not [(each["id"], each["nodes"][0]["html"][:200]) for each in violations]
