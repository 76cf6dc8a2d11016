"""Time of each report format against the time of the check, for one article with many findings.

    python -m bench.report [--findings 1000] [--repeats 7]

An article of seeded mistakes is checked and rendered, in turn; medians, and their ratio.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from io import StringIO
from statistics import median

from qc.documents.load import Source
from qc.pipeline import identity, inspect_with_article
from qc.policy.load import load_policy
from qc.rendering import rendering_of
from qc.report.console import print_reports
from qc.report.formats import RENDERERS, render

SENTENCES = (
    "Trường tổ chức tham quan và thăm quan khu di tích , các em rất vui.",
    "Nhà trường sẻ bổ xung sách cho thư viện trong học kỳ này.",
    "Công thông tin điện tử của trường đã đăng kế hoạch năm học.",
    "Học sinh được hướng dẫn cách phòng chống  đuối nước.",
    "Cô giáo chũ nhiệm đã nhắc nhỡ các em trao dồi kiến thức.",
)
HEAD = "---\ntiêu đề: Nhà trường tổ chức hoạt động trải nghiệm\ntác giả: Ban biên tập\n---\n\n"


def main() -> None:
    """Print a line per format."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--findings", type=int, default=1000)
    parser.add_argument("--repeats", type=int, default=7)
    arguments = parser.parse_args()
    policy, today = load_policy(), date(2026, 11, 25)
    count = 10
    while True:
        text = HEAD + "\n\n".join(SENTENCES[n % len(SENTENCES)] for n in range(count))
        source = Source("bai.md", data=text.encode(), format="markdown")
        report, article = inspect_with_article(source, policy, today=today)
        if len(report.findings) >= arguments.findings:
            break
        count = round(count * 1.02 * arguments.findings / max(len(report.findings), 1)) + 1
    times: dict[str, list[float]] = {}
    for _ in range(arguments.repeats):
        start = time.perf_counter()
        report, article = inspect_with_article(source, policy, today=today)
        times.setdefault("check", []).append(time.perf_counter() - start)
        for name in ("text", *RENDERERS):
            start = time.perf_counter()
            if name == "text":
                print_reports([report], StringIO(), "vi")
            else:
                rendering = rendering_of(
                    [(report, article)], identity(policy), exit_code=1, lang="vi"
                )
                render(name, rendering)
            times.setdefault(name, []).append(time.perf_counter() - start)
    whole = median(times["check"])
    print(f"{len(report.findings)} findings, {len(text)} characters: check {1000 * whole:.0f} ms")
    for name, taken in times.items():
        if name != "check":
            print(f"{name:8} {1000 * median(taken):7.1f} ms {100 * median(taken) / whole:6.1f} %")


if __name__ == "__main__":
    main()
