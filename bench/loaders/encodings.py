"""Precision and recall of the encoding checks and of the detection of legacy text.

    python -m bench.loaders.encodings --data DIR [--lines 60000]

Clean text: lines of corpus/news_vntc, corpus/wikipedia and corpus/law as published; every finding
is counted by rule (they are few: look at them with --show). Planted text: paragraphs of the news
written in TCVN3, VNI, VISCII and VIQR (detected? same text back?), and UTF-8 read as windows-1252
with its five undefined bytes kept, dropped, and dropped with hard spaces made common ones.
"""

from __future__ import annotations

import argparse
import itertools
import lzma
import os
import random
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from qc.core.article import Block, BlockKind
from qc.core.finding import Finding
from qc.core.rule import Options
from qc.documents._legacy.convert import ENCODINGS, convert
from qc.documents._legacy.detect import encoding_of
from qc.documents._legacy.tables import tcvn3_table, viqr_table, viscii_table, vni_table
from qc.text.encoding.broken import broken_text
from qc.text.encoding.invisible import control, zero_width
from qc.text.encoding.unicode_form import eth, unicode_form

CHECKS = (broken_text, zero_width, control, unicode_form, eth)
CORPORA = ("news_vntc", "wikipedia", "law")


def lines_of(data: Path, name: str, count: int) -> Iterator[str]:
    """The first lines of a corpus."""
    with lzma.open(data / "corpus" / f"{name}.txt.xz", "rt", encoding="utf-8") as stream:
        for line in itertools.islice(stream, count):
            yield line.strip()


def found(text: str) -> Iterator[Finding]:
    """What the checks of one block report."""
    block = Block(kind=BlockKind.PARAGRAPH, field="body", text=text, start=0)
    for check in CHECKS:
        yield from check.run(block, Options())


def clean(data: Path, count: int, show: int) -> None:
    """Findings in text as it was published."""
    for name in CORPORA:
        rules: Counter[str] = Counter()
        legacy = lines = 0
        for line in lines_of(data, name, count):
            lines += 1
            legacy += encoding_of([line]) is not None
            for finding in found(line):
                rules[finding.rule.id] += 1
                if rules[finding.rule.id] <= show:
                    start, end = finding.start or 0, finding.end or 0
                    print(f"    {finding.rule.id}: {line[max(start - 20, 0) : end + 20]!r}")
        print(f"{name}: {lines} lines, legacy {legacy}, {dict(rules)}")


def encoders() -> dict[str, Callable[[str], str]]:
    """From Unicode to each legacy encoding."""
    tables: dict[str, dict[str, str]] = {
        "tcvn3": {char: chr(code) for code, char in tcvn3_table().items() if code < 256},
        "viscii": {char: chr(code) for code, char in viscii_table().items()},
        "vni": {char: code for code, char in reversed(vni_table().items()) if len(char) == 1},
        "viqr": {char: code for code, char in reversed(viqr_table().items()) if "*" not in code},
    }

    def encoder(name: str) -> Callable[[str], str]:
        table = tables[name]
        if name == "tcvn3":  # its fonts have no toned capitals
            return lambda text: "".join(table.get(c) or table.get(c.lower(), c) for c in text)
        return lambda text: "".join(table.get(c, c) for c in text)

    return {name: encoder(name) for name in ENCODINGS}


def planted(paragraphs: list[str]) -> None:
    """Recall of detection, and share of paragraphs that come back as they were."""
    for name, encode in encoders().items():
        detected = same = 0
        for text in paragraphs:
            written = encode(text)
            detected += encoding_of([written]) == name
            same += convert(written, name)[0].lower() == text.lower()
        total = len(paragraphs)
        print(f"{name}: detected {detected / total:.3f}, same text {same / total:.3f} of {total}")


def garbled(paragraphs: list[str]) -> None:
    """Recall of the mojibake rule; how often its suggestion, and its safe one, is right."""
    for mode in ("kept", "dropped", "dropped, spaces"):
        hits = right = safe = safe_right = 0
        for text in paragraphs:
            broken = _misread(text, keep=mode == "kept")
            broken = broken.replace("\xa0", " ") if mode.endswith("spaces") else broken
            finding = next((f for f in found(broken) if f.rule.id == "encoding-mojibake"), None)
            hits += finding is not None
            if finding is None or not finding.suggestions:
                continue
            suggestion = finding.suggestions[0]
            mended = broken[: finding.start] + suggestion.text + broken[finding.end :]
            right += mended == text
            safe += suggestion.safe
            safe_right += suggestion.safe and mended == text
        total = len(paragraphs)
        print(
            f"mojibake, bytes {mode}: found {hits / total:.3f}, mended {right / total:.3f}, "
            f"safe {safe / total:.3f}, of these right {safe_right / max(safe, 1):.3f}"
        )


def _misread(text: str, *, keep: bool) -> str:
    characters = []
    for byte in text.encode("utf-8"):
        try:
            characters.append(bytes([byte]).decode("cp1252"))
        except UnicodeDecodeError:
            characters.append(chr(byte) if keep else "")
    return "".join(characters)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--data", default=os.environ.get("QC_DATA"), required="QC_DATA" not in os.environ
    )
    parser.add_argument("--lines", type=int, default=60_000)
    parser.add_argument("--paragraphs", type=int, default=3_000)
    parser.add_argument("--show", type=int, default=0, help="findings of each rule to print")
    arguments = parser.parse_args()
    data = Path(arguments.data)
    clean(data, arguments.lines, arguments.show)
    pool = [
        unicodedata.normalize("NFC", line)
        for line in lines_of(data, "news_vntc", arguments.lines)
        if len(line) > 60 and not line.isascii()
    ]
    paragraphs = random.Random(1).sample(pool, min(arguments.paragraphs, len(pool)))
    planted(paragraphs)
    garbled(paragraphs)


if __name__ == "__main__":
    main()
