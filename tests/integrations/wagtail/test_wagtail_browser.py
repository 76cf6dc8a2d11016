"""A real Wagtail in Chromium: new page, panel, edit, schedule, workflow, report, upload."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("wagtail")
sync_api = pytest.importorskip("playwright.sync_api")

pytestmark = pytest.mark.cms
ROOT = Path(__file__).parents[3]
SITE = "tests.integrations.wagtail.school_site"
CHROMIUM = shutil.which("chromium-headless-shell")
PICTURES = os.environ.get("QC_PICTURES")
CLEAN = (
    "Sáng nay, các em học sinh khối 6 cùng thầy cô trồng cây trong sân trường. Hoạt động diễn ra "
    "trong hai giờ."
)
BANNED = "Bài viết tiếp. Đồ chó đẻ, ai mà chịu được."
WORD = "chó đẻ"
SAPO = "Sáng nay, học sinh khối 6 cùng thầy cô trồng cây trong sân trường, mở đầu năm học mới."
TITLE = "Học sinh khối 6 trồng cây"
# the rich text editor hands its text to the form a quarter of a second later
HANDED_OVER = """text => [...document.querySelectorAll('input[name=body-0-value]')].some(input =>
  JSON.parse(input.value || 'null')?.blocks.map(each => each.text).join('') === text)"""


@dataclass(frozen=True)
class Portal:
    """The running site: its address, the ids of its sections, and its Django commands."""

    url: str
    ids: dict[str, int]
    environment: dict[str, str]

    def django(self, *arguments: str) -> str:
        command = [sys.executable, "-m", "django", *arguments]
        ran = subprocess.run(
            command, cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr[-3000:]
        return ran.stdout

    def is_live(self, title: str) -> bool:
        """Whether readers see a page, now or by a schedule; drafts may have been autosaved."""
        page = self.page(title)
        return bool(page and (page["live"] or page["due"]))

    def page(self, title: str) -> dict[str, Any]:
        code = (
            "import json; from wagtail.models import Page; "
            f"p = Page.objects.filter(title={title!r}).specific().first(); "
            "print('=' + json.dumps(p and {'pk': p.pk, 'live': p.live, 'body': str(p.body), "
            "'flow': p.current_workflow_state and p.current_workflow_state.status, "
            "'due': bool(p.scheduled_revision)}))"
        )
        import json

        lines = self.django("shell", "--no-imports", "-c", code).splitlines()
        found: dict[str, Any] = json.loads(next(each for each in lines if each[:1] == "=")[1:])
        return found


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Portal]:
    if CHROMIUM is None:
        if os.environ.get("QC_REQUIRE_ALL"):
            pytest.fail("chromium-headless-shell is not installed")
        pytest.skip("chromium-headless-shell is not installed")
    environment = os.environ | {
        "DJANGO_SETTINGS_MODULE": f"{SITE}.settings",
        "QC_TEST_SITE": str(tmp_path_factory.mktemp("site")),
        "QC_TEST_TABLES": "quick",
        "PYTHONWARNINGS": "ignore",
    }
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    portal = Portal(f"http://127.0.0.1:{port}", {}, environment)
    portal.django("migrate", "--run-syncdb", "--verbosity", "0")
    seeded = subprocess.run(
        [sys.executable, "-m", f"{SITE}.seed"],
        cwd=ROOT, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    for line in seeded.stdout.splitlines():
        name, equals, number = line.partition("=")
        if equals and number.isdecimal():
            portal.ids[name] = int(number)
    command = [sys.executable, "-m", "django", "runserver", "--insecure", "--noreload", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, start_new_session=True,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        _wait(f"{portal.url}/admin/login/", process)
        yield portal
    finally:
        os.killpg(process.pid, signal.SIGTERM)
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(url, timeout=30):
                return
        except OSError:
            assert process.poll() is None
            assert time.monotonic() < deadline
            time.sleep(0.2)


@pytest.fixture(scope="module")
def context(portal: Portal) -> Iterator[Any]:
    """A browser whose user is logged in."""
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="vi")
        opened.set_default_timeout(20_000)
        page = opened.new_page()
        page.goto(f"{portal.url}/admin/login/")
        page.fill("#id_username", "bien-tap")
        page.fill("#id_password", "mat-khau")
        page.click("form button[type=submit]")
        page.wait_for_url("**/admin/")
        page.close()
        yield opened
        browser.close()


@pytest.fixture
def tab(context: Any) -> Iterator[Any]:
    page = context.new_page()
    yield page
    page.close()


def keep(tab: Any, name: str) -> None:
    """Keep a picture for the docs where QC_PICTURES names a folder."""
    if PICTURES:
        tab.screenshot(path=f"{PICTURES}/{name}.png")


def write(tab: Any, portal: Portal, title: str, text: str, section: str = "home") -> None:
    """Fill the form of a new article."""
    tab.goto(f"{portal.url}/admin/pages/add/school/articlepage/{portal.ids[section]}/")
    tab.fill("#id_title", title)
    tab.fill("#id_sapo", SAPO)
    tab.fill("#id_author", "Trần Thị Bình")
    tab.locator(".c-sf-add-button").first.click()
    tab.locator("[role=option]", has_text="Paragraph").first.click()
    tab.locator(".public-DraftEditor-content").first.click()
    tab.keyboard.insert_text(text)
    tab.wait_for_function(HANDED_OVER, arg=text)


def rewrite(tab: Any, text: str) -> None:
    """Replace the text of the first paragraph."""
    tab.locator(".public-DraftEditor-content").first.click()
    tab.keyboard.press("Control+A")
    tab.keyboard.press("Delete")
    tab.keyboard.insert_text(text)
    tab.wait_for_function(HANDED_OVER, arg=text)


def press(tab: Any, button: str) -> None:
    """Press a button of the footer, opening its menu where it is inside; waits for the answer."""
    found = tab.locator(button).first
    if not found.is_visible():
        tab.locator("footer .w-dropdown__toggle").first.click()
    tab.evaluate("window.qcBefore = true")
    found.click()
    tab.wait_for_function("!window.qcBefore && document.readyState === 'complete'")


PUBLISH = "button[name=action-publish]"
SUBMIT = "button[name=action-submit]"
APPROVE = "[data-workflow-action-name=approve]"


def test_a_banned_page_is_refused_mended_and_published(tab: Any, portal: Portal) -> None:
    write(tab, portal, TITLE, f"{CLEAN} {BANNED}")
    press(tab, PUBLISH)
    assert not portal.is_live(TITLE)
    panel = tab.locator("[data-qc-panel]")
    assert "CHƯA ĐƯỢC ĐĂNG" in panel.inner_text()
    assert "chưa được đăng" in tab.locator(".messages").inner_text()
    verdict = panel.locator(".qc-verdict")
    assert verdict.evaluate("each => getComputedStyle(each).borderLeftStyle") == "solid"
    keep(tab, "wagtail-refused")
    row = panel.locator(".qc-row", has_text=WORD).first
    row.locator("[data-qc-jump]").click()
    place = tab.locator(".qc-here")
    assert WORD in place.inner_text()
    box = place.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 900
    assert tab.evaluate("CSS.highlights.get('qc-place').size") == 1
    keep(tab, "wagtail-jump")
    rewrite(tab, CLEAN)
    started = time.monotonic()
    press(tab, PUBLISH)
    print(f"publication took {time.monotonic() - started:.2f} s")
    stored = portal.page(TITLE)
    assert stored["live"]
    assert "khối 6" in stored["body"]


def test_the_panel_checks_what_stands_in_the_form(tab: Any, portal: Portal) -> None:
    write(tab, portal, "Bài đang viết dở của khối 6", f"{CLEAN} {BANNED}")
    panel = tab.locator("[data-qc-panel]")
    panel.locator("[data-qc-check]").click()
    panel.get_by_text("CHƯA ĐƯỢC ĐĂNG").wait_for()
    rewrite(tab, CLEAN)
    panel.locator("[data-qc-check]").click()
    panel.get_by_text("CHƯA ĐƯỢC ĐĂNG").wait_for(state="detached")
    assert panel.locator(".qc-row.qc-error").count() == 0


def test_a_bad_edit_keeps_the_old_version(tab: Any, portal: Portal) -> None:
    title = "Bài được sửa sau khi đăng"
    write(tab, portal, title, CLEAN)
    press(tab, PUBLISH)
    pk = portal.page(title)["pk"]
    tab.goto(f"{portal.url}/admin/pages/{pk}/edit/")
    rewrite(tab, BANNED)
    press(tab, PUBLISH)
    assert "CHƯA ĐƯỢC ĐĂNG" in tab.locator("[data-qc-panel]").inner_text()
    stored = portal.page(title)
    assert stored["live"]
    assert WORD not in stored["body"]


def test_a_schedule_is_checked_when_it_is_due(tab: Any, portal: Portal) -> None:
    title = "Bài hẹn giờ của khối 6"
    write(tab, portal, title, CLEAN)
    later = (datetime.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    tab.evaluate("value => { document.querySelector('[name=go_live_at]').value = value }", later)
    press(tab, PUBLISH)
    stored = portal.page(title)
    assert (stored["live"], stored["due"]) == (False, True)
    spoil = (
        "from wagtail.models import Page, Revision; from django.utils import timezone; "
        f"p = Page.objects.get(title={title!r}); r = p.scheduled_revision; "
        "r.content['title'] = 'Đồ chó đẻ, ai mà chịu được'; "
        "r.content['go_live_at'] = None; "
        "r.approved_go_live_at = timezone.now() - timezone.timedelta(minutes=1); r.save()"
    )
    portal.django("shell", "--no-imports", "-c", spoil)
    portal.django("publish_scheduled")
    stored = portal.page(title)
    assert (stored["live"], stored["due"]) == (False, False)
    tab.goto(f"{portal.url}/admin/pages/{stored['pk']}/history/")
    assert "Không cho đăng" in tab.locator("main").inner_text()


def test_a_banned_schedule_is_refused_at_once(tab: Any, portal: Portal) -> None:
    title = "Bài xấu được hẹn giờ"
    write(tab, portal, title, BANNED)
    later = (datetime.now() + timedelta(days=2)).strftime("%Y-%m-%d %H:%M")
    tab.evaluate("value => { document.querySelector('[name=go_live_at]').value = value }", later)
    press(tab, PUBLISH)
    assert not portal.is_live(title)
    assert "CHƯA ĐƯỢC ĐĂNG" in tab.locator("[data-qc-panel]").inner_text()


@pytest.mark.parametrize(("text", "flow"), [(BANNED, "needs_changes"), (CLEAN, "in_progress")])
def test_the_task_of_a_workflow(tab: Any, portal: Portal, text: str, flow: str) -> None:
    title = f"Bài qua quy trình {flow}"
    write(tab, portal, title, text, "may")
    press(tab, SUBMIT)
    stored = portal.page(title)
    assert (stored["live"], stored["flow"]) == (False, flow)


def test_approval_does_not_leak(tab: Any, portal: Portal) -> None:
    title = "Bài xấu chờ ban biên tập"
    write(tab, portal, title, BANNED, "tay")
    press(tab, SUBMIT)
    pk = portal.page(title)["pk"]
    tab.goto(f"{portal.url}/admin/pages/{pk}/edit/")
    press(tab, APPROVE)
    assert "chưa được đăng" in tab.content()
    stored = portal.page(title)
    assert (stored["live"], stored["flow"]) == (False, "in_progress")


def test_the_report_over_all_pages(tab: Any, portal: Portal) -> None:
    portal.django("qc_check_pages")
    tab.goto(f"{portal.url}/admin/reports/qc/")
    assert TITLE in tab.locator("main").inner_text()
    assert tab.locator(".qc-verdict.qc-block").count() >= 1
    keep(tab, "wagtail-report")


def test_a_picture_that_is_too_small_is_refused(tab: Any, portal: Portal, tmp_path: Path) -> None:
    from PIL import Image

    Image.linear_gradient("L").resize((200, 120)).convert("RGB").save(tmp_path / "nho.jpg")
    tab.goto(f"{portal.url}/admin/images/add/")
    tab.set_input_files("#id_file", tmp_path / "nho.jpg")
    tab.fill("#id_title", "Sân trường")
    tab.locator("form[enctype] button[type=submit]").click()
    tab.get_by_text("200×120").first.wait_for()
