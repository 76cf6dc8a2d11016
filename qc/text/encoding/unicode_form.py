"""Unicode forms: Vietnamese letters are written as one code point each (NFC).

Text in "Unicode tổ hợp" (NFD, or letters with separate tone marks) looks right but is not found by
search, breaks sorting, and shows wandering marks in some fonts.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from qc.core.article import Block
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.core.syllable import is_vietnamese

CLUSTER = regex("[^\u0300-\u036f][\u0300-\u036f]+")
TONED = regex("[ÀÁÃÈÉÌÍÒÓÕÙÚÝàáãèéìíòóõùúýĨĩŨũ\u1ea0-\u1ef9]")
ETH = regex(r"[\w\-]*[ÐðƉɖ][\w\-]*")
ETH_LETTERS = str.maketrans({"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"})
GOOD = "# Ngày hội đọc sách\n\nCác em đọc sách rất vui.\n"
NFD_DRAFT = "# Ngày hội\n\n" + unicodedata.normalize("NFD", "Các em đọc sách rất vui.") + "\n"
MIXED_DRAFT = "# Ngày hội\n\nCác em đọc " + unicodedata.normalize("NFD", "sách rất vui") + ".\n"

NFD = Rule(
    id="encoding-nfd",
    severity=Severity.WARNING,
    title=Text(vi="Chữ viết bằng Unicode tổ hợp", en="Decomposed letters (NFD)"),
    message=Text(
        vi="{count} chữ viết bằng Unicode tổ hợp (dấu tách khỏi chữ); cần Unicode dựng sẵn",
        en="{count} letters are decomposed (NFD); precomposed letters (NFC) are needed",
    ),
    why=Text(
        vi="Chữ tổ hợp trông giống hệt nhưng tìm kiếm không ra, sắp xếp sai, dấu dễ bị lệch.",
        en="Such text looks right but search does not find it and marks wander in some fonts.",
    ),
    fix=Text(
        vi="Chuyển sang Unicode dựng sẵn (trong Unikey: Ctrl+Shift+F6).",
        en="Convert the text to precomposed Unicode (NFC).",
    ),
    basis=("37-3a",),
    examples=Examples(bad=(NFD_DRAFT,), good=(GOOD,)),
)
MIXED = Rule(
    id="encoding-mixed-forms",
    severity=Severity.WARNING,
    title=Text(vi="Trộn Unicode dựng sẵn và tổ hợp", en="Composed and decomposed letters mixed"),
    message=Text(
        vi="Đoạn này trộn chữ dựng sẵn với {count} chữ tổ hợp",
        en="{count} decomposed letters among composed ones",
    ),
    why=Text(
        vi="Cùng một từ được ghi bằng hai cách nên tìm kiếm chỉ ra một nửa, từ điển báo sai.",
        en="One word is stored in two ways: search finds half of them.",
    ),
    fix=Text(
        vi="Chuyển cả bài sang Unicode dựng sẵn; thường do dán từ nguồn khác.",
        en="Convert the whole text to precomposed Unicode (NFC).",
    ),
    basis=("37-3a",),
    examples=Examples(bad=(MIXED_DRAFT,), good=(GOOD, NFD_DRAFT)),
)
ETH_RULE = Rule(
    id="encoding-eth",
    severity=Severity.WARNING,
    title=Text(vi="Chữ Đ giả", en="A look-alike of Đ"),
    message=Text(
        vi="“{word}” dùng chữ {letter} (mã {code}) thay cho chữ Đ của tiếng Việt",
        en="“{word}” uses {letter} ({code}) in place of the Vietnamese Đ",
    ),
    why=Text(
        vi="Chữ trông giống Đ nhưng là chữ của tiếng khác nên tìm kiếm và kiểm tra đều bỏ sót.",
        en="It looks like Đ but is a letter of another language: search misses the word.",
    ),
    fix=Text(vi="Gõ lại chữ Đ/đ tiếng Việt.", en="Type the Vietnamese Đ/đ."),
    basis=("37-3a",),
    examples=Examples(
        bad=("# Ngày hội\n\nTheo Quyết định số 12/QÐ-BGDÐT, các em ðọc sách.\n",),
        good=(GOOD, "# Khách mời\n\nNhà văn Guðrún và ông Sigurður tới thăm.\n"),
    ),
)


@check(NFD, MIXED, subject=Block)
def unicode_form(block: Block, options: Options) -> Iterator[Finding]:
    """One finding per block, from the first decomposed letter to the last."""
    text = block.text
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return
    clusters = [
        match.span()
        for match in CLUSTER.finditer(text)
        if not unicodedata.is_normalized("NFC", match[0])
    ]
    if not clusters:
        return
    start, end = clusters[0][0], clusters[-1][1]
    mixed = TONED.search(CLUSTER.sub("", text)) is not None
    fixed = unicodedata.normalize("NFC", text[start:end])
    rule = MIXED if mixed else NFD
    yield rule.at(
        block, start, end, suggestions=(Suggestion(fixed, safe=True),), count=len(clusters)
    )


@check(ETH_RULE, subject=Block)
def eth(block: Block, options: Options) -> Iterator[Finding]:
    """Eth and African D inside words that are Vietnamese once they are replaced."""
    if not any(letter in block.text for letter in "ÐðƉɖ"):
        return
    for match in ETH.finditer(block.text):
        word = match[0]
        fixed = word.translate(ETH_LETTERS)
        parts = [part for part in fixed.split("-") if "đ" in part.lower()]
        sure = all(part.isupper() or is_vietnamese(part) for part in parts)
        if not sure:
            continue
        for index, letter in enumerate(word):
            if letter in "ÐðƉɖ":
                at = match.start() + index
                yield ETH_RULE.at(
                    block,
                    at,
                    at + 1,
                    confidence=Confidence.HIGH if is_vietnamese(parts[0]) else Confidence.MEDIUM,
                    suggestions=(Suggestion(fixed[index], safe=True),),
                    word=word,
                    letter=letter,
                    code=f"U+{ord(letter):04X}",
                )
