"""Clips with known defects: seeded black, frozen and silent spans in many codecs, and others.

    python -m bench.video.clips --data DATA --out FOLDER [--seed 0] [--bases FOLDER] [--only WORD]

Writes the clips and `truth.json`: for each clip its spans (begin, end in seconds) by kind, and
the rules it must raise. The base pictures are the clean clips of DATA/media/video (a generated
scene where there are none), and those of another folder; the sound is pink noise. The same seed
gives the same spans: tune on one, report another.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
from dataclasses import asdict, dataclass, field
from pathlib import Path

LENGTH_S = 26.0
GENERATED = "testsrc2=s=640x360:r=50:d=40,noise=alls=4:allf=t"


@dataclass
class Clip:
    """One clip of the bench and what is true of it."""

    path: str
    black: list[tuple[float, float]] = field(default_factory=list)
    freeze: list[tuple[float, float]] = field(default_factory=list)
    silence: list[tuple[float, float]] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Variant:
    """How the spans are encoded."""

    name: str
    suffix: str
    fps: int
    video: str
    audio: str = "-c:a aac -b:a 96k"


X264 = "-c:v libx264 -preset veryfast -pix_fmt yuv420p"
VARIANTS = (
    Variant("h264", "mp4", 25, f"{X264} -crf 23"),
    Variant("h264-30", "mp4", 30, f"{X264} -crf 20 -g 60"),
    Variant("h264-50", "mp4", 50, f"{X264} -crf 26"),
    Variant("h264-low", "mp4", 25, f"{X264} -profile:v baseline -b:v 250k"),
    Variant("h264-long-gop", "mp4", 25, f"{X264} -g 9999 -sc_threshold 0 -crf 23"),
    Variant(
        "h264-filler",
        "mp4",
        25,
        f"{X264} -b:v 1500k -minrate 1500k -maxrate 1500k -bufsize 1500k -x264-params nal-hrd=cbr",
    ),
    Variant("h264-intra", "mov", 25, f"{X264} -g 1 -crf 28"),
    Variant("h264-ts", "ts", 25, f"{X264} -crf 23"),
    Variant("h264-mkv", "mkv", 30, f"{X264} -crf 23 -bf 0"),
    Variant(
        "h264-vfr", "mp4", 30, f"-vf mpdecimate=hi=64:lo=32:frac=0.001 -fps_mode vfr {X264} -crf 23"
    ),
    Variant("h264-abr", "mp4", 25, f"{X264} -b:v 800k -maxrate 800k -bufsize 1600k"),
    Variant("hevc", "mp4", 25, "-c:v libx265 -preset ultrafast -x265-params log-level=error"),
    Variant(
        "vp9",
        "webm",
        25,
        "-c:v libvpx-vp9 -deadline realtime -cpu-used 8 -b:v 800k",
        "-c:a libopus -b:a 64k",
    ),
    Variant("mpeg4", "mp4", 25, "-c:v mpeg4 -q:v 5"),
    Variant("mpeg4-avi", "avi", 25, "-c:v mpeg4 -b:v 900k -bf 2", "-c:a libmp3lame -b:a 96k"),
    Variant("mpeg2", "mpg", 25, "-c:v mpeg2video -b:v 2500k", "-c:a mp2 -b:a 128k"),
    Variant(
        "mpeg2-cbr",
        "ts",
        25,
        "-c:v mpeg2video -b:v 3M -minrate 3M -maxrate 3M -bufsize 1M",
        "-c:a mp2 -b:a 128k",
    ),
    Variant("av1", "mp4", 25, "-c:v libsvtav1 -preset 11 -crf 40"),
)


def main() -> None:
    """Make all clips."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--bases", type=Path, help="more clean clips")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="")
    arguments = parser.parse_args()
    arguments.out.mkdir(parents=True, exist_ok=True)
    bases = sorted((arguments.data / "media" / "video").glob("*.mp4")) if arguments.data else []
    bases += sorted(arguments.bases.iterdir()) if arguments.bases else []
    made = []
    for base in [*bases, None]:
        for variant in VARIANTS:
            name = f"{base.stem.split('-')[0] if base else 'generated'}-{variant.name}"
            if arguments.only in name:
                out = arguments.out / f"{name}.{variant.suffix}"
                made.append(spans(base, variant, out, arguments.seed))
        made += [clip for clip in others(base, arguments.out) if arguments.only in clip.path]
    truth = arguments.out / "truth.json"
    truth.write_text(json.dumps([asdict(clip) for clip in made], indent=1), "utf-8")


def spans(base: Path | None, variant: Variant, out: Path, seed: int) -> Clip:
    """A clip with one black, one frozen and one silent span."""
    chance = random.Random(f"{out.stem}-{seed}" if seed else out.stem)
    fps = variant.fps
    black = _span(chance, 3.0, fps, (1.6, 3.5))
    freeze = _span(chance, 9.0, fps, (2.3, 5.0))
    silence = _span(chance, 17.5, 100, (3.4, 6.0))
    clip = Clip(out.name, [black], [freeze], [silence])
    first, last = round(freeze[0] * fps), round(freeze[1] * fps) - 1
    picture = (
        f"[0:v]fps={fps},scale=640:360,setsar=1,split[x][y];"
        f"[x][y]freezeframes=first={first}:last={last}:replace={first},"
        f"drawbox=w=iw:h=ih:color=black:t=fill:"
        f"enable='between(t,{black[0] - 0.001},{black[1] - 0.5 / fps})'[v]"
    )
    video = variant.video
    if video.startswith("-vf "):
        _, extra, video = video.split(" ", 2)
        picture = picture[:-3] + f",{extra}[v]"
    sound = f"[1:a]volume=0:enable='between(t,{silence[0]},{silence[1]})'[a]"
    options = ["-map", "[v]", "-map", "[a]", "-t", str(LENGTH_S), *video.split()]
    _make(base, f"{picture};{sound}", [*options, *variant.audio.split()], out)
    return clip


def others(base: Path | None, folder: Path) -> list[Clip]:
    """Clips with one other defect each, and a clean one."""
    name = base.stem.split("-")[0] if base else "generated"
    scale = "[0:v]fps=25,scale=640:360,setsar=1"
    fast = f"{X264} -crf 23 -c:a aac"
    cases = {
        "clean": (f"{scale}[v]", f"{fast} -movflags +faststart", []),
        "slow-start": (f"{scale}[v]", fast, ["video-not-faststart"]),
        "woven": (
            "[0:v]framerate=50,scale=640:360,setsar=1,crop=iw-40:ih:"
            "20+20*sin(t*4):0,scale=640:360,setsar=1,interlace=lowpass=0[v]",
            f"{fast} -flags +ildct+ilme -movflags +faststart",
            ["video-interlaced"],
        ),
        "woven-hidden": (
            "[0:v]framerate=50,scale=640:360,setsar=1,crop=iw-40:ih:"
            "20+20*sin(t*4):0,scale=640:360,setsar=1,interlace=lowpass=0,setfield=prog[v]",
            f"{fast} -movflags +faststart",
            ["video-interlaced"],
        ),
        "woven-keyed": (
            "[0:v]framerate=50,scale=640:360,setsar=1,crop=iw-40:ih:"
            "20+20*sin(t*4):0,scale=640:360,setsar=1,interlace=lowpass=0,setfield=prog[v]",
            f"{fast} -g 25 -movflags +faststart",
            ["video-interlaced"],
        ),
        "letterbox": (
            f"{scale},crop=640:272,pad=640:360:0:44[v]",
            f"{fast} -movflags +faststart",
            ["video-letterboxed"],
        ),
        "pillarbox": (
            f"{scale},crop=480:360,pad=640:360:80:0[v]",
            f"{fast} -movflags +faststart",
            ["video-letterboxed"],
        ),
    }
    made = []
    for kind, (picture, options, rules) in cases.items():
        out = folder / f"{name}-{kind}.mp4"
        both = ["-map", "[v]", "-map", "1:a", "-t", "20", *options.split()]
        _make(base, picture, both, out)
        made.append(Clip(out.name, rules=list(rules)))
    clean = folder / f"{name}-clean.mp4"
    if base is None:
        for size in ("640x360", "1280x720"):  # fine patterns that move are not woven
            out = folder / f"patterns-{size}.mp4"
            _make(
                None,
                "[0:v]null[v]",
                ["-map", "[v]", *fast.split()[:-2], "-an", "-t", "20"],
                out,
                scene=f"testsrc2=s={size}:r=25",
            )
            made.append(Clip(out.name))
    made.append(_rotated(clean, folder / f"{name}-rotated.mp4"))
    made += _cut(clean, folder)
    return made


def _rotated(clean: Path, out: Path) -> Clip:
    command = ["ffmpeg", "-v", "error", "-y", "-i", str(clean), "-c", "copy"]
    command += ["-metadata:s:v:0", "rotate=90", "-movflags", "+faststart", str(out)]
    subprocess.run(command, check=True)
    return Clip(out.name, rules=["video-rotated"])


def _cut(clean: Path, folder: Path) -> list[Clip]:
    """The clean clip cut off at 40, 60 and 90 % of its bytes."""
    whole = clean.read_bytes()
    made = []
    for percent in (40, 60, 90):
        out = folder / f"{clean.stem.removesuffix('-clean')}-cut{percent}.mp4"
        out.write_bytes(whole[: len(whole) * percent // 100])
        made.append(Clip(out.name, rules=["video-truncated"]))
    return made


def _span(
    chance: random.Random, begin: float, grid: int, length: tuple[float, float]
) -> tuple[float, float]:
    start = round((begin + chance.random() * 1.5) * grid) / grid
    return start, round((start + chance.uniform(*length)) * grid) / grid


def _make(
    base: Path | None, graph: str, options: list[str], out: Path, scene: str = GENERATED
) -> None:
    if out.exists():
        return
    source = ["-f", "lavfi", "-i", scene] if base is None else ["-stream_loop", "-1"]
    source += [] if base is None else ["-i", str(base)]
    sound = ["-f", "lavfi", "-i", "anoisesrc=c=pink:a=0.2:r=48000:seed=7,aformat=cl=stereo"]
    command = ["ffmpeg", "-v", "error", "-y", "-nostdin", *source, *sound]
    command += ["-filter_complex", graph, "-shortest", *options, str(out)]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
