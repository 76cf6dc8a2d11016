"""WordPress: a database with the tables that hold posts, pages, categories and pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qc.batch.archive._batches import Rows
from qc.batch.archive.model import SamplePost, School
from qc.batch.archive.writing import slug
from qc.batch.archive.wxr import FIRST_PICTURE, UPLOADS, authors, wordpress_body

if TYPE_CHECKING:
    from sqlalchemy import MetaData


def write(posts: Iterator[SamplePost], school: School, folder: Path, database: str) -> str:
    """Fill a new database (default: an SQLite file in the folder); gives its address."""
    address = database or f"sqlite:///{folder / 'site.sqlite'}"
    metadata = _tables()
    table = metadata.tables
    people = {name: number for number, name in enumerate(authors(school).values(), 1)}
    categories: dict[str, int] = {}
    picture_id = FIRST_PICTURE
    with Rows(address, metadata) as rows:
        rows.add(table["wp_options"], option_name="siteurl", option_value=f"https://{school.host}")
        rows.add(table["wp_options"], option_name="blogname", option_value=school.name)
        for name, number in people.items():
            rows.add(table["wp_users"], ID=number, user_login=slug(name), display_name=name)
        for post in posts:
            author = people.get(post.author or "", 0)
            rows.add(table["wp_posts"], **_post(post, author))
            if post.approver:
                rows.add(
                    table["wp_postmeta"],
                    post_id=post.id,
                    meta_key="approved_by",
                    meta_value=post.approver,
                )
            if post.category not in categories:
                number = categories[post.category] = len(categories) + 1
                rows.add(
                    table["wp_terms"], term_id=number, name=post.category, slug=slug(post.category)
                )
                rows.add(
                    table["wp_term_taxonomy"],
                    term_taxonomy_id=number,
                    term_id=number,
                    taxonomy="category",
                )
            rows.add(
                table["wp_term_relationships"],
                object_id=post.id,
                term_taxonomy_id=categories[post.category],
            )
            for picture in post.pictures:
                picture_id += 1
                address_of = f"https://{school.host}{UPLOADS}{picture.path}"
                row = _post(post, author) | {"ID": picture_id, "post_type": "attachment"}
                row |= {"post_status": "inherit", "guid": address_of, "post_content": ""}
                rows.add(table["wp_posts"], **row)
                metas = [(picture_id, "_wp_attached_file", picture.path)]
                metas += (
                    [(picture_id, "_wp_attachment_image_alt", picture.alt)] if picture.alt else []
                )
                metas.append((post.id, "_thumbnail_id", str(picture_id)))
                for owner, key, value in metas:
                    rows.add(table["wp_postmeta"], post_id=owner, meta_key=key, meta_value=value)
    return address


def _post(post: SamplePost, author: int) -> dict[str, Any]:
    moment = datetime.combine(post.day, time(8))
    return {
        "ID": post.id,
        "post_author": author,
        "post_date": moment,
        "post_modified": moment,
        "post_content": wordpress_body(post),
        "post_title": post.title,
        "post_excerpt": post.sapo,
        "post_status": "publish",
        "post_name": slug(post.title)[:200],
        "post_type": "page" if post.page else "post",
        "guid": post.url,
    }


def _tables() -> MetaData:
    from sqlalchemy import BigInteger, Column, DateTime, Integer, MetaData, String, Table, Text

    metadata = MetaData()
    key = BigInteger().with_variant(Integer, "sqlite")
    long = Text(4_000_000)
    Table(
        "wp_posts",
        metadata,
        Column("ID", key, primary_key=True),
        Column("post_author", BigInteger, nullable=False),
        Column("post_date", DateTime, nullable=False),
        Column("post_modified", DateTime, nullable=False),
        *(Column(name, long, nullable=False) for name in ("post_content", "post_title")),
        Column("post_excerpt", long, nullable=False),
        Column("post_status", String(20), nullable=False),
        Column("post_name", String(200), nullable=False),
        Column("post_type", String(20), nullable=False),
        Column("guid", String(255), nullable=False),
    )
    Table(
        "wp_postmeta",
        metadata,
        Column("meta_id", key, primary_key=True),
        Column("post_id", BigInteger, index=True, nullable=False),
        Column("meta_key", String(255)),
        Column("meta_value", long),
    )
    Table(
        "wp_terms",
        metadata,
        Column("term_id", key, primary_key=True),
        Column("name", String(200)),
        Column("slug", String(200)),
    )
    Table(
        "wp_term_taxonomy",
        metadata,
        Column("term_taxonomy_id", key, primary_key=True),
        Column("term_id", BigInteger),
        Column("taxonomy", String(32)),
    )
    Table(
        "wp_term_relationships",
        metadata,
        Column("object_id", key, primary_key=True),
        Column("term_taxonomy_id", key, primary_key=True),
    )
    Table(
        "wp_users",
        metadata,
        Column("ID", key, primary_key=True),
        Column("user_login", String(60)),
        Column("display_name", String(250)),
    )
    Table(
        "wp_options",
        metadata,
        Column("option_id", key, primary_key=True),
        Column("option_name", String(191)),
        Column("option_value", long),
    )
    return metadata
