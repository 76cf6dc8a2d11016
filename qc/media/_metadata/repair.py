"""Text of metadata as people wrote it: the encodings that tools got wrong are put right."""

from __future__ import annotations

import unicodedata

from qc.core.lazy import regex

# Vietnamese Windows text (cp1258) keeps tone marks as bytes of their own behind the vowel.
CP1258_TONE = regex(
    rb"[AEIOUYaeiouy\xc2\xca\xd4\xe2\xea\xf4\xc3\xe3\xd5\xf5\xdd\xfd]"
    rb"[\xcc\xd2\xde\xec\xf2]"
)
CONTROL = regex("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
HIGH = regex("[\x80-\U0010ffff]")


def decode(raw: bytes, *, declared: str | None = None) -> str:
    """Bytes of a metadata value as text: UTF-8, UTF-16, Vietnamese or Western Windows.

    `declared` is tried first where the file names its encoding.
    """
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        return clean(raw.decode("utf-16", "replace"))
    raw = raw.rstrip(b"\0")
    for encoding in (declared, "utf-8"):
        if encoding is None:
            continue
        try:
            return clean(raw.decode(encoding))
        except (UnicodeDecodeError, LookupError):
            continue
    if CP1258_TONE.search(raw):
        return clean(raw.decode("cp1258", "replace"))
    return clean(raw.decode("cp1252", "replace"))


def clean(text: str) -> str:
    """Repaired text without control characters, in NFC, without outer white space."""
    repaired = repair(text.replace("\r\n", "\n").replace("\r", "\n"))
    return unicodedata.normalize("NFC", CONTROL.sub("", repaired)).strip()


def repair(text: str) -> str:
    """Undo UTF-8 that was read as Latin-1 or Windows-1252, once or twice ("Bjã¸rn" kinds).

    Text is changed only where all of it makes valid UTF-8, so real accents are never touched.
    """
    for _ in range(2):
        if not HIGH.search(text):
            return text
        better = _undo(text)
        if better is None:
            return text
        text = better
    return text


def _undo(text: str) -> str | None:
    """The text one wrong decoding earlier; None where there was none."""
    raw = bytearray()
    for character in text:
        code = ord(character)
        if code < 256:
            raw.append(code)
            continue
        try:
            raw += character.encode("cp1252")
        except UnicodeEncodeError:
            return None
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return None
