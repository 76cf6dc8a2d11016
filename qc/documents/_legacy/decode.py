"""Text files that are not UTF-8: read only where their letters are clearly Vietnamese."""

from __future__ import annotations

from qc.core.lazy import regex
from qc.core.syllable import is_vietnamese
from qc.documents._legacy.detect import WORD, encoding_of

TAG = regex(r"<[^>]{0,2000}>")
BINARY = regex(r"[\x00\x01\x03\x04\x07\x08\x0b\x0e-\x13\x15-\x18\x1a\x1c\x1d\x1f]")
SAMPLE = 200_000
LEAST_WORDS = 8
LEAST_SHARE = 0.85


def decode_legacy(data: bytes) -> tuple[str, str] | None:
    """The text of a file in a legacy encoding, and the name of the encoding; None if unclear.

    The text of TCVN3, VNI and VISCII files keeps its codes (as Latin-1): it is converted block by
    block later, so that offsets count in what the file holds. windows-1258 is decoded here.
    """
    plain = data.decode("latin-1")
    if BINARY.search(plain):
        return None
    sample = TAG.sub(" ", plain[:SAMPLE])
    encoding = encoding_of(sample.splitlines()) or encoding_of([sample])
    if encoding in ("tcvn3", "vni", "viscii"):
        return plain, encoding
    try:
        text = data.decode("cp1258")
    except UnicodeDecodeError:
        return None
    words = [word for word in WORD.findall(TAG.sub(" ", text[:SAMPLE])) if not word.isascii()]
    vietnamese = sum(map(is_vietnamese, words))
    clear = len(words) >= LEAST_WORDS and vietnamese >= LEAST_SHARE * len(words)
    return (text, "windows-1258") if clear else None
