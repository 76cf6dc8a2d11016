"""The pages of the administration: settings, list, quick edit, classic editor, many posts."""

from __future__ import annotations

import re
import time

import pytest
from playwright.sync_api import Page, expect

from tests.integrations.wordpress.articles import (
    BANNED,
    BANNED_TEXT,
    CLEAN,
    SAPO,
    TITLE,
    TYPO,
    post,
)
from tests.integrations.wordpress.site import Site

pytestmark = pytest.mark.cms


def draft(site: Site, content: str, user: str = "cuong") -> int:
    return int(site.rest("POST", "/wp/v2/posts", post(content, "draft"), user=user)[1]["id"])


class TestQuickEdit:
    def quick_edit(self, page: Page, site: Site, number: int) -> None:
        page.goto(f"{site.url}/wp-admin/edit.php?post_status=draft&orderby=ID&order=desc")
        page.locator(f"#post-{number}").hover()
        page.locator(f"#post-{number} .editinline").click()
        form = page.locator(f"#edit-{number}")
        form.locator("select[name=_status]").select_option("publish")
        form.locator("button.save").click()

    def test_banned(self, site: Site, editor: Page) -> None:
        number = draft(site, BANNED)
        self.quick_edit(editor, site, number)
        error = editor.locator(f"#edit-{number} .notice-error")
        expect(error).to_contain_text("QC: Phải sửa 1 lỗi")
        assert site.status(number) == "draft"

    def test_clean(self, site: Site, editor: Page) -> None:
        number = draft(site, CLEAN)
        self.quick_edit(editor, site, number)
        expect(editor.locator(f"#edit-{number}")).to_have_count(0)
        assert site.status(number) == "publish"
        badge = editor.locator(f"#post-{number} .column-qc_gate .qc-gate-badge")
        expect(badge).to_have_text("Cần xem lại")


class TestBulkEdit:
    def test_banned_stays_and_clean_goes(self, site: Site, editor: Page) -> None:
        bad, good = draft(site, BANNED), draft(site, CLEAN)
        editor.goto(f"{site.url}/wp-admin/edit.php?post_status=draft&orderby=ID&order=desc")
        for number in (bad, good):
            editor.check(f"#cb-select-{number}")
        editor.select_option("#bulk-action-selector-top", "edit")
        editor.click("#doaction")
        editor.locator("#bulk-edit select[name=_status]").select_option("publish")
        editor.click("#bulk_edit")
        expect(editor.locator(".qc-gate-notice").first).to_contain_text("QC: Phải sửa 1 lỗi")
        assert (site.status(bad), site.status(good)) == ("draft", "publish")


class TestClassicEditor:
    @pytest.fixture(autouse=True)
    def classic(self, site: Site) -> object:
        site.php("update_option('test_editor', 'classic');")
        yield
        site.php("delete_option('test_editor');")

    def open(self, page: Page, site: Site, number: int) -> None:
        page.goto(f"{site.url}/wp-admin/post.php?post={number}&action=edit")
        page.wait_for_function("window.qcGate && !qcGate.isBusy()")

    def test_banned_is_kept_as_a_draft_with_a_notice(self, site: Site, editor: Page) -> None:
        number = draft(site, CLEAN)
        self.open(editor, site, number)
        editor.click("#content-html")
        editor.fill("#content", BANNED_TEXT)
        editor.click("#publish")
        notice = editor.locator(".qc-gate-notice.notice-error")
        expect(notice).to_contain_text("QC: Phải sửa 1 lỗi")
        expect(notice.locator("li").first).to_contain_text(re.compile("mật khẩu", re.I))
        expect(editor.locator("#message")).to_contain_text("Đã lưu bài, nhưng chưa đăng.")
        assert site.status(number) == "draft"
        assert BANNED_TEXT in site.content(number)

    def test_suggestion_and_publication(self, site: Site, editor: Page) -> None:
        number = draft(site, TYPO)
        self.open(editor, site, number)
        finding = editor.locator("#qc-gate-root .qc-gate-finding.is-error")
        finding.get_by_role("button", name="Đến chỗ này").click()
        finding.get_by_role("button", name="Thay bằng “ngành”").click()
        expect(finding).to_have_count(0)
        editor.fill("#qc-gate-source", "Báo Nhân Dân")
        editor.fill("#qc-gate-source_url", "https://nhandan.vn/tin-goc.html")
        editor.click("#publish")
        editor.wait_for_url("**message=*")
        assert site.status(number) == "publish"
        assert "các em ngành học" in site.content(number)
        fields = site.php("return get_post_meta($id, QcGate\\FIELDS, true);", id=number)
        assert fields["source"] == "Báo Nhân Dân"

    def test_bad_edit_of_a_live_post(self, site: Site, editor: Page) -> None:
        number = int(site.rest("POST", "/wp/v2/posts", post(CLEAN))[1]["id"])
        time.sleep(1.1)  # WordPress offers an autosave that is newer by whole seconds
        self.open(editor, site, number)
        editor.click("#content-html")
        editor.fill("#content", BANNED_TEXT)
        editor.click("#publish")
        expect(editor.locator("#message")).to_contain_text("người đọc vẫn thấy bản cũ")
        assert (site.status(number), site.content(number)) == ("publish", CLEAN)
        expect(editor.locator("#has-newer-autosave")).to_be_visible()


class TestSettingsPage:
    def open(self, page: Page, site: Site) -> None:
        page.goto(f"{site.url}/wp-admin/options-general.php?page=qc-gate")

    def test_connection(self, settings: Site, administrator: Page) -> None:
        self.open(administrator, settings)
        administrator.click("#qc-gate-try")
        expect(administrator.locator("#qc-gate-tried")).to_have_text("Đã kết nối được với dịch vụ.")
        names = administrator.locator("#qc-gate-policies option")
        expect(names).not_to_have_count(0)
        assert "tieu-hoc" in names.evaluate_all("all => all.map(each => each.value)")

    def test_token(self, settings: Site, guarded: tuple[str, str]) -> None:
        url, token = guarded
        settings.configure(url=url, token=token)
        assert settings.rest("POST", "/wp/v2/posts", post(CLEAN))[0] == 201
        settings.configure(url=url, token="qc_0_sai")
        code, answer = settings.rest("POST", "/wp/v2/posts", post(CLEAN))
        assert code == 400
        assert "dịch vụ kiểm tra không nhận mã truy cập" in answer["message"]

    def test_saving(self, settings: Site, administrator: Page) -> None:
        self.open(administrator, settings)
        administrator.fill("#qc-gate-policy", "tieu-hoc")
        administrator.fill("#qc-gate-token", "bi-mat-123")
        administrator.select_option("#qc-gate-fail", "open")
        administrator.select_option("[name='qc_gate[checklist][pending][access]']", "required")
        administrator.uncheck("[name='qc_gate[roles][]'][value=editor]")
        administrator.click("#submit")
        administrator.wait_for_url("**settings-updated=true")
        stored = settings.php("return get_option('qc_gate');")
        assert (stored["policy"], stored["token"], stored["fail"]) == (
            "tieu-hoc",
            "bi-mat-123",
            "open",
        )
        assert stored["checklist"]["pending"]["access"] == "required"
        assert stored["roles"] == ["administrator"]
        assert stored["url"] == settings.service_url
        assert "bi-mat-123" not in administrator.content()

    def test_it_can_be_used_by_everyone(self, site: Site, administrator: Page) -> None:
        from axe_playwright_python.sync_playwright import Axe

        self.open(administrator, site)
        found = Axe().run(administrator, context=".qc-gate-settings").response["violations"]
        assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []

    def test_only_administrators(self, site: Site, editor: Page) -> None:
        answer = editor.goto(f"{site.url}/wp-admin/options-general.php?page=qc-gate")
        assert answer is not None
        assert answer.status == 403

    @pytest.mark.parametrize(
        ("given", "name", "kept"),
        [
            ({"url": "javascript:alert(1)"}, "url", None),
            ({"policy": "../../etc/passwd"}, "policy", "co-so"),
            ({"fail": "sometimes"}, "fail", "closed"),
            ({"timeout_s": "100000"}, "timeout_s", 120),
            ({"roles": ["editor", "hacker"]}, "roles", ["editor"]),
            ({"checklist": {"draft": {"form": "required"}}}, "checklist", None),
        ],
        ids=lambda value: str(value)[:30],
    )
    def test_what_is_not_valid_is_not_stored(
        self, site: Site, given: dict[str, object], name: str, kept: object
    ) -> None:
        code = """require_once ABSPATH . 'wp-admin/includes/template.php';
        return array(QcGate\\sanitize_settings($given)[$name], QcGate\\setting($name));"""
        new, old = site.php(code, given=given, name=name)
        assert new == (old if kept is None else kept)


class TestChecklist:
    """A checklist of its own for each status."""

    def test_required_for_submission(self, settings: Site) -> None:
        checklist = settings.php("return QcGate\\default_checklist();")
        checklist["pending"]["spelling"] = "required"
        settings.configure(checklist=checklist)
        code, answer = settings.rest("POST", "/wp/v2/posts", post(TYPO, "pending"), user="dung")
        assert code == 400
        assert answer["message"] == "QC: Danh mục kiểm tra còn thiếu: Chính tả."
        assert settings.rest("POST", "/wp/v2/posts", post(TYPO, "draft"), user="dung")[0] == 201
        assert settings.rest("POST", "/wp/v2/posts", post(CLEAN, "pending"), user="dung")[0] == 201

    def test_required_for_publication_asks_for_what_is_only_a_warning(self, settings: Site) -> None:
        checklist = settings.php("return QcGate\\default_checklist();")
        checklist["publish"]["fields"] = "required"
        settings.configure(checklist=checklist)
        no_summary = {"title": TITLE, "content": CLEAN, "status": "publish"}
        code, answer = settings.rest("POST", "/wp/v2/posts", no_summary)
        assert code == 400
        assert "Tiêu đề, tóm tắt" in answer["message"]

    def test_warnings_wait_for_an_editor_where_the_settings_say_so(self, settings: Site) -> None:
        settings.configure(on_review="editors")
        no_category = {"title": TITLE, "content": CLEAN, "excerpt": SAPO, "status": "publish"}
        assert settings.rest("POST", "/wp/v2/posts", no_category, user="binh")[0] == 400
        code, made = settings.rest("POST", "/wp/v2/posts", no_category, user="cuong")
        assert code == 201
        # What the editor has scheduled goes out without a user; what was changed since does not.
        assert self.at_its_hour(settings, made["id"], CLEAN) == "publish"
        assert self.at_its_hour(settings, made["id"], TYPO.replace("nghành", "học")) == "pending"

    def at_its_hour(self, site: Site, number: int, content: str) -> str:
        code = """global $wpdb; $past = gmdate('Y-m-d H:i:s', time() - 120);
        $wpdb->update($wpdb->posts, array('post_status' => 'future', 'post_date_gmt' => $past,
            'post_content' => $text), array('ID' => $id));
        clean_post_cache($id);
        wp_schedule_single_event(time() - 60, 'publish_future_post', array($id));"""
        site.php(code, id=number, text=content)
        site.cron()
        return site.status(number)


class TestManyPosts:
    def test_bulk_action_checks_again(self, site: Site, editor: Page) -> None:
        good = int(site.rest("POST", "/wp/v2/posts", post(CLEAN))[1]["id"])
        # As if a banned text had come in past WordPress.
        code = """global $wpdb; $id = wp_insert_post(wp_slash($row));
        $wpdb->update($wpdb->posts, array('post_content' => $text), array('ID' => $id));
        return $id;"""
        bad = site.php(
            code,
            row={"post_title": TITLE, "post_content": CLEAN, "post_status": "publish"},
            text=BANNED,
        )
        editor.goto(f"{site.url}/wp-admin/edit.php?orderby=ID&order=desc")
        expect(editor.locator(f"#post-{bad} .column-qc_gate")).to_contain_text("bài đã sửa sau đó")
        for number in (good, bad):
            editor.check(f"#cb-select-{number}")
        editor.select_option("#bulk-action-selector-top", "qc_gate_recheck")
        editor.click("#doaction")
        status = editor.locator("#qc-gate-recheck [role=status]")
        expect(status).to_contain_text("Đã xem 2 trên 2 bài: 1 bài phải sửa, 0 bài không kiểm tra")
        editor.goto(f"{site.url}/wp-admin/edit.php?qc_verdict=block")
        expect(editor.locator(f"#post-{bad} .qc-gate-badge")).to_have_text("Phải sửa")
        expect(editor.locator(f"#post-{good}")).to_have_count(0)
        assert site.status(bad) == "publish"  # a re-check takes nothing down

    def test_held_posts_are_announced(self, site: Site, editor: Page) -> None:
        code = "$id = wp_insert_post(wp_slash($row)); wp_publish_post($id); return $id;"
        site.php(code, row={"post_title": "Bài bị giữ <b>lại</b>", "post_content": BANNED})
        editor.goto(f"{site.url}/wp-admin/index.php")
        notice = editor.locator(".qc-gate-notice", has_text="Bài bị giữ lại")
        expect(notice).to_contain_text("bị giữ lại")


class TestPermissions:
    @pytest.mark.parametrize("path", ["check", "recheck", "waiver"])
    def test_a_post_of_somebody_else(self, site: Site, path: str) -> None:
        number = draft(site, CLEAN)
        data = {"id": number, "rule": "spelling-non-word", "reason": "một lý do đủ dài"}
        assert site.rest("POST", f"/qc-gate/v1/{path}", data, user="dung")[0] == 403

    def test_the_service_page(self, site: Site) -> None:
        assert site.rest("GET", "/qc-gate/v1/service", user="cuong")[0] == 403
