"""Archives: bombs, paths that leave the folder, links, nesting, lying directories."""

from __future__ import annotations

import bz2
import io
import lzma
import stat
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

from qc.core.lazy import regex
from qc.security.attachments._note import Budget, Notes

_ESCAPE = regex(r"(?:^|[/\\])\.\.(?:[/\\]|$)|^[/\\]|^[A-Za-z]:")
_SMALL = 1024 * 1024


def read_zip(data: bytes, notes: Notes, budget: Budget) -> zipfile.ZipFile | None:
    """Open a ZIP after its directory has been judged; None where it must not be unpacked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError, OSError) as error:
        notes.add("damaged", what=type(error).__name__)
        return None
    if len(infos) > budget.entries:
        notes.add("archive-bomb", why="entries", count=len(infos))
        return None
    total = sum(info.file_size for info in infos)
    packed = max(sum(info.compress_size for info in infos), 1)
    if total > budget.inflated_bytes or (total > 20 * _SMALL and total // packed > budget.ratio):
        notes.add("archive-bomb", why="size", size_bytes=total, ratio=total // packed)
        return None
    if _overlap(infos) or data.count(b"PK\x05\x06") > 1 + _stored_zips(infos):
        if _overlap(infos):
            notes.add("archive-bomb", why="overlap", count=len(infos))
            return None
        notes.add("archive-odd", why="two-directories")
    _judge_names(infos, notes)
    return archive


def _judge_names(infos: list[zipfile.ZipInfo], notes: Notes) -> None:
    for info in infos:
        if _ESCAPE.search(info.filename) or "\0" in info.orig_filename:
            notes.add("archive-escape", name=info.filename[:120])
        if stat.S_ISLNK(info.external_attr >> 16):
            notes.add("archive-link", name=info.filename[:120])
    if any(info.flag_bits & 1 for info in infos):
        notes.add("encrypted", what="zip")
    names = [info.filename for info in infos]
    if len(set(names)) < len(names):
        notes.add("archive-odd", why="same-name")


def _overlap(infos: list[zipfile.ZipInfo]) -> bool:
    spans = sorted((i.header_offset, i.header_offset + 30 + i.compress_size) for i in infos)
    return any(a[1] > b[0] for a, b in pairwise(spans))


def _stored_zips(infos: list[zipfile.ZipInfo]) -> int:
    """Members that are stored as they are may be archives with directories of their own."""
    return sum(info.compress_type == 0 and info.file_size > 100 for info in infos) * 50


def read_member(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, notes: Notes, budget: Budget
) -> bytes | None:
    """One member, counted while it is unpacked: a directory that lies is found out."""
    if info.flag_bits & 1 or info.is_dir():
        return None
    try:
        with archive.open(info) as stream:
            data = stream.read(min(info.file_size, budget.inflated_bytes) + 1)
    except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError) as error:
        notes.add("damaged", what=type(error).__name__)
        return None
    except (NotImplementedError, RuntimeError, OSError, ValueError):
        notes.add("not-inspected", what="member")
        return None
    budget.inflated_bytes -= len(data)
    if len(data) > info.file_size or budget.inflated_bytes <= 0:
        notes.add("archive-bomb", why="size", size_bytes=len(data), ratio=0)
        return None
    return data


def members_of(kind: str, data: bytes, notes: Notes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    """Name and content of the members of an archive, as far as the budget goes."""
    if kind == "zip":
        archive = read_zip(data, notes, budget)
        for info in archive.infolist() if archive else ():
            content = read_member(archive, info, notes, budget) if archive else None
            if content is not None:
                yield info.filename, content
    elif kind == "tar":
        yield from _tar(data, notes, budget)
    elif kind in ("gzip", "bzip2", "xz"):
        content = _inflate(kind, data, notes, budget)
        if content is not None:
            yield "content", content
    else:
        if _locked(kind, data):
            notes.add("encrypted", what=kind)
        notes.add("not-inspected", what=kind)


def _tar(data: bytes, notes: Notes, budget: Budget) -> Iterator[tuple[str, bytes]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:") as archive:
            for count, member in enumerate(archive):
                if count >= budget.entries:
                    notes.add("archive-bomb", why="entries", count=count)
                    return
                if _ESCAPE.search(member.name):
                    notes.add("archive-escape", name=member.name[:120])
                if member.issym() or member.islnk() or member.isdev():
                    notes.add("archive-link", name=member.name[:120])
                if not member.isfile():
                    continue
                budget.inflated_bytes -= member.size
                stream = archive.extractfile(member) if budget.inflated_bytes > 0 else None
                if stream is None:
                    notes.add("archive-bomb", why="size", size_bytes=member.size, ratio=1)
                    return
                yield member.name, stream.read()
    except (tarfile.TarError, EOFError, ValueError, OSError) as error:
        notes.add("damaged", what=type(error).__name__)


def _inflate(kind: str, data: bytes, notes: Notes, budget: Budget) -> bytes | None:
    openers: dict[str, Callable[[], Any]] = {
        "gzip": lambda: zlib.decompressobj(31),
        "bzip2": bz2.BZ2Decompressor,
        "xz": lambda: lzma.LZMADecompressor(memlimit=256 * _SMALL),
    }
    inflater = openers[kind]()
    limit = min(budget.inflated_bytes, 50 * _SMALL)
    try:
        content: bytes = inflater.decompress(data, limit + 1)
    except (zlib.error, lzma.LZMAError, OSError, EOFError, ValueError) as error:
        notes.add("damaged", what=type(error).__name__)
        return None
    if len(content) > limit:
        notes.add("archive-bomb", why="size", size_bytes=len(content), ratio=0)
        return None
    budget.inflated_bytes -= len(content)
    return content


def _locked(kind: str, data: bytes) -> bool:
    """Whether a RAR archive says that its headers or first file are encrypted."""
    if kind != "rar" or len(data) < 24:
        return False
    if data[6] == 1:  # RAR 5: header type 4 is the encryption header
        return data[12:14].find(b"\x04") >= 0
    return bool(data[10] & 0x80) or bool(len(data) > 23 and data[23] & 0x04)
