"""How many of the probe sentences (probes.tsv, written for this purpose) are found, and how.

    python -m bench.spelling.probe [--hints]

Prints the share found at warning level (and with --hints at hint level), split into sentences whose
mistake is an entry of the confusion table and sentences the table does not know, then the misses.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qc.core.data import data_dir
from qc.text.spelling._confusions import load_confusions
from qc.text.spelling._confusions import word_key as key
from qc.text.spelling._speller import load_speller

PROBES = Path(__file__).parent / "probes.tsv"


def main() -> None:
    """Print the shares and the misses."""
    folder = data_dir() / "spelling"
    speller = load_speller(folder)
    table = load_confusions(folder / "confusions.tsv")
    least = speller.thresholds["hint" if "--hints" in sys.argv else "warning"]
    counts = {"table": [0, 0, 0], "model": [0, 0, 0]}
    misses = []
    for line in PROBES.read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        text, wrong, right = line.split("\t")
        start = text.index(wrong)
        end = start + len(wrong)
        found = [
            one
            for one in speller.find(text, least)
            if one.start < end and start < one.end and one.probability >= least
        ]
        listed = next(table.find([key(word.strip(".,")) for word in text.split()]), None)
        row = counts["table" if listed else "model"]
        row[2] += 1
        row[0] += bool(found)
        row[1] += any(_fixed(text, one.start, one.end, one.suggestions[0], right) for one in found)
        if not found:
            misses.append(f"{text} ({wrong} > {right})")
    for name, (hit, first, total) in counts.items():
        print(f"{name}: {hit}/{total} found, {first} with the right first suggestion")
    total = sum(row[2] for row in counts.values())
    print(
        f"all: {sum(row[0] for row in counts.values()) / total:.3f} of {total} at p >= {least:.2f}"
    )
    print("\n".join(misses))


def _fixed(text: str, start: int, end: int, suggestion: str, right: str) -> bool:
    """Whether putting the suggestion in gives a sentence with the right phrase."""
    fixed = text[:start] + suggestion + text[end:]
    wanted = [key(word) for word in right.split()]
    words = [key(word.strip(".,")) for word in fixed.split()]
    return any(words[at : at + len(wanted)] == wanted for at in range(len(words)))


if __name__ == "__main__":
    main()
