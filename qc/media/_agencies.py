"""Traces of picture and news agencies in metadata, captions and file names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from qc.core.record import dataclass
from qc.core.tables import read_table

if TYPE_CHECKING:
    from qc.media._metadata.record import Metadata

COLUMNS = ("name", "kind", "words", "marks", "domains", "files")


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency: `kind` is stock, free or news."""

    name: str
    kind: str
    words: re.Pattern[str] | None
    marks: re.Pattern[str] | None
    files: re.Pattern[str] | None


@dataclass(frozen=True, slots=True)
class Trace:
    """Where an agency shows: `field` names the metadata field, caption or file name."""

    agency: Agency
    field: str
    text: str


def fold(text: str) -> str:
    """Lower case without Vietnamese marks, single spaces: what names are compared by."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    bare = "".join(character for character in plain if not unicodedata.combining(character))
    return " ".join(bare.split())


@cache
def agencies() -> tuple[Agency, ...]:
    """The agencies of policies/media/agencies.tsv."""
    found = []
    for name, kind, words, marks, domains, files in read_table("media/agencies.tsv", COLUMNS):
        anywhere = [fold(word) for word in (*_cells(words), *_cells(domains))]
        found.append(
            Agency(
                name,
                kind,
                _any_of(anywhere),
                _mark_of(_cells(marks)),
                re.compile(files, re.IGNORECASE) if files else None,
            )
        )
    return tuple(found)


def traces_in_metadata(metadata: Metadata) -> list[Trace]:
    """Agencies named by the metadata, each once, with the field that names it."""
    signed = [*_signed(metadata)]
    described = [*_described(metadata)]
    found: dict[str, Trace] = {}
    for field, text in signed:
        for trace in _named(field, text, marks=True):
            found.setdefault(trace.agency.name, trace)
    for field, text in described:
        for trace in _named(field, text, marks=False):
            found.setdefault(trace.agency.name, trace)
    if any(key[0] == "getty" for key in metadata.xmp.top):
        getty = agencies()[0]
        found.setdefault(getty.name, Trace(getty, "XMP GettyImagesGIFT", ""))
    return list(found.values())


def traces_in_text(field: str, text: str | None) -> list[Trace]:
    """Agencies that a caption or credit names."""
    return list(_named(field, text, marks=True)) if text else []


def traces_in_name(path: str) -> list[Trace]:
    """Agencies whose download names a file has."""
    stem = re.split(r"[?#]", path)[0].replace("\\", "/").rsplit("/", 1)[-1].rpartition(".")[0]
    return [
        Trace(agency, "tên tệp", stem)
        for agency in agencies()
        if agency.files and agency.files.fullmatch(stem)
    ]


def _named(field: str, text: str, *, marks: bool) -> Iterable[Trace]:
    folded = fold(text)
    for agency in agencies():
        word = agency.words.search(folded) if agency.words else None
        mark = agency.marks.search(text) if marks and agency.marks else None
        if word or mark:
            yield Trace(agency, field, text)


def _signed(metadata: Metadata) -> Iterable[tuple[str, str]]:
    """Fields that say whose picture it is."""
    for name, values in (
        ("tác giả", metadata.creators),
        ("nguồn", metadata.credits),
        ("bản quyền", metadata.notices),
        ("bên cấp phép", metadata.xmp.nested("plus", "licensorname")),
        ("bên cấp phép", metadata.xmp.nested("plus", "licensorurl")),
        ("chủ sở hữu", metadata.xmp.nested("plus", "copyrightownername")),
        ("trang bản quyền", metadata.xmp.all("xmprights", "webstatement")),
        ("điều khoản", metadata.xmp.all("xmprights", "usageterms")),
    ):
        for value in values:
            yield name, value


def _described(metadata: Metadata) -> Iterable[tuple[str, str]]:
    """Fields of free text, where only a whole name counts."""
    for name, values in (
        ("hướng dẫn", (metadata.xmp.one("photoshop", "instructions"),)),
        ("hướng dẫn", metadata.iim.get("instructions", ())),
        ("mô tả", (metadata.exif.description,)),
        ("tiêu đề", metadata.iim.get("title", ())),
    ):
        for value in values:
            if value:
                yield name, value[:500]


def _cells(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _mark_of(marks: list[str]) -> re.Pattern[str] | None:
    """Initials that stand alone between separators: "Ảnh: AP", not a person called Bình AP."""
    if not marks:
        return None
    choices = "|".join(re.escape(mark) for mark in marks)
    return re.compile(
        rf"(?:^|[/:,;(|©–-]\s*|\b(?:by|via|báo|theo)\s+)(?:{choices})"
        r"(?=\s*(?:$|[/,;.)|–-]|(?:photo|images|via)\b))"
    )


def _any_of(words: Iterable[str]) -> re.Pattern[str] | None:
    words = [re.escape(word) for word in words]
    return re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)") if words else None
