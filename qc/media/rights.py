"""Rights: whose picture it is, whether the article says so, and whether the portal may use it.

Phones write no author, so a credit in the caption or in the article's byline always counts.
Agencies are known by their names, addresses, marks and download names; a portal that has a
licence records it in its policy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING, ClassVar

from qc.core.article import Article, Image, Role
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.media._agencies import Trace, fold, traces_in_metadata, traces_in_name, traces_in_text
from qc.media._credit import article_credit, caption_credit
from qc.media._examples import draft, photo
from qc.media._picture import picture_of

if TYPE_CHECKING:
    from qc.media._metadata.record import Metadata

MISSING = Rule(
    id="rights-credit-missing",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh không ghi nguồn", en="Image without a credit"),
    message=Text(
        vi="Không thấy tên người chụp hoặc nguồn ảnh, cả trong chú thích và trong tệp ảnh",
        en="No photographer or source, neither in the caption nor in the file",
    ),
    why=Text(
        vi="Người chụp có quyền được nêu tên; ảnh không rõ nguồn dễ bị khiếu nại bản quyền.",
        en="A photographer must be named; a picture of unknown source invites a complaint.",
    ),
    fix=Text(
        vi="Thêm “Ảnh: Họ tên” vào chú thích, hoặc “Tin, ảnh: Họ tên” ở cuối bài.",
        en="Add “Ảnh: name” to the caption, or “Tin, ảnh: name” at the end of the article.",
    ),
    basis=("SHTT-19", "house-image"),
    examples=Examples(
        bad=(draft(photo(800, 533), caption="Học sinh trồng cây"),),
        good=(
            draft(photo(800, 533), caption="Học sinh trồng cây. Ảnh: Trần Thị Bình"),
            draft(photo(800, 533, exif={0x013B: "Trần Thị Bình"}), caption="Học sinh trồng cây"),
        ),
    ),
)
UNCREDITED = Rule(
    id="rights-creator-not-credited",
    severity=Severity.WARNING,
    title=Text(vi="Tên tác giả trong tệp không có trong bài", en="Author in the file not credited"),
    message=Text(
        vi="Tệp ảnh ghi {where} là “{name}” nhưng chú thích không nêu tên này",
        en="The file says “{name}” ({where_en}), but the caption does not",
    ),
    why=Text(
        vi="Ảnh có thể là của người khác; dùng ảnh mà không nêu tên tác giả là vi phạm quyền tác "
        "giả.",
        en="The picture may be someone else's; using it without the name breaks the author's "
        "right.",
    ),
    fix=Text(
        vi="Ghi đúng tên vào chú thích, hoặc khai tên đơn vị mình trong chính sách (own_names).",
        en="Credit that name, or list your own names in the policy (own_names).",
    ),
    basis=("SHTT-19",),
    examples=Examples(
        bad=(draft(photo(800, 533, exif={0x013B: "Le Van Cuong"})),),
        good=(draft(photo(800, 533, exif={0x013B: "Tran Thi Binh"})),),
    ),
)
CONFLICT = Rule(
    id="rights-conflict",
    severity=Severity.INFO,
    title=Text(vi="Thông tin tác giả trong tệp không thống nhất", en="Conflicting rights fields"),
    message=Text(
        vi="Trong tệp ảnh, {where} ghi khác nhau: {values}",
        en="The file gives different values for {where_en}: {values}",
    ),
    why=Text(
        vi="Không rõ ai giữ quyền thì không thể ghi nguồn đúng.",
        en="Where it is unclear who holds the rights, the credit cannot be right.",
    ),
    fix=Text(
        vi="Hỏi lại người gửi ảnh rồi ghi thống nhất.", en="Ask the sender and make them agree."
    ),
    basis=("house-image",),
)
AGENCY = Rule(
    id="rights-agency-image",
    severity=Severity.ERROR,
    title=Text(
        vi="Ảnh của hãng ảnh hoặc báo khác, chưa có giấy phép", en="Unlicensed agency image"
    ),
    message=Text(
        vi="Có dấu vết của {agency} ở {where}; chính sách chưa ghi giấy phép dùng ảnh này",
        en="{agency} shows in {where_en}; the policy has no licence for it",
    ),
    why=Text(
        vi="Các hãng này thu tiền bản quyền và tìm ảnh bị dùng trái phép bằng máy.",
        en="Such agencies charge for use and search for unlicensed copies by machine.",
    ),
    fix=Text(
        vi="Thay bằng ảnh của trường, hoặc mua quyền rồi ghi vào mục licences của chính sách.",
        en="Use a picture of your own, or buy the right and record it in the policy (licences).",
    ),
    basis=("37-7", "house-image"),
    examples=Examples(
        bad=(
            draft(photo(800, 533, exif={0x8298: "(c) Getty Images"})),
            draft(photo(800, 533), name="shutterstock_123456789.jpg"),
            draft(photo(800, 533), caption="Lễ khai giảng. Ảnh: TTXVN"),
        ),
        good=(
            draft(photo(800, 533, exif={0x8298: "Tran Thi Binh"})),
            draft(photo(800, 533), caption="Học sinh vùng cao. Ảnh: Bình AP"),
        ),
    ),
)
RESERVED = Rule(
    id="rights-reserved",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh ghi rõ giữ mọi quyền", en="All rights reserved"),
    message=Text(
        vi="Tệp ảnh ghi điều kiện sử dụng: “{terms}”", en="The file states terms of use: “{terms}”"
    ),
    why=Text(
        vi="Chủ sở hữu không cho phép dùng lại nếu chưa xin phép.",
        en="The owner does not allow reuse without permission.",
    ),
    fix=Text(
        vi="Xin phép bằng văn bản và lưu lại, hoặc thay ảnh khác.",
        en="Get a written permission and keep it, or use another picture.",
    ),
    basis=("SHTT-25",),
    examples=Examples(
        bad=(draft(photo(800, 533, exif={0x8298: "Tran Thi Binh. All rights reserved"})),),
        good=(draft(photo(800, 533, exif={0x8298: "Tran Thi Binh"})),),
    ),
)
STATEMENT = Rule(
    id="rights-web-statement-invalid",
    severity=Severity.INFO,
    title=Text(vi="Địa chỉ trang bản quyền sai", en="Web statement of rights is no address"),
    message=Text(
        vi="Trường trang bản quyền ghi “{value}”, không phải địa chỉ web",
        en="The web statement of rights is “{value}”, not a web address",
    ),
    why=Text(
        vi="Máy tìm kiếm dùng địa chỉ này để hiện giấy phép của ảnh.",
        en="Search engines use this address to show the licence.",
    ),
    fix=Text(
        vi="Ghi địa chỉ đầy đủ bắt đầu bằng https://.",
        en="Give the full address, beginning with https://.",
    ),
    basis=("house-image",),
)
ALL_RESERVED = regex(
    r"(?i)all rights reserved|mọi quyền được bảo l[ưu]u|giữ bản quyền|cấm sao chép"
    r"|không được sao chép|no use without|not for (?:publication|commercial)|do not (?:use|copy)"
)
OWN_ROLES = frozenset((Role.LOGO, Role.BANNER, Role.THUMBNAIL))
SMALLEST_PX = 100
ENGLISH = {
    "tác giả": "the author",
    "nguồn": "the source",
    "bản quyền": "the copyright notice",
    "bên cấp phép": "the licensor",
    "chủ sở hữu": "the owner",
    "trang bản quyền": "the web statement of rights",
    "điều khoản": "the usage terms",
    "hướng dẫn": "the instructions",
    "mô tả": "the description",
    "tiêu đề": "the title",
    "tên tệp": "the file name",
    "chú thích": "the caption",
}


@dataclass(frozen=True)
class Licence:
    """A licence of the portal: with whom, until when, and where it is filed."""

    __pydantic_config__: ClassVar[dict[str, str]] = {"extra": "forbid"}

    agency: str
    until: date | None = None
    reference: str = ""


class RightsOptions(Options):
    """What the portal owns and what it has licensed."""

    own_names: tuple[str, ...] = Field(
        (), description="Names of the portal, its staff and photographers: always credited"
    )
    licences: tuple[Licence, ...] = Field((), description="Agencies with a licence in force")


@check(
    *(MISSING, UNCREDITED, CONFLICT, AGENCY, RESERVED, STATEMENT),
    subject=Article,
    options=RightsOptions,
)
def rights(article: Article, options: RightsOptions) -> Iterator[Finding]:
    """Compare what pictures say of themselves with what the article says of them."""
    own = [fold(name) for name in options.own_names if name.strip()]
    for image in article.images:
        picture = picture_of(image)
        metadata = None if picture is None else picture.metadata
        traces = [
            *(traces_in_metadata(metadata) if metadata else ()),
            *traces_in_name(image.path),
            *traces_in_text("chú thích", caption_credit(image)),
        ]
        named = list(_agency(article, image, traces, options))
        yield from named
        if picture is None or metadata is None:
            continue
        if not picture.header.vector and min(picture.width, picture.height) >= SMALLEST_PX:
            yield from _credit(article, image, metadata, own, bool(named))
        yield from _terms(image, metadata, own)
        yield from _conflicts(image, metadata)


def _agency(
    article: Article, image: Image, traces: list[Trace], options: RightsOptions
) -> Iterator[Finding]:
    licensed = {
        fold(licence.agency)
        for licence in options.licences
        if licence.until is None or licence.until >= article.date
    }
    seen: set[str] = set()
    for trace in traces:
        agency = trace.agency
        if agency.name in seen or fold(agency.name) in licensed:
            continue
        seen.add(agency.name)
        credited = agency.kind == "free" and caption_credit(image) is not None
        if credited:
            continue
        sure = trace.field not in {"chú thích", "mô tả", "tiêu đề", "hướng dẫn"}
        strong = sure and agency.kind != "free"
        yield AGENCY.at(
            image,
            severity=Severity.ERROR if strong else Severity.WARNING,
            confidence=Confidence.HIGH if strong else Confidence.MEDIUM,
            agency=agency.name,
            where=trace.field,
            where_en=ENGLISH.get(trace.field, trace.field),
            found=trace.text[:120],
        )


def _credit(
    article: Article, image: Image, metadata: Metadata, own: list[str], agency: bool
) -> Iterator[Finding]:
    said = caption_credit(image)
    holders = [("tác giả", name) for name in metadata.creators]
    holders += [("nguồn", name) for name in metadata.credits]
    if not said and not article_credit(article) and not holders and not metadata.notices:
        if image.role not in OWN_ROLES:
            yield MISSING.at(image)
        return
    if agency or not holders:
        return
    fields = article.fields
    context = fold(
        " ".join((said or "", image.caption or "", fields.author or "", fields.source or ""))
    )
    names = [fold(name) for _, name in holders]
    if any(name in context or name in own for name in names) or article_credit(article):
        return
    if any(name in each for each in names for name in own):
        return
    field, name = holders[0]
    yield UNCREDITED.at(image, where=field, where_en=ENGLISH[field], name=name[:120])


def _terms(image: Image, metadata: Metadata, own: list[str]) -> Iterator[Finding]:
    xmp = metadata.xmp
    stated = [*metadata.notices, *xmp.all("xmprights", "usageterms")]
    mine = any(name in fold(text) for text in stated for name in own)
    for text in stated:
        if ALL_RESERVED.search(text) and not mine:
            yield RESERVED.at(image, terms=text[:160])
            break
    else:
        mining = xmp.one("plus", "datamining")
        if "prohibited" in mining.lower() and not mine:
            short = mining.rsplit("/", 1)[-1][:80]
            yield RESERVED.at(image, severity=Severity.INFO, terms=short)
    for value in xmp.all("xmprights", "webstatement")[:1]:
        if not re.fullmatch(r"https?://[^\s/]+\.[^\s/]+(/\S*)?", value):
            yield STATEMENT.at(image, value=value[:120])


def _conflicts(image: Image, metadata: Metadata) -> Iterator[Finding]:
    xmp, iim, exif = metadata.xmp, metadata.iim, metadata.exif
    for field, values in (
        ("tác giả", (xmp.one("dc", "creator"), *iim.get("by_line", ())[:1], exif.artist)),
        ("bản quyền", (xmp.one("dc", "rights"), metadata.first_iim("copyright"), exif.copyright)),
        ("nguồn", (xmp.one("photoshop", "credit"), metadata.first_iim("credit"))),
    ):
        distinct: dict[str, str] = {}
        for value in values:
            if value:
                distinct.setdefault(re.sub(r"\W+", "", fold(value))[:30], value)
        if len(distinct) > 1:
            shown = " / ".join(value[:60] for value in distinct.values())
            yield CONFLICT.at(image, where=field, where_en=ENGLISH[field], values=shown)
