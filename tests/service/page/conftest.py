"""A running service and a browser for the tests of the page."""

from __future__ import annotations

import base64
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qc.service.settings import Settings
from tests.service.running import in_thread

DESKTOP = {"width": 1280, "height": 900}
PHONE = {"width": 360, "height": 740}
BLOCKED = (  # said of pasted markup that did nothing
    "Executing inline event handler violates",
    "Applying inline style violates",
)


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with one worker, on a free port of this machine."""
    data = tmp_path_factory.mktemp("page")
    with in_thread(Settings(data=data, workers=1)) as running:
        yield f"{running.url}/"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium without a window."""
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    assert path, "run `make setup-test`"
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-gpu"]
        )
        yield found
        found.close()


class Opened:
    """A page of the service with what its browser said: messages, requests, dialogs."""

    def __init__(self, context: Any, address: str, path: str = "") -> None:
        self.context = context
        self.address = address
        self.messages: list[str] = []
        self.requests: list[str] = []
        self.page = context.new_page()
        self.page.set_default_timeout(15000)
        self.page.on("console", lambda message: self.messages.append(message.text))
        self.page.on("pageerror", lambda error: self.messages.append(f"error: {error}"))
        self.page.on("dialog", self._dialog)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.goto(address + path)

    def _dialog(self, dialog: Any) -> None:
        self.messages.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def checked(self, *verdicts: str) -> None:
        """Wait until the text that is there now was checked, with one of the verdicts."""
        wanted = ",".join(f".{each}" for each in verdicts or ("pass", "review", "block"))
        self.page.wait_for_selector(f"#verdict:is({wanted}):not(.stale)[aria-busy=false]")

    def write(self, title: str, body: str) -> None:
        """Type a title and a body."""
        self.page.click("#title")
        self.page.keyboard.insert_text(title)
        self.page.click("#body")
        for number, line in enumerate(body.split("\n")):
            if number:
                self.page.keyboard.press("Enter")
            self.page.keyboard.insert_text(line)

    def paste(self, html: str, text: str = "") -> None:
        """Paste rich text into the body."""
        self.page.focus("#body")
        self.page.evaluate(
            """([html, text]) => {
              const data = new DataTransfer();
              data.setData("text/html", html);
              data.setData("text/plain", text);
              const event = new ClipboardEvent("paste",
                {clipboardData: data, bubbles: true, cancelable: true});
              document.getElementById("body").dispatchEvent(event);
            }""",
            [html, text],
        )

    def drop(self, *files: tuple[str, bytes]) -> None:
        """Drop files onto the page."""
        self.page.evaluate(
            """(files) => {
              const data = new DataTransfer();
              for (const [name, bytes] of files)
                data.items.add(
                  new File([Uint8Array.from(atob(bytes), (each) => each.charCodeAt(0))], name));
              for (const type of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(
                  new DragEvent(type, {dataTransfer: data, bubbles: true, cancelable: true}));
            }""",
            [[name, base64.b64encode(data).decode()] for name, data in files],
        )

    def marked(self, level: str) -> list[str]:
        """The words that are marked with a severity."""
        found: list[str] = self.page.evaluate(
            "(level) => [...CSS.highlights.get(`qc-${level}`) ?? []].map(String)", level
        )
        return found

    def card(self, rule: str) -> Any:
        """The card of a finding of a rule."""
        return self.page.locator("#list .card", has=self.page.locator(f".rule:text-is('{rule}')"))

    def download(self, id: str) -> tuple[str, bytes]:
        """Choose from the download menu; name and content of what came."""
        self.page.click("#menu")
        with self.page.expect_download() as coming:
            self.page.click(f"#{id}")
        return coming.value.suggested_filename, Path(coming.value.path()).read_bytes()

    def calm(self) -> None:
        """No message in the console, no dialog, and no request to another host."""
        own = (self.address, "blob:", "data:")
        assert [each for each in self.messages if not each.startswith(BLOCKED)] == []
        assert [each for each in self.requests if not each.startswith(own)] == []


@pytest.fixture
def opened(address: str, browser: Any) -> Iterator[Callable[..., Opened]]:
    """Opens the page in a fresh profile: `opened(size, path="?lang=en", init="…")`."""
    contexts = []

    def open_page(
        size: dict[str, int] = DESKTOP, *, path: str = "", init: str = "", bypass_csp: bool = False
    ) -> Opened:
        context = browser.new_context(viewport=size, bypass_csp=bypass_csp)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        if init:
            context.add_init_script(init)
        contexts.append(context)
        return Opened(context, address, path)

    yield open_page
    for context in contexts:
        context.close()
