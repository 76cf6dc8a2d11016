"""Blocks from attachments: fields, offsets, places; and no double report of personal data."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from qc.core.article import Article, Attachment
from qc.core.blob import Blob
from qc.core.location import TextLocation, locate
from qc.security.attachments.attached_files import FileOptions
from qc.security.attachments.text import with_attachment_text
from qc.security.children.named_minor import named_minor
from qc.security.personal.personal_data import personal_data

from ._files import docx, docx_table, paragraph

DATA = docx(
    paragraph("Em Nguyễn Văn Bình bị bạn đánh.")
    + paragraph("CCCD: 033215001234")
    + docx_table([["Họ tên", "Lớp"]])
)


def article(data: bytes) -> Article:
    file = Attachment(path="a.docx", blob=Blob(data=data))
    return Article(
        source="a.md", format="markdown", digest="0", attachments=(file,), today=date(2026, 3, 1)
    )


def test_text_of_a_file_becomes_a_field() -> None:
    read = with_attachment_text(article(DATA), FileOptions())
    field = "attachment:a.docx"
    assert read.text(field).split("\n") == [
        "Em Nguyễn Văn Bình bị bạn đánh.",
        "CCCD: 033215001234",
        "Họ tên\tLớp",
    ]
    for block in read.blocks:
        assert read.text(field)[block.start : block.end] == block.text
        assert block.place.paragraph is not None


def test_text_checks_read_it() -> None:
    read = with_attachment_text(article(DATA), FileOptions())
    (found,) = named_minor.run(read, named_minor.options())
    place = locate(found, read)
    assert isinstance(place, TextLocation)
    assert (place.field, place.excerpt) == ("attachment:a.docx", "Nguyễn Văn Bình")


def test_personal_data_is_reported_once() -> None:
    read = with_attachment_text(article(DATA), FileOptions())
    found = list(personal_data.run(read, personal_data.options()))
    assert [f.rule.id for f in found] == ["privacy-citizen-number"]


def test_article_without_readable_files_is_left_as_it_is() -> None:
    plain = article(b"PK\x03\x04 broken")
    assert with_attachment_text(plain, FileOptions()) is plain
    gone = replace(plain, attachments=(Attachment(path="b.docx", problem="missing"),))
    assert with_attachment_text(gone, FileOptions()) is gone
