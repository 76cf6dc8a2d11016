"""What /openapi.json says beyond the functions' own types: bodies, answers and examples."""

from __future__ import annotations

from typing import Any

ERROR_EXAMPLE = {
    "error": {
        "what": "there is no policy called co-soo",
        "where": "policy",
        "remedy": "Known policies: co-so, mam-non, so-gddt, thcs, tieu-hoc.",
        "message": "Không có chính sách này.",
    }
}
ERROR_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["what", "where", "remedy", "message"],
            "properties": {
                name: {"type": "string"} for name in ("what", "where", "remedy", "message")
            },
        }
    },
}


def _error(text: str) -> dict[str, Any]:
    content = {"application/json": {"schema": ERROR_SCHEMA, "example": ERROR_EXAMPLE}}
    return {"description": text, "content": content}


ERRORS: dict[int | str, dict[str, Any]] = {
    400: _error("The request is not well formed"),
    401: _error("A valid token is needed"),
    403: _error("The token or origin is not for this"),
    404: _error("There is no such thing"),
    408: _error("The body did not come in time"),
    409: _error("It is finished already"),
    413: _error("The body is too large"),
    415: _error("The content type or encoding is not taken"),
    422: _error("A value cannot be used"),
    429: _error("Too many requests; see Retry-After"),
    503: _error("Busy; see Retry-After"),
}
ARTICLE_EXAMPLE = {
    "article": {
        "title": "Trường THCS Nguyễn Du tổ chức Ngày hội đọc sách",
        "author": "Nguyễn Thị Lan",
        "published_at": "2025-04-21T09:00",
        "body_format": "html",
        "body": "<p>Sáng nay, trường mở ngày hội.</p><img src='anh/1.jpg' alt='Học sinh đọc sách'>",
    },
    "policy": "thcs",
    "lang": "vi",
    "source": "tin-123.json",
    "media": {"anh/1.jpg": {"data": "/9j/4AAQSkZJRg=="}},
}
TEXT_OR_NULL = {"type": ["string", "null"]}
CHECK_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["article"],
    "additionalProperties": False,
    "properties": {
        "article": {
            "type": "object",
            "description": "The article, as docs/article-json.md describes it",
        },
        "policy": TEXT_OR_NULL | {"description": "Name of a policy; see /v1/policies"},
        "lang": {"enum": ["vi", "en", None], "description": "Language of the messages"},
        "date": TEXT_OR_NULL | {"description": "Read the law of this day (YYYY-MM-DD)"},
        "source": TEXT_OR_NULL | {"description": "Name shown in the report"},
        "media": {
            "type": ["object", "null"],
            "description": "Pictures, clips and attachments by the paths that the article uses",
            "additionalProperties": {
                "type": "object",
                "required": ["data"],
                "properties": {"data": {"type": "string", "contentEncoding": "base64"}},
            },
        },
    },
}
FORM_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["files"],
    "properties": {
        "files": {
            "type": "array",
            "items": {"type": "string", "format": "binary"},
            "description": "One article (.docx .odt .html .md .txt .json) and its media",
        },
        "policy": {"type": "string"},
        "lang": {"type": "string", "enum": ["vi", "en"]},
        "date": {"type": "string", "format": "date"},
        "source": {"type": "string"},
    },
}
CHECK_BODY: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {"schema": CHECK_SCHEMA, "example": ARTICLE_EXAMPLE},
            "multipart/form-data": {"schema": FORM_SCHEMA},
        },
    }
}
REPORT_HEADERS = {
    "X-Qc-Report-Id": {"schema": {"type": "string"}, "description": "For /v1/reports/{id}"},
    "X-Qc-Verdict": {"schema": {"enum": ["pass", "review", "block", "incomplete"]}},
}
REPORT = {
    "description": "The report, the bytes of `qc check --format json` (see `qc schema`)",
    "headers": REPORT_HEADERS,
    "content": {"application/json": {"schema": {"type": "object"}}},
}
CHECK_ANSWERS: dict[int | str, dict[str, Any]] = ERRORS | {200: REPORT}
REPORT_ANSWERS: dict[int | str, dict[str, Any]] = ERRORS | {
    200: {"description": "The report in the format asked for", "headers": REPORT_HEADERS}
}
JOB_ANSWERS: dict[int | str, dict[str, Any]] = ERRORS | {
    202: {
        "description": "Accepted",
        "headers": {"Location": {"schema": {"type": "string"}}},
    }
}
