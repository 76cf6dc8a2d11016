"""HTML: a folder of saved pages, each with its fields as meta elements."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape
from pathlib import Path

from qc.batch.archive.jsonl import body_with_pictures
from qc.batch.archive.model import SamplePost, School


def write(posts: Iterator[SamplePost], school: School, folder: Path, database: str) -> str:
    """Write one page per post into the folder; gives its path."""
    for post in posts:
        (folder / f"{post.id:07}.html").write_text(page_of(post), encoding="utf-8", newline="\n")
    return str(folder)


def page_of(post: SamplePost) -> str:
    """A whole page."""
    fields = {
        "description": post.sapo,
        "author": post.author,
        "category": post.category,
        "kind": post.kind,
        "published_at": post.day.isoformat(),
        "expires_at": post.expires.isoformat() if post.expires else None,
        "approved_by": post.approver,
        "source": post.source,
        "ai_generated": "true" if post.ai else None,
        **{f"document_{name}": value for name, value in post.document.items()},
    }
    metas = "".join(
        f'<meta name="{name}" content="{escape(value)}">\n'
        for name, value in fields.items()
        if value
    )
    files = "".join(
        f'<p><a href="{path}">{escape(title)}</a></p>\n' for path, title in post.attachments
    )
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head>\n<meta charset="utf-8">\n'
        f'<title>{escape(post.title)}</title>\n<link rel="canonical" href="{post.url}">\n{metas}'
        f"</head>\n<body>\n<h1>{escape(post.title)}</h1>\n{body_with_pictures(post)}\n{files}"
        "</body>\n</html>\n"
    )
