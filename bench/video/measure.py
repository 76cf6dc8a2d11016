"""Precision, recall and boundaries of the video checks on the clips of `bench.video.clips`.

    python -m bench.video.measure FOLDER [--thorough] [--only WORD] [--show]

A span counts as found when both its boundaries are within 0.2 s. Prints hits, misses and false
alarms for each kind, the largest boundary error, and whether each seeded rule was raised.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from pathlib import Path
from typing import Any

from qc.core.article import Blob, Video
from qc.core.finding import Finding
from qc.core.rule import AnyCheck
from qc.media.video import container, encoding, ownership, quality, rate, shape, sound, standstill

CHECKS: tuple[AnyCheck, ...] = (
    container.clip_file,
    encoding.clip_encoding,
    shape.clip_shape,
    rate.clip_rate,
    ownership.clip_metadata,
    standstill.clip_standstill,
    quality.clip_quality,
    sound.clip_sound,
)
KINDS = {"video-black": "black", "video-frozen": "freeze", "video-silent": "silence"}
SEEDED = (
    "video-interlaced",
    "video-letterboxed",
    "video-truncated",
    "video-not-faststart",
    "video-rotated",
)
DEFECTS = (*SEEDED, "video-blank", "video-slide-show", "video-damaged", "video-blurred")
DEFECTS += ("video-channel-missing", "video-unreadable", "video-disguised")
CLOSE_S = 0.2 + 1e-6


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--only", default="")
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    truth = json.loads((arguments.folder / "truth.json").read_text("utf-8"))
    counts: Counter[str] = Counter()
    worst: dict[str, float] = {}
    for clip in truth:
        if arguments.only in clip["path"]:
            found = inspect(arguments.folder / clip["path"], thorough=arguments.thorough)
            for line in compare(clip, found, counts, worst):
                print(f"{clip['path']}: {line}")
            if arguments.show:
                print(clip["path"], *(f"\n    {_words(each)}" for each in found))
    report(counts, worst)


def inspect(path: Path, *, thorough: bool = False) -> list[Finding]:
    """All findings of all checks on one clip."""
    video = Video(path=path.name, blob=Blob(path=path.resolve()))
    found: list[Finding] = []
    for check in CHECKS:
        options = check.options()
        if "thorough" in check.options.model_fields:
            options = check.options(thorough=thorough)
        found += check.run(video, options)
    return found


def compare(
    clip: dict[str, Any], found: list[Finding], counts: Counter[str], worst: dict[str, float]
) -> list[str]:
    """Count hits, misses and false alarms; the lines tell of what went wrong."""
    lines = []
    for rule, kind in KINDS.items():
        spans = [each.time_s for each in found if each.rule.id == rule and each.time_s]
        for begin, end in clip[kind]:
            match = next((s for s in spans if s[0] < end and begin < s[1]), None)
            if match is None:
                counts[f"{kind} miss"] += 1
                lines.append(f"{kind} {begin:.2f}-{end:.2f} missed")
                continue
            spans.remove(match)
            error = max(abs(match[0] - begin), abs(match[1] - end))
            worst[kind] = max(worst.get(kind, 0.0), error)
            counts[f"{kind} {'hit' if error <= CLOSE_S else 'miss'}"] += 1
            if error > CLOSE_S:
                counts[f"{kind} false"] += 1
                lines.append(f"{kind} {begin:.2f}-{end:.2f} found as {match}")
        counts[f"{kind} false"] += len(spans)
        lines += [f"{kind} false alarm {a:.2f}-{b:.2f}" for a, b in spans]
    raised = {each.rule.id for each in found}
    for rule in SEEDED if clip["rules"] else ():
        if rule in clip["rules"]:
            counts[f"{rule} {'hit' if rule in raised else 'miss'}"] += 1
            lines += [] if rule in raised else [f"{rule} missed"]
    known = set(clip["rules"]) | ({"video-not-faststart"} if not clip["rules"] else set())
    for rule in sorted(raised & set(DEFECTS) - known):
        counts[f"{rule} false"] += 1
        lines.append(f"{rule} false alarm")
    return lines


def report(counts: Counter[str], worst: dict[str, float]) -> None:
    """One line for each kind."""
    for kind in sorted({key.rsplit(" ", 1)[0] for key in counts}):
        hit, miss, false = (counts[f"{kind} {word}"] for word in ("hit", "miss", "false"))
        f1 = 2 * hit / (2 * hit + miss + false) if hit else 0.0
        error = f", largest boundary error {worst[kind]:.3f} s" if kind in worst else ""
        print(f"{kind}: hits {hit}, misses {miss}, false alarms {false}, F1 {f1:.3f}{error}")


def _words(finding: Finding) -> str:
    message = finding.rule.message.render("en", finding.facts)
    return f"{finding.severity:8} {finding.rule.id}: {message}"


if __name__ == "__main__":
    main()
