"""Invisible characters: zero-width, direction and control characters, and private symbols."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Block, BlockKind
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check

SOFT_HYPHEN = "\u00ad"  # the letter ư of TCVN3: never removed without asking
ZERO_WIDTH = regex(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064"
    "\u2066-\u206f\u3164\ufeff\uffa0\U000e0001\U000e0020-\U000e007f]+"
)
NAMES = {
    "\u00ad": "dấu nối mềm (U+00AD)",
    "\u200b": "khoảng trắng độ rộng 0 (U+200B)",
    "\u200c": "ký tự ngắt nối (U+200C)",
    "\u200d": "ký tự nối (U+200D)",
    "\u2060": "ký tự nối từ (U+2060)",
    "\ufeff": "dấu thứ tự byte (U+FEFF)",
}
EMOJI = regex("[\u2190-\u2bff\u3030\u303d\ufe0f\U0001f000-\U0001faff]")
FLAG = "\U0001f3f4"
CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufff9-\ufffc\ue000-\uf8ff]")
MOST_SPANS = 5
GOOD = "# Ngày hội đọc sách\n\nCác em đọc sách rất vui 👨‍👩‍👧.\n"

ZERO_WIDTH_RULE = Rule(
    id="encoding-zero-width",
    severity=Severity.WARNING,
    title=Text(vi="Ký tự vô hình trong bài", en="Invisible characters"),
    message=Text(
        vi="Có {count} ký tự vô hình: {names}", en="{count} invisible characters: {names}"
    ),
    why=Text(
        vi="Ký tự vô hình tách đôi từ: tìm kiếm và bộ lọc từ ngữ bỏ sót, chữ xuống dòng sai chỗ.",
        en="They split words: search and word filters miss them, lines break in wrong places.",
    ),
    fix=Text(
        vi="Xóa các ký tự này; thường do sao chép từ trang web hoặc PDF.",
        en="Remove them; they usually come from pages and PDF files.",
    ),
    examples=Examples(bad=("# Ngày hội\n\nCác em đọc s\u200bách.\n",), good=(GOOD,)),
)
CONTROL_RULE = Rule(
    id="encoding-control",
    severity=Severity.WARNING,
    title=Text(vi="Ký tự điều khiển hoặc ký hiệu riêng", en="Control or private characters"),
    message=Text(
        vi="Có ký tự {code} không hiển thị được trên trang web",
        en="The character {code} cannot be shown on a page",
    ),
    why=Text(
        vi="Bạn đọc thấy ô vuông hoặc không thấy gì; một số hệ thống từ chối lưu bài.",
        en="Readers see a box or nothing; some systems refuse the text.",
    ),
    fix=Text(
        vi="Xóa ký tự này hoặc thay bằng ký hiệu thường (ví dụ dấu gạch đầu dòng).",
        en="Remove it or type a common character in its place.",
    ),
    examples=Examples(bad=("# Ngày hội\n\nCác em\x0b đọc sách. \uf0b7 Vui\n",), good=(GOOD,)),
)


@check(ZERO_WIDTH_RULE, subject=Block)
def zero_width(block: Block, options: Options) -> Iterator[Finding]:
    """Each run of invisible characters; one finding for all of them where there are many."""
    text = block.text
    if text.isascii() or block.kind is BlockKind.CODE:
        return
    spans = [m.span() for m in ZERO_WIDTH.finditer(text) if not _in_emoji(text, *m.span())]
    if len(spans) > MOST_SPANS:
        spans = [(spans[0][0], spans[-1][1])]
    for start, end in spans:
        found = text[start:end]
        invisible = [c for piece in ZERO_WIDTH.findall(found) for c in piece]
        yield ZERO_WIDTH_RULE.at(
            block,
            start,
            end,
            suggestions=(Suggestion(ZERO_WIDTH.sub("", found), safe=SOFT_HYPHEN not in found),),
            count=len(invisible),
            names=", ".join(NAMES.get(c, f"U+{ord(c):04X}") for c in dict.fromkeys(invisible)),
        )


@check(CONTROL_RULE, subject=Block)
def control(block: Block, options: Options) -> Iterator[Finding]:
    """Control characters, line separators and characters of private fonts."""
    for match in CONTROL.finditer(block.text):
        yield CONTROL_RULE.at(
            block,
            *match.span(),
            confidence=Confidence.HIGH,
            suggestions=(_replacement(match[0]),),
            code=f"U+{ord(match[0]):04X}",
        )


def _in_emoji(text: str, start: int, end: int) -> bool:
    """Joiners between two emoji and the tags of a flag are part of one picture."""
    if text[start:end] == "\u200d":
        around = text[max(start - 1, 0) : start] + text[end : end + 1]
        return len(EMOJI.findall(around)) == 2
    return text[start - 1 : start] == FLAG and ord(text[start]) > 0xE0000


def _replacement(character: str) -> Suggestion:
    code = ord(character)
    if code in (0xF0B7, 0xF0A7, 0xF0D8, 0xF076, 0xF0FC):
        return Suggestion("•")
    if code in (0x0B, 0x0C, 0x2028, 0x2029):
        return Suggestion("\n")
    if 0x80 <= code <= 0x9F:
        try:
            return Suggestion(bytes([code]).decode("cp1252"))
        except UnicodeDecodeError:
            return Suggestion("", safe=True)
    return Suggestion("", safe=code < 0xA0)
