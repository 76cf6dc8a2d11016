"""JSON bodies: {"article": …, "policy": …, "lang": …, "date": …, "source": …, "media": …}.

The article is taken as it is written, byte for byte, so that places in the report are places in
what the client sent, and the report is that of `qc check` for a file with these bytes.
"""

from __future__ import annotations

import base64
import binascii
import json
from functools import partial
from json.decoder import scanstring  # type: ignore[attr-defined]
from typing import Any, BinaryIO

from qc.core.lazy import regex
from qc.service.errors import malformed, unfit
from qc.service.intake.options import name_of, options_of
from qc.service.intake.submission import Article, Submission

KEYS = ("article", "policy", "lang", "date", "source", "media")
SPACE = regex(r"[ \t\n\r]*")


def read_json(body: bytes, submission: Submission, *, max_files: int, policy: str) -> None:
    """Fill a submission. Raises Refusal 400 for what is no JSON, 422 for values of no use."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise malformed(f"the body is not UTF-8 (byte {error.start + 1})") from error
    values, written = _members(text)
    unknown = sorted(values.keys() - set(KEYS))
    if unknown:
        raise unfit(f"unknown key {unknown[0][:40]!r}", unknown[0][:40])
    if not isinstance(values.get("article"), dict):
        vi = "Thiếu “article”: cần một đối tượng JSON chứa bài viết."
        raise unfit("article is missing or is not an object", "article", vi)
    submission.options = options_of(values, policy)
    name = name_of(values) or "article.json"
    try:
        data = written["article"].encode()
    except UnicodeEncodeError as error:
        raise malformed("the article holds half a surrogate pair", "article") from error
    submission.article = Article(name=name, data=data, format="json")
    _media(values.get("media"), submission, max_files)


def _media(media: Any, submission: Submission, max_files: int) -> None:
    if media is None:
        return
    if not isinstance(media, dict):
        raise unfit("media is not an object of path: {data: base64}", "media")
    if len(media) > max_files:
        raise unfit(f"more than {max_files} media files", "media", "Gửi quá nhiều ảnh và clip.")
    for path, value in media.items():
        data = value.get("data") if isinstance(value, dict) else None
        if not isinstance(data, str):
            raise unfit("a media file has no data in base64", f"media/{path[:80]}")
        try:
            content = base64.b64decode(data, validate=True)
        except (binascii.Error, ValueError) as error:
            raise unfit("the data are not base64", f"media/{path[:80]}") from error
        submission.add(path, partial(_write, content))


def _write(content: bytes, stream: BinaryIO) -> None:
    stream.write(content)


def _members(text: str) -> tuple[dict[str, Any], dict[str, str]]:
    """The members of the outer object: their values, and how each is written."""
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    values: dict[str, Any] = {}
    written: dict[str, str] = {}
    try:
        at = _expect(text, _skip(text, 0), "{")
        at = _skip(text, at)
        more = text[at : at + 1] != "}"
        while more:
            key, at = scanstring(text, _expect(text, at, '"'), True)
            start = _skip(text, _expect(text, _skip(text, at), ":"))
            if key in values:
                raise malformed("a key is given twice", key[:40])
            values[key], at = decoder.raw_decode(text, start)
            written[key] = text[start:at]
            at = _skip(text, at)
            more = text[at : at + 1] != "}"
            if more:
                at = _skip(text, _expect(text, at, ","))
        if text[_skip(text, at + 1) :]:
            raise malformed("there is more after the JSON object")
    except RecursionError as error:
        raise malformed("the JSON is nested too deeply") from error
    except json.JSONDecodeError as error:
        place = f"line {error.lineno} column {error.colno}"
        raise malformed(f"the body is not JSON: {error.msg}", place) from error
    return values, written


def _skip(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def _expect(text: str, at: int, sign: str) -> int:
    if text[at : at + 1] != sign:
        raise json.JSONDecodeError(f"expecting {sign!r}", text, at)
    return at + 1


def _refuse_constant(name: str) -> Any:
    raise malformed(f"{name} is not JSON")
