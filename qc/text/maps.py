"""Maps: a map of the country is looked at by a human before it is published.

Software cannot tell whether Hoàng Sa and Trường Sa stand on a picture; it can tell from the words
around a picture that it is a map, and ask.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Text, check

MAP = Rule(
    id="law-map-review-needed",
    title=Text(vi="Ảnh bản đồ cần người xem lại", en="A map that a human has to look at"),
    message=Text(
        vi="Ảnh được gọi là “{words}”: kiểm tra có đủ quần đảo Hoàng Sa, Trường Sa không",
        en="The picture is called “{words}”: check that Hoàng Sa and Trường Sa are shown",
    ),
    why=Text(
        vi="Đăng bản đồ Việt Nam không thể hiện đúng chủ quyền quốc gia là hành vi bị xử phạt.",
        en="Publishing a map that does not show the country's sovereignty is punishable.",
    ),
    fix=Text(
        vi="Xem kỹ ảnh; dùng bản đồ của cơ quan có thẩm quyền. Đã xem thì ghi miễn trừ.",
        en="Look at it; use an official map. Waive the finding once that is done.",
    ),
    basis=("15-101",),
    examples=Examples(
        bad=(
            "![Bản đồ hành chính Việt Nam](ban-do.jpg)\n",
            "![Đất nước em](ban-do-viet-nam.png)\n",
        ),
        good=(
            "![Sơ đồ sân trường](so-do.jpg)\n",
            "![Học sinh vẽ bản đồ tư duy](ban-do-tu-duy.jpg)\n",
        ),
    ),
)
WORDS = regex(
    r"(?:bản\s+đồ|lược\s+đồ|hải\s+đồ|quả\s+địa\s+cầu)(?!\s+tư\s+duy)(?:\s+\w+){0,5}?\s+"
    r"(?:việt\s+nam|đất\s+nước|nước\s+ta|thế\s+giới|đông\s+nam\s+á|biển\s+đông|hành\s+chính|tổ\s+quốc)",
    re.IGNORECASE,
)
FILE = regex(r"(?:ban|luoc)-?do-?(?:[a-z]+-?){0,3}?(?:viet-?nam|hanh-?chinh|the-?gioi|dat-?nuoc)")


@check(MAP, subject=Image)
def map_review(image: Image, _: Options) -> Iterator[Finding]:
    """A picture whose alternative text, caption or file name says it is a map of the country."""
    for text in (image.alt, image.caption):
        match = WORDS.search(unicodedata.normalize("NFC", text or ""))
        if match:
            yield MAP.at(image, words=match[0], confidence=Confidence.MEDIUM)
            return
    name = re.sub(r"[_\s]+", "-", image.path.lower())
    match = FILE.search(name)
    if match:
        yield MAP.at(image, words=match[0], confidence=Confidence.LOW)
