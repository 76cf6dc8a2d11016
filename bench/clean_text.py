"""False alarms on clean text: every rule over news, encyclopaedia and law paragraphs.

    python -m bench.clean_text --data DIR [--articles 200] [--write docs/clean-text.tsv]

Articles are made of whole paragraphs of the corpora; every finding at warning or above on them is
counted by rule, with an example, so that each can be looked at. The pages of the rules quote the
table that --write makes: of each rule, articles with a finding and findings, by corpus. Published
text is not free of mistakes: a finding here is rare, not always wrong.
"""

from __future__ import annotations

import argparse
import lzma
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from qc.documents.load import Source
from qc.pipeline import inspect
from qc.policy.load import load_policy

CORPORA = ("news_vntc", "wikipedia", "law")
HEAD = """---
tiêu đề: Nhà trường tổ chức sinh hoạt chuyên môn
sapo: >-
  Trong tuần này nhà trường tổ chức sinh hoạt chuyên môn theo chủ đề, với sự tham gia của toàn thể
  giáo viên các tổ.
tác giả: Ban biên tập
chuyên mục: Tin tức
loại bài: thông báo
ngày đăng: 15/03/2024
người duyệt: Lê Văn Cường
---

"""


def main() -> None:
    """Print one line per corpus and rule."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--skip", type=int, default=20_000, help="paragraphs to skip first")
    parser.add_argument("--write", type=Path, help="write the table that rule pages quote")
    arguments = parser.parse_args()
    policy = load_policy()
    table: dict[str, dict[str, tuple[int, int]]] = defaultdict(dict)
    for name in CORPORA:
        path = arguments.data / "corpus" / f"{name}.txt.xz"
        rules: Counter[tuple[str, str]] = Counter()
        verdicts: Counter[str] = Counter()
        examples: dict[str, list[str]] = defaultdict(list)
        hit: Counter[str] = Counter()
        syllables = 0
        for number, text in enumerate(_articles(path, arguments.articles, arguments.skip)):
            syllables += len(text.split())
            source = Source(f"{name}-{number}.md", data=(HEAD + text).encode(), format="markdown")
            report = inspect(source, policy, today=date(2026, 11, 24))
            verdicts[report.verdict] += 1
            hit.update({finding.rule for finding in report.findings})
            for finding in report.findings:
                rules[finding.severity, finding.rule] += 1
                excerpt = getattr(finding.location, "excerpt", "")[:60]
                if len(examples[finding.rule]) < 4:
                    examples[finding.rule].append(excerpt)
        print(f"== {name}: {arguments.articles} articles, {syllables} syllables, {dict(verdicts)}")
        for (severity, rule), count in sorted(rules.items()):
            rate = 1e6 * count / syllables
            shown = examples[rule]
            print(f"{count:6} {rate:8.0f}/M {severity:8} {rule:36} {shown}")
        for rule in hit:
            found = sum(count for (_, each), count in rules.items() if each == rule)
            table[rule][name] = (hit[rule], found)
    if arguments.write is not None:
        _write(arguments.write, table, arguments.articles)


def _write(path: Path, table: dict[str, dict[str, tuple[int, int]]], articles: int) -> None:
    """Per rule and corpus: articles with a finding, findings; a first line with the sizes."""
    lines = [f"# {articles} articles of about 2.4 kB of each corpus; python -m bench.clean_text"]
    lines.append("rule\t" + "\t".join(f"{name}_articles\t{name}_findings" for name in CORPORA))
    for rule in sorted(table):
        cells = [str(n) for name in CORPORA for n in table[rule].get(name, (0, 0))]
        lines.append("\t".join([rule, *cells]))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _articles(path: Path, count: int, skip: int) -> list[str]:
    """Articles of about 3 KB, made of whole paragraphs."""
    articles: list[str] = []
    paragraphs: list[str] = []
    size = 0
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number < skip and "law" not in path.name:
                continue
            text = line.strip()
            if len(text) < 40 or text[0] in "#>-*|<":
                continue
            paragraphs.append(text)
            size += len(text)
            if size > 2400:
                articles.append("\n\n".join(paragraphs))
                paragraphs, size = [], 0
                if len(articles) >= count:
                    break
    return articles


if __name__ == "__main__":
    main()
