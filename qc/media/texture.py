"""Texture: noise of high sensitivity, and blocks left by strong compression."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import changed, draft, photo
from qc.media._pixels import pixels_of

NOISY = Rule(
    id="image-noisy",
    severity=Severity.INFO,
    title=Text(vi="Ảnh nhiễu hạt", en="Noisy image"),
    message=Text(
        vi="Nhiễu {sigma} mức sáng ở vùng phẳng (giới hạn {limit})",
        en="Noise of {sigma} levels on flat areas (limit {limit})",
    ),
    why=Text(
        vi="Ảnh chụp thiếu sáng với độ nhạy cao bị lấm tấm hạt.",
        en="A shot in poor light at high sensitivity looks grainy.",
    ),
    fix=Text(vi="Khử nhiễu hoặc chọn ảnh khác.", en="Remove the noise or choose another shot."),
    basis=("house-image",),
)
BLOCKY = Rule(
    id="image-blocky",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh vỡ thành ô vuông", en="Blocky image"),
    message=Text(
        vi="Thấy rõ ô vuông 8×8 do nén: mức {ratio} (giới hạn {limit})",
        en="The 8×8 blocks of compression show: {ratio} (limit {limit})",
    ),
    why=Text(
        vi="Ảnh đã bị nén mạnh trước đó; lưu lại ở chất lượng cao không làm ảnh đẹp hơn.",
        en="It was compressed strongly before; saving it at high quality does not help.",
    ),
    fix=Text(vi="Xin lại ảnh gốc.", en="Ask for the original."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(900, 600, quality=5)),),
        good=(draft(photo(900, 600)), draft(changed(lambda picture: picture))),
    ),
)


class TextureOptions(Options):
    """Limits measured on real photos."""

    noise: float = Field(6.0, gt=0, description="Noise in gray levels: info above")
    blocks: float = Field(2.3, gt=1, description="Steps on the 8 px grid against beside it")


@check(NOISY, BLOCKY, subject=Image, options=TextureOptions, requires=("module:cv2",))
def texture(image: Image, options: TextureOptions) -> Iterator[Finding]:
    """Compare noise and blocks with the limits."""
    pixels = pixels_of(image)
    if pixels is None:
        return
    from qc.media._measures.structure import blockiness, noise

    grain = noise(pixels)
    if grain > options.noise:
        yield NOISY.at(
            image, confidence=Confidence.MEDIUM, sigma=round(grain, 1), limit=options.noise
        )
    ratio = blockiness(pixels)
    if ratio > options.blocks:
        yield BLOCKY.at(
            image, confidence=Confidence.MEDIUM, ratio=round(ratio, 2), limit=options.blocks
        )
