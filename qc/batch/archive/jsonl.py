"""JSON Lines: one article JSON per line, with `id` and `url`; pages say `"page": true`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from qc.batch.archive.model import Picture, SamplePost, School
from qc.documents.posts import Post, article_json


def post_of(post: SamplePost, root: Path | None = None) -> Post:
    """The post as batches and CMS connectors know it."""
    return Post(
        id=str(post.id),
        title=post.title or None,
        sapo=post.sapo,
        body=body_with_pictures(post),
        author=post.author,
        source=post.source,
        category=post.category,
        kind=post.kind,
        published_at=post.day,
        expires_at=post.expires,
        approved_by=post.approver,
        ai_generated=post.ai or None,
        document=post.document or None,
        images=tuple(_image(each) for each in post.pictures),
        featured_image=post.pictures[0].path if post.pictures else None,
        attachments=tuple({"path": path, "title": title} for path, title in post.attachments),
        url=post.url,
        root=root,
    )


def body_with_pictures(post: SamplePost, prefix: str = "") -> str:
    """The body with the post's pictures behind its first paragraph."""
    figures = "".join(_figure(each, prefix) for each in post.pictures)
    head, end, rest = post.body.partition("</p>")
    return f"{head}{end}{figures}{rest}"


def write(posts: Iterator[SamplePost], school: School, folder: Path, database: str) -> str:
    """Write posts.jsonl; gives its path."""
    target = folder / "posts.jsonl"
    with target.open("w", encoding="utf-8", newline="\n") as file:
        for post in posts:
            record: dict[str, Any] = {"id": str(post.id), "url": post.url}
            if post.page:
                record["page"] = True
            record |= article_json(post_of(post))
            file.write(json.dumps(record, ensure_ascii=False) + "\n")
    return str(target)


def _image(picture: Picture) -> dict[str, Any]:
    return {"path": picture.path, "credit": picture.credit}


def _figure(picture: Picture, prefix: str) -> str:
    alt = "" if picture.alt is None else f' alt="{picture.alt}"'
    return (
        f'<figure><img src="{prefix}{picture.path}"{alt}>'
        f"<figcaption>{picture.caption}</figcaption></figure>"
    )
