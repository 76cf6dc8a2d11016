"""Cost: time of each check on hostile input of n and 2n characters, in one process.

    python -m bench.markup.cost [--size 2500000] [--check ID]
Prints the ratio time(2n) / time(n); near-linear is below 2.6. Ratios of runs below 50 ms say
nothing and are left out of the maximum.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable
from datetime import date

from qc.core.article import Article
from qc.core.discover import discover
from qc.core.errors import QcError
from qc.core.rule import AnyCheck
from qc.documents.load import Source, load
from qc.security.markup._tree import tree_of

FAMILIES = ("markup-", "hidden-", "link-", "secret-", "file-svg-")
INPUTS: dict[str, Callable[[int], str]] = {
    "paragraphs": lambda n: "<p>Xin chào các em học sinh lớp 5A của trường ta.</p>" * (n // 53),
    "links": lambda n: "".join(
        f'<a href="https://a{i}.vn/x?y={i}">tin {i}</a> ' for i in range(n // 45)
    ),
    "nested div": lambda n: "<div>" * (n // 5),
    "nested b": lambda n: "<b>" * (n // 3),
    "nested table": lambda n: "<table><tr><td>" * (n // 15),
    "nested svg": lambda n: "<svg>" * (n // 5),
    "a<": lambda n: "<a<" * (n // 3),
    "attributes": lambda n: "<a " + " ".join(f"x{i}=1" for i in range(n // 8)) + ">",
    "data url": lambda n: f'<img src="data:image/png;base64,{"A" * n}">',
    "inline styles": lambda n: '<p style="color:#fff;left:-1px;width:10%">a b</p>' * (n // 50),
    "long style": lambda n: f'<p style="{"color:red;" * (n // 10)}">a</p>',
    "style spaces": lambda n: f'<p style="background:url({" " * n}">a</p>',
    "style translate": lambda n: f'<p style="transform:{"translate(" * (n // 10)}">a</p>',
    "sheet": lambda n: "<style>" + ".a .b>p{display:none}" * (n // 21) + "</style><p>a</p>",
    "sheet media": lambda n: "<style>" + "@media x{" * (n // 9) + "</style><p>a</p>",
    "sheet selectors": lambda n: "<style>" + "a>" * (n // 2) + "{display:none}</style><a>a</a>",
    "sheet parens": lambda n: "<style>" + ":not(" * (n // 5) + "{display:none}</style><a>a</a>",
    "sheet url(": lambda n: "<style>" + "url( " * (n // 5) + "</style>",
    "comments": lambda n: "<!--" * (n // 4),
    "braces": lambda n: "<p>" + "{{" * (n // 2),
    "asp": lambda n: "<p>" + "<%=a " * (n // 5),
    "stray": lambda n: "<p>" + "< &amp; " * (n // 8),
    "bogus": lambda n: "<p>" + "<!a>" * (n // 4),
    "php": lambda n: "<?php " * (n // 6),
    "one word": lambda n: "<p>" + "a" * n,
    "a@": lambda n: "<p>" + "a@" * (n // 2),
    "dots": lambda n: "<p>" + "a." * (n // 2),
    "cues": lambda n: "<p>" + "mật khẩu là " * (n // 12),
    "cue spaces": lambda n: "<p>mật khẩu" + " " * n,
    "marks": lambda n: "<p>" + "e\u0301" * (n // 2),
    "amp": lambda n: "<p>" + "&amp;lt;" * (n // 8),
    "hidden links": lambda n: '<b hidden>a<a href="//x.y">x</a></b>' * (n // 37),
    "unclosed quotes": lambda n: '<a title="' * (n // 10),
    "srcdoc": lambda n: '<iframe srcdoc="' + "&lt;p&gt;" * (n // 9) + '">',
    "href junk": lambda n: f'<a href="{"j&#10;" * (n // 6)}">x</a>',
    "long host": lambda n: f'<a href="https://{"a." * (n // 2)}com">x</a>',
    "long query": lambda n: f'<a href="https://a.vn/?{"a=b&" * (n // 4)}">x</a>',
    "handlers": lambda n: '<i onclick="a()">x</i>' * (n // 22),
}


def costs(text: str, wanted: str) -> dict[str, float]:
    """CPU seconds of parsing and of each check on one article of this text."""
    article = load(Source(name="a.html", data=text.encode()), date(2026, 1, 1))
    found: dict[str, float] = {}
    start = time.process_time()
    for markup in article.markups:
        tree_of(markup)
    found["parse"] = time.process_time() - start
    for check in discover():
        owned = any(rule.id.startswith(FAMILIES) and not rule.opt_in for rule in check.rules)
        if not check.module.startswith("qc.security") or not owned:
            continue
        if wanted in ("", check.id):
            found[check.id] = _timed(check, article)
    return found


def _timed(check: AnyCheck, article: Article) -> float:
    start = time.process_time()
    for subject in article.subjects(check.subject):
        try:
            for _ in check.run(subject, check.options()):
                pass
        except QcError:
            pass
    return time.process_time() - start


def main() -> None:
    """Print the slowest inputs and the largest ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=2_500_000)
    parser.add_argument("--check", default="")
    parser.add_argument("--input", default="")
    arguments = parser.parse_args()
    worst = slowest = 0.0
    for name, make in INPUTS.items():
        if arguments.input not in ("", name):
            continue
        once = costs(make(arguments.size), arguments.check)
        twice = costs(make(2 * arguments.size), arguments.check)
        total = sum(twice.values())
        slowest = max(slowest, total)
        print(f"{name:16} all checks {sum(once.values()):6.2f} s {total:6.2f} s", flush=True)
        for check, seconds in twice.items():
            if seconds < 0.1 or once[check] < 0.04:
                continue
            ratio = seconds / once[check]
            worst = max(worst, ratio)
            if ratio > 2.2 or seconds > 1:
                print(
                    f"  {check:20} {once[check]:6.2f} s {seconds:6.2f} s  x{ratio:.2f}", flush=True
                )
    print(f"largest ratio {worst:.2f}, slowest input {slowest:.1f} s")


if __name__ == "__main__":
    main()
