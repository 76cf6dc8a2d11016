"""Small clips drawn by ffmpeg once a session."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qc.core.article import Blob, Video
from qc.core.finding import Finding
from qc.core.rule import AnyCheck

SCENE = "mandelbrot=s=320x180:r=25:start_scale=2:end_scale=0.02:end_pts=120"
SOUND = "anoisesrc=c=pink:a=0.3:r=48000:seed=3,aformat=channel_layouts=stereo"
X264 = ["-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-c:a", "aac"]
WEB = [*X264, "-movflags", "+faststart"]
Make = Callable[..., Path]
Find = Callable[..., list[Finding]]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip, plainly, where the programs are missing."""
    if shutil.which("ffmpeg") and shutil.which("ffprobe"):
        return
    for item in items:
        if "media/video" in item.nodeid:
            item.add_marker(pytest.mark.skip(reason="ffmpeg is not installed"))


@pytest.fixture(scope="session")
def make(tmp_path_factory: pytest.TempPathFactory) -> Make:
    """Draw a clip: picture and sound filters, options; the same arguments give the same file."""
    folder = tmp_path_factory.mktemp("clips")
    made: dict[tuple[object, ...], Path] = {}

    def build(
        picture: str = "null",
        sound: str | None = "anull",
        options: list[str] | None = None,
        *,
        length_s: float = 6.0,
        scene: str = SCENE,
        suffix: str = "mp4",
    ) -> Path:
        options = WEB if options is None else options
        key = (picture, sound, tuple(options), length_s, scene, suffix)
        if key in made:
            return made[key]
        path = folder / f"clip{len(made)}.{suffix}"
        command = ["ffmpeg", "-v", "error", "-y", "-nostdin", "-f", "lavfi", "-i", scene]
        graph = f"[0:v]{picture}[v]"
        maps = ["-map", "[v]"]
        if sound is not None:
            command += ["-f", "lavfi", "-i", SOUND]
            graph += f";[1:a]{sound}[a]"
            maps += ["-map", "[a]"]
        command += ["-filter_complex", graph, *maps, "-t", str(length_s), *options, str(path)]
        subprocess.run(command, check=True)
        made[key] = path
        return path

    return build


@pytest.fixture(scope="session")
def find() -> Find:
    """The findings of a check on a file."""

    def run(check: AnyCheck, path: Path | bytes, **options: object) -> list[Finding]:
        blob = Blob(data=path) if isinstance(path, bytes) else Blob(path=path)
        video = Video(path="clip.mp4", blob=blob)
        return list(check.run(video, check.options(**options)))

    return run
