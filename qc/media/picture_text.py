"""Text in pictures: marks of secrecy on photographed papers, and watermarks of agencies.

Off unless a policy switches it on: reading a picture takes a second or more. Needs the program
tesseract with its Vietnamese model.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any

from qc.core.article import Image
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.record import dataclass
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.media._pixels import Pixels, colours_of, libraries, pixels_of

SECRET = Rule(
    id="image-secrecy-mark",
    severity=Severity.ERROR,
    opt_in=True,
    title=Text(vi="Ảnh chụp văn bản có dấu mật", en="Mark of secrecy in a picture"),
    message=Text(
        vi="Trong ảnh có dấu “{mark}”: văn bản này có được đưa lên mạng không?",
        en="The picture shows “{mark}”: may this document be published?",
    ),
    why=Text(
        vi="Đăng ảnh chụp văn bản mật hoặc nội bộ cũng là làm lộ bí mật.",
        en="A picture of a secret or internal document discloses it as well.",
    ),
    fix=Text(
        vi="Gỡ ảnh; hỏi người có thẩm quyền trước khi đăng.",
        en="Take the picture out; ask who is in charge before publishing.",
    ),
    basis=("30-mat", "ANM18-8", "ANM25-7", "37-7"),
)
WATERMARK = Rule(
    id="image-agency-watermark",
    severity=Severity.WARNING,
    opt_in=True,
    title=Text(vi="Ảnh có chữ chìm của kho ảnh, hãng tin", en="Watermark of an agency"),
    message=Text(
        vi="Trong ảnh đọc được tên “{agency}”: ảnh có thể chưa mua bản quyền",
        en="The picture shows the name “{agency}”: it may not be licensed",
    ),
    why=Text(
        vi="Chữ chìm cho thấy đây là bản xem thử hoặc ảnh của nơi khác.",
        en="A watermark tells a preview or somebody else's picture.",
    ),
    fix=Text(
        vi="Mua bản quyền hoặc xin phép, hoặc dùng ảnh tự chụp.",
        en="Buy a licence, ask for permission, or use a picture of your own.",
    ),
    basis=("SHTT-19",),
)
MARK = re.compile(r"(TUYỆT MẬT|TỐI MẬT|MẬT|LƯU HÀNH NỘI BỘ)")
SPARSE, BLOCK = "11", "6"  # layouts of tesseract: words anywhere, or one block of text
TRIM = "()[]{}|*-–—_.,:;'\"“”‘’ "


class PictureTextOptions(Options):
    """How sure the reader must be, and how long it may take."""

    min_confidence: float = Field(60, ge=0, le=100, description="Least confidence of a word")
    stamp_confidence: float = Field(
        30, ge=0, le=100, description="Least confidence of a word in red ink"
    )
    timeout_s: float = Field(30, gt=0, description="Longest time for one picture")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its box in px of the measured picture."""

    text: str
    box: tuple[int, int, int, int]


@check(
    SECRET,
    WATERMARK,
    subject=Image,
    options=PictureTextOptions,
    requires=("module:cv2", "program:tesseract"),
)
def picture_text(image: Image, options: PictureTextOptions) -> Iterator[Finding]:
    """Read a picture and its red stamps; a mark of secrecy counts where it stands alone."""
    pixels = pixels_of(image)
    if pixels is None:
        return
    from qc.media._agencies import traces_in_text

    if "vie" not in _languages():
        raise Unavailable(
            "tesseract has no Vietnamese model",
            remedy="Install tesseract-ocr-vie.",
            vi="tesseract chưa có dữ liệu tiếng Việt (gói tesseract-ocr-vie)",
        )
    named: set[str] = set()
    marks: set[str] = set()
    for mark, box in _stamped(image, pixels, options):
        marks.add(mark)
        yield SECRET.at(image, box=pixels.box(*box), confidence=Confidence.MEDIUM, mark=mark)
    for line in _lines(_read(pixels.gray, options.timeout_s), options.min_confidence):
        box = pixels.box(*line.box)
        match = MARK.fullmatch(line.text.strip(TRIM))
        if match and match[1] not in marks:
            yield SECRET.at(image, box=box, confidence=Confidence.MEDIUM, mark=match[1])
        for trace in traces_in_text("chữ trong ảnh", line.text):
            if trace.agency.kind != "free" and trace.agency.name not in named:
                named.add(trace.agency.name)
                yield WATERMARK.at(
                    image, box=box, confidence=Confidence.MEDIUM, agency=trace.agency.name
                )


def _stamped(
    image: Image, pixels: Pixels, options: PictureTextOptions
) -> Iterator[tuple[str, tuple[int, int, int, int]]]:
    """Marks of secrecy in red ink, each once, and their boxes in px of the measured picture."""
    from qc.media._measures.stamps import stamps

    colours = colours_of(image, pixels)
    if colours is None:
        return
    found: set[str] = set()
    for stamp in stamps(colours):
        for picture in (stamp.ink, stamp.gray):
            table = _read(picture, options.timeout_s, layout=BLOCK)
            lines = _lines(table, options.stamp_confidence)
            match = next(
                filter(None, (MARK.fullmatch(each.text.strip(TRIM)) for each in lines)), None
            )
            if match is not None:
                if match[1] not in found:
                    yield match[1], stamp.box
                found.add(match[1])
                break


def _read(gray: Any, timeout_s: float, layout: str = SPARSE) -> str:
    """The table of words that tesseract finds in a picture laid out in some way."""
    cv2, _ = libraries()
    data = bytes(cv2.imencode(".pgm", gray)[1])
    return _run(("stdin", "stdout", "-l", "vie", "--psm", layout, "tsv"), data, timeout_s)


@cache
def _languages() -> frozenset[str]:
    return frozenset(_run(("--list-langs",), b"", 10).split())


def _run(arguments: tuple[str, ...], data: bytes, timeout_s: float) -> str:
    import os
    import subprocess

    environment = {**os.environ, "OMP_THREAD_LIMIT": "1"}
    try:
        done = subprocess.run(
            ("tesseract", *arguments),
            input=data,
            capture_output=True,
            timeout=timeout_s,
            check=True,
            env=environment,
        )
    except (subprocess.SubprocessError, OSError) as error:
        raise Unavailable(
            f"tesseract could not read the picture: {type(error).__name__}",
            remedy="Give it more time (timeout_s) or a smaller picture.",
            vi="tesseract không đọc được ảnh này, chữ trong ảnh chưa được kiểm tra",
        ) from error
    return done.stdout.decode("utf-8", "replace")


def _lines(table: str, min_confidence: float) -> list[Line]:
    """The words of a table, joined line by line; doubtful words are left out."""
    found: dict[tuple[str, ...], list[tuple[str, int, int, int, int]]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) != 12 or not cells[11].strip() or float(cells[10]) < min_confidence:
            continue
        left, top, width, height = (int(cell) for cell in cells[6:10])
        word = unicodedata.normalize("NFC", cells[11].strip())
        found.setdefault(tuple(cells[1:5]), []).append((word, left, top, width, height))
    return [_joined(words) for words in found.values()]


def _joined(words: list[tuple[str, int, int, int, int]]) -> Line:
    left = min(word[1] for word in words)
    top = min(word[2] for word in words)
    right = max(word[1] + word[3] for word in words)
    bottom = max(word[2] + word[4] for word in words)
    return Line(" ".join(word[0] for word in words), (left, top, right - left, bottom - top))
