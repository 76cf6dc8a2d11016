"""Growth of cost: time for 2n over time for n, for texts that are hard on patterns.

    python -m bench.privacy.cost [--size 400000]

A ratio below 2.6 means near-linear.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

from qc.security.attachments._containers import walk
from qc.security.attachments._polyglots import second_types
from qc.security.attachments._types import detect
from qc.security.children._lists import find_lists
from qc.security.children._minors import named_minors
from qc.security.children.named_minor import sentences
from qc.security.personal._recognise import find_personal

UNITS = {
    "zeros": "0 ",
    "at-signs": "a@",
    "telephones": "+84 9 1 2 3 ",
    "one-word": "a",
    "marks": "e\u0301",
    "numbers": "0912345678 ",
    "births": "sinh ngày 1/2/2013 ",
    "addresses": "trú tại số 1, thôn 2, xã 3, ",
    "rows": "1 Nguyễn Văn An 1/2/2013 6A\n",
    "tags": "<a",
    "cells": "a|",
    "names": "Em An bị đánh. ",
    "prose": "Trường tổ chức lễ khai giảng năm học mới cho học sinh. ",
    "dots": "1.",
}
BYTES = {
    "png-signs": b"\x89PNG",
    "zip-ends": b"PK\x05\x06" + bytes(18),
    "pdf-heads": b"%PDF-1.4 ",
    "mz": b"MZ",
    "php": b"<?ph",
    "jpeg-markers": b"\xff\xfe\0\4ab",
    "riff": b"RIFF",
}
HEADS = {
    "jpeg": b"\xff\xd8",
    "gif": b"GIF89a" + bytes(7),
    "png": b"\x89PNG\r\n\x1a\n",
    "pdf": b"%PDF-1.4\n",
}


def main() -> None:
    """Print seconds for 2n and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=400_000)
    size = parser.parse_args().size
    for name, unit in UNITS.items():
        text = unit * (size // len(unit))
        for label, run in TEXT_RUNS.items():
            report(f"{label} {name}", lambda t=text, r=run: r(t), lambda t=text, r=run: r(t + t))
    for name, piece in BYTES.items():
        body = piece * (size // len(piece))
        for kind, head in HEADS.items():
            one, two = head + body, head + body + body
            report(f"files {kind} {name}", lambda d=one: _file(d), lambda d=two: _file(d))


def report(name: str, single: Callable[[], object], double: Callable[[], object]) -> None:
    first, second = _seconds(single), _seconds(double)
    ratio = second / first if first > 0.02 else 0.0
    print(f"{name:32} {second:7.2f} s  x {ratio:.2f}{'  TOO STEEP' if ratio > 2.6 else ''}")


def _seconds(run: Callable[[], object]) -> float:
    start = time.process_time()
    run()
    return time.process_time() - start


def _minors(text: str) -> int:
    return sum(len(list(named_minors(sentence[:3000]))) for _, sentence in sentences(text))


def _file(data: bytes) -> object:
    kind = detect(data)
    return second_types(kind, data, walk(kind, data))


TEXT_RUNS: dict[str, Callable[[str], object]] = {
    "personal": find_personal,
    "lists": lambda text: list(find_lists(text, 2026)),
    "minors": _minors,
}

if __name__ == "__main__":
    main()
