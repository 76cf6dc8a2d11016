"""Orientation: a picture that is upright only by a tag lies on its side once the tag is lost."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import picture_of

TURNS = {2: "lật ngang", 3: "180°", 4: "lật dọc", 5: "90° và lật", 6: "90°", 7: "270° và lật"}
SIDEWAYS = Rule(
    id="image-orientation-tag",
    severity=Severity.WARNING,
    title=Text(
        vi="Ảnh chỉ đứng thẳng nhờ thẻ xoay", en="Image upright only by its orientation tag"
    ),
    message=Text(
        vi="Điểm ảnh nằm xoay {turn} (thẻ EXIF Orientation = {orientation}); nhiều hệ quản trị "
        "bỏ thẻ này khi thu nhỏ",
        en="The pixels are turned (EXIF Orientation {orientation}); many CMSs drop that tag",
    ),
    why=Text(
        vi="Khi hệ quản trị tạo ảnh nhỏ, thẻ xoay bị xóa và ảnh hiện nằm ngang hoặc lộn ngược.",
        en="When the CMS makes a smaller copy the tag is lost and the picture lies on its side.",
    ),
    fix=Text(
        vi="Xoay ảnh thật sự rồi lưu lại, hoặc chạy lệnh qc fix.",
        en="Turn the pixels and save, or run qc fix.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(1200, 800, exif={0x0112: 6})),),
        good=(draft(photo(1200, 800, exif={0x0112: 1})), draft(photo(1200, 800))),
    ),
)


@check(SIDEWAYS, subject=Image)
def orientation(image: Image, options: Options) -> Iterator[Finding]:
    """Report a picture that needs its orientation tag."""
    picture = picture_of(image)
    if picture is not None and picture.orientation != 1:
        turn = TURNS.get(picture.orientation, "270°")
        yield SIDEWAYS.at(image, orientation=picture.orientation, turn=turn)
