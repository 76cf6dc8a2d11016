"""Speed on one core, hostile input, and what loading the lists costs.

    QC_DATA=DIR python -m bench.terms.measure_speed [--megabytes 4]

MB/s include folding, searching, verification and offsets. Times are the best of three; compare
them with the plain passes over the same text that are printed beside them.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable

from bench.terms._inputs import lines, parser
from qc.text._view import fold
from qc.text.terms._entry import Entry
from qc.text.terms._lists import load_terms, matcher_for, shipped
from qc.text.terms._matcher import Matcher

HOSTILE = {
    "1 MB of one letter": "a" * 1_000_000,
    "300,000 combining marks": "a" + "\u0301" * 300_000,
    "100,000 hits": "lồn " * 100_000,
    "100,000 near misses": "các " * 100_000,
    "300,000 split letters": "l." * 300_000,
    "300,000 zero-width": "l\u200b" * 300_000,
    "100,000 stars": "l*n " * 100_000,
}


def best(action: Callable[[], object], count: int = 3) -> float:
    """The shortest of some runs, in seconds of processor time."""
    times = []
    for _ in range(count):
        started = time.process_time()
        action()
        times.append(time.process_time() - started)
    return min(times)


def many(count: int, text: str) -> Matcher:
    """A matcher of the shipped terms and of phrases of two or three words that are not there."""
    words = sorted({word for word in text.lower().split() if word.isalpha()})
    rng = random.Random(3)
    made = {" ".join(rng.sample(words, rng.choice((2, 3)))) for _ in range(count)}
    entries = [
        Entry(id=f"x-{i}", term=term, category="x", evasion="sep")
        for i, term in enumerate(sorted(made))
    ]
    return Matcher((*shipped(), *(entry.compiled("bench") for entry in entries)))


def main() -> None:
    arguments_parser = parser(__doc__)
    arguments_parser.add_argument("--megabytes", type=float, default=4)
    arguments = arguments_parser.parse_args()
    path = arguments.data / "corpus/news_vntc.txt.xz"
    text = " \u2029 ".join(lines(path, int(arguments.megabytes * 750_000)))
    size = len(text.encode()) / 1e6
    for name, plain in (("lower", str.lower), ("split", str.split)):
        print(f"str.{name:30} {size / best(lambda plain=plain: plain(text)):8.1f} MB/s")
    print(f"{'fold':34} {size / best(lambda: fold(text)):8.1f} MB/s")
    shipped.cache_clear()
    print(f"{'load the compiled lists':34} {1000 * best(load_terms, 1):8.1f} ms")
    matcher = matcher_for("article", "2026-11-24")
    print(f"{'first search (builds)':34} {1000 * best(lambda: matcher.find(fold('a')), 1):8.1f} ms")
    thousand = Matcher(matcher.terms[:1000])
    fifty = many(50_000, text)
    for name, used in (
        ("1,000", thousand),
        (f"{len(matcher.terms):,}", matcher),
        ("50,000", fifty),
    ):
        used.find(fold("l.o.n nh*"))
        seconds = best(lambda used=used: used.find(fold(text)))
        print(f"{name + ' terms, whole engine':34} {size / seconds:8.1f} MB/s")
    for name, hostile in HOSTILE.items():
        once = best(lambda hostile=hostile: matcher.find(fold(hostile)), 1)
        half = hostile[: len(hostile) // 2]
        ratio = once / max(best(lambda half=half: matcher.find(fold(half)), 1), 1e-6)
        print(f"{name:34} {once:8.2f} s, twice the input costs {ratio:.1f} times as much")


if __name__ == "__main__":
    main()
