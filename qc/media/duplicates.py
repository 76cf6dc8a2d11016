"""Duplicates: the same picture twice in one article, whole, cut, framed or mirrored."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article, Image, Role
from qc.core.finding import Finding
from qc.core.rule import Confidence, Draft, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import FIGURE, changed, photo
from qc.media._pixels import Pixels, pixels_of

DUPLICATE = Rule(
    id="image-duplicate",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh lặp lại trong bài", en="Same picture twice"),
    message=Text(
        vi="Ảnh này giống ảnh “{other}” (khác {bits}/64 bit, giới hạn {limit})",
        en="This is the same picture as “{other}” ({bits} of 64 bits differ, limit {limit})",
    ),
    why=Text(
        vi="Bài đăng hai lần cùng một ảnh trông cẩu thả và nặng trang.",
        en="The same picture twice looks careless and makes the page heavy.",
    ),
    fix=Text(vi="Bỏ một ảnh hoặc thay ảnh khác.", en="Remove one or use another picture."),
    basis=("house-image",),
    examples=Examples(
        bad=(
            Draft(
                "".join(
                    FIGURE.format(name=name, attributes="", caption="Ảnh: Bình")
                    for name in ("a.jpg", "b.jpg")
                ),
                name="draft.html",
                files={
                    "a.jpg": photo(900, 600),
                    "b.jpg": changed(lambda p: p.resize((600, 400)), 900, 600),
                },
            ),
        ),
        good=(
            Draft(
                "".join(
                    FIGURE.format(name=name, attributes="", caption="Ảnh: Bình")
                    for name in ("a.jpg", "b.jpg")
                ),
                name="draft.html",
                files={"a.jpg": photo(900, 600), "b.jpg": photo(880, 620)},
            ),
        ),
    ),
)


class DuplicateOptions(Options):
    """How alike two pictures may be."""

    max_bits: int = Field(6, ge=0, le=32, description="Differing bits of 64 that still mean equal")
    min_contrast: float = Field(6, ge=0, description="Plainer pictures are not compared")


@check(DUPLICATE, subject=Article, options=DuplicateOptions, requires=("module:cv2",))
def duplicates(article: Article, options: DuplicateOptions) -> Iterator[Finding]:
    """Compare each picture with those before it; the featured one may stand in the text again."""
    seen: list[tuple[Image, Pixels]] = []
    paths: set[str] = set()
    for image in article.images:
        if image.role in {Role.LOGO, Role.THUMBNAIL, Role.BANNER} or image.path in paths:
            continue
        paths.add(image.path)
        if len(article.images) < 2:
            return
        pixels = pixels_of(image)
        if pixels is None:
            continue
        yield from _compare(image, pixels, seen, options)
        seen.append((image, pixels))


def _compare(
    image: Image, pixels: Pixels, seen: list[tuple[Image, Pixels]], options: DuplicateOptions
) -> Iterator[Finding]:
    from qc.media._measures.hashes import contrast_of, distance

    if contrast_of(pixels.gray) < options.min_contrast:
        return
    for other, earlier in seen:
        bits = distance(pixels, earlier)
        if bits <= options.max_bits:
            exact = bits <= 2
            yield DUPLICATE.at(
                image,
                severity=Severity.WARNING if other.role is Role.FEATURED else Severity.ERROR,
                confidence=Confidence.HIGH if exact else Confidence.MEDIUM,
                other=other.path,
                bits=bits,
                limit=options.max_bits,
            )
            return
