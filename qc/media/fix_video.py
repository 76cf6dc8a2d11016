"""A copy of a clip that every browser plays: MP4, H.264, AAC, upright, at once, at even loudness.

Written beside the original, which is never touched. Where only the file's layout or its
metadata is at fault, streams are copied without loss. Location and device data are left behind;
title, author and copyright are kept.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from qc.core.article import Video
from qc.core.errors import QcError
from qc.core.record import dataclass
from qc.media import _ffmpeg
from qc.media._ffmpeg import Limits, MediaError, Streams
from qc.media.video import _clip
from qc.media.video._probe import Probe, Stream
from qc.media.video._sound import Sound

KEPT_TAGS = ("title", "artist", "author", "copyright")
MAX_SIDE_PX = 1920
TARGET_LUFS = -16
MAX_FILE_BYTES = 8 << 30
WALL_S = 4 * 3600.0
Progress = Callable[[float], None]


class FixError(QcError):
    """The copy could not be written."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What the copy needs: filters of an encoding run, or None where streams are copied."""

    picture: str | None
    sound: str | None
    fps: float | None = None

    @property
    def copies(self) -> bool:
        """Whether nothing is encoded anew."""
        return self.picture is None and self.sound is None


def write_web_copy(
    video: Video, target: Path, *, progress: Progress | None = None, overwrite: bool = False
) -> Plan:
    """Write the web-safe copy to `target` and return what was done.

    `progress` gets the share that is done, 0 to 1. Raises FixError where the target exists or
    cannot be written, MediaError where the clip cannot be read, Unavailable without ffmpeg.
    """
    if target.exists() and not overwrite:
        raise FixError("the file exists already", where=target.name, remedy="Remove it first.")
    if video.blob is None or not _clip.decodable(video):
        raise MediaError("the clip cannot be read", where=video.path)
    found, plan = _clip.probe(video), plan_of(video)
    length_s = max(found.end_s, 0.1)
    tell = None if progress is None else (lambda done_s: progress(min(done_s / length_s, 1.0)))
    unfinished = target.with_name(f".{target.stem}.unfinished.mp4")
    try:
        with _ffmpeg.opened(video.blob) as source:
            ended = _ffmpeg.run(
                source,
                [(f"file:{unfinished.resolve()}", _options(found, plan))],
                limits=Limits(wall_s=WALL_S, file_bytes=MAX_FILE_BYTES),
                streams=Streams(progress=tell),
            )
        if ended.code != 0 or not unfinished.exists():
            reason = ended.errors[-1] if ended.errors else f"exit code {ended.code}"
            raise FixError(f"ffmpeg could not write the copy: {reason}", where=video.path)
        os.replace(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)
    if progress is not None:
        progress(1.0)
    return plan


def plan_of(video: Video) -> Plan:
    """What has to be encoded anew, from the analysis of the clip."""
    found = _clip.probe(video)
    stream, heard = found.video, _clip.sound(video)
    picture = _picture(video, stream) if stream is not None else None
    fps = _even_rate(stream) if stream is not None and picture is not None else None
    sound = _sound(found, heard) if heard is not None else None
    return Plan(picture, sound, fps)


def _picture(video: Video, stream: Stream) -> str | None:
    """The filters for the picture, or None where it can be copied."""
    woven = _clip.woven_share(video) > 0
    ratio = stream.number("sample_aspect_ratio", 1.0) or 1.0
    safe = (
        stream.codec == "h264"
        and stream.values.get("pix_fmt") == "yuv420p"
        and stream.number("level") <= 42
        and max(stream.width, stream.height) <= MAX_SIDE_PX
        and stream.rotation == 0
        and abs(ratio - 1) < 0.01
        and stream.width % 2 == stream.height % 2 == 0
    )
    if safe and not woven:
        return None
    steps = ["bwdif=mode=send_frame:deint=all"] if woven else []
    steps.append(
        f"scale=w='trunc(iw*sar*min(1,{MAX_SIDE_PX}/max(iw*sar,ih))/2+0.5)*2':"
        f"h='trunc(ih*min(1,{MAX_SIDE_PX}/max(iw*sar,ih))/2+0.5)*2'"
    )
    return ",".join([*steps, "setsar=1", "format=yuv420p"])


def _even_rate(stream: Stream) -> float:
    rate = stream.number("avg_frame_rate") or stream.number("r_frame_rate") or 25.0
    return min(max(rate, 10.0), 60.0)


def _sound(found: Probe, heard: Sound) -> str | None:
    """The filters for the sound, or None where it can be copied."""
    audio = found.audio
    if audio is None or heard.soundless or heard.loudness is None:
        return None if audio is not None and audio.codec == "aac" else "anull"
    steps = []
    mute = [channel for channel in range(heard.channels) if heard.mute_share(channel) > 0.95]
    if heard.channels == 2 and len(mute) == 1:
        steps.append(f"pan=stereo|c0=c{1 - mute[0]}|c1=c{1 - mute[0]}")
    faint = abs(heard.loudness - TARGET_LUFS) > 3 or (heard.peak or -99.0) > -1.0
    if not steps and not faint and audio.codec == "aac":
        return None
    steps.append(f"loudnorm=I={TARGET_LUFS}:TP=-1.5:LRA=11")
    return ",".join([*steps, "aresample=48000"])


def _options(found: Probe, plan: Plan) -> dict[str, Any]:
    maps = [f"0:{stream.index}" for stream in (found.video, found.audio) if stream]
    options: dict[str, Any] = {
        "map": maps,
        "map_metadata": -1,
        "map_chapters": -1,
        "movflags": "+faststart",
        "f": "mp4",
    }
    kept = dict(pair for pair in found.tags if pair[0] in KEPT_TAGS)
    if kept:
        options["metadata"] = [f"{name}={value}" for name, value in kept.items()]
    if found.video is not None:
        if plan.picture is None:
            options["c:v"] = "copy"
        else:
            options |= {"c:v": "libx264", "preset": "fast", "crf": 22, "profile:v": "high"}
            options |= {"vf": plan.picture, "fps_mode": "cfr", "r": f"{plan.fps or 25.0:.5g}"}
    if found.audio is not None:
        if plan.sound is None:
            options["c:a"] = "copy"
        else:
            options |= {"c:a": "aac", "b:a": "160k", "ac": 2, "af": plan.sound}
    return options
