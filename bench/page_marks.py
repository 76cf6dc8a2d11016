"""How long a mistake stands unmarked on the editor's page: `python -m bench.page_marks`.

A text of about 3 KB is written in Chromium, then one mistake after another; each is timed from the
key to its mark. The page waits 0.6 s after the last key before it asks the service.
"""

from __future__ import annotations

import shutil
import statistics
import time

from scripts.page_pictures import service

SENTENCE = "Sáng nay nhà trường tổ chức ngày hội đọc sách cho học sinh toàn trường. "
REPEATED = 30
MISTAKES = 15
MARKED = """(n) => [...CSS.highlights.get("qc-warning") ?? []]
  .filter((range) => range.toString() === "xung").length === n"""


def main() -> None:
    """Print the least, median and longest time in seconds."""
    from playwright.sync_api import sync_playwright

    program = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    times = []
    with service() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(address)
        page.click("#body")
        page.keyboard.insert_text(SENTENCE * REPEATED)
        page.wait_for_selector("#verdict:is(.review,.block):not(.stale)[aria-busy=false]")
        for number in range(1, MISTAKES + 1):
            began = time.perf_counter()
            page.keyboard.insert_text(f" bổ xung {number}.")
            page.wait_for_function(MARKED, arg=number, polling=10)
            times.append(time.perf_counter() - began)
        browser.close()
    size = len((SENTENCE * REPEATED).encode())
    told = f"{min(times):.2f} s least, {statistics.median(times):.2f} s median, {max(times):.2f} s"
    print(f"{size} bytes, {MISTAKES} mistakes: {told} longest, 0.6 s of it the page's own wait")


if __name__ == "__main__":
    main()
