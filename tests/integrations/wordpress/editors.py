"""Driving the editors of WordPress in Chromium, as an editor of a school would."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

from tests.integrations.wordpress.articles import SAPO, TITLE
from tests.integrations.wordpress.site import PASSWORD, Site

SAVE = "wp.data.dispatch('core/editor').savePost()"
DIRTY = "wp.data.select('core/editor').isEditedPostDirty()"
STATUS = "wp.data.select('core/editor').getCurrentPostAttribute('status')"


def log_in(browser: Browser, site: Site, user: str) -> Page:
    """A page of a user who is logged in."""
    page = browser.new_context(locale="vi-VN", viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(20_000)
    page.goto(f"{site.url}/wp-login.php")
    page.fill("#user_login", user)
    page.fill("#user_pass", PASSWORD)
    page.click("#wp-submit")
    page.wait_for_url("**/wp-admin/**")
    return page


def open_block_editor(page: Page, site: Site, post: int | None = None) -> None:
    """The block editor of a new or an old post, without its guide, with the panel open."""
    address = f"post.php?post={post}&action=edit" if post else "post-new.php"
    page.goto(f"{site.url}/wp-admin/{address}")
    page.wait_for_function(
        "window.wp && wp.data && wp.data.select('core/editor').getCurrentPostId()"
    )
    page.evaluate(
        "() => { const edit = wp.data.dispatch('core/edit-post');"
        "if (wp.data.select('core/edit-post').isFeatureActive('welcomeGuide'))"
        " edit.toggleFeature('welcomeGuide');"
        "if (wp.data.select('core/edit-post').isFeatureActive('fullscreenMode'))"
        " edit.toggleFeature('fullscreenMode');"
        "edit.openGeneralSidebar('qc-gate/qc-gate-sidebar'); }"
    )
    expect(page.locator(".qc-gate-panel").first).to_be_visible()


def write(page: Page, content: str, title: str = TITLE) -> None:
    """Put an article into the block editor."""
    page.evaluate(
        "([title, excerpt, content]) => {"
        "wp.data.dispatch('core/editor').editPost({title, excerpt});"
        "wp.data.dispatch('core/block-editor').resetBlocks(wp.blocks.parse(content)); }",
        [title, SAPO, content],
    )


def wait_checked(page: Page, verdict: str) -> None:
    """Wait until the text as it stands is checked, and the panel shows this verdict."""
    page.wait_for_function("window.qcGate && !qcGate.isBusy()")
    expect(page.locator(f".qc-gate-head .qc-gate-badge.qc-gate-{verdict}").first).to_be_visible()


def is_locked(page: Page) -> bool:
    """Whether saving is locked."""
    return bool(page.evaluate("wp.data.select('core/editor').isPostSavingLocked()"))


def press_publish(page: Page) -> None:
    """Press Publish, and Publish again in the panel that opens."""
    page.click(".editor-post-publish-panel__toggle, .editor-post-publish-button")
    second = page.locator(".editor-post-publish-panel .editor-post-publish-button")
    if second.count() or page.locator(".editor-post-publish-panel").count():
        second.click()


def publish_past_the_panel(page: Page) -> None:
    """Publish as a script or an old tab does: no lock, no button."""
    page.evaluate(
        "() => { wp.data.dispatch('core/editor').unlockPostSaving('qc-gate');"
        "wp.data.dispatch('core/editor').editPost({status: 'publish'});"
        "return wp.data.dispatch('core/editor').savePost(); }"
    )


def post_id(page: Page) -> int:
    """The number of the post in the block editor."""
    return int(page.evaluate("wp.data.select('core/editor').getCurrentPostId()"))
