"""The service is killed: the site does what the settings say, and says so."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.integrations.wordpress.articles import BANNED, CLEAN, picture, post, row
from tests.integrations.wordpress.editors import (
    STATUS,
    is_locked,
    open_block_editor,
    post_id,
    press_publish,
    publish_past_the_panel,
    wait_checked,
    write,
)
from tests.integrations.wordpress.site import Site
from tests.integrations.wordpress.test_gates import SCHEDULE

pytestmark = pytest.mark.cms


@pytest.fixture(scope="module", autouse=True)
def killed(site: Site) -> Iterator[None]:
    """The service ends as in a crash, and is back after these tests."""
    site.service.stop()
    yield
    site.configure()
    site.service.start()


@pytest.fixture(scope="module")
def fail_closed(site: Site) -> None:
    site.configure(fail="closed")


@pytest.fixture(scope="module")
def fail_open(site: Site) -> None:
    site.configure(fail="open")


@pytest.mark.usefixtures("fail_closed")
class TestClosed:
    """Nothing goes out unchecked."""

    def test_rest(self, site: Site) -> None:
        code, answer = site.rest("POST", "/wp/v2/posts", post(CLEAN))
        assert code == 400
        assert answer["message"].startswith("QC: Chưa đăng, vì không kiểm tra được")
        assert answer["data"]["verdict"] == "unchecked"

    def test_php(self, site: Site) -> None:
        made = site.php("return wp_insert_post(wp_slash($row));", row=row(CLEAN))
        assert site.status(made) == "draft"

    def test_scheduler(self, site: Site) -> None:
        made = site.php(SCHEDULE, row=row(CLEAN, "draft"))
        site.cron()
        assert site.status(made) == "pending"
        assert site.php("return QcGate\\result_of($id)['event'];", id=made) == "held"

    def test_submission_for_review_is_possible_but_not_called_checked(self, site: Site) -> None:
        code, answer = site.rest("POST", "/wp/v2/posts", post(CLEAN, "pending"), user="dung")
        assert (code, answer["status"]) == (201, "pending")
        assert site.php("return QcGate\\result_of($id);", id=answer["id"])["verdict"] == "unchecked"

    def test_block_editor_says_so(self, site: Site, editor: Page) -> None:
        open_block_editor(editor, site)
        write(editor, CLEAN)
        wait_checked(editor, "unchecked")
        assert is_locked(editor)
        expect(editor.locator(".qc-gate-no").first).to_contain_text("không kiểm tra được")
        publish_past_the_panel(editor)
        expect(editor.locator(".components-notice.is-error").first).to_contain_text("QC:")
        assert site.status(post_id(editor)) in ("auto-draft", "draft")

    def test_upload_is_refused(self, site: Site) -> None:
        error = upload(site, picture())
        assert error.startswith("QC: chưa lưu tệp")


@pytest.mark.usefixtures("fail_open")
class TestOpen:
    """The article goes out, marked as not checked, and is checked later."""

    def test_block_editor_publishes_and_says_so(self, site: Site, editor: Page) -> None:
        open_block_editor(editor, site)
        write(editor, CLEAN)
        wait_checked(editor, "unchecked")
        assert not is_locked(editor)
        press_publish(editor)
        editor.wait_for_function(f"{STATUS} === 'publish'")
        warning = editor.locator(".components-notice.is-warning")
        expect(warning.first).to_contain_text("CHƯA kiểm tra")

    def test_scheduler(self, site: Site) -> None:
        made = site.php(SCHEDULE, row=row(CLEAN, "draft"))
        site.cron()
        assert site.status(made) == "publish"
        assert site.php("return QcGate\\result_of($id)['verdict'];", id=made) == "unchecked"

    def test_unchecked_post_is_checked_when_the_service_is_back(self, site: Site) -> None:
        made = site.php("return wp_insert_post(wp_slash($row));", row=row(BANNED))
        assert site.status(made) == "publish"
        code = """$due = wp_next_scheduled(QcGate\\RECHECK_EVENT, array($id));
        wp_unschedule_event($due, QcGate\\RECHECK_EVENT, array($id));
        wp_schedule_single_event(time() - 60, QcGate\\RECHECK_EVENT, array($id)); return $due;"""
        assert site.php(code, id=made)
        site.cron()  # still down: it is tried again later
        assert site.php("return QcGate\\result_of($id)['verdict'];", id=made) == "unchecked"
        assert site.php(code, id=made)
        site.service.start()
        try:
            site.cron()
            assert site.php("return QcGate\\result_of($id)['verdict'];", id=made) == "block"
        finally:
            site.service.stop()

    def test_upload_is_stored_and_marked(self, site: Site) -> None:
        assert upload(site, picture()) == ""


def upload(site: Site, data: bytes, name: str = "anh.jpg") -> str:
    """Upload as a form does; the error, '' where the file was stored."""
    import base64

    code = """require_once ABSPATH . 'wp-admin/includes/admin.php';
    $path = wp_tempnam($name); file_put_contents($path, base64_decode($data));
    $file = array('name' => $name, 'tmp_name' => $path, 'error' => 0, 'size' => filesize($path));
    $id = media_handle_sideload($file, 0);
    return is_wp_error($id) ? $id->get_error_message() : '';"""
    return str(site.php(code, name=name, data=base64.b64encode(data).decode()))
