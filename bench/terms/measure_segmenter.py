"""What word segmentation adds: would it suppress wrong senses, and at what cost?

    QC_DATA=DIR python -m bench.terms.measure_segmenter [--count 120]

For every exact hit of two syllables in clean text the segmenter is asked whether words straddle
the edges of the hit. Two kinds are looked at apart: hits that a safe phrase of the list covers
(wrong senses by construction: the segmenter ought to say yes) and hits that are reported (nearly
all true mentions: it ought to say no).
"""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import chain

from bench.terms._inputs import lines, parser
from qc.text._view import fold
from qc.text.nlp.patterns import words_straddled
from qc.text.terms._lists import matcher_for
from qc.text.terms._matcher import Hit, Matcher


def main() -> None:
    arguments_parser = parser(__doc__)
    arguments_parser.add_argument("--count", type=int, default=120)
    arguments = arguments_parser.parse_args()
    shipped = matcher_for("article", "2026-11-24")
    pairs = tuple(term for term in shipped.terms if term.term.count(" ") == 1)
    bare = replace(shipped, terms=tuple(term._replace(safe_phrases=()) for term in pairs), _seen={})
    guarded = {term.id: Matcher((term,)) for term in pairs if term.safe_phrases}
    corpus = arguments.data / "corpus"
    texts = chain(
        lines(corpus / "news_vntc.txt.xz", 60_000_000, 20_000_000),
        lines(corpus / "law.txt.xz", 8_000_000),
    )
    kinds: dict[str, list[tuple[str, Hit]]] = {"wrong sense": [], "reported": []}
    for text in texts:
        for hit in bare.find(fold(text)):
            if not hit.exact:
                continue
            matcher = guarded.get(hit.term.id)
            covered = matcher is not None and matcher.covered(
                replace(hit, term=matcher.terms[0]), text
            )
            kind = kinds["wrong sense" if covered else "reported"]
            if len(kind) < arguments.count:
                kind.append((text, hit))
        if all(len(kind) >= arguments.count for kind in kinds.values()):
            break
    words_straddled("Học sinh đọc sách.", 0, 8)
    for name, rows in kinds.items():
        started = time.process_time()
        straddled = sum(words_straddled(text, hit.start, hit.end) for text, hit in rows)
        cost = 1000 * (time.process_time() - started) / max(len(rows), 1)
        print(
            f"{name:12} {len(rows):4} hits, segmenter would drop {straddled:4}, {cost:.1f} ms each"
        )


if __name__ == "__main__":
    main()
