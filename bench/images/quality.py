"""Precision and recall of the pixel rules on real photos with seeded defects.

    python -m bench.images.quality --data FOLDER [--every 2 --from 1] [--list] [--peer]

FOLDER holds clean camera photos; they are read, never copied. `--every` and `--from` take a part
of them (sorted by name), so that limits can be set on one part and reported on the other.
Precision of a rule counts what it says of the clean photos as wrong. `--peer` gives the same files
to CleanVision (bench/suite/install.sh) and prints what it finds.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections import Counter
from pathlib import Path
from random import Random

import cv2

from bench.images.cleanvision import NAMES, inspect_folder, issue_of
from bench.images.defects import DEFECTS, saved
from qc.core.article import Article, Image
from qc.core.blob import Blob
from qc.core.discover import discover
from qc.core.errors import Unavailable

PIXEL_CHECKS = ("blurred", "exposure", "texture", "framing", "upscaled")
SUFFIXES = frozenset((".jpg", ".jpeg", ".png", ".webp"))
SMALLEST_PX = 450


def photos(folder: Path) -> list[Path]:
    """The photos of a folder, by name."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def raised(data: bytes) -> dict[str, str]:
    """Rules that the pixel checks find broken, with their severity."""
    image = Image(path="photo.jpg", blob=Blob(data=data))
    article = Article(source="", format="markdown", digest="", images=(image,))
    found: dict[str, str] = {}
    for check in discover():
        if check.id in PIXEL_CHECKS:
            subject = image if check.subject is Image else article
            try:
                for finding in check.run(subject, check.options()):
                    found[finding.rule.id] = finding.severity.value
            except Unavailable:
                found["unavailable"] = "error"
    return found


def peer(paths: list[Path]) -> None:
    """Print what qc and CleanVision find in the same files, for the defects both look for."""
    shared = {name: made for name, made in DEFECTS.items() if issue_of(name)}
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        ours: dict[str, set[str]] = {}
        for number, path in enumerate(paths):
            picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
            if picture is None or max(picture.shape[:2]) < SMALLEST_PX:
                continue
            files = {f"{number}-clean": saved(picture, 90)}
            for index, (name, (make, _)) in enumerate(shared.items()):
                files[f"{number}-{index}"] = make(picture, Random(f"{path.name} {name}"))
            for name, data in files.items():
                (folder / f"{name}.jpg").write_bytes(data)
                ours[f"{name}.jpg"] = {r for r, level in raised(data).items() if level != "info"}
        answer = inspect_folder(folder)
    if answer is None:
        print("CleanVision is not installed (bench/suite/install.sh)")
        return
    about_pixels = set(NAMES.values())
    clean = [name for name in ours if name.endswith("-clean.jpg")]
    qc_alarms = sum(bool(ours[name]) for name in clean)
    alarms = sum(bool(about_pixels & set(answer.found[name])) for name in clean)
    print(f"{len(clean)} clean photos flagged: qc {qc_alarms}, CleanVision {alarms}")
    for index, (name, (_, expected)) in enumerate(shared.items()):
        of_kind = [each for each in ours if each.endswith(f"-{index}.jpg")]
        found = sum(bool(expected & ours[each]) for each in of_kind) / len(of_kind)
        theirs = sum(issue_of(name) in answer.found[each] for each in of_kind) / len(of_kind)
        print(f"recall {name:24} qc {found:.3f}  CleanVision {theirs:.3f}")


def main() -> None:
    """Print a table for people."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("QC_DATA")
    default = Path(data) / "media/photos" if data else None
    parser.add_argument("--data", type=Path, default=default, required=default is None)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--from", type=int, default=0, dest="first")
    parser.add_argument("--list", action="store_true", help="name the flagged clean photos")
    parser.add_argument("--peer", action="store_true", help="also ask CleanVision")
    args = parser.parse_args()
    if args.peer:
        peer(photos(args.data)[args.first :: args.every])
        return
    clean: Counter[str] = Counter()
    hits: dict[str, int] = Counter()
    right: Counter[str] = Counter()
    flagged = count = 0
    for path in photos(args.data)[args.first :: args.every]:
        picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
        if picture is None or max(picture.shape[:2]) < SMALLEST_PX:
            continue
        count += 1
        found = raised(saved(picture, 90))
        serious = [rule for rule, severity in found.items() if severity != "info"]
        flagged += bool(serious)
        clean.update(found.keys())
        if found and args.list:
            print("clean", path.name, found)
        for name, (make, expected) in DEFECTS.items():
            found = raised(make(picture, Random(f"{path.name} {name}")))
            hits[name] += bool(expected & found.keys())
            right.update(rule for rule in found if rule in expected)
    print(f"{count} clean photos, {flagged} with a warning or error ({flagged / count:.1%})")
    for rule, number in sorted(clean.items()):
        print(f"  clean photos with {rule}: {number}")
    for name in DEFECTS:
        print(f"recall {name:24} {hits[name] / count:.3f}")
    for rule in sorted(right):
        total = right[rule] + clean[rule]
        print(f"precision {rule:24} {right[rule] / total:.3f} (against clean photos)")


if __name__ == "__main__":
    main()
