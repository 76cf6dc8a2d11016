"""Evasions: the ways in which people disguise a word, generated from a seed.

Nothing here is shared with the matcher: keystrokes, look-alikes and leet are written down again,
so that a mistake on one side does not hide on the other.
"""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable

SEED_DEV = 11
SEED_TEST = 2027
CARRIERS = (
    "Chiều nay các em học sinh hãy xem {} ngay tại sân trường nhé.",
    "Bài viết có nhắc tới {} ở phần cuối, đề nghị ban biên tập xem lại.",
    "{} là điều mà nhiều phụ huynh đã phản ánh trong tuần qua.",
    "Trong giờ ra chơi, một bạn nói {} rồi chạy ra ngoài cổng.",
)
TONES = {"\u0300": "f", "\u0301": "s", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI_TONES = {"\u0300": "2", "\u0301": "1", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
VIQR_TONES = {"\u0300": "`", "\u0301": "'", "\u0309": "?", "\u0303": "~", "\u0323": "."}
VNI_MARKS = {"\u0302": "6", "\u0306": "8", "\u031b": "7"}
VIQR_MARKS = {"\u0302": "^", "\u0306": "(", "\u031b": "+"}
DIGITS = {"a": "4", "e": "3", "i": "1", "o": "0", "s": "5", "t": "7", "g": "9", "b": "8"}
SYMBOLS = {"a": "@", "s": "$", "i": "!", "e": "€", "o": "0"}
CYRILLIC = {
    "a": "а",
    "e": "е",
    "o": "о",
    "p": "р",
    "c": "с",
    "x": "х",
    "y": "у",
    "i": "і",
    "h": "һ",
}
GREEK = {"a": "α", "o": "ο", "i": "ι", "u": "υ", "n": "η", "t": "τ", "k": "κ", "p": "ρ", "v": "ν"}
EMOJI = "😀🔥💥⭐❤️🎯"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff"


def decompose(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def compose(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def bare(text: str) -> str:
    """Without diacritics."""
    plain = "".join(c for c in decompose(text) if not unicodedata.combining(c))
    return plain.replace("đ", "d").replace("Đ", "D")


def clusters(text: str) -> list[str]:
    return list(compose(text))


def join_letters(text: str, joint: str) -> str:
    """Every letter of every syllable set apart; syllables stay apart by a wider gap."""
    gap = "  " if joint == " " else " "
    return gap.join(joint.join(clusters(syllable)) for syllable in text.split(" "))


def insert(text: str, rng: random.Random, pieces: str) -> str:
    """One piece inside each syllable that has room for it."""
    parts = []
    for syllable in text.split(" "):
        letters = clusters(syllable)
        if len(letters) > 1:
            letters.insert(rng.randrange(1, len(letters)), rng.choice(pieces))
        parts.append("".join(letters))
    return " ".join(parts)


def swap(text: str, table: dict[str, str]) -> str:
    """Base letters replaced; the marks stay."""
    return compose("".join(table.get(c, c) for c in decompose(text)))


def typed(text: str, tones: dict[str, str], marks: dict[str, str], stroke: str) -> str:
    """Raw keystrokes, the tone key at the end of the syllable."""
    words = []
    for syllable in text.split(" "):
        out, tone = "", ""
        for c in decompose(syllable):
            if c in tones:
                tone = tones[c]
            elif c in VNI_MARKS:
                out += marks[c] if marks else (out[-1] if c == "\u0302" else "w")
            else:
                out += stroke if c == "đ" else c
        words.append(out + tone)
    return " ".join(words)


def partly(text: str, rng: random.Random) -> str:
    """Half of the marked letters lose their marks, at least one and not all where possible."""
    letters = clusters(text)
    marked = [i for i, c in enumerate(letters) if bare(c) != c]
    for i in rng.sample(marked, max(1, len(marked) // 2)) if marked else []:
        letters[i] = bare(letters[i])
    return "".join(letters)


def styled(text: str, first: int) -> str:
    return compose(
        "".join(chr(first + ord(c) - 97) if "a" <= c <= "z" else c for c in decompose(text))
    )


def repeat(text: str, rng: random.Random) -> str:
    letters = clusters(text)
    places = [i for i, c in enumerate(letters) if bare(c) in "aeiouy"] or [len(letters) - 1]
    at = rng.choice(places)
    return "".join(letters[:at]) + letters[at] * rng.randint(2, 4) + "".join(letters[at + 1 :])


def mask(text: str, rng: random.Random) -> str:
    syllables = text.split(" ")
    long = [i for i, s in enumerate(syllables) if len(s) >= 3]
    if not long:
        return text
    at = rng.choice(long)
    letters = clusters(syllables[at])
    letters[rng.randrange(1, len(letters) - 1)] = "*"
    syllables[at] = "".join(letters)
    return " ".join(syllables)


def teencode(text: str) -> str:
    out = []
    for syllable in text.split(" "):
        for long, short in (("ph", "f"), ("qu", "w"), ("gi", "j")):
            if syllable.startswith(long):
                syllable = short + syllable[len(long) :]  # noqa: PLW2901
        if syllable.startswith("c") and not syllable.startswith("ch"):
            syllable = "k" + syllable[1:]  # noqa: PLW2901
        out.append(syllable)
    return " ".join(out)


def mixed(text: str, rng: random.Random) -> str:
    return "".join(c.upper() if rng.random() < 0.5 else c for c in text)


def tagged(text: str, rng: random.Random) -> str:
    letters = clusters(text)
    places = [i for i, c in enumerate(letters) if c != " "]
    at = rng.choice(places[1:])
    letters[at] = f"<b>{letters[at]}</b>"
    return "".join(letters)


def entities(text: str) -> str:
    return "".join(f"&#{ord(c)};" if c > "\x7f" else c for c in text)


Kind = Callable[[str, random.Random], str]
KINDS: dict[str, Kind] = {
    "exact": lambda t, r: t,
    "upper": lambda t, r: t.upper(),
    "mixed-case": mixed,
    "nfd": lambda t, r: decompose(t),
    "no-diacritics": lambda t, r: bare(t),
    "partial-diacritics": partly,
    "zero-width": lambda t, r: insert(t, r, ZERO_WIDTH),
    "soft-hyphen": lambda t, r: insert(t, r, "\u00ad"),
    "bidi": lambda t, r: insert(t, r, "\u202e\u200f\u2066"),
    "dots": lambda t, r: join_letters(t, "."),
    "spaces": lambda t, r: join_letters(t, " "),
    "hyphens": lambda t, r: join_letters(t, "-"),
    "underscores": lambda t, r: join_letters(t, "_"),
    "syllable-hyphen": lambda t, r: t.replace(" ", "-"),
    "emoji": lambda t, r: insert(t, r, EMOJI),
    "joined": lambda t, r: t.replace(" ", ""),
    "joined-bare": lambda t, r: bare(t).replace(" ", ""),
    "leet-digits": lambda t, r: swap(bare(t), DIGITS),
    "leet-some": lambda t, r: swap(t, dict(r.sample(sorted(DIGITS.items()), 4))),
    "leet-symbols": lambda t, r: swap(bare(t), SYMBOLS),
    "cyrillic": lambda t, r: swap(t, CYRILLIC),
    "greek": lambda t, r: swap(t, GREEK),
    "full-width": lambda t, r: styled(t, 0xFF41),
    "mathematical": lambda t, r: styled(t, r.choice((0x1D41A, 0x1D4EA, 0x1D5EE, 0x1D68A))),
    "circled": lambda t, r: styled(t, 0x24D0),
    "repeated": repeat,
    "masked": mask,
    "teencode": lambda t, r: teencode(t),
    "telex": lambda t, r: typed(t, TONES, {}, "dd"),
    "vni": lambda t, r: typed(t, VNI_TONES, VNI_MARKS, "d9"),
    "viqr": lambda t, r: typed(t, VIQR_TONES, VIQR_MARKS, "dd"),
    "html-tag": tagged,
    "html-entity": lambda t, r: entities(t),
    "bare-dots-leet": lambda t, r: join_letters(swap(bare(t), {"a": "4", "i": "1"}), "."),
    "zero-width-cyrillic": lambda t, r: insert(swap(t, CYRILLIC), r, ZERO_WIDTH),
    "wide-gap": lambda t, r: t.replace(" ", " \u00a0 "),
    "stacked-marks": lambda t, r: "".join(f"{c}\u0337" if c != " " else c for c in compose(t)),
}


def cases(terms: list[str], seed: int) -> list[tuple[str, str, str, str]]:
    """(kind, term, written, sentence) for every kind that changes the term, and the exact one."""
    rng = random.Random(seed)
    found = []
    for term in terms:
        for kind, write in KINDS.items():
            written = write(term, rng)
            if written == term and kind != "exact":
                continue
            found.append((kind, term, written, rng.choice(CARRIERS).format(written)))
    return found
