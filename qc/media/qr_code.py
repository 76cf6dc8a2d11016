"""QR codes: a link hidden in a picture is a link, and nobody reads it before scanning it.

Off unless a policy switches it on: looking for codes costs more than all other checks together.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._pixels import libraries, pixels_of


def code(text: str) -> Callable[[], bytes]:
    """A builder of a drawn QR code."""
    return partial(_drawn, text)


def _drawn(text: str) -> bytes:
    cv2, _ = libraries()
    squares = cv2.QRCodeEncoder.create().encode(text)
    framed = cv2.copyMakeBorder(squares, 4, 4, 4, 4, cv2.BORDER_CONSTANT, value=255)
    large = cv2.resize(framed, None, fx=12, fy=12, interpolation=cv2.INTER_NEAREST)
    return bytes(cv2.imencode(".png", large)[1])


QR_LINK = Rule(
    id="image-qr-link",
    severity=Severity.WARNING,
    opt_in=True,
    title=Text(vi="Ảnh có mã QR dẫn tới trang khác", en="QR code that leads to another site"),
    message=Text(
        vi="Mã QR trong ảnh dẫn tới “{link}” ({reason})",
        en="The QR code leads to “{link}” ({reason_en})",
    ),
    why=Text(
        vi="Người đọc quét mã mà không thấy địa chỉ; mã dán đè là cách lừa đảo phổ biến.",
        en="Readers scan it without seeing the address; pasted-over codes are a common fraud.",
    ),
    fix=Text(
        vi="Mở thử địa chỉ, ghi rõ địa chỉ bên cạnh mã, dùng địa chỉ đầy đủ của đơn vị.",
        en="Open the address, print it beside the code, and use the full address of the office.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(code("https://bit.ly/abc123"), name="anh.png"),),
        good=(
            draft(code("https://thcsnghiatru.edu.vn/tuyen-sinh"), name="anh.png"),
            draft(photo(800, 533)),
        ),
    ),
)
HOST = regex(r"(?i)^(?:https?://)?([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=[/:?#]|$)")
SHORTENERS = frozenset(("bit.ly", "tinyurl.com", "goo.gl", "t.co", "is.gd", "cutt.ly", "s.id"))


class QrOptions(Options):
    """Which sites a code may lead to without remark."""

    trusted_suffixes: tuple[str, ...] = Field(
        (".edu.vn", ".gov.vn"), description="Endings of host names that are not reported"
    )


@check(QR_LINK, subject=Image, options=QrOptions, requires=("module:cv2",))
def qr_code(image: Image, options: QrOptions) -> Iterator[Finding]:
    """Decode the QR codes of a picture and report links to sites that are not trusted."""
    pixels = pixels_of(image)
    if pixels is None:
        return
    for text, corner in _codes(pixels.gray):
        match = HOST.match(text.strip())
        if match is None:
            continue
        host = match[1].lower()
        if any(f".{host}".endswith(suffix) for suffix in options.trusted_suffixes):
            continue
        left, top = corner.min(axis=0)
        right, bottom = corner.max(axis=0)
        short = host in SHORTENERS
        yield QR_LINK.at(
            image,
            box=pixels.box(float(left), float(top), float(right - left), float(bottom - top)),
            link=text.strip()[:120],
            reason="địa chỉ rút gọn" if short else "ngoài danh sách tin cậy",
            reason_en="a shortened address" if short else "not on the trusted list",
        )


def _codes(gray: Any) -> list[tuple[str, Any]]:
    """The text and the four corners of each code; a code that fills the picture is one alone."""
    cv2, _ = libraries()
    detector = cv2.QRCodeDetector()
    _, texts, corners, _ = detector.detectAndDecodeMulti(gray)
    if any(texts):
        return list(zip(texts, corners, strict=False))
    text, corner, _ = detector.detectAndDecode(gray)
    return [(text, corner.reshape(-1, 2))] if text else []
