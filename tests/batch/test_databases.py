"""Databases: WordPress, NukeViet and the rows of a query, as their own portal shows them."""

from __future__ import annotations

import sqlite3
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from qc.batch.archive.model import Order
from qc.batch.archive.write import write_archive
from qc.batch.records import Record
from qc.batch.sources import database
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import records_of
from qc.core.article import Article
from qc.core.errors import UsageError
from qc.documents.load import load

HOST = "thsaomai.example.edu.vn"
POSTS = 130
ORDER = Order(POSTS, 3, "tieu-hoc", years=1, pictures=3)
FIELDS = ("title", "sapo", "category", "author", "approved_by")


def read(archive: str, **options: Any) -> list[Record]:
    return list(records_of([archive], ReadOptions(**options)))


def articles(records: list[Record]) -> list[Article]:
    return [load(record.source, date(2026, 1, 2)) for record in records]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same portal in every form, one folder each."""
    top = tmp_path_factory.mktemp("portal")
    for name in ("jsonl", "wordpress", "nukeviet", "wxr"):
        write_archive(ORDER, top / name, name)
    return top


def test_all_forms_of_a_portal_hold_the_same_articles(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "PAGE_ROWS", 37)
    expected = articles(read(str(folder / "jsonl/posts.jsonl")))
    archives = {
        "wordpress": f"sqlite:///{folder}/wordpress/site.sqlite",
        "nukeviet": f"sqlite:///{folder}/nukeviet/site.sqlite",
        "wxr": str(folder / "wxr/posts.xml"),
    }
    for name, archive in archives.items():
        found = articles(read(archive, media=folder / name, hosts=(HOST,)))
        assert len(found) == len(expected) == POSTS
        for one, other in zip(expected, found, strict=True):
            for field in FIELDS:
                assert getattr(other.fields, field) == getattr(one.fields, field), (name, field)
            assert other.text("body").startswith(one.text("body"))
            assert other.date == one.date
            opened = [sum(image.blob is not None for image in each.images) for each in (one, other)]
            assert opened[0] == opened[1]


@pytest.mark.parametrize(
    ("meta", "status", "approver"),
    [
        ({"_qc_gate_approver": "Lê Văn Cường"}, "draft", "Lê Văn Cường"),
        ({"_qc_gate_approved": "Đỗ Thị Mai"}, "publish", "Đỗ Thị Mai"),
        ({"_qc_gate_approved": "Đỗ Thị Mai"}, "draft", None),
        ({"_qc_gate_approver": " ", "_qc_gate_approved": "Đỗ Thị Mai"}, "future", "Đỗ Thị Mai"),
        ({"nguoi_duyet": "Lê Văn Cường", "_edit_last": "3"}, "publish", "Lê Văn Cường"),
        ({"_edit_last": "3"}, "publish", None),
    ],
)
def test_the_approver_of_a_wordpress_post(
    meta: dict[str, str], status: str, approver: str | None, folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "site.sqlite"
    path.write_bytes((folder / "wordpress/site.sqlite").read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM wp_postmeta WHERE post_id = 1")
        connection.execute("UPDATE wp_posts SET post_status = ? WHERE ID = 1", (status,))
        for key, value in meta.items():
            connection.execute(
                "INSERT INTO wp_postmeta (post_id, meta_key, meta_value) VALUES (1, ?, ?)",
                (key, value),
            )
    (record,) = [each for each in read(f"sqlite:///{path}", all_states=True) if each.id == "1"]
    assert articles([record])[0].fields.approved_by == approver


def test_the_approver_of_a_nukeviet_article_is_the_last_in_the_log(
    folder: Path, tmp_path: Path
) -> None:
    path = tmp_path / "site.sqlite"
    path.write_bytes((folder / "nukeviet/site.sqlite").read_bytes())
    with sqlite3.connect(path) as connection:
        connection.execute("DELETE FROM nv4_vi_news_logs WHERE sid IN (1, 2)")
        connection.execute("INSERT INTO nv4_users VALUES (90, 'mai', 'Đỗ Thị', 'Mai')")
        connection.execute("INSERT INTO nv4_users VALUES (91, 'admin', '', '')")
        for number, (article, user, key, status) in enumerate(
            [
                (1, 91, "change_status", 8),
                (1, 90, "change_status", 1),
                (1, 91, "change_status", 7),  # taken up for review: no approval
                (1, 91, "edit", 1),
                (2, 91, "change_status", 8),
            ],
            5000,
        ):
            connection.execute(
                "INSERT INTO nv4_vi_news_logs (id, sid, userid, log_key, status) "
                "VALUES (?, ?, ?, ?, ?)",
                (number, article, user, key, status),
            )
    found = [each.fields.approved_by for each in articles(read(f"sqlite:///{path}")[:2])]
    assert found == ["Đỗ Thị Mai", "admin"]
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TABLE nv4_vi_news_logs")  # an older version
    assert articles(read(f"sqlite:///{path}")[:1])[0].fields.approved_by is None


def test_drafts_are_read_only_where_they_are_asked_for(folder: Path, tmp_path: Path) -> None:
    for name, change in (
        ("wordpress", "UPDATE wp_posts SET post_status = 'draft' WHERE ID = 1"),
        ("nukeviet", "UPDATE nv4_vi_news_rows SET status = 4 WHERE id = 1"),
    ):
        path = tmp_path / f"{name}.sqlite"
        path.write_bytes((folder / name / "site.sqlite").read_bytes())
        with sqlite3.connect(path) as connection:
            connection.execute(change)
        assert read(f"sqlite:///{path}")[0].id == "2"
        assert len(read(f"sqlite:///{path}", all_states=True)) == POSTS


def test_the_rows_of_a_query(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "a.db") as connection:
        connection.execute("CREATE TABLE tin (ma INTEGER, tieude TEXT, noidung TEXT, luc INTEGER)")
        connection.execute("INSERT INTO tin VALUES (7, 'Hội khỏe', '<p>Bài</p>', 1713664800)")
    query = "SELECT ma AS id, tieude AS title, noidung AS body, luc AS published_at FROM tin"
    (found,) = read(f"sqlite:///{tmp_path}/a.db", query=query)
    assert (found.id, found.source.name) == ("7", "a.db#7")
    assert found.edited == datetime(2024, 4, 21, 9)
    assert articles([found])[0].fields.title == "Hội khỏe"


REFUSED = [
    ("no known tables", "sqlite:///{0}/empty.db", {}),
    ("a wrong query", "sqlite:///{0}/empty.db", {"query": "SELECT x FROM y"}),
    ("another prefix", "sqlite:///{0}/empty.db", {"tables": "zz_"}),
    ("no such folder", "sqlite:///{0}/no/such.db", {}),
    ("no such driver", "postgresql+nosuch://h/db", {}),
]


@pytest.mark.parametrize(
    ("address", "options"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_what_cannot_be_read_is_refused(
    tmp_path: Path, address: str, options: dict[str, Any]
) -> None:
    with pytest.raises(UsageError):
        read(address.format(tmp_path), **options)
