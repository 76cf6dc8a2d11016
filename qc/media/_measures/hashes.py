"""Hashes: 64 bits of what a picture looks like, equal or nearly so for its copies.

A difference hash keeps, on a 9×8 grid, which of two neighbours is brighter. It stands up to
resizing, compression and brightness. Bars are trimmed first; a picture is compared with the
other's crops and mirror image, so a cut, framed or mirrored copy is found too.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.media._measures.borders import borders
from qc.media._pixels import Pixels, libraries

CROPS = (0.0, 0.025, 0.05, 0.08, 0.11)
SHIFTS = ((0.5, 0.5), (0.0, 0.0), (1.0, 0.0), (0.0, 1.0), (1.0, 1.0))


def fingerprint(pixels: Pixels) -> int:
    """The hash of a picture without its bars."""
    return pixels.memo("fingerprint", lambda: difference_hash(trimmed(pixels)))


def variants(pixels: Pixels) -> tuple[int, ...]:
    """Hashes of a picture's likely copies: cut on all or some sides, and mirrored."""
    return pixels.memo("variants", lambda: _variants(trimmed(pixels)))


def cuts(pixels: Pixels) -> tuple[int, ...]:
    """Hashes of a picture cut on all or some sides, the right way round."""
    return pixels.memo("cuts", lambda: _cuts(trimmed(pixels)))


def distance(one: Pixels, other: Pixels) -> int:
    """Smallest number of bits between two pictures, over the likely copies of each."""
    first, second = fingerprint(one), fingerprint(other)
    pairs = [(first, variant) for variant in variants(other)]
    pairs += [(second, variant) for variant in variants(one)]
    return min((left ^ right).bit_count() for left, right in pairs)


def trimmed(pixels: Pixels) -> Any:
    """The gray values without bars of one colour."""
    gray = pixels.gray
    cut = {bar.side: bar.depth for bar in borders(pixels) if bar.straight > 0.5}
    height, width = gray.shape
    inner = gray[
        cut.get("top", 0) : height - cut.get("bottom", 0),
        cut.get("left", 0) : width - cut.get("right", 0),
    ]
    return inner if min(inner.shape) >= 16 else gray


def difference_hash(gray: Any) -> int:
    """The difference hash of gray values."""
    cv2, np = libraries()
    small = cv2.resize(gray, (9, 8), interpolation=cv2.INTER_AREA).astype(np.int16)
    bits = np.packbits((small[:, 1:] > small[:, :-1]).ravel())
    return int.from_bytes(bits.tobytes(), "big")


def contrast_of(gray: Any) -> float:
    """Standard deviation of the 9×8 grid: a hash of a plain picture says nothing."""
    cv2, np = libraries()
    return float(np.std(cv2.resize(gray, (9, 8), interpolation=cv2.INTER_AREA)))


def _variants(gray: Any) -> tuple[int, ...]:
    cv2, _ = libraries()
    found = []
    for part, centred in _parts(gray):
        found.append(difference_hash(part))
        if centred:
            found.append(difference_hash(cv2.flip(part, 1)))
    return tuple(dict.fromkeys(found))


def _cuts(gray: Any) -> tuple[int, ...]:
    return tuple(dict.fromkeys(difference_hash(part) for part, _ in _parts(gray)))


def _parts(gray: Any) -> Iterator[tuple[Any, bool]]:
    """Likely cuts of a picture, and whether each keeps the middle."""
    cv2, _ = libraries()
    small = cv2.resize(gray, (160, 160), interpolation=cv2.INTER_AREA)
    for crop in CROPS:
        size = round(160 * (1 - 2 * crop))
        room = 160 - size
        for right, down in SHIFTS if crop else SHIFTS[:1]:
            x, y = round(room * right), round(room * down)
            yield small[y : y + size, x : x + size], (right, down) == SHIFTS[0]
