"""Tables of the legacy encodings, built from the letters in their alphabetical order.

Sources: TCVN 5712:1993 (the VN3 set, in the fonts named .Vn…), RFC 1456 (VISCII, VIQR), and the
VNI for Windows set. A code below 256 is written as the character that Latin-1 gives it, which
is what a file holds after a program took it for Western text.
"""

from __future__ import annotations

import unicodedata
from functools import cache

VOWELS = ("a", "ă", "â", "e", "ê", "i", "o", "ô", "ơ", "u", "ư", "y")
TONES = ("", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323")  # ngang huyền hỏi ngã sắc nặng

TCVN3_LOWER = {
    "a": "aµ¶·¸¹",
    "ă": "¨»¼½¾Æ",
    "â": "©ÇÈÉÊË",
    "e": "eÌÎÏÐÑ",
    "ê": "ªÒÓÔÕÖ",
    "i": "i×ØÜÝÞ",
    "o": "oßáâãä",
    "ô": "«åæçèé",
    "ơ": "¬êëìíî",
    "u": "uïñòóô",
    "ư": "\u00adõö÷øù",
    "y": "yúûüýþ",
}
TCVN3_OTHER = {"®": "đ", "¡": "Ă", "¢": "Â", "£": "Ê", "¤": "Ô", "¥": "Ơ", "¦": "Ư", "§": "Đ"}

# The marks of VNI stand behind the letter a, e, o, u, y (or behind its variant ô = ơ, ö = ư).
VNI_TONES = ("", "ø", "û", "õ", "ù", "ï")
VNI_CIRCUMFLEX = ("â", "à", "å", "ã", "á", "ä")
VNI_BREVE = ("ê", "è", "ú", "ü", "é", "ë")
VNI_I = ("i", "ì", "æ", "ó", "í", "ò")

VISCII_CODES = {
    0x02: "Ẳ", 0x05: "Ẵ", 0x06: "Ẫ", 0x14: "Ỷ", 0x19: "Ỹ", 0x1E: "Ỵ",
}  # fmt: skip
VISCII_HIGH = (
    "ẠẮẰẶẤẦẨẬẼẸẾỀỂỄỆỐỒỔỖỘỢỚỜỞỊỎỌỈỦŨỤỲ"
    "ÕắằặấầẩậẽẹếềểễệốồổỗỠƠộờởịỰỨỪỬơớƯ"
    "ÀÁÂÃẢĂẳẵÈÉÊẺÌÍĨỳĐứÒÓÔạỷừửÙÚỹỵÝỡư"
    "àáâãảăữẫèéêẻìíĩỉđựòóôõỏọụùúũủýợỮ"
)

VIQR_VOWELS = {"ă": "a(", "â": "a^", "ê": "e^", "ô": "o^", "ơ": "o+", "ư": "u+"}
VIQR_TONES = ("", "`", "?", "~", "'", ".")


def letter(vowel: str, tone: int) -> str:
    """The vowel with the tone of that number (see TONES), precomposed."""
    return unicodedata.normalize("NFC", vowel + TONES[tone])


@cache
def tcvn3_table() -> dict[int, str]:
    """Code points to Unicode letters; the symbol-font range U+F0A1… means the same codes."""
    table = {ord(code): char for code, char in TCVN3_OTHER.items()}
    for vowel, codes in TCVN3_LOWER.items():
        for tone, code in enumerate(codes):
            if ord(code) > 127:
                table[ord(code)] = letter(vowel, tone)
    return table | _symbol_range(table)


@cache
def viscii_table() -> dict[int, str]:
    """Code points to Unicode letters, where they differ."""
    table = dict(VISCII_CODES)
    table.update({128 + index: char for index, char in enumerate(VISCII_HIGH)})
    return {code: char for code, char in table.items() if ord(char) != code}


@cache
def vni_table() -> dict[str, str]:
    """Written letter pairs and single codes to Unicode letters, both cases."""
    table: dict[str, str] = {"ñ": "đ", "î": letter("y", 5), "ô": "ơ", "ö": "ư"}
    for tone in range(6):
        for base, vowel in (("a", "a"), ("e", "e"), ("o", "o"), ("u", "u"), ("y", "y")):
            if tone and (vowel, tone) != ("y", 5):
                table[base + VNI_TONES[tone]] = letter(vowel, tone)
        for base, vowel in (("ô", "ơ"), ("ö", "ư")):
            table[base + VNI_TONES[tone]] = letter(vowel, tone)
        for base, vowel in (("a", "â"), ("e", "ê"), ("o", "ô")):
            table[base + VNI_CIRCUMFLEX[tone]] = letter(vowel, tone)
        table["a" + VNI_BREVE[tone]] = letter("ă", tone)
        if tone:
            table[VNI_I[tone]] = letter("i", tone)
    cased = dict(table)
    for code, char in table.items():
        cased[code.upper()] = char.upper()
        cased[code[0].upper() + code[1:]] = char.upper()
        cased[code[0] + code[1:].upper()] = char
    return cased | table


@cache
def viqr_table() -> dict[str, str]:
    """Written sequences to Unicode letters, both cases; DD and dd are handled as letters too."""
    table: dict[str, str] = {"dd": "đ", "DD": "Đ", "Dd": "Đ"}
    for vowel in VOWELS:
        written = VIQR_VOWELS.get(vowel, vowel)
        for tone, mark in enumerate(VIQR_TONES):
            code = written + mark
            if len(code) > 1:
                table[code] = letter(vowel, tone)
                table[code[0].upper() + code[1:]] = letter(vowel, tone).upper()
                if written.endswith("+"):
                    starred = code.replace("+", "*")
                    table[starred] = letter(vowel, tone)
                    table[starred[0].upper() + starred[1:]] = letter(vowel, tone).upper()
    return table


def _symbol_range(table: dict[int, str]) -> dict[int, str]:
    shifted = {0xF000 + code: char for code, char in table.items()}
    return shifted | {0xF000 + code: chr(code) for code in range(0x20, 0x7F)}
