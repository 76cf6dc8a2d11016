"""Headers: every format gives its size and structure, damaged ones a reason and no crash."""

from __future__ import annotations

import io
import random
import struct
import zlib

import pytest
from PIL import Image as Pil

from qc.media._header.jpeg import quality_of
from qc.media._header.model import BadHeader
from qc.media._header.read import read_header, sniff
from tests.media._pictures import jpeg

FORMATS = [
    ("JPEG", "jpeg", "RGB", "rgb"),
    ("JPEG", "jpeg", "L", "gray"),
    ("JPEG", "jpeg", "CMYK", "cmyk"),
    ("PNG", "png", "RGBA", "rgba"),
    ("PNG", "png", "P", "palette"),
    ("PNG", "png", "LA", "gray-alpha"),
    ("GIF", "gif", "P", "palette"),
    ("WEBP", "webp", "RGB", "rgb"),
    ("WEBP", "webp", "RGBA", "rgba"),
    ("BMP", "bmp", "RGB", "rgb"),
    ("TIFF", "tiff", "RGB", "rgb"),
    ("TIFF", "tiff", "CMYK", "cmyk"),
    ("ICO", "ico", "RGBA", "rgba"),
    ("AVIF", "avif", "RGB", "rgb"),
]


def saved(size: tuple[int, int], mode: str, form: str, **save: object) -> bytes:
    stream = io.BytesIO()
    Pil.new(mode, size, 1 if mode in {"P", "L"} else None or 0).save(stream, form, **save)
    return stream.getvalue()


@pytest.mark.parametrize(("form", "name", "mode", "expected"), FORMATS)
def test_size_and_mode(form: str, name: str, mode: str, expected: str) -> None:
    try:
        data = saved((64, 48), mode, form)
    except KeyError:
        pytest.skip(f"this Pillow writes no {form}")
    header = read_header(data)
    assert (header.format, header.mode) == (name, expected)
    if form != "ICO":
        assert (header.width, header.height) == (64, 48)
    assert not header.truncated


def test_progressive_scans_are_counted() -> None:
    header = read_header(jpeg(320, 200, progressive=True))
    assert header.progressive
    assert 5 <= header.scans <= 12
    assert read_header(jpeg(320, 200)).scans == 1


@pytest.mark.parametrize("quality", [10, 30, 50, 75, 90, 95])
def test_quality_from_tables(quality: int) -> None:
    found = read_header(jpeg(64, 64, quality=quality)).quality
    assert found == pytest.approx(quality, abs=0.8)


def test_quality_of_an_odd_table_is_unknown() -> None:
    assert quality_of(()) is None
    assert quality_of((16,) * 63) is None


@pytest.mark.parametrize("form", ["GIF", "PNG", "WEBP"])
def test_animation_frames(form: str) -> None:
    stream = io.BytesIO()
    frames = [Pil.new("RGB", (20, 20), (40 * index, 0, 90)) for index in range(4)]
    frames[0].save(stream, form, save_all=True, append_images=frames[1:], duration=50)
    assert read_header(stream.getvalue()).frames == 4


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "BMP"])
def test_cut_file_is_truncated(form: str) -> None:
    data = jpeg(300, 200, format=form)
    assert not read_header(data).truncated
    assert read_header(data[: len(data) * 2 // 3]).truncated


SVG = [
    ('<svg xmlns="http://www.w3.org/2000/svg" width="120" height="80"/>', (120, 80)),
    ('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300,150"/>', (300, 150)),
    ('<?xml version="1.0"?><!-- <svg> --><svg width="1in" height="25.4mm"/>', (96, 96)),
    ('<svg width="100%" height="100%" viewBox="0 0 40 30"/>', (40, 30)),
    ("<svg/>", (0, 0)),
]


@pytest.mark.parametrize(("text", "size"), SVG)
def test_svg_size(text: str, size: tuple[int, int]) -> None:
    header = read_header(text.encode())
    assert header.vector
    assert (header.width, header.height) == size


BROKEN = [
    (b"", "empty"),
    (b"abc" * 50, "no known"),
    (b"\xff\xd8\xff\xe0\0\x10JFIF", "no frame"),
    (b"\x89PNG\r\n\x1a\n\0\0\0", "IHDR"),
    (b"GIF89a", "screen"),
    (b"RIFF\0\0\0\0WEBP", "chunk"),
    (b"II*\0\x08\0\0\0\0\0", "directory"),
    (b"\0\0\0\x18ftypheic" + bytes(16), "meta"),
    (b"<svg ", "well-formed"),
    (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg width="1"/>', "entity"),
    (b"<html><svg></svg></html>", "root"),
    (b"BM\0\0", "bitmap"),
]


@pytest.mark.parametrize(("data", "reason"), BROKEN)
def test_broken_file_gives_a_reason(data: bytes, reason: str) -> None:
    with pytest.raises(BadHeader, match=reason):
        read_header(data)


def test_text_is_no_picture() -> None:
    assert sniff("Trường Tiểu học <b>svg</b>".encode()) is None


def test_a_packed_text_bomb_stays_small() -> None:
    body = b"Comment\0\0" + zlib.compress(bytes(64 * 1024 * 1024))
    chunk = struct.pack(">I", len(body)) + b"zTXt" + body + bytes(4)
    data = jpeg(20, 20, format="PNG")
    assert read_header(data[:33] + chunk + data[33:]).width == 20


@pytest.mark.parametrize("form", ["JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF"])
def test_damage_never_crashes(form: str) -> None:
    dice = random.Random(7)
    try:
        whole = jpeg(60, 40, format=form)
    except KeyError:
        pytest.skip(f"this Pillow writes no {form}")
    for _ in range(300):
        data = bytearray(whole[: dice.randrange(8, len(whole) + 1)])
        for _ in range(dice.randrange(6)):
            data[dice.randrange(min(len(data), 200))] = dice.randrange(256)
        try:
            read_header(bytes(data))
        except BadHeader:
            continue
