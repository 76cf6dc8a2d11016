"""docs/benchmarks.md, from the results of the last run of every part."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bench.suite.parts import PARTS

ROOT = Path(__file__).resolve().parents[2]
RESULTS = Path(__file__).with_name("results.json")
PAGE = ROOT / "docs" / "benchmarks.md"
HEAD = Path(__file__).with_name("page_head.md").read_text(encoding="utf-8")
RATIO_HEAD = (
    "| Đo gì / measured | Yêu cầu / asked | Đo được / found | Đạt / met | |\n"
    "|---|---|---|---|---|\n"
)
SCORE_HEAD = (
    "| Công cụ / system | Đúng / precision | Đủ / recall | Báo nhầm / false alarms | "
    "Ký tự mỗi giây CPU / characters a CPU second | |\n|---|---|---|---|---|---|\n"
)
MET = {True: "✓", False: "✗", None: "–"}


def page(results: dict[str, Any]) -> str:
    """The text of the page."""
    pieces = [HEAD]
    for name, part in PARTS.items():
        known = results["parts"].get(name)
        pieces.append(f"\n## {part.title}\n\n")
        if known is None:
            pieces.append("Chưa đo. / Not measured yet.\n")
            continue
        ratios = [row for row in known["results"] if row["row"] == "ratio"]
        scores = [row for row in known["results"] if row["row"] == "score"]
        if ratios:
            pieces.append(RATIO_HEAD + "".join(map(_ratio, ratios)))
        if scores:
            pieces.append(SCORE_HEAD + "".join(map(_score, scores)))
        pieces.append(f"\n{_made(known)}\n")
    return "".join(pieces)


def _ratio(row: dict[str, Any]) -> str:
    skipped = row["ratio"] is None
    found = "–" if skipped else f"{row['ratio']} {row['unit']}"
    return f"| {row['name']} | {row['asked']} | {found} | {MET[row['met']]} | {row['note']} |\n"


def _score(row: dict[str, Any]) -> str:
    shares = ["–" if row[name] is None else f"{row[name]:.3f}" for name in ("precision", "recall")]
    speed = "–" if row["speed"] is None else f"{row['speed']:,.0f}"
    cells = [row["name"], *shares, row["alarms"] or "–", speed, row["note"]]
    return f"| {' | '.join(cells)} |\n"


def _made(known: dict[str, Any]) -> str:
    about = known["environment"]
    kernel = "có / yes" if about["kernel"] else "không / no"
    used = {**about["packages"], **about["peers"]}
    versions = ", ".join(f"{name} {version}" for name, version in used.items() if version != "none")
    words = [
        f"{known['date']}, Python {about['python']}, {about['processor']} "
        f"({about['machine']}, {about['processors']})",
        f"tải / load {about['load']}",
        f"nhân biên dịch / compiled kernel: {kernel}",
        f"qc `{known['tool'][:12]}`",
    ]
    if known["inputs"]:
        words.append(", ".join(f"{name} `{mark}`" for name, mark in known["inputs"].items()))
    return f"<small>{'; '.join(words)}. {versions}.</small>"
