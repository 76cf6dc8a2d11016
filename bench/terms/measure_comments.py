"""ViHOS, sentence level, comment profile, lists alone: is a comment offensive or not?

QC_DATA=DIR python -m bench.terms.measure_comments [--split dev|train] [--show missed|wrong]
"""

from __future__ import annotations

from bench.terms._inputs import comments, parser
from qc.text._view import fold
from qc.text.terms._lists import matcher_for


def main() -> None:
    arguments_parser = parser(__doc__)
    arguments_parser.add_argument("--split", choices=("dev", "train"), default="dev")
    arguments_parser.add_argument("--show", choices=("missed", "wrong"))
    arguments = arguments_parser.parse_args()
    matcher = matcher_for("comment", "2026-11-24")
    counts = {"hit": 0, "wrong": 0, "missed": 0, "clean": 0}
    for text, offensive in comments(arguments.data / f"moderation/vihos_{arguments.split}.csv"):
        hits = [hit for hit in matcher.find(fold(text)) if hit.term.severity >= 2]
        kind = ("hit" if hits else "missed") if offensive else ("wrong" if hits else "clean")
        counts[kind] += 1
        if kind == arguments.show:
            print(f"{[hit.term.term for hit in hits]} {text}")
    precision = counts["hit"] / (counts["hit"] + counts["wrong"])
    recall = counts["hit"] / (counts["hit"] + counts["missed"])
    f1 = 2 * precision * recall / (precision + recall)
    print(f"{counts} P {precision:.3f} R {recall:.3f} F1 {f1:.3f}")


if __name__ == "__main__":
    main()
