"""Files that mean harm, and what they must not leave behind."""

from __future__ import annotations

import os
import random
from pathlib import Path


def damaged(content: bytes, seed: int, places: int = 100) -> bytes:
    """The content with random bytes at random places."""
    chance = random.Random(seed)
    made = bytearray(content)
    for _ in range(places):
        made[chance.randrange(len(made))] = chance.randrange(256)
    return bytes(made)


def children() -> list[str]:
    """The names of this process's children, the dead ones included."""
    names = []
    for entry in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = entry.read_text().rpartition(")")
        except OSError:
            continue  # ended meanwhile, and was waited for
        if int(tail.split()[1]) == os.getpid():
            names.append(head.partition("(")[2])
    return names


def h264_of_size(width_px: int, height_px: int) -> bytes:
    """An H.264 stream whose parameters claim a size (ITU-T H.264, 7.3), with empty slices."""
    profile_and_level = f"{66:08b}{0:08b}{40:08b}"
    frames = "".join(map(_golomb, (0, 0, 2, 1))) + "0"
    size = _golomb(width_px // 16 - 1) + _golomb(height_px // 16 - 1)
    sequence = _unit(0x67, profile_and_level + frames + size + "1100")
    zeros = _golomb(0)
    picture = _unit(0x68, f"{zeros * 2}00{zeros * 3}000{zeros * 3}000")
    slice_ = _unit(0x65, zeros + _golomb(7) + zeros + "0000" + zeros + "00" + zeros * 2 + "10" * 40)
    return (sequence + picture + slice_) * 12


def _golomb(value: int) -> str:
    bits = f"{value + 1:b}"
    return "0" * (len(bits) - 1) + bits


def _unit(head: int, bits: str) -> bytes:
    """A unit with its stop bit, and the bytes that keep start codes out of it."""
    bits += "1"
    bits += "0" * (-len(bits) % 8)
    made = bytearray((0, 0, 0, 1, head))
    zeros = 0
    for at in range(0, len(bits), 8):
        byte = int(bits[at : at + 8], 2)
        if zeros >= 2 and byte <= 3:
            made.append(3)
            zeros = 0
        made.append(byte)
        zeros = zeros + 1 if byte == 0 else 0
    return bytes(made)
