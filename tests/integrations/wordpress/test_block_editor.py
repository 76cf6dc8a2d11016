"""The block editor in Chromium: the panel, the lock, places, suggestions, waivers."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.integrations.wordpress.articles import (
    BANNED,
    CLEAN,
    TITLE,
    TYPO,
    TYPO_TEXT,
    block,
    post,
)
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

pytestmark = pytest.mark.cms


def test_banned_article_is_locked_and_refused(site: Site, editor: Page) -> None:
    open_block_editor(editor, site)
    write(editor, CLEAN + BANNED)
    wait_checked(editor, "block")
    mistake = editor.locator(".qc-gate-finding.is-error .qc-gate-message")
    expect(mistake).to_have_count(1)
    expect(mistake).to_contain_text(re.compile("mật khẩu", re.I))
    assert is_locked(editor)
    editor.click(".editor-post-publish-panel__toggle")
    last = editor.locator(".editor-post-publish-panel")
    expect(last.locator(".qc-gate-no")).to_contain_text("Phải sửa 1 lỗi")
    button = last.locator(".editor-post-publish-button")
    expect(button).to_have_attribute("aria-disabled", "true")
    publish_past_the_panel(editor)
    failed = editor.locator(".components-notice.is-error")
    expect(failed.first).to_contain_text("QC: Phải sửa 1 lỗi")
    assert site.status(post_id(editor)) in ("auto-draft", "draft")


def test_clean_article_is_published_in_time(site: Site, editor: Page) -> None:
    open_block_editor(editor, site)
    write(editor, CLEAN)
    wait_checked(editor, "review")  # the editor is the author: nobody else has approved
    assert not is_locked(editor)
    press_publish(editor)
    editor.wait_for_function(f"{STATUS} === 'publish'")
    assert site.status(post_id(editor)) == "publish"


def test_after_the_suggestion_is_applied_it_is_published(site: Site, editor: Page) -> None:
    open_block_editor(editor, site)
    write(editor, CLEAN + block(TYPO_TEXT.replace("nghành", "<strong>nghành</strong>")))
    wait_checked(editor, "block")
    finding = editor.locator(".qc-gate-finding.is-error", has_text="nghành")
    finding.get_by_role("button", name="Đến chỗ này").click()
    chosen = editor.evaluate(
        "wp.data.select('core/block-editor').getSelectedBlock().attributes.content"
    )
    assert "nghành" in str(chosen)
    assert editor.evaluate("window.getSelection().toString()") == "nghành"
    assert (
        editor.evaluate("CSS.highlights.get('qc-gate').values().next().value.toString()")
        == "nghành"
    )
    finding.get_by_role("button", name="Thay bằng “ngành”").click()
    wait_checked(editor, "review")
    content = editor.evaluate("wp.data.select('core/editor').getEditedPostContent()")
    assert "<strong>ngành</strong> học" in content
    press_publish(editor)
    editor.wait_for_function(f"{STATUS} === 'publish'")
    assert "<strong>ngành</strong> học" in site.content(post_id(editor))


PLACES = {
    "table": (
        '<!-- wp:table --><figure class="wp-block-table"><table><tbody><tr><td>Lớp</td>'
        "<td>Các em nghành học</td></tr></tbody></table></figure><!-- /wp:table -->"
    ),
    "list": (
        "<!-- wp:list --><ul><!-- wp:list-item --><li>Các em nghành học</li>"
        "<!-- /wp:list-item --></ul><!-- /wp:list -->"
    ),
    "quote": (
        '<!-- wp:quote --><blockquote class="wp-block-quote"><!-- wp:paragraph --><p>Các em nghành '
        "học</p><!-- /wp:paragraph --></blockquote><!-- /wp:quote -->"
    ),
    "html": "<!-- wp:html --><p>Các em <i>nghành</i> học</p><!-- /wp:html -->",
    "twice": block("Các em ở <b>nhà</b> nghành học vui") + block("Ngoài ra các em nghành học giỏi"),
}


@pytest.mark.parametrize("place", PLACES)
def test_a_suggestion_is_applied_wherever_it_stands(site: Site, editor: Page, place: str) -> None:
    open_block_editor(editor, site)
    write(editor, CLEAN + PLACES[place])
    wait_checked(editor, "block")
    for _ in range(PLACES[place].count("nghành")):
        button = editor.get_by_role("button", name="Thay bằng “ngành”").last
        left = editor.locator(".qc-gate-finding.is-error").count()
        button.click()
        expect(editor.locator(".qc-gate-finding.is-error")).to_have_count(left - 1)
    wait_checked(editor, "review")
    content = editor.evaluate("wp.data.select('core/editor').getEditedPostContent()")
    assert "nghành" not in content
    assert content.count("ngành") == PLACES[place].count("nghành")


def test_a_finding_in_the_title(site: Site, editor: Page) -> None:
    open_block_editor(editor, site)
    write(editor, CLEAN, title=TITLE + " nghành giáo dục")
    wait_checked(editor, "review")
    finding = editor.locator(".qc-gate-finding", has_text="nghành")
    finding.get_by_role("button", name="Đến chỗ này").click()
    assert "title" in str(editor.evaluate("document.activeElement.className"))
    finding.get_by_role("button", name="Thay bằng “ngành”").click()
    expect(finding).to_have_count(0)
    title = editor.evaluate("wp.data.select('core/editor').getEditedPostAttribute('title')")
    assert title == TITLE + " ngành giáo dục"


def test_a_finding_about_a_field(site: Site, editor: Page) -> None:
    made = site.rest("POST", "/wp/v2/posts", post(CLEAN, "draft"), user="binh")[1]["id"]
    open_block_editor(editor, site, made)
    wait_checked(editor, "review")
    finding = editor.locator(".qc-gate-finding", has_text="chuyên mục").first
    finding.get_by_role("button", name="Đến chỗ này").click()
    opened = "wp.data.select('core/edit-post').isEditorPanelOpened('taxonomy-panel-category')"
    editor.wait_for_function(opened)
    editor.get_by_role("button", name="Thông tin bài viết").click()
    editor.get_by_label("Nguồn tin", exact=True).fill("Báo Nhân Dân")
    editor.get_by_label("Người duyệt").fill("Lê Thị Hoa")
    wait = "wp.data.dispatch('core/edit-post').openGeneralSidebar('qc-gate/qc-gate-sidebar')"
    editor.evaluate(wait)
    wait_checked(editor, "block")  # a source needs the address of the original
    asked: list[str] = []
    editor.on("request", lambda request: asked.append(request.url))
    editor.wait_for_timeout(2500)
    assert [url for url in asked if "check" in url] == []  # nothing changes, nothing is asked
    editor.click(".editor-post-save-draft")
    editor.wait_for_function("!wp.data.select('core/editor').isEditedPostDirty()")
    code = """return array(get_post_meta($id, QcGate\\FIELDS, true)['source'],
        get_post_meta($id, QcGate\\APPROVER, true));"""
    assert site.php(code, id=made) == ["Báo Nhân Dân", "Lê Thị Hoa"]


def test_a_draft_can_be_saved_while_publication_is_locked(site: Site, editor: Page) -> None:
    open_block_editor(editor, site)
    write(editor, TYPO)
    wait_checked(editor, "block")
    editor.click(".editor-post-save-draft")
    editor.wait_for_function(f"{STATUS} === 'draft'")
    assert site.content(post_id(editor)) == TYPO


def test_an_editor_waives_with_a_reason(site: Site, editor: Page) -> None:
    made = site.rest("POST", "/wp/v2/posts", post(TYPO, "draft"), user="binh")[1]["id"]
    open_block_editor(editor, site, made)
    wait_checked(editor, "block")
    finding = editor.locator(".qc-gate-finding.is-error")
    finding.get_by_role("button", name="Miễn trừ").click()
    finding.locator("textarea").fill("ngắn")
    finding.get_by_role("button", name="Miễn quy tắc này").click()
    expect(finding.get_by_role("alert")).to_contain_text("ít nhất 10 ký tự")
    reason = "Chữ viết trong tác phẩm <b>gốc</b> --> của học sinh"
    finding.locator("textarea").fill(reason)
    finding.get_by_role("button", name="Miễn quy tắc này").click()
    waived = editor.locator(".qc-gate-finding.is-waived")
    expect(waived).to_have_count(1)
    assert "Lê Văn Cường đã miễn" in waived.text_content()
    press_publish(editor)
    editor.wait_for_function(f"{STATUS} === 'publish'")
    (kept,) = site.php("return QcGate\\waivers_of($id);", id=made)
    assert (kept["author"], kept["role"]) == ("Lê Văn Cường", "editor")
    assert kept["rule"] == "spelling-non-word"


def test_an_author_may_not_waive(site: Site, author: Page) -> None:
    made = site.rest("POST", "/wp/v2/posts", post(TYPO, "draft"), user="binh")[1]["id"]
    open_block_editor(author, site, made)
    wait_checked(author, "block")
    assert author.get_by_role("button", name="Miễn trừ").count() == 0
    data = {"id": made, "rule": "spelling-non-word", "reason": "tôi muốn viết như thế này"}
    assert site.rest("POST", "/qc-gate/v1/waiver", data, user="binh")[0] == 403


def test_what_the_policy_forbids_nobody_waives(site: Site) -> None:
    made = site.rest("POST", "/wp/v2/posts", post(BANNED, "draft"))[1]["id"]
    data = {"id": made, "rule": "secret-password", "reason": "mật khẩu này ai cũng biết rồi"}
    assert site.rest("POST", "/qc-gate/v1/waiver", data)[0] == 200
    assert site.rest("POST", f"/wp/v2/posts/{made}", {"status": "publish"})[0] == 400


def test_a_finding_cannot_carry_markup_into_the_panel(site: Site, editor: Page) -> None:
    attack = "nghành<img src=x onerror=window.hacked=1>"
    open_block_editor(editor, site)
    write(editor, CLEAN, title=TITLE + " &lt;img src=x onerror=window.hacked=1&gt; nghành")
    wait_checked(editor, "block")
    assert editor.locator(".qc-gate-panel img").count() == 0
    assert not editor.evaluate("Boolean(window.hacked)")
    assert attack not in editor.locator(".qc-gate-panel").first.inner_html()


def test_bad_edit_of_a_live_post(site: Site, editor: Page) -> None:
    made = site.rest("POST", "/wp/v2/posts", post(CLEAN))[1]["id"]
    open_block_editor(editor, site, made)
    write(editor, BANNED)
    wait_checked(editor, "block")
    publish_past_the_panel(editor)
    expect(editor.locator(".components-notice.is-error").first).to_contain_text("QC:")
    assert (site.status(made), site.content(made)) == ("publish", CLEAN)


def test_the_panel_can_be_used_by_everyone(site: Site, editor: Page) -> None:
    from axe_playwright_python.sync_playwright import Axe

    made = site.rest("POST", "/wp/v2/posts", post(TYPO + BANNED, "draft"))[1]["id"]
    open_block_editor(editor, site, made)
    wait_checked(editor, "block")
    found = Axe().run(editor, context=".qc-gate-panel").response["violations"]
    assert [(each["id"], each["nodes"][0]["html"]) for each in found] == []
    badge = site.php("return QcGate\\result_of($id);", id=made)
    assert (badge["verdict"], badge["current"]) == ("block", True)
