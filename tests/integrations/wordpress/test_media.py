"""Pictures: what is uploaded, what an article shows, and what the library knows about it."""

from __future__ import annotations

import base64
from typing import Any

import pytest

from tests.integrations.wordpress.articles import CLEAN, picture, post
from tests.integrations.wordpress.site import Site
from tests.integrations.wordpress.test_service_down import upload

pytestmark = pytest.mark.cms


def rest_upload(site: Site, data: bytes, name: str) -> tuple[int, Any]:
    """Upload through the REST interface, as the block editor does."""
    import json
    import urllib.error

    secret = base64.b64encode(f"cuong:{site.keys['cuong']}".encode()).decode()
    head = {
        "Authorization": f"Basic {secret}",
        "Content-Type": "image/jpeg",
        "Content-Disposition": f'attachment; filename="{name}"',
    }
    address = f"{site.url}/?rest_route=/wp/v2/media"
    request = urllib.request.Request(address, data=data, headers=head, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, json.load(answer)
    except urllib.error.HTTPError as error:
        return error.code, json.load(error)


def test_picture_that_tells_where_it_was_taken_is_refused(site: Site) -> None:
    code, answer = rest_upload(site, picture(gps=True), "co-toa-do.jpg")
    assert code == 500
    assert "QC:" in answer["message"]
    assert "tọa độ" in answer["message"]


def test_good_picture_is_stored(site: Site) -> None:
    code, answer = rest_upload(site, picture(), "ngay-hoi.jpg")
    assert code == 201
    found = site.php("return get_post_meta($id, QcGate\\FILE_RESULT, true);", id=answer["id"])
    assert isinstance(found, list)
    assert not [each for each in found if each["severity"] == "error"]


def test_program_in_the_guise_of_a_picture_is_refused(site: Site) -> None:
    assert upload(site, b"<?php system($_GET['c']); ?>" * 50, "hinh.jpg").startswith("QC:")


def test_warn_only(settings: Site) -> None:
    settings.configure(upload="warn")
    assert upload(settings, picture(gps=True), "co-toa-do-2.jpg") == ""
    code = """$id = get_posts(array('post_type' => 'attachment', 'numberposts' => 1))[0]->ID;
    return QcGate\\attachment_fields(array(), get_post($id))['qc_gate_result']['html'];"""
    assert "tọa độ" in settings.php(code)


class TestPictureInAnArticle:
    def image_block(self, answer: dict[str, Any], size: str = "medium") -> str:
        sizes = answer["media_details"]["sizes"]
        source = sizes[size]["source_url"] if size in sizes else answer["source_url"]
        return (
            f'<!-- wp:image {{"id":{answer["id"]},"sizeSlug":"{size}"}} -->'
            f'<figure class="wp-block-image size-{size}"><img src="{source}" '
            f'alt="Học sinh đọc sách tại sân trường" class="wp-image-{answer["id"]}"/>'
            "</figure><!-- /wp:image -->"
        )

    def check(self, site: Site, content: str, **more: Any) -> list[dict[str, Any]]:
        made = site.rest("POST", "/wp/v2/posts", post(content, "draft", **more))[1]["id"]
        code, answer = site.rest("POST", "/qc-gate/v1/check", {"id": made})
        assert code == 200
        return list(answer["findings"])

    def test_the_uploaded_file_is_checked_and_the_credit_counts(self, site: Site) -> None:
        _, answer = rest_upload(site, picture(), "doc-sach.jpg")
        found = self.check(site, CLEAN + self.image_block(answer))
        rules = {each["rule"] for each in found}
        assert "image-missing" not in rules
        assert "image-too-small" not in rules  # 300 px in the page, 1280 px in the library
        assert "rights-credit-missing" in rules
        site.php("update_post_meta($id, QcGate\\CREDIT, 'Thu Hà');", id=answer["id"])
        found = self.check(site, CLEAN + self.image_block(answer))
        assert "rights-credit-missing" not in {each["rule"] for each in found}

    def test_bad_picture_from_before_the_plugin(self, settings: Site) -> None:
        settings.configure(upload="off")
        _, answer = rest_upload(settings, picture(gps=True), "cu.jpg")
        content = CLEAN + self.image_block(answer)
        code, refused = settings.rest("POST", "/wp/v2/posts", post(content))
        assert code == 400
        assert "tọa độ" in refused["message"]
        code, refused = settings.rest(
            "POST", "/wp/v2/posts", post(CLEAN, featured_media=answer["id"])
        )
        assert code == 400
        assert "tọa độ" in refused["message"]

    def test_file_that_is_too_large_is_not_called_checked(self, settings: Site) -> None:
        _, answer = rest_upload(settings, picture(2600, 1900), "lon.jpg")
        settings.configure(media_mb=1)
        code, refused = settings.rest(
            "POST", "/wp/v2/posts", post(CLEAN + self.image_block(answer, "full"))
        )
        assert code == 400
        assert "Chưa kiểm tra “lon.jpg”" in refused["message"]

    def test_nothing_outside_the_uploads_is_read(self, site: Site) -> None:
        code = "return QcGate\\read_files(array('uploads/../../wp-config.php', $p), 1 << 30);"
        read, left = site.php(code, p="uploads/khong-co.jpg")
        assert not read
        assert not left
