"""How long loading takes, as a ratio to what lxml needs to parse the same bytes.

    python -m bench.loaders.measure [--kb 90] [--rounds 15] [--data DIR]

Documents of about `--kb` KB of Vietnamese text are made: 200 paragraphs and 10 tables, with runs as
Word writes them (three to a paragraph, with fonts and sizes). The text is that of `--data`
(corpus/news_vntc.txt.xz) where given, else a fixed sentence repeated. Best of `--rounds`.
"""

from __future__ import annotations

import argparse
import io
import itertools
import json
import lzma
import os
import time
import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from html import escape
from pathlib import Path

from lxml import etree, html

from qc.documents.load import Source, load

SENTENCE = "Sáng nay, hơn 500 học sinh của trường đã tham gia ngày hội đọc sách tại sân trường."
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
ODF = "urn:oasis:names:tc:opendocument:xmlns"
PARAGRAPHS, TABLES, ROWS, COLUMNS = 200, 10, 6, 4
LOOK = (
    '<w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" '
    'w:cs="Times New Roman"/><w:sz w:val="26"/><w:szCs w:val="26"/></w:rPr>'
)


def sentences(data: str | None) -> Iterator[str]:
    """Endless lines of Vietnamese text."""
    lines: list[str] = []
    if data:
        path = Path(data) / "corpus" / "news_vntc.txt.xz"
        with lzma.open(path, "rt", encoding="utf-8") as stream:
            lines = [line.strip() for line in itertools.islice(stream, 2000) if len(line) > 40]
    return itertools.cycle(lines or [SENTENCE])


def texts(size: int, data: str | None) -> tuple[list[str], list[str]]:
    """Paragraphs and cells that make up `size` bytes of UTF-8."""
    source = " ".join(itertools.islice(sentences(data), 4000)).split(" ")
    words = itertools.cycle(source)
    cells = [" ".join(next(words) for _ in range(4)) for _ in range(TABLES * ROWS * COLUMNS)]
    each = max(size - sum(len(c.encode()) for c in cells), 2000) // PARAGRAPHS
    paragraphs = []
    for _ in range(PARAGRAPHS):
        text = next(words)
        while len(text.encode()) < each:
            text += " " + next(words)
        paragraphs.append(text)
    return paragraphs, cells


def table(cells: list[str], tags: tuple[str, str, str], wrap: Callable[[str], str]) -> str:
    """The cells as tables; `tags` are those of table, row and cell."""

    def element(tag: str, inner: str) -> str:
        return f"<{tag}>{inner}</{tag}>"

    rows = [
        "".join(element(tags[2], wrap(cell)) for cell in cells[at : at + COLUMNS])
        for at in range(0, len(cells), COLUMNS)
    ]
    return "".join(
        element(tags[0], "".join(element(tags[1], row) for row in rows[at : at + ROWS]))
        for at in range(0, len(rows), ROWS)
    )


def make_docx(paragraphs: list[str], cells: list[str]) -> bytes:
    def run(text: str) -> str:
        return f'<w:r>{LOOK}<w:t xml:space="preserve">{escape(text, quote=False)}</w:t></w:r>'

    def paragraph(text: str) -> str:
        third = len(text) // 3
        runs = run(text[:third]) + run(text[third : 2 * third]) + run(text[2 * third :])
        return f'<w:p><w:pPr><w:jc w:val="both"/></w:pPr>{runs}</w:p>'

    body = "".join(map(paragraph, paragraphs))
    body += table(cells, ("w:tbl", "w:tr", "w:tc"), lambda text: f"<w:p>{run(text)}</w:p>")
    document = f'<w:document xmlns:w="{W}" xmlns:r="{R}"><w:body>{body}</w:body></w:document>'
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{R}/officeDocument" Target="word/document.xml"/>'
        "</Relationships>"
    )
    return zipped({"word/document.xml": document, "_rels/.rels": relations})


def make_odt(paragraphs: list[str], cells: list[str]) -> bytes:
    def paragraph(text: str) -> str:
        return f'<text:p text:style-name="P1">{escape(text, quote=False)}</text:p>'

    body = "".join(map(paragraph, paragraphs))
    body += table(cells, ("table:table", "table:table-row", "table:table-cell"), paragraph)
    names = " ".join(f'xmlns:{n}="{ODF}:{n}:1.0"' for n in ("office", "text", "table"))
    content = (
        f"<office:document-content {names}><office:body><office:text>{body}</office:text>"
        "</office:body></office:document-content>"
    )
    return zipped({"content.xml": content})


def make_html(paragraphs: list[str], cells: list[str]) -> bytes:
    body = "".join(
        f"<p>{escape(p[:40])}<b>{escape(p[40:80])}</b>{escape(p[80:])}</p>\n" for p in paragraphs
    )
    body += table(cells, ("table", "tr", "td"), escape)
    return f"<!DOCTYPE html><html><body><h1>Ngày hội</h1>\n{body}</body></html>".encode()


def make_markdown(paragraphs: list[str], cells: list[str]) -> bytes:
    rows = [
        "| " + " | ".join(cells[at : at + COLUMNS]) + " |" for at in range(0, len(cells), COLUMNS)
    ]
    rows.insert(1, "|---" * COLUMNS + "|")
    return ("# Ngày hội\n\n" + "\n\n".join(paragraphs) + "\n\n" + "\n".join(rows) + "\n").encode()


def make_json(paragraphs: list[str], cells: list[str]) -> bytes:
    body = make_html(paragraphs, cells).decode()
    return json.dumps({"title": "Ngày hội", "body": body}, ensure_ascii=False).encode()


def zipped(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in parts.items():
            target.writestr(name, part)
    return stream.getvalue()


def parse_zipped(data: bytes, name: str) -> object:
    """What lxml needs for the same bytes: unzip and parse."""
    with zipfile.ZipFile(io.BytesIO(data)) as source:
        return etree.fromstring(source.read(name))


FORMATS: dict[str, tuple[Callable[[list[str], list[str]], bytes], Callable[[bytes], object]]] = {
    "docx": (make_docx, lambda data: parse_zipped(data, "word/document.xml")),
    "odt": (make_odt, lambda data: parse_zipped(data, "content.xml")),
    "html": (make_html, html.fromstring),
    "md": (make_markdown, html.fromstring),
    "json": (make_json, json.loads),
}


def best(function: Callable[[], object], rounds: int) -> float:
    """The shortest of `rounds` runs, in milliseconds of process time."""
    times = []
    for _ in range(rounds):
        start = time.process_time()
        function()
        times.append(time.process_time() - start)
    return min(times) * 1000


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kb", type=int, default=90)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--data", default=os.environ.get("QC_DATA"))
    parser.add_argument("--only", choices=[*FORMATS])
    arguments = parser.parse_args()
    paragraphs, cells = texts(arguments.kb * 1024, arguments.data)
    print(f"{'format':6} {'KB':>6} {'load ms':>8} {'peer ms':>8} {'ratio':>6}  peer")
    for name, (make, parse) in FORMATS.items():
        if arguments.only not in (None, name):
            continue
        data = make(paragraphs, cells)
        source = Source(f"a.{name}", data=data)
        loaded = best(lambda source=source: load(source, date(2026, 1, 2)), arguments.rounds)  # type: ignore[misc]
        parsed = best(lambda parse=parse, data=data: parse(data), arguments.rounds)  # type: ignore[misc]
        peer = "json.loads" if name == "json" else "lxml parse"
        size = len(data) / 1024
        print(f"{name:6} {size:6.0f} {loaded:8.2f} {parsed:8.2f} {loaded / parsed:6.1f}  {peer}")


if __name__ == "__main__":
    main()
