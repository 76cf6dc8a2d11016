"""NukeViet rows as articles: entities, times, categories, files, and what a summary may hide."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from qc.core.article import Role
from qc.documents.load import load
from qc.documents.nukeviet import Module, Related, article_of, category_ids, source_of, state_of

MODULE = Module(prefix="nv4", lang="vi", name="news")
RELATED = Related(categories={3: "Tin tức", 7: "Thông báo"}, sources={2: "Báo Giáo dục"})


def row(**changed: Any) -> dict[str, Any]:
    """A row joined with its detail row, as NukeViet writes one."""
    whole = {
        "id": 12,
        "catid": 3,
        "listcatid": "3,7",
        "author": "Trần Thị B&igrave;nh",
        "sourceid": 0,
        "addtime": 1713660000,
        "edittime": 1713660000,
        "status": 5,
        "publtime": 1713661200,
        "exptime": 0,
        "title": "Ng&agrave;y hội &quot;Đọc s&aacute;ch&quot;&#33;",
        "alias": "ngay-hoi",
        "hometext": "S&aacute;ng 21&#x002F;4, hơn 500 học sinh<br />tham gia.",
        "homeimgfile": "2024_04/hoi.jpg",
        "homeimgalt": "Học sinh đọc s&aacute;ch. Ảnh: Thu H&agrave;",
        "bodyhtml": '<p>Vui.</p><img src="/uploads/news/2024_04/a.jpg" alt="Sân trường">',
        "sourcetext": "",
        "files": "2024_04/ke-hoach.pdf,https://so.example.vn/b.pdf",
        "keywords": "đọc sách, ngày hội",
    }
    return whole | changed


def test_fields_are_unescaped() -> None:
    article = article_of(row(), MODULE, RELATED)
    assert article["title"] == 'Ngày hội "Đọc sách"!'
    assert article["sapo"] == "Sáng 21/4, hơn 500 học sinh\ntham gia."
    assert article["author"] == "Trần Thị Bình"
    assert (article["category"], article["kind"]) == ("Tin tức, Thông báo", "tin-bai")
    assert article["tags"] == ["đọc sách", "ngày hội"]
    assert "expires_at" not in article


def test_times_are_those_of_vietnam() -> None:
    article = article_of(row(exptime=1719766800, edittime=1713747600), MODULE)
    assert article["published_at"] == "2024-04-21T08:00"
    assert article["updated_at"] == "2024-04-22T08:00"
    assert article["expires_at"] == "2024-07-01T00:00"


def test_an_edit_before_publication_is_no_update() -> None:
    assert "updated_at" not in article_of(row(), MODULE)


PATHS = [
    ("/uploads/news/a.jpg", "/", "uploads/news/a.jpg"),
    ("/truong/uploads/news/a.jpg", "/truong/", "uploads/news/a.jpg"),
    ("/uploads/news/a.jpg", "/truong/", "/uploads/news/a.jpg"),
    ("https://thcs.example.vn/uploads/news/a.jpg", "/", "uploads/news/a.jpg"),
    ("//THCS.example.vn/uploads/a.jpg", "/", "uploads/a.jpg"),
    ("https://khac.example.vn/uploads/a.jpg", "/", "https://khac.example.vn/uploads/a.jpg"),
    ("/index.php?nv=news", "/", "/index.php?nv=news"),
    ("/config.php", "/", "/config.php"),
]


@pytest.mark.parametrize(("written", "base", "path"), PATHS)
@pytest.mark.parametrize("quote", ['"', "'", ""])
def test_files_of_the_site_are_named_below_its_root(
    written: str, base: str, path: str, quote: str
) -> None:
    module = Module(base=base, hosts=("thcs.example.vn",), root=Path("site"))
    body = f"<p>x</p><img alt=x src={quote}{written}{quote}>"
    assert f"src={quote}{path}{quote}>" in article_of(row(bodyhtml=body), module)["body"]


def test_without_the_folder_files_count_as_elsewhere() -> None:
    module = Module(base="/truong/", hosts=("thcs.example.vn",))
    article = article_of(row(bodyhtml='<img src="/truong/uploads/a.jpg">'), module)
    assert article["body"] == '<img src="https://thcs.example.vn/truong/uploads/a.jpg">'
    (picture,) = article["images"]
    assert picture["path"] == "https://thcs.example.vn/truong/uploads/news/2024_04/hoi.jpg"


@pytest.mark.parametrize(
    ("text", "in_body"),
    [
        ("Một<br />hai &lt;b&gt;", False),
        ("<p>Một <strong>hai</strong></p>", False),
        ('<p>Một<span style="display:none">casino</span></p>', True),
        ("Một<script>x()</script>", True),
        ("", False),
    ],
)
def test_a_summary_with_markup_of_its_own_is_checked_as_markup(text: str, in_body: bool) -> None:
    body = article_of(row(hometext=text), MODULE)["body"]
    assert (text in body) is (in_body or text == "")


SOURCES = [
    ({"sourcetext": "Báo Tuổi trẻ"}, {"source": "Báo Tuổi trẻ"}),
    ({"sourceid": 2}, {"source": "Báo Giáo dục"}),
    (
        {"sourceid": 2, "sourcetext": "https://bao.example.vn/1"},
        {"source": "Báo Giáo dục", "source_url": "https://bao.example.vn/1"},
    ),
    ({}, {}),
]


@pytest.mark.parametrize(("changed", "said"), SOURCES)
def test_source(changed: dict[str, Any], said: dict[str, str]) -> None:
    article = article_of(row(**changed), MODULE, RELATED)
    assert {k: v for k, v in article.items() if k.startswith("source")} == said


def test_states_of_locked_categories() -> None:
    assert [state_of(each) for each in (0, 5, 20, 21, 26, 31)] == [
        (0, False),
        (5, False),
        (20, False),
        (0, True),
        (5, True),
        (10, True),
    ]


def test_categories_once_each_main_first() -> None:
    assert category_ids(row(catid=7)) == (7, 3)
    assert category_ids(row(catid=0, listcatid="")) == ()


def test_an_article_is_loaded_with_its_files(tmp_path: Path) -> None:
    (tmp_path / "uploads/news/2024_04").mkdir(parents=True)
    for name in ("hoi.jpg", "a.jpg", "ke-hoach.pdf"):
        (tmp_path / "uploads/news/2024_04" / name).write_bytes(b"x")
    module = Module(root=tmp_path)
    source = source_of(row(), module, RELATED)
    assert source.name == "nv4_vi_news_rows/12"
    article = load(source, date(2026, 1, 2))
    assert [(each.path, each.role, each.problem) for each in article.images] == [
        ("uploads/news/2024_04/a.jpg", Role.INLINE, None),
        ("uploads/news/2024_04/hoi.jpg", Role.FEATURED, None),
    ]
    assert article.images[1].credit == "Thu Hà"
    assert [(each.path, each.problem, each.remote) for each in article.attachments] == [
        ("uploads/news/2024_04/ke-hoach.pdf", None, False),
        ("https://so.example.vn/b.pdf", None, True),
    ]
    assert article.fields.unknown == ()
    assert article.fields.invalid == {}
