"""Broken text: old encodings, UTF-8 read as Western text, letters that were lost on the way."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.core.syllable import is_vietnamese
from qc.text.encoding._mojibake import garbled_spans, repair

GOOD = "# Ngày hội đọc sách\n\nTrật tự chữ cái. Các em hỏi: vì sao? Nhiều lắm!\n"
ENCODINGS = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI", "viscii": "VISCII", "viqr": "VIQR"}
MOST_SHOWN = 60

QUESTION = regex(r"[^\W\d_]\?+[^\W\d_]")
CHUNK = regex(r"[^\s“”\"(),;:!]+")
ADDRESS = regex(r"[/=&@]")

LEGACY = Rule(
    id="encoding-legacy",
    severity=Severity.ERROR,
    title=Text(vi="Bài dùng bảng mã cũ", en="Text in an old encoding"),
    message=Text(
        vi="{count} đoạn viết bằng bảng mã {encoding}: “{original}”; cần chuyển sang Unicode",
        en="{count} paragraphs are in {encoding}: “{original}”; they must be Unicode",
    ),
    why=Text(
        vi="Trên trang web chữ sẽ hiện sai; văn bản nhà nước phải dùng Unicode (TCVN 6909:2001).",
        en="A page shows such text as rubbish; public bodies must use Unicode.",
    ),
    fix=Text(
        vi="Chuyển mã sang Unicode (Unikey: Ctrl+Shift+F6) rồi đổi sang phông Times New Roman.",
        en="Convert the text to Unicode and use a Unicode font.",
    ),
    basis=("37-3a", "72-1"),
    examples=Examples(
        bad=(
            "# Th«ng b¸o\n\nTr­êng tæ chøc ngµy héi ®äc s¸ch cho häc sinh toµn tr­êng.\n",
            "# Thoâng baùo\n\nTröôøng toå chöùc ngaøy hoäi ñoïc saùch cho hoïc sinh.\n",
        ),
        good=(GOOD, "# Khách mời\n\nÔng Müller, bà Señora Núñez và ông François tới thăm.\n"),
    ),
)
MOJIBAKE = Rule(
    id="encoding-mojibake",
    severity=Severity.ERROR,
    title=Text(vi="Chữ bị vỡ mã", en="Garbled text"),
    message=Text(vi="Chữ bị vỡ mã, có lẽ là “{fixed}”", en="Garbled text, probably “{fixed}”"),
    why=Text(
        vi="Bài lưu bằng UTF-8 nhưng bị đọc theo bảng mã khác; bạn đọc không hiểu được.",
        en="UTF-8 text was read in another encoding; nobody can read it.",
    ),
    fix=Text(
        vi="Lấy lại từ bản gốc hoặc dùng chữ gợi ý, rồi đọc lại cả đoạn.",
        en="Take it from the original again, or use the suggestion and read it over.",
    ),
    basis=("37-3a",),
    examples=Examples(
        bad=("# Ngày hội\n\nTrÆ°á»ng tá»• chá»©c ngÃ y há»™i Ä‘á»c sÃ¡ch.\n",), good=(GOOD,)
    ),
)
LOST = Rule(
    id="encoding-letter-lost",
    severity=Severity.ERROR,
    title=Text(vi="Mất chữ khi chuyển mã", en="Letters lost in conversion"),
    message=Text(
        vi="“{word}” bị mất chữ có dấu khi chuyển mã", en="“{word}” has lost letters in conversion"
    ),
    why=Text(
        vi="Chữ đã mất không khôi phục được bằng máy; bạn đọc thấy dấu hỏi thay cho chữ.",
        en="What was lost cannot be restored by a program; readers see question marks.",
    ),
    fix=Text(vi="Lấy lại nội dung từ bản gốc.", en="Take the text from its original again."),
    basis=("37-3a",),
    examples=Examples(
        bad=(
            "# Ngày hội\n\nTr�ờng tổ chức ngày hội.\n",
            "# Ngày hội\n\nTr??ng t? ch?c ngày h?i ??c sách cho h?c sinh.\n",
        ),
        good=(GOOD, "# Địa chỉ\n\nXem https://a.vn/?id=1&b=2?c hoặc tim.php?id=5.\n"),
    ),
)
NOT_UTF8 = Rule(
    id="encoding-not-utf8",
    severity=Severity.WARNING,
    title=Text(vi="Tệp không phải UTF-8", en="The file is not UTF-8"),
    message=Text(vi="Tệp lưu bằng {encoding}, không phải UTF-8", en="The file is {encoding}"),
    why=Text(
        vi="Cổng thông tin phải dùng UTF-8; tệp bảng mã khác dễ bị vỡ chữ khi đăng.",
        en="Portals must use UTF-8; other files are easily garbled.",
    ),
    fix=Text(vi="Lưu lại tệp với mã hóa UTF-8.", en="Save the file as UTF-8."),
    basis=("37-3a",),
)


@check(LEGACY, NOT_UTF8, subject=Article)
def legacy_encoding(article: Article, options: Options) -> Iterator[Finding]:
    """One finding for each unbroken row of paragraphs in an old encoding."""
    if article.encoding != "utf-8":
        name = ENCODINGS.get(article.encoding, article.encoding.upper())
        yield NOT_UTF8.at(article, encoding=name)
    for row in _rows(article):
        first = row[0]
        legacy = first.legacy
        if legacy is None:
            continue
        start, end = legacy.spans[0][0], legacy.spans[-1][1]
        span = legacy.offsets.source(start, end) or (0, len(legacy.text))
        original = legacy.text[slice(*span)]
        shown = original if len(original) <= MOST_SHOWN else original[:MOST_SHOWN] + "…"
        yield LEGACY.at(
            first,
            start,
            end,
            confidence=Confidence.HIGH if legacy.font else Confidence.MEDIUM,
            suggestions=(Suggestion(first.text[start:end]),),
            count=len(row),
            encoding=ENCODINGS.get(legacy.encoding, legacy.encoding),
            font=legacy.font,
            original=shown,
        )


@check(MOJIBAKE, LOST, subject=Block)
def broken_text(block: Block, options: Options) -> Iterator[Finding]:
    """Garbled stretches with their repair, and words in which letters were lost."""
    text = block.text
    if not text.isascii():
        yield from _garbled(block)
    if "\ufffd" in text:
        for match in re.finditer("\\S*\ufffd\\S*", text):
            yield LOST.at(block, *match.span(), word=match[0][:MOST_SHOWN])
    if "?" in text and QUESTION.search(text) and block.kind is not BlockKind.CODE:
        words = [match for match in CHUNK.finditer(text) if QUESTION.search(match[0])]
        words = [match for match in words if not ADDRESS.search(match[0])]
        if len(words) >= 2:
            for match in words:
                yield LOST.at(
                    block, *match.span(), confidence=Confidence.MEDIUM, word=match[0][:MOST_SHOWN]
                )


def _rows(article: Article) -> Iterator[list[Block]]:
    row: list[Block] = []
    for block in article.blocks:
        same = row and row[-1].legacy and block.legacy and row[-1].field == block.field
        if same and row[-1].legacy.encoding == block.legacy.encoding:  # type: ignore[union-attr]
            row.append(block)
            continue
        if row:
            yield row
        row = [block] if block.legacy is not None else []
    if row:
        yield row


def _garbled(block: Block) -> Iterator[Finding]:
    """One finding from the first garbled word of a block to its last."""
    text = block.text
    spans = garbled_spans(text)
    if not spans:
        return
    start, end = spans[0][0], max(end for _, end in spans)
    while start > 0 and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    repaired = repair(text[start:end])
    fixed = repaired.text
    words = [word for word in re.findall(r"[^\W\d_]+", fixed) if not word.isascii()]
    sure = repaired.exact and len(spans) >= 2 and sum(map(is_vietnamese, words)) >= 0.8 * len(words)
    yield MOJIBAKE.at(
        block,
        start,
        end,
        confidence=Confidence.HIGH if sure else Confidence.MEDIUM,
        suggestions=(Suggestion(fixed, safe=sure),) if repaired.whole else (),
        fixed=fixed if len(fixed) <= MOST_SHOWN else fixed[:MOST_SHOWN] + "…",
    )
