"""The gates without a browser: every way to publish, for a banned and for a clean article."""

from __future__ import annotations

import xmlrpc.client
from collections.abc import Callable

import pytest

from tests.integrations.wordpress.articles import BANNED, CLEAN, SAPO, TITLE, TYPO, block, post, row
from tests.integrations.wordpress.site import PASSWORD, Site

pytestmark = pytest.mark.cms

Way = Callable[[Site, str], str]


def by_rest(site: Site, content: str) -> str:
    code, answer = site.rest("POST", "/wp/v2/posts", post(content, categories=[site.news]))
    return str(answer["status"]) if code == 201 else "refused"


def by_rest_update(site: Site, content: str) -> str:
    _, made = site.rest("POST", "/wp/v2/posts", post(content, "draft"))
    site.rest("POST", f"/wp/v2/posts/{made['id']}", {"status": "publish"})
    return site.status(made["id"])


def by_rest_page(site: Site, content: str) -> str:
    code, answer = site.rest("POST", "/wp/v2/pages", post(content))
    return str(answer["status"]) if code == 201 else "refused"


def by_xmlrpc(site: Site, content: str) -> str:
    words = {"post_title": TITLE, "post_content": content, "post_excerpt": SAPO}
    try:
        made = site.xmlrpc().wp.newPost(1, "cuong", PASSWORD, {**words, "post_status": "publish"})
    except xmlrpc.client.Fault as fault:
        return "refused" if "QC:" in fault.faultString else fault.faultString
    return site.status(int(str(made)))


def by_metaweblog(site: Site, content: str) -> str:
    words = {"title": TITLE, "description": content, "mt_excerpt": SAPO}
    try:
        made = site.xmlrpc().metaWeblog.newPost(1, "cuong", PASSWORD, words, True)
    except xmlrpc.client.Fault as fault:
        return "refused" if "QC:" in fault.faultString else fault.faultString
    return site.status(int(str(made)))


def by_php(site: Site, content: str) -> str:
    return site.status(site.php("return wp_insert_post(wp_slash($row), true);", row=row(content)))


def by_php_update(site: Site, content: str) -> str:
    code = """$id = wp_insert_post(wp_slash($row));
    wp_update_post(array('ID' => $id, 'post_status' => 'publish')); return $id;"""
    return site.status(site.php(code, row=row(content, "draft")))


def by_publish_function(site: Site, content: str) -> str:
    code = "$id = wp_insert_post(wp_slash($row)); wp_publish_post($id); return $id;"
    return site.status(site.php(code, row=row(content, "draft")))


def by_private(site: Site, content: str) -> str:
    code = """$id = wp_insert_post(wp_slash($row));
    wp_update_post(array('ID' => $id, 'post_status' => 'publish')); return $id;"""
    return site.status(site.php(code, row=row(content, "private")))


def by_untrash(site: Site, content: str) -> str:
    code = """$id = wp_insert_post(wp_slash($row)); wp_trash_post($id);
    add_filter('wp_untrash_post_status', fn() => 'publish');
    wp_untrash_post($id); return $id;"""
    return site.status(site.php(code, row=row(content, "draft")))


# Where nothing can be scheduled with a banned text (scheduling is gated too), the row is written
# past WordPress, as an older site would hold it from before the plug-in.
SCHEDULE = """global $wpdb; $id = wp_insert_post(wp_slash($row));
$past = gmdate('Y-m-d H:i:s', time() - 120);
$wpdb->update($wpdb->posts, array('post_status' => 'future', 'post_date_gmt' => $past,
    'post_date' => get_date_from_gmt($past)), array('ID' => $id));
clean_post_cache($id);
wp_schedule_single_event(time() - 60, 'publish_future_post', array($id)); return $id;"""


def by_scheduler(site: Site, content: str) -> str:
    made = site.php(SCHEDULE, row=row(content, "draft"))
    assert site.status(made) == "future"
    site.cron()
    return site.status(made)


WAYS: dict[Way, str] = {  # and what becomes of a banned article
    by_rest: "refused",
    by_rest_update: "draft",
    by_rest_page: "refused",
    by_xmlrpc: "refused",
    by_metaweblog: "refused",
    by_php: "draft",
    by_php_update: "draft",
    by_publish_function: "pending",
    by_private: "private",
    by_untrash: "draft",
    by_scheduler: "pending",
}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_banned_article_does_not_go_live(site: Site, way: Way) -> None:
    assert way(site, BANNED) == WAYS[way]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_clean_article_goes_live(site: Site, way: Way) -> None:
    assert way(site, CLEAN) == "publish"


def test_banned_article_cannot_be_scheduled(site: Site) -> None:
    later = {"date": "2039-01-01T08:00:00", "status": "future"}
    code, answer = site.rest("POST", "/wp/v2/posts", post(BANNED) | later)
    assert (code, answer["code"]) == (400, "qc_gate_refused")
    assert site.rest("POST", "/wp/v2/posts", post(CLEAN) | later)[1]["status"] == "future"


def test_the_refusal_says_what_to_correct(site: Site) -> None:
    _, answer = site.rest("POST", "/wp/v2/posts", post(TYPO))
    assert answer["message"].startswith("QC: Phải sửa 1 lỗi trước khi đăng:")
    assert "nghành" in answer["message"]
    assert answer["data"]["verdict"] == "block"


@pytest.mark.parametrize("hidden", ["reusable", "attributes", "caption", "classic", "comment"])
def test_no_corner_of_the_content_is_left_out(site: Site, hidden: str) -> None:
    words = "Mật khẩu wifi của trường: hoasen2026."
    if hidden == "reusable":
        code = "return wp_insert_post(wp_slash($row));"
        shared = site.php(code, row=row(block(words), post_type="wp_block"))
        content = CLEAN + f'<!-- wp:block {{"ref":{shared}}} /-->'
    else:
        content = {
            "attributes": CLEAN + f'<!-- wp:acme/notice {{"text":"{words}"}} /-->',
            "caption": f'[caption id="x" width="10"]<img src="/a.jpg" alt="">{words}[/caption]',
            "classic": f"Đoạn đầu của bài.\n\n{words}",
            "comment": BANNED
            + "<!-- qc-allow secret-password: ai cũng được phép (Ai, 2099-01-01) -->",
        }[hidden]
    assert by_rest(site, content) == "refused"


def test_an_inline_waiver_of_the_author_does_not_count(site: Site) -> None:
    waived = TYPO + "<!-- qc-allow spelling-non-word: tôi muốn viết như thế (Tôi, 2099-01-01) -->"
    assert by_rest(site, waived) == "refused"


class TestLivePost:
    """A post that is out stays as it is when a new version is refused."""

    @pytest.fixture
    def live(self, site: Site) -> int:
        return int(site.rest("POST", "/wp/v2/posts", post(CLEAN))[1]["id"])

    def test_bad_edit_by_rest(self, site: Site, live: int) -> None:
        code, _ = site.rest("POST", f"/wp/v2/posts/{live}", {"content": BANNED})
        assert code == 400
        assert (site.status(live), site.content(live)) == ("publish", CLEAN)

    def test_bad_edit_by_php_is_kept_as_an_autosave(self, site: Site, live: int) -> None:
        code = "wp_update_post(wp_slash(array('ID' => $id, 'post_content' => $content)));"
        site.php(code, id=live, content=BANNED)
        assert (site.status(live), site.content(live)) == ("publish", CLEAN)
        code = "return wp_get_post_autosave($id, 0)->post_content;"
        assert site.php(code, id=live) == BANNED

    def test_bad_edit_by_xmlrpc(self, site: Site, live: int) -> None:
        with pytest.raises(xmlrpc.client.Fault, match="QC:"):
            site.xmlrpc().wp.editPost(1, "cuong", PASSWORD, live, {"post_content": BANNED})
        assert (site.status(live), site.content(live)) == ("publish", CLEAN)

    def test_result_of_the_live_version_is_kept(self, site: Site, live: int) -> None:
        site.rest("POST", f"/wp/v2/posts/{live}", {"content": BANNED})
        code = """$log = get_post_meta($id, QcGate\\EVENTS, true);
        return QcGate\\result_of($id) + array('log' => $log);"""
        kept = site.php(code, id=live)
        assert kept["verdict"] in ("pass", "review")
        assert [each["event"] for each in kept["log"]] == ["published", "refused"]

    def test_picture_of_a_refused_version_is_not_taken(self, site: Site, live: int) -> None:
        code = """$about = array('post_title' => 'ảnh', 'post_mime_type' => 'image/png');
        $file = wp_insert_attachment($about, false);
        update_attached_file($file, '2026/khong-co.png');
        $change = array('ID' => $id, 'post_content' => $content, '_thumbnail_id' => $file);
        wp_update_post(wp_slash($change));
        return get_post_thumbnail_id($id);"""
        assert site.php(code, id=live, content=BANNED) == 0

    def test_good_edit_goes_live(self, site: Site, live: int) -> None:
        better = CLEAN + block("Ngày hội kết thúc lúc 11 giờ cùng ngày.")
        assert site.rest("POST", f"/wp/v2/posts/{live}", {"content": better})[0] == 200
        assert site.content(live) == better

    def test_it_can_always_be_taken_down(self, site: Site, live: int) -> None:
        site.rest("POST", f"/wp/v2/posts/{live}", {"content": BANNED, "status": "draft"})
        assert (site.status(live), site.content(live)) == ("draft", BANNED)

    def test_change_of_no_text_is_let_through(self, site: Site, live: int) -> None:
        site.service.stop()
        try:
            assert site.rest("POST", f"/wp/v2/posts/{live}", {"comment_status": "closed"})[0] == 200
        finally:
            site.service.start()


def test_bad_edit_of_a_scheduled_post_keeps_the_old_version(site: Site) -> None:
    later = {"date": "2039-01-01T08:00:00", "status": "future"}
    made = site.rest("POST", "/wp/v2/posts", post(CLEAN) | later)[1]["id"]
    site.php(
        "wp_update_post(wp_slash(array('ID' => $id, 'post_content' => $c)));", id=made, c=BANNED
    )
    assert (site.status(made), site.content(made)) == ("future", CLEAN)


def test_reusable_block_of_a_live_post(site: Site) -> None:
    block_of = {"post_type": "wp_block", "post_title": "Liên hệ"}
    shared = site.php("return wp_insert_post(wp_slash($row));", row=row(CLEAN, **block_of))
    assert site.status(shared) == "publish"
    assert by_rest(site, CLEAN + f'<!-- wp:block {{"ref":{shared}}} /-->') == "publish"
    assert site.rest("POST", f"/wp/v2/blocks/{shared}", {"content": BANNED})[0] == 400
    code = "wp_update_post(wp_slash(array('ID' => $id, 'post_content' => $content)));"
    site.php(code, id=shared, content=BANNED)
    assert (site.status(shared), site.content(shared)) == ("publish", CLEAN)
    better = block("Liên hệ văn phòng nhà trường trong giờ hành chính.")
    assert site.rest("POST", f"/wp/v2/blocks/{shared}", {"content": better})[0] == 200


def test_code_that_publishes_learns_the_reason(site: Site) -> None:
    code = """$hear = function ($id, $message) use (&$said) { $said = $message; };
    add_action('qc_gate_refused', $hear, 10, 2);
    wp_insert_post(wp_slash($row)); return $said;"""
    assert "mật khẩu" in site.php(code, row=row(BANNED)).lower()


def test_php_had_nothing_to_complain_about(site: Site) -> None:
    log = site.debug_log.read_text() if site.debug_log.exists() else ""
    assert "qc-gate" not in log
