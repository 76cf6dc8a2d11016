"""The fixed file: every change of the page is in it, tracked in Word, and nothing else moved."""

from __future__ import annotations

from datetime import date
from io import BytesIO
from unicodedata import normalize
from zipfile import ZipFile

import pytest

from qc.core.article import Block, BlockKind
from qc.documents.load import Source, load
from qc.service.page.edited import differences, write_edits
from qc.service.page.opened import opened, shown_blocks
from scripts.office import Paragraph, Table, docx, odt

TODAY = date(2026, 11, 24)
NFD = normalize("NFD", "khai giãng")

DIFFERENCES = [
    ("same", "một hai", "một hai", []),
    ("word", "bổ xung thêm", "bổ sung thêm", [(3, 7, "sung")]),
    ("insert-middle", "một ba", "một hai ba", [(3, 4, " hai ")]),
    ("insert-start", "hai", "một hai", [(0, 3, "một hai")]),
    ("insert-end", "một", "một hai", [(0, 3, "một hai")]),
    ("delete", "một hai ba", "một ba", [(4, 8, "")]),
    ("space-before-comma", "xong , rồi", "xong, rồi", [(4, 5, "")]),
    ("all", "một", "", [(0, 3, "")]),
    ("from-nothing", "", "một", [(0, 0, "một")]),
]


@pytest.mark.parametrize(("name", "old", "new", "expected"), DIFFERENCES)
def test_differences(name: str, old: str, new: str, expected: list[tuple[int, int, str]]) -> None:
    block = Block(kind=BlockKind.PARAGRAPH, field="body", text=old, start=0)
    found = [(each.start, each.end, each.text) for each in differences(block, new)]
    assert _written(old, found) == new
    if name not in ("insert-middle", "insert-start", "insert-end", "delete"):
        assert found == expected


def _written(text: str, changes: list[tuple[int, int, str]]) -> str:
    for start, end, put in reversed(changes):
        text = text[:start] + put + text[end:]
    return text


DOCUMENTS = {
    "a.docx": docx(
        [
            Paragraph("Lễ khai giảng", "Title"),
            Paragraph("Sáng nay khai giãng."),
            Table((("Lớp", "Số"), ("1A", "ba mươi"))),
            Paragraph(f"Đoạn cuối {NFD} xong."),
        ]
    ),
    "a.odt": odt([Paragraph("Lễ khai giảng", "Title"), Paragraph("Sáng nay khai giãng.")]),
    "a.md": "# Lễ khai giảng\n\nSáng **nay** khai giãng.\n".encode(),
    "a.html": "<h1>Lễ khai giảng</h1><p>Sáng <b>nay</b> khai giãng.</p>".encode(),
    "a.txt": "Sáng nay khai giãng.\n".encode(),
}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_typed_change_is_in_the_file(name: str) -> None:
    source = Source(name, data=DOCUMENTS[name])
    article = load(source, TODAY)
    texts = {index: block.text for index, block in shown_blocks(article)}
    index = next(i for i, text in texts.items() if "giãng" in text and "Sáng" in text)
    texts[index] = texts[index].replace("giãng", "giảng")
    written = write_edits(source, texts, 0, today=TODAY)
    assert (written.made, written.left) == (1, 0)
    again = load(Source(name, data=written.data), TODAY)
    assert "khai giảng." in again.text("body")
    assert "Sáng nay khai giãng." not in again.text("body")
    assert len(again.blocks) == len(article.blocks)


def test_unchanged_texts_give_the_same_bytes() -> None:
    for name, data in DOCUMENTS.items():
        texts = {i: block.text for i, block in shown_blocks(load(Source(name, data=data), TODAY))}
        written = write_edits(Source(name, data=data), texts, 0, today=TODAY)
        assert (written.data, written.made, written.left) == (data, 0, 0)


def test_word_changes_are_tracked_and_deletions_too() -> None:
    source = Source("a.docx", data=DOCUMENTS["a.docx"])
    article = load(source, TODAY)
    texts = {i: block.text for i, block in shown_blocks(article)}
    last = max(texts)
    del texts[last]
    first = min(texts)
    texts[first] = "Sáng nay, nhà trường khai giảng."
    written = write_edits(source, texts, 2, today=TODAY)
    xml = ZipFile(BytesIO(written.data)).read("word/document.xml").decode()
    assert "<w:ins " in xml
    assert "<w:delText" in xml
    assert written.left == 2
    again = load(Source("a.docx", data=written.data), TODAY)
    assert "Sáng nay, nhà trường khai giảng." in again.text("body")
    assert "Đoạn cuối" not in again.text("body")


def test_a_paragraph_deleted_from_html_changes_no_other() -> None:
    data = "<p>Một</p><p>Hai</p><p>Ba</p>".encode()
    shown = list(shown_blocks(load(Source("a.html", data=data), TODAY)))
    texts = {index: block.text for index, block in shown[1:]}
    written = write_edits(Source("a.html", data=data), texts, 0, today=TODAY)
    assert written.data.decode() == "<p></p><p>Hai</p><p>Ba</p>"
    assert (written.made, written.left) == (1, 0)


def test_opened_tells_kinds_cells_and_heads() -> None:
    shown = opened(load(Source("a.docx", data=DOCUMENTS["a.docx"]), TODAY))
    assert shown["heads"]["title"]["text"] == "Lễ khai giảng"
    cells = [each for each in shown["blocks"] if each["kind"] == "cell"]
    assert [(each["row"], each["text"]) for each in cells] == [
        (1, "Lớp"),
        (1, "Số"),
        (2, "1A"),
        (2, "ba mươi"),
    ]
    assert shown["blocks"][-1]["text"] == f"Đoạn cuối {NFD} xong."


def test_opened_keeps_links_and_leaves_out_what_readers_do_not_see() -> None:
    html = (
        "<h1>T</h1><p>Xem <a href='javascript:alert(1)'>tại đây</a></p>"
        "<p hidden>ẩn</p><!-- ghi chú --><img src='a.jpg' alt='mô tả'><p>Sau ảnh</p>"
    )
    shown = opened(load(Source("a.html", data=html.encode()), TODAY))
    assert [each["text"] for each in shown["blocks"]] == ["Xem tại đây", "Sau ảnh"]
    assert shown["blocks"][0]["links"] == [{"start": 4, "end": 11, "href": "javascript:alert(1)"}]
    (picture,) = shown["media"]
    assert picture["before"] == shown["blocks"][1]["id"]
    assert "data" not in picture
