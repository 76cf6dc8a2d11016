"""Compare the speller with what else runs offline: same documents, same scorer, one table.

    python -m bench.spelling.compare --data DIR [--aff vi_VN.aff] [--cspell vi.trie.gz]

DIR holds spelling/viwiki_dev.jsonl (or QC_DATA says where). Peers that are not installed are named
as missing, not skipped silently: wordfreq, underthesea, the program hunspell with --aff, and
cspell's Vietnamese dictionary (--cspell, the file of the npm package @cspell/dict-vi-vn: `npm pack
@cspell/dict-vi-vn` and unpack it). See requirements.txt beside this file.

A peer that knows words flags every lower-case word it does not know; it gives no suggestion here.
The speller runs with the shipped calibration, which was fitted on these documents: its honest
figures are those of `qc spelling calibrate` (document folds); this table is for peers and speed.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.spelling.cspell import read_words
from qc.core.data import data_dir
from qc.text.spelling._evaluation import Labelled, read_labelled, score
from qc.text.spelling._mistake import Kind, Mistake
from qc.text.spelling._speller import load_speller
from qc.text.spelling._tokens import PIECE

Find = Callable[[str], list[Mistake]]


def by_word(suspicious: Callable[[str], bool], better: Callable[[str], str] = str) -> Find:
    """A finder that judges every lower-case word by itself."""

    def find(text: str) -> list[Mistake]:
        return [
            Mistake(match.start(), match.end(), match[0], (better(match[0]),), Kind.WORD, 1.0)
            for match in PIECE.finditer(text)
            if match[0].islower() and suspicious(match[0])
        ]

    return find


def hunspell(aff: Path, documents: list[Labelled]) -> Find:
    """Ask the program hunspell once about all distinct lower-case words of the documents."""
    distinct = {word for each in documents for word in PIECE.findall(each.text) if word.islower()}
    command = ["hunspell", "-i", "utf-8", "-d", str(aff.with_suffix("")), "-l"]
    answer = subprocess.run(
        command, input="\n".join(sorted(distinct)), capture_output=True, text=True, check=True
    )
    unknown = set(answer.stdout.split())
    return by_word(unknown.__contains__)


def peers(
    aff: Path | None, cspell: Path | None, documents: list[Labelled]
) -> Iterator[tuple[str, Find | str]]:
    """Name and finder of every peer, or why it is missing."""
    try:
        from wordfreq import top_n_list, zipf_frequency

        known = set(top_n_list("vi", 200_000))
        del zipf_frequency
        yield f"wordfreq vi ({len(known)} words)", by_word(lambda word: word not in known)
    except ImportError as error:
        yield "wordfreq", str(error)
    try:
        from underthesea import text_normalize

        def change(word: str) -> str:
            return str(text_normalize(word))

        yield "underthesea text_normalize", by_word(lambda word: change(word) != word, change)
    except ImportError as error:
        yield "underthesea", str(error)
    if aff is None or shutil.which("hunspell") is None:
        yield "hunspell-vi", "no --aff, or no program hunspell"
    else:
        yield "hunspell-vi", hunspell(aff, documents)
    if cspell is None or not cspell.exists():
        yield "cspell dict-vi-vn", "no --cspell, or no such file"
    else:
        listed = {word.lower() for word in read_words(cspell)}
        yield f"cspell dict-vi-vn ({len(listed)} words)", by_word(lambda word: word not in listed)


def measure(name: str, find: Find, documents: list[Labelled], least: float = 0.0) -> None:
    """Print one row: quality and words a second (CPU time)."""
    started = time.process_time()
    predictions = [find(document.text) for document in documents]
    elapsed = max(time.process_time() - started, 1e-9)
    result = score(documents, predictions, least)
    print(
        f"{name:34} {result.precision:.3f} {result.recall:.3f} {result.f1:.3f} "
        f"{result.top1:.3f} {result.false_per_1000:8.3f} {result.words / elapsed:10.0f}"
    )


def main() -> None:
    """Read the arguments, print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=os.environ.get("QC_DATA"), required=False)
    parser.add_argument("--aff", type=Path)
    parser.add_argument("--cspell", type=Path)
    arguments = parser.parse_args()
    documents = read_labelled(Path(arguments.data) / "spelling" / "viwiki_dev.jsonl")
    print(f"{'system':34} {'P':5} {'R':5} {'F1':5} {'top-1':5} {'FA/1000':>8} {'words/s':>10}")
    speller = load_speller(data_dir() / "spelling")
    speller.find(documents[0].text)
    for name, least in speller.thresholds.items():
        measure(
            f"qc {name} (p >= {least:.2f}, fitted here)",
            lambda text, least=least: speller.find(text, least),  # type: ignore[misc]
            documents,
            least,
        )
    for name, find in peers(arguments.aff, arguments.cspell, documents):
        if isinstance(find, str):
            print(f"{name:34} missing: {find}")
        else:
            measure(name, find, documents)


if __name__ == "__main__":
    main()
