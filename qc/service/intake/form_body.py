"""Multipart bodies: `files` (one article and its media) and the fields policy, lang, date."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from qc.core.errors import UsageError
from qc.documents.load import MAX_TEXT_BYTES, format_of
from qc.service.errors import Refusal, malformed, unfit
from qc.service.intake.options import name_of, options_of
from qc.service.intake.submission import Article, Submission

if TYPE_CHECKING:
    from starlette.datastructures import UploadFile
    from starlette.requests import Request

MAX_FIELDS = 20
MAX_DOCUMENT_BYTES = 64 * 1024 * 1024


async def read_form(
    request: Request, submission: Submission, *, max_files: int, policy: str
) -> None:
    """Fill a submission. Raises Refusal 400, 413 or 422."""
    from starlette.datastructures import UploadFile
    from starlette.exceptions import HTTPException

    try:
        form = await request.form(max_files=max_files, max_fields=MAX_FIELDS)
    except HTTPException as error:
        if "Too many" in str(error.detail):
            raise _too_many(max_files) from error
        raise malformed("the multipart body is not well formed") from error
    try:
        files = [each for each in form.getlist("files") if isinstance(each, UploadFile)]
        values: dict[str, Any] = {k: v for k, v in form.items() if isinstance(v, str)}
        unknown = sorted(form.keys() - {"files", "policy", "lang", "date", "source"})
        if unknown:
            raise unfit(f"unknown field {unknown[0][:40]!r}", unknown[0][:40])
        submission.options = options_of(values, policy)
        await asyncio.to_thread(_take, files, submission, name_of(values))
    finally:
        await form.close()


def _take(files: Sequence[UploadFile], submission: Submission, name: str) -> None:
    main = _main([each.filename or "" for each in files])
    for index, file in enumerate(files):
        if index != main:
            copy = partial(shutil.copyfileobj, file.file)
            submission.add(file.filename or "", copy)
            continue
        data = file.file.read(MAX_DOCUMENT_BYTES + 1)
        if len(data) > MAX_DOCUMENT_BYTES:
            raise _too_long()
        sent = file.filename or ""  # says how it is read; `name` is only what reports show
        submission.article = Article(name=name or sent, data=data, format=format_of(sent))


def _main(names: list[str]) -> int:
    """Which file is the article: the only document, or the one called bai, article, index …"""
    from qc.documents.folder import main_document

    documents = [name for name in names if format_of(name)]
    try:
        return names.index(main_document(documents))
    except UsageError as error:
        vi = "Cần đúng một tệp bài viết (.docx, .odt, .html, .md, .txt hoặc .json) kèm ảnh, clip."
        raise unfit(error.what, "files", vi) from error


def _too_many(max_files: int) -> Refusal:
    return Refusal(
        413,
        f"more than {max_files} files or {MAX_FIELDS} fields",
        remedy="Send fewer files.",
        vi="Gửi quá nhiều tệp trong một lần; hãy chia nhỏ.",
        headers={"connection": "close"},
    )


def _too_long() -> Refusal:
    return Refusal(
        413,
        f"the article is larger than {max(MAX_DOCUMENT_BYTES, MAX_TEXT_BYTES)} bytes",
        remedy="Split the article.",
        vi="Tệp bài viết quá lớn; hãy chia nhỏ bài.",
    )
