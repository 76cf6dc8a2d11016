"""Recall and false alarms of the markup, hidden and link rules.

    python -m bench.markup.measure --data DIR [--browser] [--articles 600]
Without --browser the payloads are counted by the list of those that ran in Chromium
(executing.json beside this file, written with --browser).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import re
from collections import Counter
from datetime import date
from pathlib import Path

from bench.markup.benign import articles
from bench.markup.hard_negatives import HARD_NEGATIVES
from bench.markup.payloads import compositions, payloads
from bench.markup.spam import spam_articles
from qc.core.article import Markup
from qc.core.discover import discover
from qc.core.errors import QcError
from qc.core.rule import Severity
from qc.documents.load import Source, load

FAMILIES = ("markup-", "hidden-", "link-", "secret-")
_KEPT = Path(__file__).with_name("executing.json")


def found(text: str) -> dict[str, Severity]:
    """The rules a draft breaks, each with its worst severity."""
    article = load(Source(name="a.html", data=text.encode("utf-8", "replace")), date(2026, 1, 1))
    worst: dict[str, Severity] = {}
    for check in discover():
        if not any(rule.id.startswith(FAMILIES) and not rule.opt_in for rule in check.rules):
            continue
        if not check.module.startswith("qc.security"):
            continue
        for subject in article.subjects(check.subject):
            try:
                for each in check.run(subject, check.options()):
                    known = worst.get(each.rule.id, Severity.INFO)
                    worst[each.rule.id] = max(known, each.severity, key=lambda one: one.rank)
            except QcError:
                worst[check.id + " unavailable"] = Severity.WARNING
    return worst


def blocking(text: str, prefix: str = "") -> set[str]:
    """The rules with an error."""
    return {
        rule
        for rule, severity in found(text).items()
        if severity is Severity.ERROR and rule.startswith(prefix)
    }


def stops(html: str) -> set[str]:
    """The markup rules with an error; without a loader, which refuses NUL bytes."""
    markup = Markup(text=html)
    return {
        each.rule.id
        for check in discover()
        if check.subject is Markup and check.module.startswith("qc.security.markup")
        for each in check.run(markup, check.options())
        if each.severity is Severity.ERROR and each.rule.id != "markup-depth"
    }


def paragraphs(data: Path, count: int) -> list[list[str]]:
    """Lists of four paragraphs of news, in the order of the corpus."""
    texts: list[str] = []
    with lzma.open(data / "corpus" / "news_vntc.txt.xz", "rt", encoding="utf-8") as lines:
        for line in map(str.strip, lines):
            if 80 < len(line) < 900:
                texts.append(line)
                if len(texts) == 4 * count:
                    break
    return [texts[at : at + 4] for at in range(0, len(texts), 4)]


def _compositions(count: int) -> None:
    """Payloads made at random now, judged by the browser; and their safe copies."""
    from bench.markup.browser import executing
    from qc.security.sanitize import safe_copy

    made = compositions(count)
    ran = sorted(executing(made))
    missed = [made[number] for number in ran if not stops(made[number])]
    copies = [safe_copy(made[number], hosts=("youtube.com",)).html for number in ran]
    print(f"compositions: {count}, ran {len(ran)}, missed {len(missed)} {missed[:3]}")
    print(f"  safe copies that ran: {len(executing(copies))} of {len(copies)}")


def _folder(folder: Path) -> None:
    """Clean HTML of others, for instance the block patterns of WordPress themes (PHP cut out)."""
    count = 0
    wrong: dict[str, list[str]] = {}
    for path in sorted([*folder.rglob("*.html"), *folder.rglob("*.php")]):
        text = path.read_text("utf-8", "replace")
        pattern = re.search(r"'content'\s*=>\s*'(.*)',?\n\)", text, re.DOTALL)
        text = re.sub(r"'\s*\..*?\.\s*'", "x", pattern[1]) if pattern else text
        text = re.sub(r"<\?php.*?(?:\?>|\Z)", " chữ ", text, flags=re.DOTALL).strip()
        if "<" not in text or len(text) < 100:
            continue
        count += 1
        bad = [rule for rule, worst in found(text).items() if worst is not Severity.INFO]
        if bad:
            wrong[path.name] = bad
    print(f"folder: {count} files, flagged {len(wrong)} {wrong}")


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=os.environ.get("QC_DATA", ""))
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--browser", action="store_true")
    parser.add_argument(
        "--compositions", type=int, default=0, help="random mutations to run in the browser"
    )
    parser.add_argument("--html", default="", help="a folder of clean HTML or theme patterns")
    arguments = parser.parse_args()
    if arguments.browser:
        from bench.markup.browser import executing

        ran = executing([html for _, html in payloads()])
        _KEPT.write_text(json.dumps(sorted(payloads()[number][0] for number in ran)) + "\n")
    if arguments.compositions:
        _compositions(arguments.compositions)
    if _KEPT.exists():
        names = set(json.loads(_KEPT.read_text()))
        ran_too = [(name, html) for name, html in payloads() if name in names]
        missed = [name for name, html in ran_too if not stops(html)]
        print(f"payloads that run: {len(ran_too)}, missed {len(missed)} {missed[:10]}")
    wrong = {name: blocking(html) for name, html in HARD_NEGATIVES}
    wrong = {name: rules for name, rules in wrong.items() if rules}
    print(f"hard negatives: {len(HARD_NEGATIVES)}, blocked {len(wrong)} {wrong}")
    spam = spam_articles()
    lost = [
        name for name, html in spam if not blocking("<h1>Tin</h1><p>Bài.</p>" + html, "hidden-")
    ]
    flagged = [
        n for n, html in spam if any(r.startswith("hidden-") for r in found("<p>a</p>" + html))
    ]
    print(f"hidden spam: {len(spam)}, blocked {len(spam) - len(lost)}, flagged {len(flagged)}")
    print("  not blocked:", Counter(lost).most_common(12))
    if arguments.html:
        _folder(Path(arguments.html))
    if arguments.data:
        benign = articles(paragraphs(Path(arguments.data), arguments.articles))
        results = [(name, found(html)) for name, html in benign]
        blocked = [name for name, rules in results if Severity.ERROR in rules.values()]
        hidden = [name for name, rules in results if any(r.startswith("hidden-") for r in rules)]
        review = Counter(
            r for _, rules in results for r, s in rules.items() if s is Severity.WARNING
        )
        print(f"benign articles: {len(benign)}, blocked {len(blocked)} {blocked[:10]}")
        print(f"  hidden-* flagged {len(hidden)} {hidden[:5]}; warnings by rule {dict(review)}")


if __name__ == "__main__":
    main()
