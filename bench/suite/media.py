"""Pictures: all image checks beside the entropy floor of the file, CleanVision and exiftool."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image as Pil

from bench.images.speed import image_checks, inspect
from bench.suite.measure import Asked, Result, compare, run, skipped
from bench.suite.text import PEERS
from qc.media._examples import encode, scene
from qc.media._header.read import read_header
from qc.media._metadata.record import read_metadata

CLEANVISION = """
import sys, time
from cleanvision import Imagelab
lab = Imagelab(data_path=sys.argv[1])
begin = time.process_time()
lab.find_issues(n_jobs=1, verbose=False)
print(time.process_time() - begin)
"""


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
    python = PEERS / "venv" / "bin" / "python"
    command = [str(python), "-c", CLEANVISION, str(folder)]
    done = (
        subprocess.run(command, capture_output=True, text=True, check=False)
        if python.exists()
        else None
    )
    if done is None or done.returncode != 0:
        return skipped(title, asked, "cleanvision is not installed (bench/suite/install.sh)")
    told = [done.stdout, *(run(command).stdout.decode() for _ in range(2))]
    theirs = [float(each.split()[-1]) / 20 for each in told]
    result = compare(
        title, asked, lambda: [inspect(data, checks) for _ in range(20)], lambda: None,
        shares=(1 / 20, 1.0), faster=False, limit=1e9,
    )  # fmt: skip
    result.cpu_s["theirs"] = sorted(theirs)[1]
    result.ratio = round(sorted(theirs)[1] / result.cpu_s["ours"], 2)
    result.met = result.ratio >= 15
    sys.stdout.write(f"{title}: {result.ratio}\n")
    return result
