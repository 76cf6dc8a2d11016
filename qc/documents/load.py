"""Loading: a path or an article in memory, to the Article that is checked."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path

from qc.core.article import Article
from qc.core.blob import Blob, BlobPool
from qc.core.errors import LoadError
from qc.core.record import dataclass
from qc.documents._builder import Builder, media_kind
from qc.documents._byline import add_byline
from qc.documents._fields import FieldSet

FORMATS = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".txt": "text",
    ".json": "json",
    ".docx": "docx",
    ".odt": "odt",
}
MAX_TEXT_BYTES = 20 * 1024 * 1024
ZIPPED = frozenset(("docx", "odt"))


@dataclass(frozen=True, slots=True)
class Source:
    """What is to be checked: a file on disk, or data in memory with a format.

    `name` is shown in reports; `root` is the folder in which media are looked up; `extras` are
    media files that lie beside the document and belong to the article; `blobs` are media opened
    for other articles of a batch.
    """

    name: str
    path: Path | None = None
    data: bytes | None = None
    format: str | None = None
    root: Path | None = None
    extras: tuple[str, ...] = ()
    blobs: BlobPool | None = None


def load(source: Source, today: date) -> Article:
    """Read an article. Raises LoadError with what is wrong, where, and what to do."""
    format_name = source.format or format_of(source.name)
    if format_name is None:
        known = " ".join(sorted(FORMATS))
        raise LoadError(
            "this kind of file is not one qc reads",
            where=source.name,
            remedy=f"Use one of {known}.",
            vi=f"qc không đọc loại tệp này; hãy dùng {known}",
        )
    data = source.data if source.data is not None else _read(source)
    if not data.strip():
        raise LoadError(
            "the file is empty",
            where=source.name,
            remedy="Write the article first.",
            vi="tệp trống; hãy viết bài trước",
        )
    if format_name in ZIPPED:
        return _load_zipped(source, format_name, data, today)
    text, encoding = decode_text(data, source.name)
    builder = Builder(
        source.name, format_name, source_text=text, root=source.root, blobs=source.blobs
    )
    builder.encoding = encoding
    load_format: Callable[[str, Builder], FieldSet] = _loader(format_name)
    return _finished(source, builder, load_format(text, builder), data, today)


def format_of(name: str) -> str | None:
    """The format of a document by its extension; None if qc does not read it."""
    return FORMATS.get(os.path.splitext(name)[1].lower())


def decode_text(data: bytes, name: str) -> tuple[str, str]:
    """The text of a file and its encoding: UTF-8, UTF-16 where it says so, or clear old Vietnamese.

    Raises LoadError for anything else.
    """
    if len(data) > MAX_TEXT_BYTES:
        raise LoadError(
            f"the file has {len(data)} bytes; qc reads texts of at most {MAX_TEXT_BYTES}",
            where=name,
            remedy="Split the article.",
            vi=f"tệp dài {len(data)} byte; qc chỉ đọc bài tối đa {MAX_TEXT_BYTES} byte",
        )
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    try:
        text = data.decode("utf-16" if wide else "utf-8-sig")
        encoding = "utf-16" if wide else "utf-8"
    except UnicodeDecodeError as error:
        from qc.documents._legacy.decode import decode_legacy

        legacy = decode_legacy(data)
        if legacy is None:
            raise LoadError(
                f"the file is not UTF-8 text (byte {error.start + 1})",
                where=name,
                remedy="Save it as Unicode UTF-8; if it is a Word file, keep the .docx ending.",
                vi="tệp không phải văn bản UTF-8; hãy lưu lại bằng bảng mã Unicode UTF-8",
            ) from error
        text, encoding = legacy
    if "\0" in text:
        raise LoadError(
            "the file holds binary data, not text",
            where=name,
            remedy="Check the file's ending.",
            vi="tệp chứa dữ liệu nhị phân, không phải văn bản; hãy kiểm tra đuôi tệp",
        )
    return text, encoding


def _loader(format_name: str) -> Callable[..., FieldSet]:
    function: Callable[..., FieldSet] = getattr(
        import_module(f"qc.documents.{format_name}"), f"load_{format_name}"
    )
    return function


def _load_zipped(source: Source, format_name: str, data: bytes, today: date) -> Article:
    builder = Builder(
        source.name, format_name, source_text=None, root=source.root, blobs=source.blobs
    )
    fields = _loader(format_name)(data, builder)
    return _finished(source, builder, fields, data, today)


def _finished(
    source: Source, builder: Builder, fields: FieldSet, data: bytes, today: date
) -> Article:
    named = {each.path for each in (*builder.images, *builder.videos, *builder.attachments)}
    named |= {entry.path.text.strip() for entry in (*fields.images, *fields.videos)}
    named.add(fields.fields.featured_image or "")
    for extra in source.extras:
        if extra in named:
            continue
        kind = media_kind(extra)
        if kind == "image":
            builder.image(extra, alt=None)
        elif kind == "video":
            builder.video(extra)
        else:
            builder.attachment(extra)
    return builder.build(data, add_byline(builder, fields), today)


def _read(source: Source) -> bytes:
    if source.path is None:
        raise LoadError("nothing to read", where=source.name)
    return Blob(source.path).bytes
