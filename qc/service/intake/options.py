"""The options of a request: policy, language and the date whose law is read."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from qc.service.errors import unfit
from qc.service.pool.work import CheckOptions

LANGUAGES = ("vi", "en")
MAX_SHOWN_NAME = 300


def options_of(values: Mapping[str, Any], policy: str) -> CheckOptions:
    """The options in a request; `policy` is the one it gets unasked. Raises Refusal 422."""
    name, lang, day = (values.get(each) for each in ("policy", "lang", "date"))
    if name not in (None, "") and not isinstance(name, str):
        raise unfit("policy is not the name of a policy", "policy")
    if lang not in (None, "", *LANGUAGES):
        raise unfit("lang is vi or en", "lang", "Ngôn ngữ là vi hoặc en.")
    return CheckOptions(policy=name or policy, lang=lang or "vi", date=_day(day))


def _day(value: Any) -> str | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError) as error:
        vi = "Ngày không hợp lệ; viết theo dạng NĂM-THÁNG-NGÀY, ví dụ 2024-09-05."
        raise unfit("date is not YYYY-MM-DD", "date", vi) from error


def name_of(values: Mapping[str, Any]) -> str:
    """The name that reports show for the article; empty where none is given. Raises Refusal 422."""
    name = values.get("source") or ""
    if not isinstance(name, str) or len(name) > MAX_SHOWN_NAME or not name.isprintable():
        raise unfit("source is not a printable text of at most 300 characters", "source")
    return name
