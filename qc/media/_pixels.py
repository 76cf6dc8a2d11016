"""The pixel pass: one reduced decode of a picture, which every pixel rule reads.

A reader sees a picture at about 1280 px, so that is where it is measured: a defect that only
shows at full size is none on a portal. JPEG is decoded at the smallest scale of the codec that
still has 1280 px. Results are kept by the content of the file, not the file.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, TypeVar

from qc.core.article import Image
from qc.core.errors import Unavailable
from qc.core.record import dataclass, field
from qc.media._picture import Picture, picture_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy as np
    from numpy.typing import NDArray

    Gray = NDArray[np.uint8]

T = TypeVar("T")
VIEW_PX = 1280
# Decoding budgets in pixels: an entropy decoder of JPEG is fast, progressive scans multiply
# its work, and PNG and WebP have no reduced decoding.
MAX_PIXELS = 64_000_000
MAX_SCAN_PIXELS = 400_000_000
MAX_UNREDUCED_PIXELS = 40_000_000
SMALLEST_PX = 32


@dataclass(frozen=True, slots=True, eq=False)
class Pixels:
    """A picture as gray values, upright, its long side at most 1280 px.

    `decoded` is the picture as it came out of the decoder (upright), at 1 / `reduction` of its
    own size; `scale` is px of the upright file per px of `gray`.
    """

    gray: Gray
    decoded: Gray
    reduction: int
    scale: float
    _memo: dict[str, Any] = field(default_factory=dict, repr=False)

    @property
    def width(self) -> int:
        """Width of `gray`."""
        return int(self.gray.shape[1])

    @property
    def height(self) -> int:
        """Height of `gray`."""
        return int(self.gray.shape[0])

    def memo(self, key: str, build: Callable[[], T]) -> T:
        """The value of `build()`, computed once for this picture."""
        if key not in self._memo:
            self._memo[key] = build()
        value: T = self._memo[key]
        return value

    def box(self, x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
        """A region of `gray` as x, y, width, height in px of the upright file."""
        scale = self.scale
        return round(x * scale), round(y * scale), round(width * scale), round(height * scale)


@cache
def libraries() -> tuple[Any, Any]:
    """OpenCV and NumPy, loaded when the first picture is measured."""
    import cv2
    import numpy

    cv2.setNumThreads(1)
    return cv2, numpy


def pixels_of(image: Image) -> Pixels | None:
    """The pixels of an image; None where there is no picture or nothing to measure.

    Raises Unavailable where decoding would cost too much: such a picture is not passed over
    in silence. Drawings, animations and tiny pictures are not measured.
    """
    picture = picture_of(image)
    if picture is None or picture.header.vector or image.blob is None:
        return None
    header = picture.header
    if header.truncated or header.frames > 1 or min(header.width, header.height) < SMALLEST_PX:
        return None
    _refuse_too_large(image, picture)
    blob = image.blob
    return blob.memo("pixels", lambda: _decode(blob.bytes, picture))


def _refuse_too_large(image: Image, picture: Picture) -> None:
    header = picture.header
    reduced = header.format == "jpeg"
    limit = MAX_PIXELS if reduced else MAX_UNREDUCED_PIXELS
    if header.pixels > limit or header.pixels * header.scans > MAX_SCAN_PIXELS:
        raise Unavailable(
            f"{header.width}×{header.height} px in {header.scans} scans is more than qc decodes",
            where=image.path,
            remedy="Check a smaller copy.",
            vi=f"ảnh {header.width}×{header.height} px quá lớn, chưa kiểm tra được điểm ảnh",
        )


def _decode(data: bytes, picture: Picture) -> Pixels | None:
    cv2, np = libraries()
    header = picture.header
    reduction = 1
    if header.format == "jpeg":
        long_side = max(header.width, header.height)
        reduction = max(step for step in (1, 2, 4, 8) if step == 1 or long_side / step >= VIEW_PX)
    decoded: Any = None
    if header.format in {"jpeg", "png", "webp", "bmp"} and header.mode not in {"cmyk", "lab"}:
        flag = {2: 16, 4: 32, 8: 64}.get(reduction, 0)  # cv2.IMREAD_REDUCED_GRAYSCALE_n
        raw = np.frombuffer(data, np.uint8)
        decoded = cv2.imdecode(raw, flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if decoded is None:
        decoded, reduction = _decode_with_pillow(data), 1
    if decoded is None:
        return None
    decoded = turn_upright(decoded, picture.orientation)
    gray = _viewed(decoded)
    return Pixels(gray, decoded, reduction, picture.width / gray.shape[1])


def _viewed(decoded: Gray) -> Gray:
    """The picture at 1280 px: means of whole blocks, then at most halved between neighbours.

    Means over parts of pixels cost more than all measures together and find no more.
    """
    cv2, _ = libraries()
    height, width = decoded.shape[:2]
    step = max(height, width) // VIEW_PX
    if step > 1:
        width, height = max(width // step, 1), max(height // step, 1)
        whole = decoded[: height * step, : width * step]
        decoded = cv2.resize(whole, (width, height), interpolation=cv2.INTER_AREA)
    factor = VIEW_PX / max(width, height)
    if factor >= 1:
        return decoded
    size = (max(round(width * factor), 1), max(round(height * factor), 1))
    smaller: Gray = cv2.resize(decoded, size, interpolation=cv2.INTER_LINEAR)
    return smaller


def colours_of(image: Image, pixels: Pixels) -> Any:
    """The colours (BGR) of a picture at the size of `pixels.gray`; None where they are not read.

    They are decoded again and not kept: few checks need them.
    """
    cv2, np = libraries()
    picture = picture_of(image)
    if picture is None or image.blob is None:
        return None
    flag = {2: 17, 4: 33, 8: 65}.get(pixels.reduction, 1)  # cv2.IMREAD_REDUCED_COLOR_n
    raw = np.frombuffer(image.blob.bytes, np.uint8)
    decoded = cv2.imdecode(raw, flag | cv2.IMREAD_IGNORE_ORIENTATION)
    if decoded is None:
        return None
    upright = turn_upright(decoded, picture.orientation)
    return cv2.resize(upright, (pixels.width, pixels.height), interpolation=cv2.INTER_AREA)


def _decode_with_pillow(data: bytes) -> Any:
    """Gray values of a format that OpenCV does not read; None where Pillow fails too."""
    import io
    import warnings

    from PIL import Image as Pil
    from PIL import UnidentifiedImageError

    _, np = libraries()
    if data[4:8] == b"ftyp" and data[8:12] not in {b"avif", b"avis"}:
        _register_heif()
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Pil.open(io.BytesIO(data)) as opened:
                return np.asarray(opened.convert("L"))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Pil.DecompressionBombError):
        return None


@cache
def _register_heif() -> None:
    try:
        import pillow_heif
    except ImportError as error:
        raise Unavailable(
            "HEIC pictures need the heif extra",
            remedy="Install qc[heif].",
            vi="muốn kiểm tra điểm ảnh HEIC cần cài thêm qc[heif]",
        ) from error
    pillow_heif.register_heif_opener()


def turn_upright(gray: Any, orientation: int) -> Any:
    """Turn by the EXIF orientation."""
    cv2, np = libraries()
    if orientation in {2, 4}:
        gray = cv2.flip(gray, 1 if orientation == 2 else 0)
    elif orientation == 3:
        gray = cv2.rotate(gray, cv2.ROTATE_180)
    elif orientation >= 5:
        if orientation in {5, 7}:
            gray = cv2.flip(gray, 1)
        clockwise = orientation in {6, 7}
        gray = cv2.rotate(
            gray, cv2.ROTATE_90_CLOCKWISE if clockwise else cv2.ROTATE_90_COUNTERCLOCKWISE
        )
    return np.ascontiguousarray(gray)
