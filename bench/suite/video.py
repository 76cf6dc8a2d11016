"""Clips: the video checks beside ffmpeg's own decode of the same file."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from bench.suite.measure import Asked, Result, compare, run, skipped, tree_peak_mb
from bench.video.measure import inspect

LENGTH_S = 20.0
SCENE = "testsrc2=s=1920x1080:r=25,noise=alls=6:allf=t"
SOUND = "anoisesrc=c=pink:a=0.2:r=48000,aformat=cl=stereo"
MODES = (("default", "≤ 0.33", 0.33), ("thorough", "≤ 1.6", 1.6))
"""A third of a decode is 40 × real time where ffmpeg decodes at 13 ×."""

ONCE = "import sys, pathlib; from bench.video.measure import inspect; "
ONCE += "inspect(pathlib.Path(sys.argv[1]), thorough=sys.argv[2] == 'thorough')"


def measure(asked: Asked) -> Iterator[Result]:
    """Both analyses of a 1080p H.264 clip with sound, as a ratio to the pure decode."""
    if shutil.which("ffmpeg") is None:
        for mode, said, _ in MODES:
            yield skipped(_name(mode), said, "ffmpeg is not installed")
        return
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        length_s = LENGTH_S / 4 if asked.quick else LENGTH_S
        clip = _drawn(folder / "clip.mp4", length_s)
        decode = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", str(clip)]
        decode += ["-an", "-f", "null", "-"]
        numbers = count()

        def analyse(*, thorough: bool) -> None:
            copy = folder / f"{next(numbers)}.mp4"  # a file that nothing is known of
            copy.hardlink_to(clip)
            inspect(copy, thorough=thorough)

        for mode, said, limit in MODES:
            result = compare(
                _name(mode),
                said,
                lambda mode=mode: analyse(thorough=mode == "thorough"),
                lambda: run(decode),
                faster=False,
                limit=limit,
                rounds=3,
            )
            result.note = f"{length_s / result.cpu_s['ours']:.0f} × real time, 1080p H.264"
            yield result
            memory = round(tree_peak_mb([sys.executable, "-c", ONCE, str(clip), mode]))
            name = f"resident memory of the video checks, {mode}, all processes"
            yield Result(name, "≤ 150", memory, "MB", memory <= 150)


def _name(mode: str) -> str:
    return f"video checks, {mode}, ffmpeg decode on one thread = 1"


def _drawn(path: Path, length_s: float) -> Path:
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", SCENE, "-f", "lavfi"]
    command += ["-i", SOUND, "-t", str(length_s), "-c:v", "libx264", "-preset", "veryfast"]
    command += ["-b:v", "5M", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    run([*command, "-movflags", "+faststart", str(path)])
    return path
