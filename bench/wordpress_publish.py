"""How long publication takes in a real WordPress, with the gate and without it.

    python -m bench.wordpress_publish [--posts 20]

Starts the site of the tests (Debian's WordPress, MariaDB, PHP) and the real service. Prints the
median time of a REST request that publishes, without and with the plug-in, taken in turns; and
the time from the click on Publish to "published" in Chromium. Read the ratio: other work on the
machine moves both.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import tempfile
import time
from pathlib import Path

from tests.integrations.wordpress.articles import CLEAN, post
from tests.integrations.wordpress.editors import (
    STATUS,
    log_in,
    open_block_editor,
    press_publish,
    wait_checked,
    write,
)
from tests.integrations.wordpress.site import Site

SWITCH = """require_once ABSPATH . 'wp-admin/includes/plugin.php';
$on ? activate_plugin('qc-gate/qc-gate.php') : deactivate_plugins('qc-gate/qc-gate.php');"""


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--posts", type=int, default=20)
    posts = parser.parse_args().posts
    folder = Path(tempfile.mkdtemp())
    site = Site(folder)
    try:
        site.start()
        by_rest(site, posts)
        by_click(site, max(3, posts // 4))
    finally:
        site.stop()
        shutil.rmtree(folder, ignore_errors=True)


def by_rest(site: Site, posts: int) -> None:
    """The request alone, with and without the plug-in, in turns of five."""
    times: dict[bool, list[float]] = {False: [], True: []}
    for turn in range(0, posts, 5):
        for on in (False, True):
            site.php(SWITCH, on=on)
            publish(site)  # the first request after a switch compiles PHP anew
            times[on] += [publish(site) for _ in range(min(5, posts - turn))]
    plain, gated = statistics.median(times[False]), statistics.median(times[True])
    print(f"REST, without the gate: {plain * 1000:.0f} ms; with it: {gated * 1000:.0f} ms")
    print(f"the gate costs {(gated - plain) * 1000:.0f} ms; slowest: {max(times[True]):.2f} s")


def publish(site: Site) -> float:
    """Seconds of one publication."""
    began = time.perf_counter()
    code, answer = site.rest("POST", "/wp/v2/posts", post(CLEAN))
    took = time.perf_counter() - began
    assert (code, answer["status"]) == (201, "publish")
    return took


def by_click(site: Site, posts: int) -> None:
    """From the click on the last Publish button to the status in the editor."""
    from playwright.sync_api import sync_playwright

    times = []
    with sync_playwright() as playwright:
        program = shutil.which("chromium-headless-shell")
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        page = log_in(browser, site, "cuong")
        for _ in range(posts):
            open_block_editor(page, site)
            write(page, CLEAN)
            wait_checked(page, "review")
            began = time.perf_counter()
            press_publish(page)
            page.wait_for_function(f"{STATUS} === 'publish'")
            times.append(time.perf_counter() - began)
    print(
        f"click to published: median {statistics.median(times):.2f} s, slowest {max(times):.2f} s"
    )


if __name__ == "__main__":
    main()
