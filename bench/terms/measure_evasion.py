"""Recall of disguised terms, by kind and by number of syllables.

    python -m bench.terms.measure_evasion [--seed dev|test] [--show KIND]

Sentences with tags or entities go through the loader of HTML, as they do in the product.
"""

from __future__ import annotations

import argparse
import unicodedata
from collections import defaultdict
from datetime import date
from pathlib import Path

from bench.terms.evasion import CARRIERS, SEED_DEV, SEED_TEST, cases
from qc.documents.load import Source, load
from qc.text._view import article_view, fold
from qc.text.terms._lists import matcher_for
from qc.text.terms._matcher import Matcher

TODAY = date(2026, 11, 24)
TERMS = Path(__file__).with_name("terms.txt")


def found(matcher: Matcher, kind: str, sentence: str) -> bool:
    """Whether there is a hit; the sentences themselves have none (checked in main)."""
    if kind.startswith("html"):
        article = load(Source("a.html", None, data=f"<p>{sentence}</p>".encode()), TODAY)
        hits = matcher.find(article_view(article).folded)
    else:
        hits = matcher.find(fold(unicodedata.normalize("NFC", sentence)))
    return bool(hits)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", choices=("dev", "test"), default="test")
    parser.add_argument("--show", help="print the misses of a kind")
    arguments = parser.parse_args()
    seed = SEED_DEV if arguments.seed == "dev" else SEED_TEST
    matcher = matcher_for("article", "2026-11-24")
    assert not any(found(matcher, "exact", carrier) for carrier in CARRIERS)
    kinds: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    sizes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    terms = TERMS.read_text(encoding="utf-8").split("\n")
    terms = [term for term in terms if term]
    for kind, term, written, sentence in cases(terms, seed):
        hit = found(matcher, kind, sentence)
        for table, key in (
            (kinds, kind),
            (sizes, "one syllable" if " " not in term else "more syllables"),
            (sizes, "all"),
        ):
            table[key][0] += hit
            table[key][1] += 1
        if not hit and arguments.show in (kind, "all"):
            print(f"missed {kind}: {term} written {written!r}")
    for table in (kinds, sizes):
        for key, (hits, total) in table.items():
            print(f"{key:22} {100 * hits / total:6.1f} %  of {total}")


if __name__ == "__main__":
    main()
