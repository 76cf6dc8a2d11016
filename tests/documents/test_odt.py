"""OpenDocument texts: texts, kinds, places, fields, pictures, links and tracked changes."""

from __future__ import annotations

from datetime import date

import pytest

from qc.core.article import Article, BlockKind, Role
from qc.core.errors import LoadError
from qc.documents.load import Source, load

from .office_files import odf_paragraph, odt

P = odf_paragraph


def read(body: str, **known: object) -> Article:
    return load(Source("bai.odt", data=odt(body, **known)), date(2026, 1, 2))  # type: ignore[arg-type]


def texts(article: Article, *, hidden: bool = False) -> list[str]:
    return [block.text for block in article.blocks if block.hidden == hidden]


INLINE = [
    ("spans join", P("Tr<text:span>ường</text:span> học"), ["Trường học"]),
    ("white space collapses", P("  một \n\t hai<text:span> </text:span> ba  "), ["một hai ba"]),
    ("text:s is kept", P('a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d'), ["a   b\tc\nd"]),
    ("huge text:s", P('a<text:s text:c="999999999"/>b'), ["a b"]),
    (
        "deletion is no text",
        "<text:tracked-changes><text:changed-region><text:deletion>"
        + P("xóa")
        + "</text:deletion></text:changed-region></text:tracked-changes>"
        + P("a<text:change-start/>b<text:change-end/>"),
        ["ab"],
    ),
    ("sections are entered", "<text:section>" + P("a") + "</text:section>", ["a"]),
    ("fields show their result", P("Trang <text:page-number>3</text:page-number>"), ["Trang 3"]),
    ("bookmarks are nothing", P("a<text:bookmark/>b"), ["ab"]),
    ("ruby base", P("<text:ruby><text:ruby-base>a</text:ruby-base><text:ruby-text>x"
                    "</text:ruby-text></text:ruby>"), ["a"]),
    ("entities", P("a &amp; b"), ["a & b"]),
    ("NFD stays", P("Trươ\u0300ng"), ["Trươ\u0300ng"]),
    ("empty", P("") + P("  ") + P("a"), ["a"]),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in INLINE], ids=[c[0] for c in INLINE])
def test_inline_text(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


def test_structure_and_places() -> None:
    cell = "<table:table-cell>{}</table:table-cell>"
    article = read(
        '<text:h text:outline-level="2">Mục</text:h>'
        "<text:list><text:list-item>" + P("ý một") + "</text:list-item></text:list>"
        "<table:table><table:table-header-rows><table:table-row>"
        + cell.format(P("Họ tên"))
        + cell.format(P("Lớp"))
        + "</table:table-row></table:table-header-rows><table:table-row>"
        '<table:table-cell table:number-columns-spanned="2">' + P("An") + "</table:table-cell>"
        "<table:covered-table-cell/></table:table-row></table:table>" + P("cuối")
    )
    rows = [(b.kind, b.text, b.place.paragraph, b.table, b.row, b.col) for b in article.blocks]
    assert rows == [
        (BlockKind.HEADING, "Mục", 1, None, None, None),
        (BlockKind.LIST_ITEM, "ý một", 2, None, None, None),
        (BlockKind.CELL, "Họ tên", 3, 1, 1, 1),
        (BlockKind.CELL, "Lớp", 4, 1, 1, 2),
        (BlockKind.CELL, "An", 5, 1, 2, 1),
        (BlockKind.PARAGRAPH, "cuối", 6, None, None, None),
    ]
    assert article.blocks[0].level == 2
    assert [b.header for b in article.blocks[2:5]] == [True, True, False]


def test_notes_comments_boxes_headers() -> None:
    note = (
        '<text:note text:note-class="{}"><text:note-citation>1</text:note-citation>'
        "<text:note-body>{}</text:note-body></text:note>"
    )
    article = read(
        P(
            "thân"
            + note.format("footnote", P("chân trang"))
            + note.format("endnote", P("cuối bài"))
            + "<office:annotation><dc:creator>Lan</dc:creator>"
            + P("sửa lại")
            + "</office:annotation>"
            + "<draw:frame><draw:text-box>"
            + P("trong hộp")
            + "</draw:text-box></draw:frame>"
            + " bài"
        ),
        master="<style:header>" + P("đầu") + "</style:header><style:footer>" + P("chân")
        + "</style:footer>",
    )  # fmt: skip
    assert [(b.kind, b.field, b.text, b.hidden) for b in article.blocks] == [
        (BlockKind.PARAGRAPH, "body", "thân bài", False),
        (BlockKind.TEXTBOX, "textbox", "trong hộp", False),
        (BlockKind.FOOTNOTE, "footnote", "chân trang", False),
        (BlockKind.FOOTNOTE, "endnote", "cuối bài", False),
        (BlockKind.COMMENT, "comment", "sửa lại", True),
        (BlockKind.HEADER, "header", "đầu", False),
        (BlockKind.FOOTER, "footer", "chân", False),
    ]


HIDDEN = [
    ("span", P('thấy <text:span text:style-name="T1">ẩn</text:span>')),
    ("section", P("thấy") + '<text:section text:display="none">' + P("ẩn") + "</text:section>"),
    ("hidden text", P('thấy <text:hidden-text text:string-value="ẩn"/>')),
]


@pytest.mark.parametrize("body", [c[1] for c in HIDDEN], ids=[c[0] for c in HIDDEN])
def test_hidden_text(body: str) -> None:
    article = read(body)
    assert [text.strip() for text in texts(article)] == ["thấy"]
    assert texts(article, hidden=True) == ["ẩn"]


def test_title_fields_and_properties() -> None:
    article = read(
        P("Tên bài", "P1") + P("Tác giả: Lê Lan") + P("Thân"),
        meta="<dc:title>Tên cũ</dc:title><meta:initial-creator>Admin</meta:initial-creator>"
        '<meta:user-defined meta:name="Chuyên mục">Tin tức</meta:user-defined>',
    )
    fields = article.fields
    assert (fields.title, fields.author, fields.category) == ("Tên bài", "Lê Lan", "Tin tức")
    assert article.text("body") == "Thân"


PICTURE = (
    '<draw:frame svg:width="5cm" svg:height="1in"{}><draw:image xlink:href="{}"/>{}</draw:frame>'
)


def test_picture_with_caption_in_its_box() -> None:
    inner = PICTURE.format("", "Pictures/a.png", "<svg:title>Học sinh</svg:title>")
    box = "<draw:frame><draw:text-box>{}</draw:text-box></draw:frame>"
    article = read(
        P("mở bài") + P(box.format(P(inner + "Hình 1: Lễ chào cờ", "Illustration"))),
        files={"Pictures/a.png": b"PNG"},
    )
    (image,) = article.images
    assert (image.path, image.alt, image.caption) == (
        "Pictures/a.png",
        "Học sinh",
        "Hình 1: Lễ chào cờ",
    )
    assert (image.display_width_px, image.display_height_px, image.role) == (189, 96, Role.INLINE)
    assert image.blob is not None
    assert image.blob.bytes == b"PNG"


ALTS = [
    ("none", "", "", None),
    ("title", "", "<svg:title>a</svg:title>", "a"),
    ("description", "", "<svg:desc>b</svg:desc>", "b"),
    ("decorative", ' loext:decorative="true"', "", ""),
]


@pytest.mark.parametrize(
    ("attribute", "said", "alt"), [c[1:] for c in ALTS], ids=[c[0] for c in ALTS]
)
def test_alt(attribute: str, said: str, alt: str | None) -> None:
    article = read(P("a" + PICTURE.format(attribute, "x.png", said)))
    assert article.images[0].alt == alt


@pytest.mark.parametrize(
    ("href", "problem", "remote"),
    [
        ("http://a.vn/x.png", None, True),
        ("../x.png", "outside", False),
        ("x.png", "missing", False),
    ],
)
def test_pictures_elsewhere(href: str, problem: str | None, remote: bool) -> None:
    image = read(P(PICTURE.format("", href, ""))).images[0]
    assert (image.problem, image.remote, image.blob) == (problem, remote, None)


def test_links() -> None:
    article = read(
        P('Xem <text:a xlink:href="https://a.vn/">ở <text:span>đây</text:span></text:a>.')
    )
    (link,) = article.links
    assert (link.href, link.text) == ("https://a.vn/", "ở đây")
    assert link.block is not None
    assert link.block.text[link.start : link.end] == "ở đây"


def test_legacy_fonts() -> None:
    article = read(
        P("TrËt tù ch÷ c¸i", "P2") + P('<text:span text:style-name="T3">hoïc sinh</text:span> giỏi')
    )
    assert texts(article) == ["Trật tự chữ cái", "học sinh giỏi"]
    legacy = article.blocks[1].legacy
    assert legacy is not None
    assert (legacy.encoding, legacy.font, legacy.text) == ("vni", "VNI-Times", "hoïc sinh giỏi")


def test_protected_file() -> None:
    files = {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}
    with pytest.raises(LoadError, match="password"):
        read(P("a"), files=files)
