"""Precision, recall and F1 of the personal-data recogniser on labelled cases (JSON lines).

    python -m bench.privacy.measure_pii --cases FILE [--show]

A hit counts where the kind is the same and the overlap is at least half of the longer span.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path

from qc.security.personal._recognise import find_personal

SKIPPED = {"SECRET"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cases", type=Path, required=True)
    parser.add_argument("--show", action="store_true", help="print misses and false alarms")
    arguments = parser.parse_args()
    cases = [json.loads(line) for line in arguments.cases.read_text("utf-8").splitlines()]
    right: Counter[str] = Counter()
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    flagged = 0
    for case in cases:
        found = [(hit.start, hit.end, str(hit.kind)) for hit in find_personal(case["text"])]
        wanted = [(s["start"], s["end"], s["type"]) for s in case["spans"]]
        wanted = [span for span in wanted if span[2] not in SKIPPED]
        hit, miss, false = compare(wanted, found)
        right.update(hit)
        missed.update(kind for *_, kind in miss)
        wrong.update(kind for *_, kind in false)
        flagged += bool(found) and not wanted
        if arguments.show and (miss or false):
            print(case.get("id"), repr(case["text"][:400]))
            print("   missed", [(k, case["text"][s:e]) for s, e, k in miss])
            print("   false ", [(k, case["text"][s:e]) for s, e, k in false])
    negatives = sum(not case["spans"] for case in cases)
    for kind in sorted({*right, *missed, *wrong}):
        print(f"{kind:14}", scores(right[kind], missed[kind], wrong[kind]))
    print(f"{'all':14}", scores(right.total(), missed.total(), wrong.total()))
    print(f"negatives flagged: {flagged} of {negatives}")


Span = tuple[int, int, str]


def compare(wanted: list[Span], found: list[Span]) -> tuple[list[str], list[Span], list[Span]]:
    """Kinds hit, spans missed, spans reported in error."""
    rest = list(found)
    hit: list[str] = []
    miss: list[Span] = []
    for span in wanted:
        match = next((other for other in rest if _same(span, other)), None)
        if match is None:
            miss.append(span)
        else:
            rest.remove(match)
            hit.append(span[2])
    return hit, miss, rest


def _same(one: Span, other: Span) -> bool:
    overlap = min(one[1], other[1]) - max(one[0], other[0])
    longer = max(one[1] - one[0], other[1] - other[0])
    return one[2] == other[2] and overlap * 2 >= longer


def scores(right: int, missed: int, wrong: int) -> str:
    precision = right / (right + wrong) if right + wrong else 0.0
    recall = right / (right + missed) if right + missed else 0.0
    f1 = 2 * right / (2 * right + missed + wrong) if right else 0.0
    counts = f"({right} right, {missed} missed, {wrong} false)"
    return f"P {precision:.3f}  R {recall:.3f}  F1 {f1:.3f}  {counts}"


if __name__ == "__main__":
    main()
