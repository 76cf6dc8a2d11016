"""How /v2/check stands in the OpenAPI of the service."""

from __future__ import annotations

from typing import Any

_TEXT = {"type": "string"}
_LIST = {"type": "string", "description": "Ids with commas between them."}

CHECK: dict[str, Any] = {
    "requestBody": {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {
                    "type": "object",
                    "required": ["language"],
                    "properties": {
                        "text": _TEXT,
                        "data": {
                            "type": "string",
                            "description": 'Annotated text: {"annotation": [{"text": "…"}, …]}.',
                        },
                        "language": {"type": "string", "enum": ["vi", "vi-VN", "auto"]},
                        "level": {"type": "string", "enum": ["default", "picky"]},
                        "enabledRules": _LIST,
                        "disabledRules": _LIST,
                        "enabledCategories": _LIST,
                        "disabledCategories": _LIST,
                        "enabledOnly": {"type": "string", "enum": ["true", "false"]},
                        "username": _TEXT,
                        "apiKey": {"type": "string", "description": "A token of the service."},
                    },
                },
                "example": {"language": "vi", "text": "Nhà trường đã bổ xung hai phòng học."},
            }
        },
    }
}
_PLAIN = {"content": {"text/plain": {"schema": {"type": "string"}}}}
CHECK_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The matches.", "content": {"application/json": {}}},
    400: {"description": "What is wrong with the request.", **_PLAIN},
    403: {"description": "The origin may not ask.", **_PLAIN},
    413: {"description": "The text is too long.", **_PLAIN},
    422: {"description": "The policy is not known.", **_PLAIN},
    503: {"description": "All workers are busy.", **_PLAIN},
}
