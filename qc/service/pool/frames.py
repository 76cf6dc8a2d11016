"""Frames between the server and its workers: a JSON head and raw bytes, never pickles."""

from __future__ import annotations

import asyncio
import json
import struct
from typing import Any, BinaryIO

from qc.core.record import dataclass

HEAD = struct.Struct(">II")
MAX_FRAME_BYTES = 512 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Frame:
    """One message: what it says (plain JSON data) and the bytes that go with it."""

    head: dict[str, Any]
    body: bytes = b""


def encode(frame: Frame) -> bytes:
    """The bytes of a frame on the wire."""
    head = json.dumps(frame.head, ensure_ascii=False).encode("utf-8", "surrogatepass")
    return HEAD.pack(len(head), len(frame.body)) + head + frame.body


def read_frame(stream: BinaryIO) -> Frame | None:
    """The next frame of a blocking stream; None at its end."""
    lengths = stream.read(HEAD.size)
    if len(lengths) < HEAD.size:
        return None
    head_bytes, body_bytes = HEAD.unpack(lengths)
    head, body = stream.read(head_bytes), stream.read(body_bytes)
    if len(head) < head_bytes or len(body) < body_bytes:
        return None
    return Frame(_parsed(head), body)


async def receive_frame(stream: asyncio.StreamReader) -> Frame:
    """The next frame of a worker. Raises IncompleteReadError where the worker has died."""
    head_bytes, body_bytes = HEAD.unpack(await stream.readexactly(HEAD.size))
    head = await stream.readexactly(head_bytes)
    return Frame(_parsed(head), await stream.readexactly(body_bytes) if body_bytes else b"")


def _parsed(head: bytes) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(head.decode("utf-8", "surrogatepass"))
    return parsed
