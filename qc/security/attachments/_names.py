"""File names that deceive: two endings, reversed reading direction, streams, control codes."""

from __future__ import annotations

import re

from qc.core.lazy import regex

_DANGEROUS = (
    "php|php[3-8]|phtml|phar|pht|asp|aspx|ashx|asa|cer|jsp|jspx|cgi|pl|exe|scr|pif|msi|bat|cmd|ps1"
    "|vbs|vbe|js|jse|wsf|hta|lnk|jar|apk|sh|py|dll|html|htm|shtml|svg|swf|reg|cpl|iso|img|vhd"
)
DANGEROUS = frozenset(_DANGEROUS.replace("php[3-8]", "php3|php4|php5|php7|php8").split("|"))
# Inside an archive, lessons in HTML and scripts of a class in programming are no threat.
PROGRAMS = DANGEROUS - frozenset({"html", "htm", "shtml", "svg", "py", "pl", "sh", "js"})
_DOUBLE = regex(rf"\.(?:{_DANGEROUS})(?:\.|;|%|\s|$)", re.IGNORECASE)
_TRICKS = (
    ("reversed", regex("[\u202a-\u202e\u2066-\u2069\u200e\u200f]")),
    ("control", regex("[\x00-\x1f\x7f]|%00")),
    ("stream", regex(r":[^/\\]*$|::\$")),
    ("trailing", regex(r"[. ]$")),
)


def trick_of(name: str) -> str | None:
    """The way a file name deceives, or None: double, reversed, control, stream, trailing."""
    base = re.split(r"[/\\]", name)[-1]
    for trick, pattern in _TRICKS:
        if pattern.search(base):
            return trick
    stem, dot, last = base.rpartition(".")
    if not dot:
        return None
    if _DOUBLE.search(stem + ".") and "." in stem:
        inner = stem.rpartition(".")[2].lower()
        return "double" if inner in DANGEROUS or _DOUBLE.search(stem) else None
    named_as_document = re.search(r"\.(?:pdf|docx?|xlsx?|jpe?g|png|mp4)$", stem, re.IGNORECASE)
    return "double" if named_as_document and last.lower() in DANGEROUS else None
