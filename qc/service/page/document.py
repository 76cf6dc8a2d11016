"""The page as a document: its HTML, its static files, and the policy its browser enforces."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import Response

from qc import __version__
from qc.report import words as report_words
from qc.service.page.words import FIELD_WORDS, WORDS

HERE = Path(__file__).parent
KINDS = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
}
POLICY = "; ".join(
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "media-src blob:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
        "trusted-types qc",
    ]
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-cache",
}


def page(lang: str, policy: str, limit: int) -> Response:
    """The page in one language, with the policy chosen at first and the bytes it may send."""
    return Response(
        _html(lang, policy, limit), media_type="text/html; charset=utf-8", headers=HEADERS
    )


def asset(name: str, known: str | None) -> Response | None:
    """A static file, 304 where the browser has it (`known`: If-None-Match), None for no file."""
    found = _assets().get(name)
    if found is None:
        return None
    data, kind, tag = found
    headers = HEADERS | {"etag": tag}
    if known == tag:
        return Response(status_code=304, headers=headers)
    return Response(data, media_type=kind, headers=headers)


@cache
def _assets() -> dict[str, tuple[bytes, str, str]]:
    """The files of the page by name: content, type and tag. No path of a request is opened."""
    found = {}
    for path in sorted((HERE / "static").iterdir()):
        kind = KINDS.get(path.suffix)
        if kind is not None:
            data = path.read_bytes()
            found[path.name] = (data, kind, f'"{hashlib.sha256(data).hexdigest()[:32]}"')
    return found


@cache
def _html(lang: str, policy: str, limit: int) -> str:
    template = _environment().get_template("page.html.j2")
    text: str = template.render(
        lang=lang,
        policy=policy,
        limit=limit,
        version=__version__,
        w={key: text[lang] for key, text in WORDS.items()},
        fields=FIELD_WORDS,
        words=_data(),
    )
    return text


def _data() -> str:
    """All words of the page in both languages, as JSON that stands in a data attribute."""
    both = {
        lang: {key: text[lang] for key, text in WORDS.items()}
        | {f"verdict.{key}": text[lang] for key, text in report_words.VERDICTS.items()}
        | {f"severity.{key}": text[lang] for key, text in report_words.SEVERITIES.items()}
        | {f"count.{key}": text[lang] for key, text in report_words.COUNTS.items()}
        | {f"one.{key}": text[lang] for key, text in report_words.ONE.items()}
        | {f"field.{key}": text[lang] for key, text in report_words.FIELDS.items()}
        for lang in ("vi", "en")
    }
    return json.dumps(both, ensure_ascii=False)


@cache
def _environment() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
