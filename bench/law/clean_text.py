"""How many clean paragraphs carry a finding of the law and form rules.

    python -m bench.law.clean_text --data DIR --corpus news --lines 1000 --date 2006-01-01 --show 40

Paragraphs are drawn evenly from the corpus; each is checked as an article of its own.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from qc.core.discover import discover
from qc.core.location import locate
from qc.documents.load import Source, load

FILES = {"news": "news_vntc.txt.xz", "law": "law.txt.xz", "wiki": "wikipedia.txt.xz"}
PREFIXES = ("citation-", "law-", "form-", "disclosure-", "access-", "rights-")


def paragraphs(path: Path, count: int, seed: int, longest: int) -> list[str]:
    """A seeded sample of the lines of at least 80 characters, by reservoir."""
    chosen: list[str] = []
    draw = random.Random(seed)
    for number, line in enumerate(_lines(path)):
        if number >= longest:
            break
        if len(chosen) < count:
            chosen.append(line)
        elif (at := draw.randrange(number + 1)) < count:
            chosen[at] = line
    return chosen


def _lines(path: Path) -> Iterator[str]:
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            if len(line) > 80:
                yield line.strip()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("QC_DATA", "data")))
    parser.add_argument("--corpus", choices=FILES, default="news")
    parser.add_argument("--lines", type=int, default=1000)
    parser.add_argument("--longest", type=int, default=200_000, help="lines to draw from")
    parser.add_argument("--date", type=date.fromisoformat, default=date(2006, 1, 1))
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--show", type=int, default=0)
    arguments = parser.parse_args()
    checks = [c for c in discover() if any(r.id.startswith(PREFIXES) for r in c.rules)]
    checks = [c for c in checks if c.module.startswith("qc.text")]
    rules: Counter[str] = Counter()
    flagged: Counter[str] = Counter()
    texts = paragraphs(
        arguments.data / "corpus" / FILES[arguments.corpus],
        arguments.lines,
        arguments.seed,
        arguments.longest,
    )
    shown = 0
    for text in texts:
        article = load(Source("p.txt", data=text.encode(), format="text"), arguments.date)
        levels = set()
        for check in checks:
            for subject in article.subjects(check.subject):
                for finding in check.run(subject, check.options()):
                    if not finding.rule.id.startswith(PREFIXES):
                        continue
                    rules[f"{finding.rule.id} {finding.severity}"] += 1
                    levels.add(str(finding.severity))
                    if shown < arguments.show:
                        shown += 1
                        place = locate(finding, article)
                        excerpt = getattr(place, "excerpt", "")
                        print(finding.rule.id, "|", excerpt, "|", dict(finding.facts))
                        print(
                            "   ",
                            getattr(place, "before", "")[-50:],
                            "<>",
                            getattr(place, "after", "")[:50],
                        )
        flagged.update(levels | ({"any"} if levels else set()))
    print(f"{len(texts)} paragraphs; with a finding: {dict(flagged)}")
    for name, count in rules.most_common():
        print(f"{count:6} {name}")


if __name__ == "__main__":
    main()
