"""Run the suite, write the results as JSON and the table of docs/benchmarks.md.

python -m bench.suite [--articles 40] [--no-media] [--out bench/results]
"""

from __future__ import annotations

import argparse
import importlib.metadata
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from bench.startup import SAMPLE
from bench.suite.inputs import articles, digest
from bench.suite.measure import Result, compare, peak_mb, run

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = "numpy opencv-python pillow ahocorasick-rs underthesea spacy lxml".split()
PAGE = ROOT / "docs" / "benchmarks.md"
PAGE_HEAD = """# Đo tốc độ / Benchmarks

Bảng này do `make bench` viết ra từ lần chạy gần nhất.
*This table is written by `make bench` from the last run.*

Mọi số là tỉ số trong cùng một lần chạy, A-B-A-B, trung vị của ít nhất 7 vòng, theo thời gian CPU;
máy khác cho số tuyệt đối khác. *All figures are ratios of CPU time inside one run, in turns, median
of seven rounds or more (three for hostile texts). Inputs are drawn from a seed
(`bench/suite/inputs.py`); peers that are not installed are skipped and said so.*

"""


def cold() -> Iterator[Result]:
    """A cold `qc check FILE` beside `python -c pass`, byte code and cache warm; and its memory."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PYTHONPYCACHEPREFIX"] = folder
        os.environ["QC_CACHE"] = str(Path(folder) / "qc")
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        check = [sys.executable, "-m", "qc", "check", str(SAMPLE), "-f", "json"]
        yield compare(
            "cold qc check FILE.md, python -c pass = 1",
            "≤ 10",
            lambda: run(check, cwd=ROOT),
            lambda: run([sys.executable, "-c", "pass"]),
            faster=False,
            limit=10,
            rounds=11,
        )
        memory = peak_mb([*check])
        yield Result("peak memory of that process", "≤ 60", round(memory), "MB", memory <= 60)
        os.environ.pop("PYTHONPYCACHEPREFIX")
        os.environ.pop("QC_CACHE")


def environment() -> dict[str, object]:
    """What the figures were measured with."""
    versions = {}
    for name in PACKAGES:
        try:
            versions[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            versions[name] = "none"
    return {
        "date": datetime.now(UTC).strftime("%Y-%m-%d"),
        "python": platform.python_version(),
        "machine": platform.machine(),
        "processors": os.cpu_count(),
        "load": round(os.getloadavg()[0], 1),
        "kernel": _has_kernel(),
        "packages": versions,
        "programs": [n for n in ("hunspell", "exiftool", "mediainfo", "node") if shutil.which(n)],
    }


def _has_kernel() -> bool:
    try:
        import qc.text.spelling._kernel  # noqa: F401
    except ImportError:
        return False
    return True


def page(about: dict[str, object], results: list[dict[str, object]]) -> str:
    """docs/benchmarks.md."""
    lines = [PAGE_HEAD]
    lines.append(
        "| Đo gì / measured | Yêu cầu / asked | Đo được / found | Đạt / met |\n|---|---|---|---|\n"
    )
    for each in results:
        ratio, unit = each["ratio"], each["unit"]
        found = f"{ratio} {unit}" if ratio is not None else str(each["note"])
        met = {True: "✓", False: "✗", None: "–"}[each["met"]]  # type: ignore[index]
        lines.append(f"| {each['name']} | {each['asked']} | {found} | {met} |\n")
    kernel = "có / yes" if about["kernel"] else "không / no"
    lines.append(
        f"\n{about['date']}, Python {about['python']} ({about['machine']}), "
        f"{about['processors']} bộ xử lý / processors, tải / load {about['load']}, "
        f"nhân biên dịch / compiled kernel: {kernel}.\n"
    )
    return "".join(lines)


def main() -> None:
    """Measure everything that can be measured here."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=40)
    parser.add_argument("--no-media", action="store_true")
    parser.add_argument("--out", type=Path, default=ROOT / "bench" / "results")
    asked = parser.parse_args()
    from bench.suite.text import measure as measure_text

    results = [*cold(), *measure_text(asked.articles)]
    if not asked.no_media:
        from bench.suite.media import measure as measure_media

        results += measure_media()
    rows = [each.data() for each in results]
    about = environment()
    data = {"inputs": digest(articles(asked.articles)), "environment": about, "results": rows}
    asked.out.mkdir(parents=True, exist_ok=True)
    path = asked.out / f"suite-{about['date']}.json"
    path.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    PAGE.write_text(page(about, rows), encoding="utf-8")
    print(f"{path}\n{PAGE}")


if __name__ == "__main__":
    main()
