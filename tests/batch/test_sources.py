"""Archives on disk: what is read of each kind, post by post."""

from __future__ import annotations

import gzip
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from qc.batch.records import Record
from qc.batch.sources.options import ReadOptions
from qc.batch.sources.read import Shard, check_archives, records_of, shown_name
from qc.core.errors import UsageError
from qc.documents.load import load
from tests.batch.archives import post, write_jsonl, wxr

ALL = ReadOptions(all_states=True)


def read(path: Path | str, options: ReadOptions | None = None) -> list[Record]:
    return list(records_of([str(path)], options or ReadOptions()))


def article(record: Record) -> Any:
    return load(record.source, date(2026, 1, 2))


def test_json_lines(tmp_path: Path) -> None:
    rows = [post(1), post(2, status="draft"), {"tiêu đề": "Hội khỏe", "nội dung": "Bài"}]
    path = write_jsonl(tmp_path / "tin.jsonl", rows)
    with path.open("a") as stream:
        stream.write('\n[1, 2]\n{"title": \n')
    found = read(path)
    assert [each.id for each in found] == ["1", "3", "5", "6"]
    assert found[0].source.name == "tin.jsonl#1"
    assert article(found[0]).fields.author == "Trần Thị Bình"
    assert article(found[1]).fields.title == "Hội khỏe"
    assert len(read(path, ALL)) == 5


def test_json_lines_keep_lists_of_pictures(tmp_path: Path) -> None:
    images = [{"path": "a.jpg", "alt": "Sách"}]
    (found,) = read(write_jsonl(tmp_path / "a.jsonl", [post(1, images=images, tags="a, b")]))
    assert [image.alt for image in article(found).images] == ["Sách"]
    assert article(found).fields.tags == ("a", "b")


def test_packed_files_are_unpacked(tmp_path: Path) -> None:
    path = tmp_path / "tin.jsonl.gz"
    path.write_bytes(gzip.compress(json.dumps(post(7)).encode()))
    assert [each.id for each in read(path)] == ["7"]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv(tmp_path: Path, delimiter: str) -> None:
    cells = [["post_id", "post_title", "post_content", "post_date", "lượt xem"]]
    cells.append(["12", "Hội khỏe", "<p>Bài</p>", "2024-04-21", "99"])
    path = tmp_path / "tin.csv"
    path.write_text("\n".join(delimiter.join(row) for row in cells), encoding="utf-8-sig")
    (found,) = read(path)
    assert (found.id, found.edited) == ("12", datetime(2024, 4, 21))
    assert article(found).fields.title == "Hội khỏe"
    assert not article(found).fields.unknown


def test_csv_as_excel_writes_unicode(tmp_path: Path) -> None:
    path = tmp_path / "tin.csv"
    text = "Tiêu đề\tNội dung\tNgày đăng\nHội khỏe\tBài\t21/04/2024\n"
    path.write_text(text, encoding="utf-16")
    (found,) = read(path)
    fields = article(found).fields
    assert (fields.title, fields.published_at) == ("Hội khỏe", datetime(2024, 4, 21))


@pytest.mark.parametrize("encoding", ["utf-8", "cp1258"])
def test_a_table_without_title_and_body_says_so(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "tin.csv"
    head = "mã,lượt xem" if encoding == "utf-8" else "Tiêu đê,Nôi dung"
    path.write_bytes(f"{head}\n1,Bài\n".encode(encoding))
    (found,) = read(path)
    assert found.fault is not None
    assert "không có cột nào là tiêu đề hay nội dung" in found.fault
    (found,) = read(path, ReadOptions(lang="en"))
    assert "no column is a title or a body" in str(found.fault)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("1713661200", datetime(2024, 4, 21, 8, 0)),
        ("20240421", None),
        ("45403", None),
        ("0", None),
    ],
)
def test_only_a_number_that_can_be_one_is_a_unix_time(
    tmp_path: Path, written: str, day: datetime | None
) -> None:
    path = tmp_path / "tin.csv"
    path.write_text(f"title,body,published_at\nHội khỏe,Bài,{written}\n", encoding="utf-8")
    (found,) = read(path)
    assert article(found).fields.published_at == day


def test_parquet(tmp_path: Path) -> None:
    import pyarrow
    import pyarrow.parquet as pq

    rows = [post(1, published_at=datetime(2024, 4, 21, 9)), post(2, published_at=None)]
    pq.write_table(pyarrow.Table.from_pylist(rows), tmp_path / "tin.parquet")
    found = read(tmp_path / "tin.parquet")
    assert [each.edited for each in found] == [datetime(2024, 4, 21, 9), None]


@pytest.mark.parametrize("version", ["1.0", "1.1", "1.2", "9.7"])
def test_wxr_of_any_version(tmp_path: Path, version: str) -> None:
    path = tmp_path / "site.xml"
    body = "Đoạn một\n\nĐoạn hai\x0b [caption id=1]<img src='a.jpg'> Ảnh[/caption]"
    items = [{"id": 3, "body": body}, {"id": 4, "status": "draft"}, {"id": 5, "type": "revision"}]
    path.write_text(wxr(version, *items), encoding="utf-8")
    (found,) = read(path)
    assert (found.id, found.url) == ("3", "https://th.example.vn/?p=3")
    assert found.edited == datetime(2024, 5, 2, 8)
    read_back = article(found)
    assert read_back.fields.author == "Trần Thị Bình"
    assert (read_back.fields.category, read_back.fields.tags) == ("Tin tức", ("đọc sách",))
    assert read_back.text("body").startswith("Đoạn một\nĐoạn hai")
    assert [image.alt for image in read_back.images] == [None, "Học sinh"]
    assert [each.id for each in read(path, ALL)] == ["3", "4"]


def test_wxr_finds_its_files_below_the_media_folder(tmp_path: Path) -> None:
    (tmp_path / "wp-content/uploads").mkdir(parents=True)
    (tmp_path / "wp-content/uploads/anh.jpg").write_bytes(b"x")
    body = '<img src="https://th.example.vn/wp-content/uploads/anh-300x200.jpg">'
    body += '<img src="https://other.example/wp-content/uploads/anh.jpg">'
    (tmp_path / "s.xml").write_text(wxr("1.2", {"id": 3, "body": body}), encoding="utf-8")
    (found,) = read(tmp_path / "s.xml", ReadOptions(media=tmp_path))
    images = article(found).images
    assert [image.remote for image in images] == [False, True]
    assert images[0].path == "wp-content/uploads/anh.jpg"


def test_broken_xml_ends_with_a_record_that_says_so(tmp_path: Path) -> None:
    path = tmp_path / "site.xml"
    path.write_text(wxr("1.2", {"id": 3}).replace("</channel>", ""), encoding="utf-8")
    found = read(path)
    assert found[-1].fault is not None
    assert "XML" in found[-1].fault


def test_entities_are_not_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>'
    text = wxr("1.2", {"id": 3, "title": "x&b;y"}).replace("?>\n", f"?>\n{bomb}", 1)
    (tmp_path / "s.xml").write_text(text, encoding="utf-8")
    assert all(
        "aaaaaaaaaa" not in (each.source.data or b"").decode() for each in read(tmp_path / "s.xml")
    )


FEEDS = {
    "rss": """<rss version="2.0"><channel><item><title>Hội</title><link>https://a.vn/1</link>
      <description>&lt;p&gt;Bài&lt;/p&gt;</description><category>Tin</category>
      <pubDate>Sun, 21 Apr 2024 02:00:00 GMT</pubDate></item></channel></rss>""",
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>Hội</title>
      <link href="https://a.vn/1"/><id>https://a.vn/1</id><category term="Tin"/>
      <published>2024-04-21T09:00:00+07:00</published>
      <content type="html">&lt;p&gt;Bài&lt;/p&gt;</content></entry></feed>""",
    "rdf": """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
      xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
      <item rdf:about="https://a.vn/1"><title>Hội</title><link>https://a.vn/1</link>
      <description>Bài</description><category>Tin</category><dc:date>2024-04-21T09:00</dc:date>
      </item></rdf:RDF>""",
}


@pytest.mark.parametrize("kind", FEEDS)
def test_feeds(tmp_path: Path, kind: str) -> None:
    (tmp_path / "feed.xml").write_text(FEEDS[kind], encoding="utf-8")
    (found,) = read(tmp_path / "feed.xml")
    assert (found.id, found.url) == ("https://a.vn/1", "https://a.vn/1")
    assert found.edited == datetime(2024, 4, 21, 9)
    read_back = article(found)
    assert read_back.fields.category == "Tin"
    assert read_back.text("body") == "Bài"


def test_sitemap_with_saved_pages(tmp_path: Path) -> None:
    (tmp_path / "tin").mkdir()
    (tmp_path / "tin/index.html").write_text("<h1>Hội</h1><p>Bài</p>", encoding="utf-8")
    (tmp_path / "map.xml").write_text(
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">'
        "<url><loc>https://a.vn/tin/</loc><lastmod>2024-04-21</lastmod></url>"
        "<url><loc>https://a.vn/mat</loc></url><url><loc>https://a.vn/../../etc/passwd</loc></url>"
        "</urlset>"
    )
    (tmp_path / "index.xml").write_text(
        "<sitemapindex><sitemap><loc>https://a.vn/map.xml</loc></sitemap></sitemapindex>"
    )
    found = read(tmp_path / "index.xml")
    assert [each.fault is None for each in found] == [True, False, False]
    assert article(found[0]).fields.title == "Hội"


def test_a_folder_is_read_by_its_files(tmp_path: Path) -> None:
    for name in ("b/bai.md", "a/một.md", "a/hai.md"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("# Hội\n\nBài", encoding="utf-8")
    (tmp_path / "b/anh.jpg").write_bytes(b"x")
    assert [each.id for each in read(tmp_path)] == ["a/hai.md", "a/một.md", "b/bai.md"]


def test_since_keeps_what_was_edited_and_what_tells_no_time(tmp_path: Path) -> None:
    rows = [post(1, updated_at="2024-05-01"), post(2), post(3, published_at=None)]
    path = write_jsonl(tmp_path / "a.jsonl", rows)
    found = read(path, ReadOptions(since=date(2024, 5, 1)))
    assert [each.id for each in found] == ["1", "3"]


def test_shards_part_an_archive(tmp_path: Path) -> None:
    path = str(write_jsonl(tmp_path / "a.jsonl", [post(n) for n in range(40)]))
    parts = [
        [each.id for each in records_of([path], ReadOptions(), Shard(i, 3))] for i in (1, 2, 3)
    ]
    assert sorted((each for part in parts for each in part), key=int) == [str(n) for n in range(40)]
    assert all(parts)


def test_an_archive_that_is_not_there_is_refused() -> None:
    with pytest.raises(UsageError):
        check_archives(["/no/such.jsonl"])
    assert shown_name("mysql+pymysql://u:secret@h/db") == "mysql+pymysql://h/db"
