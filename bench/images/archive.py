"""Recall of copies against an archive index, and false alarms among different photos.

    python -m bench.images.archive --data FOLDER [--bits 6]

Every photo of FOLDER is indexed; a copy is found where its own photo is among the matches. A
false alarm is a photo that matches another photo of the folder; pairs are named, as some
folders hold one scene twice.
"""

from __future__ import annotations

import argparse
import os
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from time import perf_counter
from typing import Any

import cv2

from bench.images.defects import saved
from bench.images.quality import photos
from qc.core.article import Image
from qc.core.blob import Blob
from qc.media._pixels import Pixels, pixels_of
from qc.media.archive import matches, write_archive


def resized(picture: Any, dice: Random) -> Any:
    """Half to two thirds of the size."""
    factor = dice.uniform(0.4, 0.66)
    return cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)


def crop(picture: Any, dice: Random) -> Any:
    """Cut by 5 percent of each length in all, at a random place."""
    height, width = picture.shape[:2]
    top, left = round(height * 0.05 * dice.random()), round(width * 0.05 * dice.random())
    return picture[top : top + round(height * 0.95), left : left + round(width * 0.95)]


def border(picture: Any, dice: Random) -> Any:
    """A frame of 4 percent in white, black or gray."""
    depth = round(min(picture.shape[:2]) * 0.04)
    level = dice.choice((0, 128, 255))
    return cv2.copyMakeBorder(picture, *(depth,) * 4, cv2.BORDER_CONSTANT, value=(level,) * 3)


COPIES: dict[str, Callable[[Any, Random], bytes]] = {
    "same picture": lambda picture, dice: saved(picture, 90),
    "resized .4-.66": lambda picture, dice: saved(resized(picture, dice)),
    "JPEG quality 40": lambda picture, dice: saved(picture, 40),
    "brightness x 1.25": lambda picture, dice: saved(cv2.convertScaleAbs(picture, alpha=1.25)),
    "brightness x .7": lambda picture, dice: saved(cv2.convertScaleAbs(picture, alpha=0.7)),
    "5 % crop": lambda picture, dice: saved(crop(picture, dice)),
    "4 % border": lambda picture, dice: saved(border(picture, dice)),
    "mirror": lambda picture, dice: saved(cv2.flip(picture, 1)),
    "mirror, resized, q 40": lambda picture, dice: saved(cv2.flip(resized(picture, dice), 1), 40),
}


def measured(data: bytes) -> Pixels:
    """The pixels of a picture that is known to be readable."""
    pixels = pixels_of(Image(path="photo.jpg", blob=Blob(data=data)))
    assert pixels is not None
    return pixels


def main() -> None:
    """Print a table for people."""
    parser = argparse.ArgumentParser(description=__doc__)
    data = os.environ.get("QC_DATA")
    default = Path(data) / "media/photos" if data else None
    parser.add_argument("--data", type=Path, default=default, required=default is None)
    parser.add_argument("--bits", type=int, default=6)
    args = parser.parse_args()
    paths = [path for path in photos(args.data) if cv2.imread(str(path)) is not None]
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder) / "index.sqlite"
        files = [(str(path), Image(path=str(path), blob=Blob(path=path))) for path in paths]
        print("indexed, left out:", write_archive(index, files), index.stat().st_size, "bytes")
        hits = dict.fromkeys(COPIES, 0)
        alarms = 0
        spent = 0.0
        for path in paths:
            picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
            for name, change in COPIES.items():
                pixels = measured(change(picture, Random(f"{path.name} {name}")))
                began = perf_counter()
                found = {match.path for match in matches(index, pixels, args.bits)}
                spent += perf_counter() - began
                hits[name] += str(path) in found
                others = found - {str(path)}
                if name == "same picture" and others:
                    alarms += 1
                    print("also like", path.name, sorted(Path(other).name for other in others))
        for name, number in hits.items():
            print(f"recall {name:24} {number / len(paths):.3f}")
        print(f"photos like another photo: {alarms} of {len(paths)}")
        print(f"one look-up: {1000 * spent / len(paths) / len(COPIES):.1f} ms")


if __name__ == "__main__":
    main()
