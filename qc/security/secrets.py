"""Secrets in the text: passwords, meeting codes, keys and tokens, with Vietnamese cues."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator

from qc.core.article import Block
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.mask import mask
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check

_FIX = Text(
    vi="Xóa khỏi bài, đổi ngay mật khẩu hoặc mã này, và gửi riêng cho người cần.",
    en="Remove it, change the password or key at once, and send it privately.",
)

PASSWORD = Rule(
    id="secret-password",
    severity=Severity.ERROR,
    title=Text(vi="Mật khẩu công khai trong bài", en="A password in the article"),
    message=Text(vi="Bài viết để lộ {what}: {value}", en="The article reveals a password: {value}"),
    why=Text(
        vi="Ai đọc bài cũng đăng nhập được; mật khẩu đã lên mạng phải coi là đã lộ.",
        en="Any reader can sign in; a published password is a lost one.",
    ),
    fix=_FIX,
    basis=("356-3,4",),
    masks=True,
    secret=True,
    examples=Examples(
        bad=(
            "Tài khoản: hs2024, mật khẩu: Abc@12345",
            "Mật khẩu wifi của trường là truonghoc2024.",
        ),
        good=(
            "Mật khẩu: do giáo viên chủ nhiệm cấp.",
            "Mật khẩu phải có ít nhất 8 ký tự, gồm chữ hoa, chữ thường và số.",
        ),
    ),
)

MEETING = Rule(
    id="secret-meeting-code",
    severity=Severity.WARNING,
    title=Text(vi="Mã vào phòng họp trực tuyến", en="A meeting pass code"),
    message=Text(
        vi="Bài viết công khai {what}: {value}", en="The article publishes a meeting code: {value}"
    ),
    why=Text(
        vi="Người lạ có thể vào lớp học trực tuyến khi biết cả mã phòng và mật mã.",
        en="Strangers can enter an online lesson when they know room and pass code.",
    ),
    fix=Text(
        vi="Gửi mã phòng qua nhóm lớp, không đăng lên cổng.",
        en="Send the code to the class, not to the portal.",
    ),
    masks=True,
    secret=True,
    examples=Examples(
        bad=("Zoom ID: 812 3456 7890, passcode: 9xK2mP",),
        good=("Buổi họp diễn ra trên Zoom lúc 19 giờ 30.",),
    ),
)

KEY = Rule(
    id="secret-key",
    severity=Severity.ERROR,
    title=Text(vi="Khóa hoặc mã truy cập bị lộ", en="A key or token"),
    message=Text(vi="Bài viết để lộ {what}: {value}", en="The article reveals {what}: {value}"),
    why=Text(
        vi="Khóa truy cập cho phép dùng hệ thống của nhà trường hoặc dịch vụ tính tiền.",
        en="An access key opens the school's systems or paid services.",
    ),
    fix=_FIX,
    masks=True,
    secret=True,
    examples=Examples(
        bad=("Cấu hình: AIza" + "SyA1b2C3d4E5f6G7h8I9j0KlMnOpQrStUvW",),
        good=("Mã số học sinh gồm 10 chữ số.",),
    ),
)

_CUE = regex(
    r"(?<!\w)(?P<cue>mật\s*khẩu(?:\s+(?:wi-?fi|mặc\s+định|đăng\s+nhập|truy\s+cập|ban\s+đầu|chung"
    r"|giải\s+nén|của\s+(?:trường|lớp|phòng|bạn|em|thầy|cô)|là|mở\s+(?:tệp|file)|tài\s+khoản))*"
    r"|mat\s*khau(?:\s+(?:wi-?fi|mac\s+dinh|la))*|password|passwd|pass(?:\s*wi-?fi)?|pwd|mk"
    r"|mật\s*mã(?:\s+truy\s+cập)?|mã\s+pin|pin\s+code)"
    r"(?P<gap>[ (][^\n.:;=!?,]{0,40}?)??\s*(?P<sep>[:=：]|\blà\b|->|→)"
    r"\s*[\"'“‘`]?(?P<value>[^\s\"'”’`,;<>]{4,64})",
    re.IGNORECASE,
)
_MEETING = regex(
    r"(?<!\w)(?P<cue>pass\s?code|mã\s+(?:phòng|họp|vào\s+lớp|cuộc\s+họp)|mật\s*mã\s+(?:phòng|họp|zoom)"
    r"|(?:zoom|teams|meet)\s+(?:pass(?:word|code)?|mật\s*khẩu)|meeting\s+(?:pass(?:word|code)))"
    r"\s*(?:[:=：]|\blà\b)\s*[\"'“‘]?(?P<value>[A-Za-z0-9@#$%!._-]{4,24})",
    re.IGNORECASE,
)
_KEYS = (
    ("khóa API Google", regex(r"(?<![\w-])AIza[\w-]{35}(?![\w-])")),
    ("khóa AWS", regex(r"(?<!\w)(?:AKIA|ASIA)[A-Z0-9]{16}(?!\w)")),
    ("mã truy cập GitHub", regex(r"(?<!\w)(?:gh[pousr]_\w{36,255}|github_pat_\w{22,255})")),
    ("mã truy cập GitLab", regex(r"(?<!\w)glpat-[\w-]{20,64}")),
    ("mã truy cập Slack", regex(r"(?<!\w)xox[abprs]-[\w-]{10,120}")),
    ("khóa OpenAI", regex(r"(?<!\w)sk-(?:proj-|live-)?[A-Za-z0-9_-]{20,200}")),
    ("khóa Stripe", regex(r"(?<!\w)[sr]k_(?:live|test)_[A-Za-z0-9]{20,120}")),
    ("mã bot Telegram", regex(r"(?<!\w)\d{8,10}:AA[\w-]{33}(?![\w-])")),
    ("khóa riêng", regex(r"-----BEGIN (?:[A-Z]{2,12} ){0,2}PRIVATE KEY-----")),
    ("mã JWT", regex(r"(?<!\w)eyJ[\w-]{8,400}\.eyJ[\w-]{8,2000}\.[\w-]{10,600}")),
    ("chuỗi kết nối", regex(r"(?:mysql|postgres(?:ql)?|mongodb(?:\+srv)?|redis|amqp)://[^\s:/@]{1,64}:[^\s@]{2,64}@[\w.-]{3,100}")),
)  # fmt: skip
_KEY_HINT = regex(r"AIza|AKIA|ASIA|gh[pousr]_|github_|glpat|xox|sk-|[sr]k_|:AA|--BEGIN|eyJ|://")
_HINT = regex(
    r"khẩu|khau|pass|pwd|mk|mật|mã|pin|key|token|secret|khóa|zoom|teams|meet", re.IGNORECASE
)
_GENERIC = regex(
    r"(?<!\w)(?P<cue>api[_ -]?key|secret[_ -]?key|access[_ -]?token|client[_ -]?secret|khóa\s+api"
    r"|mã\s+api|token)\s*[:=]\s*[\"'“]?(?P<value>[A-Za-z0-9+/_.-]{16,200})",
    re.IGNORECASE,
)
_OTHER = regex(
    r"liên hệ|điện thoại|số máy|sđt|hotline|gọi|ngày|tháng|lúc|giờ|email|phải|gồm|không|nên|dài|độ"
    r"|tối thiểu|ít nhất|tối đa|link|tại|trang|website|theo|sau|bước|ví dụ|đổi|quên|khoảng|từ|ký tự"
    r"|kí tự",
    re.IGNORECASE,
)
_NUMBER = regex(r"0\d{8,10}|\d{1,2}[/-]\d{1,2}(?:[/-]\d{2,4})?|\d{1,2}[h:]\d{0,2}[.,)]*")
_FILLERS = regex(
    r"(?:\*+|x+|\.+|_+|-+|…+|<[^>]*>|\[[^\]]*\]|\{[^}]*\}|[(（].*)[.,]?$", re.IGNORECASE
)
_WORD = regex(r"[^\W\d_]+[.,:!?]?")


Found = tuple[int, int, Rule, str, Confidence]


@check(PASSWORD, MEETING, KEY, subject=Block)
def secrets(block: Block, options: Options) -> Iterator[Finding]:
    """Passwords behind a cue, meeting codes, and keys by their shape."""
    view = block.nfc
    text = view.text
    taken: list[tuple[int, int]] = []
    found: list[Found] = []
    if _KEY_HINT.search(text):
        found += _keys(text)
    if _HINT.search(text):
        found += _cued(text)
    for start, end, rule, what, confidence in sorted(found, key=lambda each: each[:2]):
        if any(start < b and a < end for a, b in taken[-3:]):
            continue
        taken.append((start, end))
        value = view.text[start:end].rstrip(".,)”’")
        span = view.original(start, start + len(value))
        yield rule.at(
            block, *span, confidence=confidence, what=what, value=mask(value[:60], whole=True)
        )


def _keys(text: str) -> Iterator[Found]:
    for what, pattern in _KEYS:
        for match in pattern.finditer(text):
            yield match.start(), match.end(), KEY, what, Confidence.HIGH


def _cued(text: str) -> Iterator[Found]:
    for match in _GENERIC.finditer(text):
        if _entropy(match["value"]) >= 3.0 and re.search(r"\d", match["value"]):
            yield *match.span("value"), KEY, match["cue"].lower(), Confidence.MEDIUM
    for match in _MEETING.finditer(text):
        if _is_value(match["value"], strict=True):
            yield *match.span("value"), MEETING, match["cue"].lower(), Confidence.HIGH
    for match in _CUE.finditer(text):
        if match["gap"] and (_OTHER.search(match["gap"]) or _NUMBER.fullmatch(match["value"])):
            continue
        strict = match["sep"].lower() == "là" or match["cue"].lower() in ("mk", "pass", "mật mã")
        if _is_value(match["value"], strict=strict):
            what = " ".join(match["cue"].lower().split())
            yield *match.span("value"), PASSWORD, what, Confidence.HIGH


def _is_value(value: str, *, strict: bool) -> bool:
    """A password, as opposed to the next word of the sentence or a blank to fill in."""
    value = value.rstrip(".,)”’")
    if len(value) < 4 or _FILLERS.match(value):
        return False
    if not value.isascii():
        return False
    classes = sum(
        bool(re.search(pattern, value)) for pattern in (r"[a-z]", r"[A-Z]", r"\d", r"[^\w.]")
    )
    if re.search(r"\d", value):
        return strict is False or classes >= 2 or value.isdecimal()
    if _WORD.fullmatch(value):
        return False  # a plain word: "mật khẩu: xem email"
    return classes >= 2


def _entropy(value: str) -> float:
    counts = Counter(value)
    return -sum(n / len(value) * math.log2(n / len(value)) for n in counts.values())
