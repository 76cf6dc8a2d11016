"""JSON Lines, CSV, Parquet, WXR, feeds and sitemaps on disk, compressed or not."""

from __future__ import annotations

import codecs
import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, cast
from urllib.parse import unquote, urlsplit

from qc.batch.records import Record, record_of
from qc.batch.sources.options import ReadOptions
from qc.core.errors import LoadError
from qc.documents.load import MAX_TEXT_BYTES, Source
from qc.documents.posts import Post
from qc.documents.rows import column_field, post_of_row
from qc.documents.wordpress import PUBLISHED, Site

SUFFIXES = {
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
    ".parquet": "parquet",
    ".xml": "xml",
    ".rss": "xml",
    ".atom": "xml",
    ".wxr": "xml",
}
PACKED = (".gz", ".xz", ".bz2")
SHOWN_STATES = PUBLISHED | {
    "",
    "1",
    "live",
    "true",
    "inherit",
    "xuất bản",
    "đã đăng",
    "đã xuất bản",
}
ROOT = re.compile(rb"<(?:[\w.-]+:)?(rss|feed|RDF|urlset|sitemapindex)\b")
BATCH_ROWS = 500
SNIFFED = 1 << 14
UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
NEEDED = ("title", "body")
NAMED = 8


def file_kind(path: Path) -> str | None:
    """jsonl, csv, parquet or xml by the ending; None for a single article."""
    name = path.name.lower()
    for packed in PACKED:
        name = name.removesuffix(packed)
    return SUFFIXES.get(Path(name).suffix)


def file_records(path: Path, options: ReadOptions) -> Iterator[Record]:
    """The posts of an archive in one file."""
    readers = {"jsonl": _jsonl, "csv": _csv, "parquet": _parquet, "xml": _xml}
    kind = file_kind(path)
    assert kind is not None
    return readers[kind](path, options)


def shown(post: Post, options: ReadOptions) -> bool:
    """Whether a post is one that readers of the portal see, or all are wanted."""
    return options.all_states or (post.status or "").strip().lower() in SHOWN_STATES


def open_file(path: Path) -> BinaryIO:
    """The content of a file, unpacked on the way."""
    import bz2
    import gzip
    import lzma

    openers: dict[str, Any] = {".gz": gzip.open, ".xz": lzma.open, ".bz2": bz2.open}
    opener = openers.get(path.suffix.lower())
    return cast(BinaryIO, opener(path, "rb") if opener else path.open("rb"))


def _root(path: Path, options: ReadOptions) -> Path:
    return options.media or path.parent


def _jsonl(path: Path, options: ReadOptions) -> Iterator[Record]:
    root = _root(path, options)
    with open_file(path) as stream:
        number = 0
        while line := stream.readline(MAX_TEXT_BYTES + 2):
            number += 1
            name = f"{path.name}#{number}"
            if len(line) > MAX_TEXT_BYTES:
                _skip_line(stream, line)
                reason = f"the line is longer than {MAX_TEXT_BYTES} bytes"
                yield Record(str(number), Source(name, data=b"-", format="json"), fault=reason)
                continue
            if not line.strip():
                continue
            try:
                row = json.loads(line.decode("utf-8-sig"))
            except ValueError:
                row = None
            if not isinstance(row, dict):  # the loader says what is wrong with it
                yield Record(str(number), Source(name, data=line, format="json"))
                continue
            post = post_of_row(row, number, root)
            if shown(post, options):
                yield record_of(post, path.name)


def _skip_line(stream: BinaryIO, line: bytes) -> None:
    while line and not line.endswith(b"\n"):
        line = stream.readline(1 << 20)


def _csv(path: Path, options: ReadOptions) -> Iterator[Record]:
    import io

    root = _root(path, options)
    csv.field_size_limit(MAX_TEXT_BYTES)
    with open_file(path) as stream:
        start = stream.read(SNIFFED)
    encoding = "utf-16" if start.startswith(UTF16_MARKS) else "utf-8-sig"
    head = start.decode(encoding, "replace").splitlines()[:1]
    first = head[0] if head else ""
    delimiter = max(",;\t|", key=first.count)
    with open_file(path) as stream:
        errors = "replace" if encoding == "utf-16" else "surrogateescape"
        text = io.TextIOWrapper(stream, encoding, errors, newline="")
        rows = csv.DictReader(text, delimiter=delimiter)
        _check_columns(rows.fieldnames or (), path)
        number = 0
        while True:
            number += 1
            try:
                row = next(rows, None)
            except csv.Error as error:
                name = f"{path.name}#{number}"
                yield Record(str(number), Source(name, data=b"-", format="json"), fault=str(error))
                continue
            if row is None:
                return
            post = post_of_row({k: v for k, v in row.items() if k is not None}, number, root)
            if shown(post, options):
                yield record_of(post, path.name)


def _check_columns(names: Iterable[str], path: Path) -> None:
    """Raise LoadError where no column of a table with columns is a title or a body."""
    written = [each.encode("utf-8", "replace").decode() for each in names if each]
    if not written or any(column_field(each) in NEEDED for each in written):
        return
    shown = ", ".join(written[:NAMED]) + (", …" if len(written) > NAMED else "")
    raise LoadError(
        f"no column is a title or a body (columns: {shown})",
        where=str(path),
        remedy="Name the columns in the first line, as title, body, published_at; save as UTF-8.",
        vi=f"không có cột nào là tiêu đề hay nội dung (các cột: {shown}); hãy ghi tên cột ở dòng "
        "đầu, như title, body, published_at hay tiêu đề, nội dung, ngày đăng, và lưu tệp bằng "
        "bảng mã UTF-8",
    )


def _parquet(path: Path, options: ReadOptions) -> Iterator[Record]:
    import pyarrow.parquet as pq

    root = _root(path, options)
    number = 0
    try:
        with pq.ParquetFile(path) as file:
            _check_columns(file.schema_arrow.names, path)
            for batch in file.iter_batches(batch_size=BATCH_ROWS):
                for row in batch.to_pylist():
                    number += 1
                    post = post_of_row(row, number, root)
                    if shown(post, options):
                        yield record_of(post, path.name)
    except (OSError, ValueError) as error:
        raise LoadError(f"is not readable as Parquet: {error}", where=str(path)) from error


def _xml(path: Path, options: ReadOptions) -> Iterator[Record]:
    from qc.documents.feeds import feed_posts
    from qc.documents.wxr import wxr_posts

    with open_file(path) as stream:
        head = stream.read(SNIFFED)
    match = ROOT.search(head.replace(b"\0", b""))
    root = match[1].decode() if match else ""
    if root in ("urlset", "sitemapindex"):
        yield from _sitemap(path, options, 0)
        return
    if not root:
        raise LoadError(
            "is neither a WXR export nor a feed nor a sitemap",
            where=str(path),
            vi="không phải tệp xuất WordPress, RSS, Atom hay sitemap",
        )
    if b"wordpress.org/export/" in head:
        site = Site(options.media, options.hosts)
        posts = wxr_posts(lambda: open_file(path), str(path), site)
    else:
        posts = _feed(path, options, feed_posts)
    for post in posts:
        if shown(post, options):
            yield record_of(post, path.name)


def _feed(path: Path, options: ReadOptions, read: Any) -> Iterator[Post]:
    with open_file(path) as stream:
        yield from read(stream, str(path), _root(path, options))


def _sitemap(path: Path, options: ReadOptions, depth: int) -> Iterator[Record]:
    """The pages that a sitemap names, as they were saved below its folder (or `media`)."""
    from qc.batch.records import as_time
    from qc.documents.feeds import sitemap_pages

    folder = _root(path, options)
    with open_file(path) as stream:
        for page in sitemap_pages(stream, str(path)):
            if page.index:
                inner = path.parent / unquote(urlsplit(page.address).path).rsplit("/", 1)[-1]
                if depth < 4 and inner.is_file():
                    yield from _sitemap(inner, options, depth + 1)
                    continue
                reason = "the sitemap is not beside the index"
                yield Record(page.address, Source(page.address, data=b"-"), fault=reason)
                continue
            yield _saved_page(page.address, folder, as_time(page.edited))


def _saved_page(address: str, folder: Path, edited: Any) -> Record:
    parts = urlsplit(address)
    below = unquote(parts.path).strip("/")
    names = [f"{below}/index.html" if below else "index.html", f"{below}.html", below]
    for base in (folder / (parts.hostname or ""), folder):
        for name in names:
            path = base / name
            inside = path.resolve().is_relative_to(folder.resolve())
            if name and inside and path.is_file():
                source = Source(address, path, format="html", root=path.parent)
                return Record(address, source, edited, address)
    source = Source(address, data=b"-", format="html")
    return Record(address, source, edited, address, "the page is not saved beside the sitemap")
