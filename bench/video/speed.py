"""Speed of the video checks against ffmpeg's own decode, in one run, as processor time.

    python -m bench.video.speed [--length 60] [--clip FILE]

Draws a 1080p H.264 clip with sound (or takes yours) and prints processor seconds of the pure
decode, of the default and of the thorough analysis, their ratios, and the largest resident
memory of a child process.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from bench.video.measure import inspect

SCENE = "testsrc2=s=1920x1080:r=25,noise=alls=6:allf=t"
SOUND = "anoisesrc=c=pink:a=0.2:r=48000,aformat=cl=stereo"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--length", type=float, default=60.0)
    parser.add_argument("--clip", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        clip = arguments.clip or _draw(Path(folder) / "clip.mp4", arguments.length)
        inspect(clip)  # imports and caches are warm
        decode = ["ffmpeg", "-v", "error", "-nostdin", "-threads", "1", "-i", str(clip)]
        base = _spent(lambda: subprocess.run([*decode, "-an", "-f", "null", "-"], check=True))
        default = _spent(lambda: inspect(clip))
        thorough = _spent(lambda: inspect(clip, thorough=True))
    print(f"decode   {base:7.2f} s CPU  {arguments.length / base:6.1f} x real time")
    for name, spent in (("default", default), ("thorough", thorough)):
        ratio = spent / base
        print(f"{name:8} {spent:7.2f} s CPU  {arguments.length / spent:6.1f} x  {ratio:.2f} decode")
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"largest resident memory: child {child:.0f} MB, this process {own:.0f} MB")


def _draw(path: Path, length_s: float) -> Path:
    command = ["ffmpeg", "-v", "error", "-y", "-f", "lavfi", "-i", SCENE, "-f", "lavfi"]
    command += ["-i", SOUND, "-t", str(length_s), "-c:v", "libx264", "-preset", "veryfast"]
    command += ["-b:v", "5M", "-g", "50", "-pix_fmt", "yuv420p", "-c:a", "aac"]
    subprocess.run([*command, "-movflags", "+faststart", str(path)], check=True)
    return path


def _spent(work: Callable[[], object]) -> float:
    before = os.times()
    work()
    after = os.times()
    return sum(after[i] - before[i] for i in range(4))


if __name__ == "__main__":
    main()
