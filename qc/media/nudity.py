"""Nudity: bare bodies have no place on a school portal.

Off unless a policy switches it on. The detector is the library nudenet, which is not installed
with qc: its package calls itself MIT but carries the text of the AGPL, which is for the portal to
accept.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.media._pixels import libraries, pixels_of

NUDITY = Rule(
    id="image-nudity",
    severity=Severity.ERROR,
    opt_in=True,
    title=Text(vi="Ảnh có thể hở hang", en="Picture may show nudity"),
    message=Text(
        vi="Ảnh có thể để lộ phần cơ thể nhạy cảm (độ tin cậy {score}, giới hạn {limit})",
        en="The picture may show bare parts of a body (score {score}, limit {limit})",
    ),
    why=Text(
        vi="Hình ảnh hở hang không phù hợp với trẻ em và bị pháp luật cấm đăng.",
        en="Such pictures are not fit for children and the law forbids them.",
    ),
    fix=Text(vi="Bỏ ảnh hoặc thay ảnh khác.", en="Take it out or use another picture."),
    basis=("house-image",),
)
EXPOSED = frozenset(
    (
        "FEMALE_BREAST_EXPOSED",
        "FEMALE_GENITALIA_EXPOSED",
        "MALE_GENITALIA_EXPOSED",
        "BUTTOCKS_EXPOSED",
        "ANUS_EXPOSED",
    )
)


class NudityOptions(Options):
    """How sure the detector must be."""

    min_score: float = Field(0.6, gt=0, le=1, description="Least score of a bare part")


@check(NUDITY, subject=Image, options=NudityOptions, requires=("module:cv2", "module:nudenet"))
def nudity(image: Image, options: NudityOptions) -> Iterator[Finding]:
    """Report the surest bare part of a picture."""
    pixels = pixels_of(image)
    if pixels is None:
        return
    cv2, _ = libraries()
    parts = [
        part
        for part in _detector().detect(cv2.cvtColor(pixels.gray, cv2.COLOR_GRAY2BGR))
        if part["class"] in EXPOSED and part["score"] >= options.min_score
    ]
    if parts:
        surest = max(parts, key=lambda part: float(part["score"]))
        yield NUDITY.at(
            image,
            box=pixels.box(*surest["box"]),
            confidence=Confidence.MEDIUM,
            score=round(surest["score"], 2),
            limit=options.min_score,
        )


@cache
def _detector() -> Any:
    from nudenet import NudeDetector

    return NudeDetector()
