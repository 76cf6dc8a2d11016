"""NukeViet: a database with the tables of its news module, copies per category included."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from qc.batch.archive._batches import Rows
from qc.batch.archive.jsonl import body_with_pictures
from qc.batch.archive.model import SamplePost, School
from qc.batch.archive.writing import CATEGORIES, DISCLOSURE, slug
from qc.batch.archive.wxr import authors
from qc.documents.nukeviet import STATE_CHANGED, VIETNAM, Module

if TYPE_CHECKING:
    from sqlalchemy import MetaData

UPLOADS = "/uploads/news/"
LINK = re.compile(r'href="/[a-z-]+/([\w-]+\.html)"')


def write(posts: Iterator[SamplePost], school: School, folder: Path, database: str) -> str:
    """Fill a new database (default: an SQLite file in the folder); gives its address."""
    address = database or f"sqlite:///{folder / 'site.sqlite'}"
    module = Module()
    names = dict.fromkeys(name for name, _ in (*CATEGORIES.values(), DISCLOSURE))
    categories = {name: number for number, name in enumerate(names, 1)}
    sources: dict[str, int] = {}
    people = {name: number for number, name in enumerate(authors(school).values(), 1)}
    metadata = _tables(module, len(categories))
    table = metadata.tables
    with Rows(address, metadata) as rows:
        for name, number in categories.items():
            rows.add(table[module.table("cat")], catid=number, title=escape(name), alias=slug(name))
        for name, number in people.items():
            last, _, first = name.rpartition(" ")
            person = {
                "username": slug(name),
                "last_name": escape(last),
                "first_name": escape(first),
            }
            rows.add(table[f"{module.prefix}_users"], userid=number, **person)
        for post in posts:
            if post.source and post.source not in sources:
                number = sources[post.source] = len(sources) + 1
                rows.add(table[module.table("sources")], sourceid=number, title=escape(post.source))
            row = _row(post, categories[post.category], sources.get(post.source or "", 0))
            rows.add(table[module.table("rows")], **row)
            rows.add(table[module.table(str(row["catid"]))], **row)
            rows.add(table[module.table("detail")], **_detail(post))
            if post.approver:
                passed = {"sid": post.id, "userid": people[post.approver], "status": row["status"]}
                rows.add(table[module.table("logs")], log_key=STATE_CHANGED, **passed)
    return address


def _row(post: SamplePost, category: int, source: int) -> dict[str, Any]:
    seconds = int(datetime.combine(post.day, time(8), VIETNAM).timestamp())
    expires = datetime.combine(post.expires, time(8), VIETNAM) if post.expires else None
    picture = post.pictures[0] if post.pictures else None
    return {
        "id": post.id,
        "catid": category,
        "listcatid": str(category),
        "author": escape(post.author or ""),
        "sourceid": source,
        "addtime": seconds,
        "edittime": seconds,
        "status": 1,
        "publtime": seconds,
        "exptime": int(expires.timestamp()) if expires else 0,
        "title": escape(post.title),
        "alias": _alias(post),
        "hometext": escape(post.sapo),
        "homeimgfile": picture.path if picture else "",
        "homeimgalt": escape(picture.alt or "") if picture else "",
    }


def _detail(post: SamplePost) -> dict[str, Any]:
    body = LINK.sub(r'href="/news/\1"', body_with_pictures(post, UPLOADS))
    return {
        "id": post.id,
        "bodyhtml": body,
        "sourcetext": escape(post.source or ""),
        "files": ",".join(path for path, _ in post.attachments),
        "keywords": "",
    }


def _alias(post: SamplePost) -> str:
    return post.url.rsplit("/", 1)[-1].removesuffix(f"-{post.id}.html")


def _tables(module: Module, categories: int) -> MetaData:
    from sqlalchemy import Column, Integer, MetaData, SmallInteger, String, Table, Text

    metadata = MetaData()
    for name in ("rows", *map(str, range(1, categories + 1))):
        Table(
            module.table(name),
            metadata,
            Column("id", Integer, primary_key=True),
            *(Column(each, Integer, nullable=False) for each in ("catid", "sourceid", "addtime")),
            *(
                Column(each, Integer, nullable=False)
                for each in ("edittime", "publtime", "exptime")
            ),
            Column("status", SmallInteger, nullable=False),
            *(Column(each, String(255), nullable=False) for each in ("listcatid", "author")),
            *(Column(each, String(255), nullable=False) for each in ("title", "alias")),
            Column("hometext", Text(4_000_000), nullable=False),
            *(Column(each, String(255)) for each in ("homeimgfile", "homeimgalt")),
        )
    Table(
        module.table("detail"),
        metadata,
        Column("id", Integer, primary_key=True),
        Column("bodyhtml", Text(4_000_000), nullable=False),
        *(Column(each, String(255)) for each in ("sourcetext", "files", "keywords")),
    )
    Table(
        module.table("cat"),
        metadata,
        Column("catid", Integer, primary_key=True),
        *(Column(each, String(250)) for each in ("title", "alias")),
    )
    Table(
        module.table("sources"),
        metadata,
        Column("sourceid", Integer, primary_key=True),
        Column("title", String(250)),
    )
    Table(
        module.table("logs"),
        metadata,
        Column("id", Integer, primary_key=True),
        *(Column(each, Integer, nullable=False) for each in ("sid", "userid", "status")),
        Column("log_key", String(60), nullable=False),
    )
    Table(
        f"{module.prefix}_users",
        metadata,
        Column("userid", Integer, primary_key=True),
        *(Column(each, String(100)) for each in ("username", "last_name", "first_name")),
    )
    return metadata
