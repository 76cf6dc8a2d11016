"""The same lists and texts for qc, viet-badwords-filter, better-profanity and glin-profanity.

    pip install -r bench/terms/peers-requirements.txt
    QC_DATA=DIR python -m bench.terms.compare_peers [--articles 60] [--sentences 400]

Each peer gets the terms of bench/terms/terms.txt as its own list (viet-badwords-filter also with
the list it ships); qc searches only the shipped entries of the same terms. A peer whose library is
not installed is left out, and said so.
"""

from __future__ import annotations

import random
import re
import time
import unicodedata
from collections.abc import Callable
from importlib.util import find_spec

from bench.terms._inputs import groups, parser
from bench.terms.evasion import SEED_TEST, cases
from bench.terms.measure_evasion import TERMS
from qc.text._view import fold
from qc.text.terms._lists import load_terms
from qc.text.terms._matcher import Matcher

Judge = Callable[[str], bool]


def qc_judge(terms: list[str]) -> Judge:
    wanted = set(terms)
    matcher = Matcher(tuple(term for term in load_terms() if term.term in wanted))
    return lambda text: bool(matcher.find(fold(unicodedata.normalize("NFC", text))))


def badwords_judge(terms: list[str], *, own_list: bool) -> Judge:
    from viet_badwords_filter.filter import VNBadwordsFilter

    made = VNBadwordsFilter()
    if own_list:
        made.badwords = set(terms)
    return lambda text: bool(made.is_profane(text))


def better_judge(terms: list[str]) -> Judge:
    from better_profanity import Profanity

    made = Profanity(terms)
    return lambda text: bool(made.contains_profanity(text))


def glin_judge(terms: list[str], *, leet: bool) -> Judge:
    from glin_profanity import Filter, FilterConfig

    config = FilterConfig(languages=["english"], custom_words=terms, normalize_unicode=True)
    if leet:
        config["detect_leetspeak"] = True
        config["leetspeak_level"] = "aggressive"
    made = Filter(config)
    return lambda text: bool(made.is_profane(text))


def judges(terms: list[str]) -> dict[str, Judge]:
    made: dict[str, Judge] = {"qc": qc_judge(terms)}
    for module, rows in (
        (
            "viet_badwords_filter",
            {
                "viet-badwords-filter, own list": lambda: badwords_judge(terms, own_list=False),
                "viet-badwords-filter, same list": lambda: badwords_judge(terms, own_list=True),
            },
        ),
        ("better_profanity", {"better-profanity": lambda: better_judge(terms)}),
        (
            "glin_profanity",
            {
                "glin-profanity": lambda: glin_judge(terms, leet=False),
                "glin-profanity, leet": lambda: glin_judge(terms, leet=True),
            },
        ),
    ):
        if find_spec(module) is None:
            print(f"not installed: {module}")
            continue
        made.update({name: build() for name, build in rows.items()})
    return made


def main() -> None:
    arguments_parser = parser(__doc__)
    arguments_parser.add_argument("--articles", type=int, default=60)
    arguments_parser.add_argument("--sentences", type=int, default=400)
    arguments = arguments_parser.parse_args()
    terms = [line for line in TERMS.read_text(encoding="utf-8").split("\n") if line]
    written = [row for row in cases(terms, SEED_TEST) if not row[0].startswith("html")]
    written = random.Random(1).sample(written, min(arguments.sentences, len(written)))
    path = arguments.data / "corpus/news_vntc.txt.xz"
    clean = []
    for group in groups(path, 400_000_000, 5_000_000):
        clean.append("\n".join(group))
        if len(clean) == arguments.articles:
            break
    exact = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)")
    mentions = [bool(exact.search(text.lower())) for text in clean]
    print(f"{sum(mentions)} of {len(clean)} clean articles mention a term as it is written")
    print(f"{'':34} {'recall':>8} {'flagged, no mention':>20} {'characters/s':>14}")
    for name, judge in judges(terms).items():
        recall = sum(judge(sentence) for *_, sentence in written) / len(written)
        started = time.process_time()
        flagged = [judge(text) for text in clean]
        speed = sum(map(len, clean)) / (time.process_time() - started)
        wrong = sum(f and not m for f, m in zip(flagged, mentions, strict=True))
        share = f"{wrong} of {len(clean) - sum(mentions)}"
        print(f"{name:34} {recall:8.1%} {share:>20} {speed:14.0f}", flush=True)


if __name__ == "__main__":
    main()
