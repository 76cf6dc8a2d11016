"""The translation of the WordPress plug-in: .po into .mo for PHP and JSON for scripts.

`missing()` compares the strings in the sources with the .po, so none stays untranslated.
"""

from __future__ import annotations

import json
import re
import struct
from collections.abc import Iterator
from pathlib import Path

PLUGIN = Path(__file__).parent.parent / "integrations" / "wordpress" / "qc-gate"
PO = PLUGIN / "languages" / "qc-gate-vi.po"
PLURAL = "nplurals=1; plural=0;"
QUOTED = r"'((?:[^'\\]|\\.)*)'"
CALL = re.compile(rf"\b(?:esc_html__|esc_attr__|__|_n)\(\s*{QUOTED}(?:,\s*{QUOTED}(?=,\s*[^'\s]))?")
ENTRY = re.compile(r'^(msgid|msgid_plural|msgstr(?:\[0\])?) "(.*)"$')

Entry = tuple[str, str | None, str]


def entries(path: Path = PO) -> list[Entry]:
    """The entries of a .po file: msgid, its plural form or None, and the translation."""
    read: list[dict[str, str]] = []
    key = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        match = ENTRY.match(line)
        if match:
            key = match[1].removesuffix("[0]")
            if key == "msgid":
                read.append({})
            read[-1][key] = _text(match[2])
        elif line.startswith('"'):
            read[-1][key] += _text(line[1:-1])
    return [(each["msgid"], each.get("msgid_plural"), each["msgstr"]) for each in read]


def mo_bytes(listed: list[Entry]) -> bytes:
    """The binary catalogue that gettext and WordPress read."""
    pairs = sorted(
        ((f"{one}\0{many}" if many else one).encode(), text.encode()) for one, many, text in listed
    )
    count = len(pairs)
    texts = b"".join(each + b"\0" for side in (0, 1) for each in (pair[side] for pair in pairs))
    at, tables = 28 + 16 * count, b""
    for side in (0, 1):
        for pair in pairs:
            tables += struct.pack("<II", len(pair[side]), at)
            at += len(pair[side]) + 1
    head = struct.pack("<7I", 0x950412DE, 0, count, 28, 28 + 8 * count, 0, 28 + 16 * count)
    return head + tables + texts


def script_json(script: Path, listed: list[Entry]) -> str:
    """The strings of one script in the form that wp.i18n reads."""
    used = {one for one, _ in strings(script)}
    messages: dict[str, object] = {"": {"domain": "messages", "lang": "vi", "plural-forms": PLURAL}}
    messages |= {one: [text] for one, _, text in listed if one in used}
    data = {"domain": "messages", "locale_data": {"messages": messages}}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def strings(path: Path) -> Iterator[tuple[str, str | None]]:
    """The strings to translate in one source: the string and its plural form."""
    for match in CALL.finditer(path.read_text(encoding="utf-8")):
        plural = match[2] if match[0].startswith("_n") else None
        yield _text(match[1]), _text(plural) if plural else None


def sources() -> list[Path]:
    """Every source of the plug-in."""
    return sorted([*PLUGIN.rglob("*.php"), *PLUGIN.rglob("*.js")])


def missing() -> tuple[list[str], list[str]]:
    """Strings without a translation, and translations that no source uses."""
    wanted = {pair for path in sources() for pair in strings(path)}
    have = {(one, many) for one, many, text in entries() if one and text}
    return sorted(w[0] for w in wanted - have), sorted(h[0] for h in have - wanted)


def files() -> dict[Path, bytes]:
    """What is generated: path and content."""
    listed = entries()
    made = {PO.with_suffix(".mo"): mo_bytes(listed)}
    for script in sorted((PLUGIN / "assets").glob("*.js")):
        if any(strings(script)):
            path = PO.with_name(f"qc-gate-vi-qc-gate-{script.stem}.json")
            made[path] = script_json(script, listed).encode()
    return made


def main() -> None:
    """Write the catalogues."""
    for path, content in files().items():
        path.write_bytes(content)


def _text(written: str) -> str:
    return re.sub(r"\\(.)", lambda match: {"n": "\n"}.get(match[1], match[1]), written)


if __name__ == "__main__":
    main()
