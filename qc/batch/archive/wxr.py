"""WXR: the export of a WordPress site, written post by post."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from qc.batch.archive.jsonl import body_with_pictures
from qc.batch.archive.model import Picture, SamplePost, School
from qc.batch.archive.writing import slug

UPLOADS = "/wp-content/uploads/"
FIRST_PICTURE = 10_000_000
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>{name}</title>
<link>https://{host}</link>
<language>vi</language>
<wp:wxr_version>1.2</wp:wxr_version>
<wp:base_site_url>https://{host}</wp:base_site_url>
<wp:base_blog_url>https://{host}</wp:base_blog_url>
"""


def write(posts: Iterator[SamplePost], school: School, folder: Path, database: str) -> str:
    """Write posts.xml; gives its path."""
    target = folder / "posts.xml"
    picture_id = FIRST_PICTURE
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(HEAD.format(name=escape(school.name), host=school.host))
        for login, name in authors(school).items():
            file.write(
                f"<wp:author><wp:author_login>{login}</wp:author_login>"
                f"<wp:author_display_name>{_data(name)}</wp:author_display_name></wp:author>\n"
            )
        for post in posts:
            thumbnail = 0
            for picture in post.pictures:
                picture_id += 1
                thumbnail = thumbnail or picture_id
                file.write(_attachment(picture, picture_id, post, school))
            file.write(_item(post, thumbnail))
        file.write("</channel>\n</rss>\n")
    return str(target)


def authors(school: School) -> dict[str, str]:
    """Names of the accounts by their log-in."""
    return {slug(each): each for each in (*school.authors, school.approver, "Ban biên tập")}


def wordpress_body(post: SamplePost) -> str:
    """The body as WordPress keeps it: files by their address on the site."""
    files = "".join(
        f'<p><a href="{UPLOADS}{path}">{escape(title)}</a></p>' for path, title in post.attachments
    )
    return body_with_pictures(post, UPLOADS) + files


def _item(post: SamplePost, thumbnail: int) -> str:
    meta = [("_thumbnail_id", str(thumbnail))] if thumbnail else []
    meta += [("approved_by", post.approver)] if post.approver else []
    kind = "page" if post.page else "post"
    return (
        f"<item><title>{_data(post.title)}</title><link>{post.url}</link>"
        f"<dc:creator>{_data(slug(post.author or ''))}</dc:creator>"
        f"<content:encoded>{_data(wordpress_body(post))}</content:encoded>"
        f"<excerpt:encoded>{_data(post.sapo)}</excerpt:encoded>"
        f"<wp:post_id>{post.id}</wp:post_id><wp:post_date>{post.day} 08:00:00</wp:post_date>"
        f"<wp:status>publish</wp:status><wp:post_type>{kind}</wp:post_type>"
        f'<category domain="category" nicename="{slug(post.category)}">{_data(post.category)}'
        f"</category>{''.join(_meta(*each) for each in meta)}</item>\n"
    )


def _attachment(picture: Picture, id: int, post: SamplePost, school: School) -> str:
    alt = [("_wp_attachment_image_alt", picture.alt)] if picture.alt else []
    return (
        f"<item><title>{_data(picture.alt or picture.path)}</title>"
        f"<wp:post_id>{id}</wp:post_id><wp:post_parent>{post.id}</wp:post_parent>"
        "<wp:status>inherit</wp:status><wp:post_type>attachment</wp:post_type>"
        f"<wp:attachment_url>https://{school.host}{UPLOADS}{picture.path}</wp:attachment_url>"
        f"{''.join(_meta(*each) for each in alt)}</item>\n"
    )


def _meta(key: str, value: str) -> str:
    return (
        f"<wp:postmeta><wp:meta_key>{key}</wp:meta_key>"
        f"<wp:meta_value>{_data(value)}</wp:meta_value></wp:postmeta>"
    )


def _data(text: str) -> str:
    return "<![CDATA[" + text.replace("]]>", "]]]]><![CDATA[>") + "]]>"
