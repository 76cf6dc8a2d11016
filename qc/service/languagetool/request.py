"""What a client asks for: the text, and which rules it wants to hear of."""

from __future__ import annotations

from collections.abc import Mapping

from qc.core.record import dataclass
from qc.service.languagetool.annotation import Written, parse_annotation
from qc.service.languagetool.assignment import own_id
from qc.service.languagetool.errors import RequestError

LANGUAGES = ("vi", "vi-vn")
AUTO = "auto"
CODE = "vi-VN"
LANGUAGE = "Vietnamese"
MAX_TEXT = 100_000
KNOWN = "vi, vi-VN, auto"
LEVELS = ("default", "picky", "academic", "clarity", "professional", "creative", "customer")


@dataclass(frozen=True, slots=True)
class Switches:
    """The rules and categories that a client turns on and off."""

    enabled_rules: frozenset[str] = frozenset()
    disabled_rules: frozenset[str] = frozenset()
    enabled_categories: frozenset[str] = frozenset()
    disabled_categories: frozenset[str] = frozenset()
    enabled_only: bool = False
    picky: bool = False


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """One request to check a text; `automatic`: the client does not know the language."""

    written: Written
    switches: Switches
    automatic: bool


def read_request(form: Mapping[str, str], *, max_text: int) -> CheckRequest:
    """The request of a form. Raises RequestError as LanguageTool refuses it, in its order."""
    language = form.get("language", "").strip().lower()
    written = _written(form)
    if len(written.original) > max_text:
        size = len(written.original)
        raise RequestError(
            f"Your text exceeds the limit of {max_text} characters (it's {size} characters). "
            "Please submit a shorter text",
            vi=f"Văn bản dài {size} ký tự, vượt giới hạn {max_text} ký tự; hãy gửi từng phần",
            status=413,
        )
    if not language:
        raise RequestError(
            "Missing 'language' parameter, e.g. 'language=vi'",
            vi="Thiếu tham số 'language', ví dụ 'language=vi'",
        )
    if language.replace("_", "-") not in (*LANGUAGES, AUTO):
        given = form["language"].strip()[:40]
        raise RequestError(
            f"'{given}' is not a language code known to qc. Supported language codes are: {KNOWN}",
            vi=f"qc chỉ kiểm tra tiếng Việt, không có ngôn ngữ '{given}'; hãy dùng: {KNOWN}",
        )
    return CheckRequest(written, _switches(form), language == AUTO)


def _written(form: Mapping[str, str]) -> Written:
    if "text" in form and "data" in form:
        raise RequestError(
            "Set only 'text' or 'data' parameter, not both",
            vi="Chỉ dùng một trong hai tham số 'text' và 'data'",
        )
    if "data" in form:
        return parse_annotation(form["data"])
    if "text" not in form:
        raise RequestError(
            "Missing 'text' or 'data' parameter", vi="Thiếu tham số 'text' hoặc 'data'"
        )
    return Written(form["text"], form["text"])


def _switches(form: Mapping[str, str]) -> Switches:
    level = form.get("level", "default").strip().lower() or "default"
    if level not in LEVELS:
        raise RequestError(
            "'level' must be 'default' or 'picky'", vi="'level' phải là 'default' hoặc 'picky'"
        )
    switches = Switches(
        enabled_rules=frozenset(map(own_id, _listed(form, "enabledRules"))),
        disabled_rules=frozenset(map(own_id, _listed(form, "disabledRules"))),
        enabled_categories=frozenset(map(str.upper, _listed(form, "enabledCategories"))),
        disabled_categories=frozenset(map(str.upper, _listed(form, "disabledCategories"))),
        enabled_only=form.get("enabledOnly", "").strip().lower() in ("true", "yes"),
        picky=level != "default",
    )
    if switches.enabled_only and (switches.disabled_rules or switches.disabled_categories):
        raise RequestError(
            "You cannot specify disabled rules or categories using enabledOnly=true",
            vi="Đã dùng enabledOnly=true thì không được nêu quy tắc hay nhóm cần tắt",
        )
    if switches.enabled_only and not (switches.enabled_rules or switches.enabled_categories):
        raise RequestError(
            "You must specify enabled rules or categories when using enabledOnly=true",
            vi="Đã dùng enabledOnly=true thì phải nêu quy tắc hay nhóm cần bật",
        )
    return switches


def _listed(form: Mapping[str, str], name: str) -> list[str]:
    return [each.strip() for each in form.get(name, "").split(",") if each.strip()]
