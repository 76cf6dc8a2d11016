"""Resolution, aspect, orientation and weight by role, at and around each limit."""

from __future__ import annotations

from typing import Any

import pytest

from qc.core.article import Role
from qc.core.rule import AnyCheck
from qc.media.aspect import aspect
from qc.media.orientation import orientation
from qc.media.resolution import resolution
from qc.media.weight import weight
from tests.media._pictures import findings, image, jpeg, rule_ids

SIZES = [
    (Role.INLINE, (460, 300), {}, []),
    (Role.INLINE, (459, 300), {}, [("image-too-small", "warning")]),
    (Role.INLINE, (320, 300), {}, [("image-too-small", "warning")]),
    (Role.INLINE, (319, 300), {}, [("image-too-small", "error")]),
    (Role.FEATURED, (1200, 675), {}, []),
    (Role.FEATURED, (1199, 675), {}, [("image-too-small", "warning")]),
    (Role.FEATURED, (799, 450), {}, [("image-too-small", "error")]),
    (Role.BANNER, (1920, 400), {}, [("image-larger-than-cms-limit", "info")]),
    (Role.BANNER, (1100, 300), {}, [("image-too-small", "error")]),
    (Role.LOGO, (112, 300), {}, []),
    (Role.LOGO, (300, 111), {}, [("image-too-small", "error")]),
    (Role.THUMBNAIL, (60, 60), {}, []),
    (Role.INLINE, (1501, 900), {}, [("image-larger-than-cms-limit", "info")]),
    (Role.INLINE, (500, 300), {"display_width_px": 525}, []),
    (Role.INLINE, (500, 300), {"display_width_px": 526}, [("image-stretched-in-page", "warning")]),
    (
        Role.INLINE,
        (500, 300),
        {"display_width_px": 500, "display_height_px": 400},
        [("image-distorted-in-page", "warning")],
    ),
    (Role.INLINE, (500, 300), {"display_width_px": 250, "display_height_px": 150}, []),
]


@pytest.mark.parametrize(("role", "size", "shown", "expected"), SIZES)
def test_resolution(
    role: Role, size: tuple[int, int], shown: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = findings(resolution, image(jpeg(*size), role=role, **shown))
    assert [(finding.rule.id, finding.severity.value) for finding in found] == expected


def test_a_drawing_is_never_too_small() -> None:
    assert not rule_ids(resolution, image(b'<svg width="16" height="16"/>', "a.svg"))


def test_a_turned_photo_is_measured_upright() -> None:
    data = jpeg(800, 1300, exif={0x0112: 6})
    (found,) = findings(resolution, image(data, role=Role.FEATURED), featured_good_width_px=1400)
    assert (found.facts["width"], found.facts["height"]) == (1300, 800)


ASPECTS = [
    (Role.FEATURED, (1280, 720), []),
    (Role.FEATURED, (1200, 630), []),
    (Role.FEATURED, (900, 900), []),
    (Role.FEATURED, (1000, 880), ["image-aspect-unsuitable"]),
    (Role.FEATURED, (720, 1280), ["image-aspect-unsuitable"]),
    (Role.FEATURED, (1500, 500), ["image-aspect-unsuitable"]),
    (Role.FEATURED, (1510, 500), ["image-aspect-extreme"]),
    (Role.INLINE, (720, 1280), []),
    (Role.INLINE, (200, 1000), []),
    (Role.INLINE, (200, 1010), ["image-aspect-extreme"]),
    (Role.BANNER, (1000, 500), []),
    (Role.BANNER, (1000, 501), ["image-aspect-unsuitable"]),
    (Role.LOGO, (700, 100), ["image-aspect-extreme"]),
    (Role.THUMBNAIL, (100, 900), []),
]


@pytest.mark.parametrize(("role", "size", "expected"), ASPECTS)
def test_aspect(role: Role, size: tuple[int, int], expected: list[str]) -> None:
    assert rule_ids(aspect, image(jpeg(*size), role=role)) == expected


@pytest.mark.parametrize("tag", range(1, 9))
def test_orientation(tag: int) -> None:
    found = findings(orientation, image(jpeg(60, 40, exif={0x0112: tag})))
    assert [finding.facts["orientation"] for finding in found] == ([] if tag == 1 else [tag])


WEIGHTS: list[tuple[dict[str, Any], dict[str, Any], list[tuple[str, str]]]] = [
    ({"quality": 50}, {}, []),
    ({"quality": 48}, {}, [("image-quality-low", "warning")]),
    ({"quality": 20}, {}, [("image-quality-low", "error")]),
    ({"quality": 98}, {"wasteful_megabytes": 0.001}, [("image-quality-wasteful", "info")]),
    ({"quality": 80}, {"warn_megabytes": 0.001}, [("image-too-heavy", "warning")]),
    ({}, {"warn_megabytes": 0.001, "error_megabytes": 0.002}, [("image-too-heavy", "error")]),
]


@pytest.mark.parametrize(("save", "options", "expected"), WEIGHTS)
def test_weight(
    save: dict[str, Any], options: dict[str, Any], expected: list[tuple[str, str]]
) -> None:
    found = findings(weight, image(jpeg(200, 140, **save)), **options)
    assert [(finding.rule.id, finding.severity.value) for finding in found] == expected


@pytest.mark.parametrize("check", [resolution, aspect, orientation, weight], ids=lambda c: c.id)
def test_nothing_to_say_without_a_readable_file(check: AnyCheck) -> None:
    assert not rule_ids(check, image(b"no picture"))
