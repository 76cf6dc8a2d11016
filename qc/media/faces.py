"""Faces: a picture that shows people needs their consent, for children their parents' too.

Off unless a policy switches it on. The detector is OpenCV's YuNet; its model file is not part
of qc and is named by the option `model`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from qc.core.article import Article, Image, Role
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.media._pixels import Pixels, libraries, pixels_of

FACES = Rule(
    id="image-faces-consent",
    severity=Severity.WARNING,
    opt_in=True,
    title=Text(vi="Ảnh rõ mặt người, chưa có phiếu đồng ý", en="Faces without recorded consent"),
    message=Text(
        vi="Ảnh rõ mặt {count} người, bài chưa ghi mã phiếu đồng ý",
        en="The picture shows {count} faces and the article records no consent",
    ),
    why=Text(
        vi="Đăng hình ảnh cá nhân phải được người đó đồng ý; với trẻ em cần cả cha mẹ, và trẻ từ "
        "7 tuổi.",
        en="A person's picture needs consent; for a child that of the parents, and of the child "
        "from 7.",
    ),
    fix=Text(
        vi="Ghi mã phiếu đồng ý vào trường consent_ids, hoặc dùng ảnh không rõ mặt.",
        en="Give the consent id in consent_ids, or use a picture without faces.",
    ),
    basis=("56-33", "91-24"),
)


class FaceOptions(Options):
    """The model file, and which faces count."""

    model: str = Field("", description="Path of a YuNet model file (.onnx)")
    min_score: float = Field(0.85, gt=0, le=1, description="How sure the detector must be")
    min_height_px: int = Field(48, ge=1, description="Smaller faces (at 1280 px) do not count")
    crowd: int = Field(20, ge=1, description="From so many faces on it is a view of an event")


@check(FACES, subject=Article, options=FaceOptions, requires=("module:cv2",))
def faces(article: Article, options: FaceOptions) -> Iterator[Finding]:
    """Count the clear faces of each picture where the article records no consent."""
    if article.fields.consent_ids:
        return
    for image in article.images:
        if image.role in {Role.LOGO, Role.BANNER, Role.THUMBNAIL}:
            continue
        pixels = pixels_of(image)
        if pixels is not None:
            yield from _faces_of(image, pixels, options)


def _faces_of(image: Image, pixels: Pixels, options: FaceOptions) -> Iterator[Finding]:
    found = [box for box in _detect(pixels, options) if box[3] >= options.min_height_px]
    if not 0 < len(found) < options.crowd:
        return
    yield FACES.at(
        image,
        box=pixels.box(*max(found, key=lambda box: box[2] * box[3])),
        confidence=Confidence.MEDIUM,
        count=len(found),
    )


def _detect(pixels: Pixels, options: FaceOptions) -> list[tuple[float, float, float, float]]:
    """Boxes of faces in px of the measured picture."""
    cv2, _ = libraries()
    detector = _detector(options.model, options.min_score)
    detector.setInputSize((pixels.width, pixels.height))
    _, rows = detector.detect(cv2.cvtColor(pixels.gray, cv2.COLOR_GRAY2BGR))
    if rows is None:
        return []
    return [(float(row[0]), float(row[1]), float(row[2]), float(row[3])) for row in rows]


@cache
def _detector(model: str, min_score: float) -> Any:
    cv2, _ = libraries()
    if not model or not Path(model).is_file():
        raise Unavailable(
            "there is no model file for faces",
            where=model,
            remedy="Give the path of a YuNet model in the option model.",
            vi="chưa có tệp mô hình nhận khuôn mặt (tùy chọn model)",
        )
    try:
        return cv2.FaceDetectorYN.create(model, "", (320, 320), min_score)
    except cv2.error as error:
        raise Unavailable(
            "the model of faces cannot be loaded",
            where=model,
            remedy="Use a YuNet model for this version of OpenCV.",
            vi="không nạp được tệp mô hình nhận khuôn mặt",
        ) from error
