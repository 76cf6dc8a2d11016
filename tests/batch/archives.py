"""Small archives that the tests of batches write and read."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

WXR_HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/{v}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/{v}/">
<channel><title>Trường</title><wp:wxr_version>{v}</wp:wxr_version>
<wp:base_site_url>https://th.example.vn</wp:base_site_url>
<wp:author><wp:author_login><![CDATA[binh]]></wp:author_login>
<wp:author_display_name><![CDATA[Trần Thị Bình]]></wp:author_display_name></wp:author>
"""
WXR_ITEM = """<item><title>{title}</title><link>https://th.example.vn/?p={id}</link>
<dc:creator><![CDATA[binh]]></dc:creator>
<content:encoded><![CDATA[{body}]]></content:encoded>
<excerpt:encoded><![CDATA[Sapo {id}]]></excerpt:encoded>
<wp:post_id>{id}</wp:post_id><wp:post_date><![CDATA[2024-04-21 09:00:00]]></wp:post_date>
<wp:post_modified><![CDATA[2024-05-02 08:00:00]]></wp:post_modified>
<wp:status><![CDATA[{status}]]></wp:status><wp:post_type><![CDATA[{type}]]></wp:post_type>
<category domain="category" nicename="tin"><![CDATA[Tin tức]]></category>
<category domain="post_tag" nicename="sach"><![CDATA[đọc sách]]></category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key>
<wp:meta_value><![CDATA[99]]></wp:meta_value></wp:postmeta></item>
"""
WXR_PICTURE = """<item><title>anh</title><wp:post_id>99</wp:post_id>
<wp:post_type>attachment</wp:post_type>
<wp:attachment_url>https://th.example.vn/wp-content/uploads/anh.jpg</wp:attachment_url>
<wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key>
<wp:meta_value>Học sinh</wp:meta_value></wp:postmeta></item>
"""


def post(number: int, **more: Any) -> dict[str, Any]:
    """An ordinary post."""
    body = f"<p>Sáng nay, học sinh lớp {number} đọc sách trong thư viện của trường.</p>"
    found: dict[str, Any] = {
        "id": number,
        "title": f"Ngày hội đọc sách năm thứ {number}",
        "sapo": "Hơn 500 học sinh tham gia.",
        "author": "Trần Thị Bình",
        "category": "Tin tức",
        "published_at": "2024-04-21T09:00",
        "body": body,
    }
    return found | more


def write_jsonl(path: Path, posts: list[dict[str, Any]]) -> Path:
    """An archive of these posts."""
    lines = [json.dumps(each, ensure_ascii=False) for each in posts]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def wxr(version: str, *items: dict[str, Any]) -> str:
    """A WXR export of a version of its namespace."""
    values = {"title": "Tin", "body": "<p>Bài</p>", "status": "publish", "type": "post"}
    written = [WXR_ITEM.format(**{**values, **item}) for item in items]
    head = WXR_HEAD.replace("{v}", version)
    return head + "".join(written) + WXR_PICTURE + "</channel></rss>"
