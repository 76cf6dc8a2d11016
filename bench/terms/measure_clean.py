"""Findings in clean text: per million syllables by severity, and the share of blocked articles.

    QC_DATA=DIR python -m bench.terms.measure_clean [--corpus news_vntc] [--characters 20e6]
        [--skip 0] [--show error|warning|info] [--education]

Every finding is counted, true mentions too; read the printed places to tell wrong senses apart.
"""

from __future__ import annotations

import random
from collections import Counter

from bench.terms._inputs import about_education, groups, parser
from qc.core.article import Article, Block, BlockKind
from qc.text.injected import injected_content
from qc.text.terms.banned import banned_terms


def article_of(paragraphs: list[str]) -> Article:
    """An article whose body is these paragraphs."""
    blocks, start = [], 0
    for text in paragraphs:
        blocks.append(Block(kind=BlockKind.PARAGRAPH, field="body", text=text, start=start))
        start += len(text) + 1
    body = "\n".join(paragraphs)
    return Article(source="x", format="text", digest="", texts={"body": body}, blocks=tuple(blocks))


def main() -> None:
    arguments_parser = parser(__doc__)
    arguments_parser.add_argument("--corpus", default="news_vntc")
    arguments_parser.add_argument("--characters", type=float, default=20e6)
    arguments_parser.add_argument("--skip", type=float, default=0)
    arguments_parser.add_argument("--show", choices=("error", "warning", "info"))
    arguments_parser.add_argument("--sample", type=int, default=0, help="show so many at random")
    arguments_parser.add_argument("--education", action="store_true", help="only these")
    arguments = arguments_parser.parse_args()
    path = arguments.data / f"corpus/{arguments.corpus}.txt.xz"
    counts: Counter[str] = Counter()
    blocked = {"all": [0, 0], "education": [0, 0]}
    shown: list[str] = []
    syllables = 0
    for group in groups(path, int(arguments.characters), int(arguments.skip)):
        if arguments.education and not about_education(group):
            continue
        article = article_of(group)
        syllables += sum(len(text.split()) for text in group)
        findings = [*banned_terms.run(article, banned_terms.options())]
        findings += injected_content.run(article, injected_content.options())
        worst = any(finding.severity == "error" for finding in findings)
        for key in ("all", "education") if about_education(group) else ("all",):
            blocked[key][0] += worst
            blocked[key][1] += 1
        for finding in findings:
            counts[str(finding.severity)] += 1
            counts[f"{finding.severity} {finding.rule.id}"] += 1
            if finding.severity == arguments.show:
                text, start = finding.subject.text, finding.start or 0  # type: ignore[attr-defined]
                around = text[max(start - 50, 0) : (finding.end or 0) + 50]
                shown.append(f"{finding.rule.id} {finding.facts.get('term', '')} | {around}")
    if arguments.sample:
        shown = random.Random(1).sample(shown, min(arguments.sample, len(shown)))
    print("\n".join(shown))
    for key, count in counts.most_common():
        print(f"{key:34} {count:7} {count / syllables * 1e6:8.2f} per million syllables")
    for key, (hits, total) in blocked.items():
        print(f"blocked, {key}: {hits} of {total} ({100 * hits / max(total, 1):.3f} %)")


if __name__ == "__main__":
    main()
