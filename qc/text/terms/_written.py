"""How a term was written, in words an editor understands."""

from __future__ import annotations

from qc.text.terms._matcher import Hit
from qc.text.terms._verify import Evidence

WORDS = {
    Evidence.NO_MARKS: ("bỏ dấu", "without diacritics"),
    Evidence.PARTIAL: ("bỏ bớt dấu", "some diacritics left out"),
    Evidence.LEET: ("thay chữ bằng số hoặc ký hiệu", "digits or symbols for letters"),
    Evidence.LOOKALIKE: ("thay bằng chữ nhìn giống", "look-alike letters"),
    Evidence.HIDDEN: ("chèn ký tự vô hình", "invisible characters inside"),
    Evidence.SEPARATED: ("tách rời từng chữ", "letters set apart"),
    Evidence.PUNCTUATED: ("chèn dấu giữa các tiếng", "punctuation between syllables"),
    Evidence.REPEATED: ("lặp chữ", "repeated letters"),
    Evidence.JOINED: ("viết liền", "written as one word"),
    Evidence.GLUED: ("dính vào từ bên cạnh", "glued to the next word"),
    Evidence.MASKED: ("che bằng dấu sao", "masked by a star"),
    Evidence.KEYSTROKES: ("gõ Telex, VNI hoặc VIQR chưa thành chữ", "raw keystrokes"),
    Evidence.TEENCODE: ("viết kiểu teencode", "teencode"),
    Evidence.SWAPPED: ("nói lái", "spoonerism"),
    Evidence.MARKUP: ("chèn thẻ HTML bên trong", "HTML inside"),
}


def written(hit: Hit, lang: str) -> str:
    """A phrase such as `, tức “nhà cái” viết liền`; empty for a plain spelling."""
    index = 0 if lang == "vi" else 1
    ways = [WORDS[each][index] for each in WORDS if each in hit.evidence]
    if not ways:
        return ""
    head = f", tức “{hit.term.term}” " if lang == "vi" else f", that is “{hit.term.term}”, "
    return head + ", ".join(ways)
