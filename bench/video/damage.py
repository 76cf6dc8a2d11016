"""Random damage: every file gives findings or a typed error, and ends in time.

    python -m bench.video.damage CLIP [--files 20] [--places 100]

Overwrites bytes at random places of copies of a clip (seeded) and runs all checks on each.
Prints the number of files with a finding of damage, with a typed error, and with neither, and
the longest time.
"""

from __future__ import annotations

import argparse
import random
import time
from collections import Counter
from pathlib import Path

from bench.video.measure import CHECKS
from qc.core.article import Blob, Video
from qc.core.errors import QcError
from qc.core.finding import Finding

TELLING = frozenset({"video-damaged", "video-truncated", "video-unreadable", "video-disguised"})


def main() -> None:
    """Damage, check, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("clip", type=Path)
    parser.add_argument("--files", type=int, default=20)
    parser.add_argument("--places", type=int, default=100)
    arguments = parser.parse_args()
    whole = arguments.clip.read_bytes()
    counts: Counter[str] = Counter()
    longest = 0.0
    for seed in range(arguments.files):
        chance = random.Random(seed)
        content = bytearray(whole)
        for _ in range(arguments.places):
            content[chance.randrange(len(content))] = chance.randrange(256)
        begin = time.perf_counter()
        counts[_outcome(bytes(content))] += 1
        longest = max(longest, time.perf_counter() - begin)
    print(dict(counts), f"longest {longest:.1f} s")


def _outcome(content: bytes) -> str:
    video = Video(path="clip.mp4", blob=Blob(data=content))
    found: list[Finding] = []
    for check in CHECKS:
        try:
            found += check.run(video, check.options())
        except QcError:
            return "typed error"
    return "damage found" if TELLING & {each.rule.id for each in found} else "nothing found"


if __name__ == "__main__":
    main()
