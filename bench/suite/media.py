"""Pictures: all image checks beside the entropy floor of the file, CleanVision and exiftool."""

from __future__ import annotations

import hashlib
import shutil
import statistics
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image as Pil

from bench.images.cleanvision import inspect_folder
from bench.images.speed import image_checks, inspect
from bench.suite.measure import Asked, Result, compare, in_turns, run, skipped
from qc.media._examples import encode, scene
from qc.media._header.read import read_header
from qc.media._metadata.record import read_metadata


def picture(megapixels: float) -> Pil.Image:
    """A drawn photo of about this many megapixels."""
    width = round((megapixels * 1e6 * 4 / 3) ** 0.5)
    return scene(1000, 750).resize((width, round(width * 3 / 4)), Pil.Resampling.BICUBIC)


def measure(asked: Asked) -> Iterator[Result]:
    """All comparisons of pictures."""
    import cv2
    import numpy as np

    checks = image_checks()
    for megapixels in (1, 4) if asked.quick else (1, 4, 12):
        large = picture(megapixels)
        forms = [("baseline", encode(large)), ("progressive", encode(large, progressive=True))]
        for form, data in forms:
            raw = np.frombuffer(data, np.uint8)
            yield compare(
                f"all image checks, {megapixels} MP {form} JPEG, decode at 1/8 = 1",
                "≤ 1.15",
                lambda data=data: inspect(data, checks),
                lambda raw=raw: cv2.imdecode(raw, cv2.IMREAD_REDUCED_GRAYSCALE_8),
                faster=False,
                limit=1.15,
                rounds=asked.rounds,
            )
    for form in ("PNG", "WEBP"):
        data = encode(picture(4), format=form)
        raw = np.frombuffer(data, np.uint8)
        yield compare(
            f"all image checks, 4 MP {form}, decode in colour = 1",
            "≤ 1.5",
            lambda data=data: inspect(data, checks),
            lambda raw=raw: cv2.imdecode(raw, cv2.IMREAD_COLOR),
            faster=False,
            limit=1.5,
            rounds=asked.rounds,
        )
    yield from _peers(encode(picture(1)), checks)


def inputs() -> str:
    """Names the pictures in the results."""
    return hashlib.sha256(encode(picture(1))).hexdigest()[:16]


def _peers(data: bytes, checks: list[object]) -> Iterator[Result]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for index in range(20):
            (folder / f"{index}.jpg").write_bytes(data)
        yield _cleanvision(folder, data, checks)
        files = [str(path) for path in sorted(folder.iterdir())]
        for program in ("exiftool", "mediainfo"):
            title = f"header and metadata, times faster than {program}"
            if shutil.which(program) is None:
                yield skipped(title, "≥ 1", f"{program} is not installed")
                continue
            yield compare(
                title,
                "≥ 1",
                lambda: [read_metadata(read_header(data)) for _ in range(200)],
                lambda p=program: run([p, *files]),
                shares=(1 / 200, 1 / 20),
                faster=True,
                limit=1,
            )


def _cleanvision(folder: Path, data: bytes, checks: list[object]) -> Result:
    """CleanVision counts its own CPU in its own environment, without its start-up."""
    title, asked = "times faster than CleanVision, 1 MP JPEG", "≥ 15"
    answers = [inspect_folder(folder) for _ in range(3)]
    theirs = [answer.cpu_s / 20 for answer in answers if answer is not None]
    if len(theirs) < 3:
        return skipped(title, asked, "cleanvision is not installed (bench/suite/install.sh)")
    runs = in_turns({"ours": lambda: [inspect(data, checks) for _ in range(20)]})["ours"]
    ours = statistics.median(cpu / 20 for cpu, _ in runs)
    ratio = statistics.median(theirs) / ours
    print(f"{title}: {ratio:.2f} (asked {asked})", flush=True)
    result = Result(title, asked, round(ratio, 2), met=ratio >= 15)
    result.cpu_s = {"ours": ours, "theirs": statistics.median(theirs)}
    return result
