"""Word documents: texts, kinds, places, fields, pictures, links and tracked changes."""

from __future__ import annotations

import unicodedata
import zipfile
from datetime import date
from io import BytesIO

import pytest

from qc.core.article import Article, Block, BlockKind, Place, Role
from qc.documents._ooxml.wordfile import WordFile
from qc.documents.load import Source, load

from .office_files import archive, docx, paragraph, picture, run, table

TODAY = date(2026, 1, 2)
LEGACY = '<w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/>'
VNI = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
CAPITALS = '<w:rFonts w:ascii=".VnTimeH" w:hAnsi=".VnTimeH"/>'


def read(body: str, **known: object) -> Article:
    return load(Source("bai.docx", data=docx(body, **known)), TODAY)  # type: ignore[arg-type]


def texts(article: Article, *, hidden: bool = False) -> list[str]:
    return [block.text for block in article.blocks if block.hidden == hidden]


def place_of(block: Block) -> tuple[object, ...]:
    place = block.place
    return place.part, place.paragraph, place.table, place.row, place.column


INLINE = [
    ("runs join", paragraph("Tr", "ường ", "THCS"), ["Trường THCS"]),
    ("tab and break", paragraph("a", "<w:r><w:tab/><w:t>b</w:t><w:br/></w:r>", "c"), ["a\tb\nc"]),
    ("insertion is text", paragraph("a", "<w:ins>" + run("b") + "</w:ins>"), ["ab"]),
    (
        "deletion is no text",
        paragraph("a", "<w:del><w:r><w:delText>x</w:delText></w:r></w:del>", "b"),
        ["ab"],
    ),
    (
        "moved away is no text",
        paragraph("a", "<w:moveFrom>" + run("x") + "</w:moveFrom>")
        + paragraph("<w:moveTo>" + run("x") + "</w:moveTo>"),
        ["a", "x"],
    ),
    (
        "content controls are entered",
        "<w:sdt><w:sdtContent>" + paragraph("trong ô") + "</w:sdtContent></w:sdt>",
        ["trong ô"],
    ),
    (
        "smart tags are entered",
        paragraph("<w:smartTag>" + run("Hà Nội") + "</w:smartTag>"),
        ["Hà Nội"],
    ),
    (
        "a field shows its result",
        paragraph(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
            "<w:r><w:instrText> PAGE </w:instrText></w:r>",
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
            "12",
            '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
        ),
        ["12"],
    ),
    ("formulas are read", paragraph("<m:oMath><m:r><m:t>x+1</m:t></m:r></m:oMath>"), ["x+1"]),
    (
        "one branch of an alternative",
        paragraph(
            "<w:r><mc:AlternateContent><mc:Choice>" + "<w:t>mới</w:t>" + "</mc:Choice>"
            "<mc:Fallback><w:t>cũ</w:t></mc:Fallback></mc:AlternateContent></w:r>"
        ),
        ["mới"],
    ),
    ("entities", paragraph("a & b < c"), ["a & b < c"]),
    (
        "NFD stays as written",
        paragraph(unicodedata.normalize("NFD", "Trường")),
        [unicodedata.normalize("NFD", "Trường")],
    ),
    ("empty paragraphs give no block", paragraph() + paragraph("  ") + paragraph("a"), ["a"]),
]


@pytest.mark.parametrize(("body", "expected"), [c[1:] for c in INLINE], ids=[c[0] for c in INLINE])
def test_inline_text(body: str, expected: list[str]) -> None:
    assert texts(read(body)) == expected


def test_places_of_body_and_tables() -> None:
    article = read(
        paragraph("một") + table(("a", "b"), ("c", "d")) + paragraph("hai") + table(("e",))
    )
    assert [place_of(block) for block in article.blocks] == [
        ("body", 1, None, None, None),
        ("body", 2, 1, 1, 1),
        ("body", 3, 1, 1, 2),
        ("body", 4, 1, 2, 1),
        ("body", 5, 1, 2, 2),
        ("body", 6, None, None, None),
        ("body", 7, 2, 1, 1),
    ]
    assert [block.kind for block in article.blocks[:2]] == [BlockKind.PARAGRAPH, BlockKind.CELL]


def test_grid_columns_count_merged_cells() -> None:
    row = (
        '<w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>' + paragraph("a") + "</w:tc>"
        "<w:tc>" + paragraph("b") + "</w:tc></w:tr>"
    )
    block = read(f"<w:tbl>{row}</w:tbl>").blocks[1]
    assert (block.col, block.place.column) == (3, 2)


def test_header_rows() -> None:
    head = "<w:tr><w:trPr><w:tblHeader/></w:trPr><w:tc>" + paragraph("Họ tên") + "</w:tc></w:tr>"
    article = read(f"<w:tbl>{head}<w:tr><w:tc>{paragraph('An')}</w:tc></w:tr></w:tbl>")
    assert [block.header for block in article.blocks] == [True, False]


def test_other_parts() -> None:
    note = "<w:footnote w:type='separator'>" + paragraph("---") + "</w:footnote>"
    article = read(
        paragraph("thân"),
        parts={
            "header1": paragraph("đầu"),
            "header2": paragraph("đầu hai"),
            "footer1": paragraph("chân"),
            "footnotes": note + "<w:footnote>" + paragraph("chú thích") + "</w:footnote>",
            "comments": "<w:comment>" + paragraph("sửa lại") + "</w:comment>",
        },
    )
    assert [(b.kind, b.field, b.text, b.place.paragraph, b.hidden) for b in article.blocks[1:]] == [
        (BlockKind.HEADER, "header", "đầu", 1, False),
        (BlockKind.HEADER, "header", "đầu hai", 2, False),
        (BlockKind.FOOTER, "footer", "chân", 1, False),
        (BlockKind.FOOTNOTE, "footnote", "chú thích", 1, False),
        (BlockKind.COMMENT, "comment", "sửa lại", 1, True),
    ]


def test_text_box_follows_its_paragraph_and_is_read_once() -> None:
    box = "<w:txbxContent>" + paragraph("trong hộp") + "</w:txbxContent>"
    shape = (
        f"<mc:AlternateContent><mc:Choice><w:drawing><wp:anchor><wps:txbx>{box}</wps:txbx>"
        f"</wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox>"
        f"</w:pict></mc:Fallback></mc:AlternateContent>"
    )
    article = read(paragraph("trước", f"<w:r>{shape}</w:r>") + paragraph("sau"))
    assert [(b.kind, b.text, b.place.paragraph) for b in article.blocks] == [
        (BlockKind.PARAGRAPH, "trước", 1),
        (BlockKind.TEXTBOX, "trong hộp", 1),
        (BlockKind.PARAGRAPH, "sau", 2),
    ]


@pytest.mark.parametrize(
    "properties",
    ["<w:vanish/>", '<w:rStyle w:val="Secret"/>', '<w:sz w:val="2"/>'],
    ids=["vanish", "style", "one point"],
)
def test_hidden_runs_are_hidden_blocks(properties: str) -> None:
    article = read(paragraph("thấy ", run("cờ bạc", properties), "được"))
    assert texts(article) == ["thấy được"]
    assert texts(article, hidden=True) == ["cờ bạc"]


def test_vanish_switched_off_is_visible() -> None:
    assert texts(read(paragraph(run("thấy", '<w:vanish w:val="0"/>')))) == ["thấy"]


TITLES = [
    ("title style", paragraph("Tên bài", style="Title") + paragraph("Thân"), "Tên bài"),
    ("first heading", paragraph("Tên bài", style="u1") + paragraph("Thân"), "Tên bài"),
    ("named", paragraph("Tiêu đề: Tên bài") + paragraph("Thân"), "Tên bài"),
    ("bold line", paragraph(run("Tên bài", "<w:b/>")) + paragraph("Thân"), "Tên bài"),
    ("plain text has none", paragraph("Thân bài.") + paragraph("Thân"), None),
]


@pytest.mark.parametrize(("body", "title"), [c[1:] for c in TITLES], ids=[c[0] for c in TITLES])
def test_title(body: str, title: str | None) -> None:
    article = read(body)
    assert article.fields.title == title
    if title is not None:
        assert texts(article) == [title, "Thân"]


def test_fields_in_head_lines() -> None:
    article = read(
        paragraph("Tên bài", style="Title")
        + paragraph("Tác giả: Nguyễn Văn An")
        + paragraph("Ngày đăng: 20/11/2025")
        + paragraph("Thân bài")
        + paragraph("Nguồn: còn trong thân")
    )
    assert article.fields.author == "Nguyễn Văn An"
    assert article.fields.published_at is not None
    assert article.text("body") == "Thân bài\nNguồn: còn trong thân"
    author = next(block for block in article.blocks if block.field == "author")
    assert author.place == Place(paragraph=2)


def test_fields_in_a_head_table() -> None:
    article = read(
        table(("Tác giả", "Lê Thị Bình"), ("Chuyên mục", "Tin tức")) + paragraph("Thân bài")
    )
    assert (article.fields.author, article.fields.category) == ("Lê Thị Bình", "Tin tức")
    assert article.text("body") == "Thân bài"


def test_other_tables_stay_text() -> None:
    article = read(table(("Tác giả", "Lê Thị Bình"), ("Lớp", "6A")) + paragraph("Thân bài"))
    assert article.fields.author is None
    assert article.text("body").startswith("Tác giả\nLê Thị Bình\nLớp")


CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/'
    'core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Tên lưu</dc:title>'
    "<dc:creator>{creator}</dc:creator><cp:lastModifiedBy>Lan</cp:lastModifiedBy>"
    "</cp:coreProperties>"
)


@pytest.mark.parametrize(
    ("creator", "author"), [("Trần Văn Bình", "Trần Văn Bình"), ("Admin", None)]
)
def test_core_properties(creator: str, author: str | None) -> None:
    files = {"docProps/core.xml": CORE.format(creator=creator).encode()}
    article = read(paragraph("Thân bài."), files=files)
    assert (article.fields.title, article.fields.author) == ("Tên lưu", author)
    assert article.fields.extra["property.lastModifiedBy"] == "Lan"


def image_of(body: str, **known: object) -> Article:
    return read(
        body,
        relations={"i": ("image", "media/image1.png"), "x": ("image", "https://a.vn/x.png")},
        files={"word/media/image1.png": b"PNG"},
        **known,
    )


def test_picture_with_caption() -> None:
    article = image_of(
        paragraph("Mở bài")
        + paragraph(picture("i", 'descr="Học sinh lớp 6"'))
        + paragraph("Lễ khai giảng. Ảnh: Thu Hà", style="Caption")
    )
    (image,) = article.images
    assert (image.path, image.alt, image.role) == (
        "word/media/image1.png",
        "Học sinh lớp 6",
        Role.INLINE,
    )
    assert (image.caption, image.credit) == ("Lễ khai giảng. Ảnh: Thu Hà", "Thu Hà")
    assert (image.display_width_px, image.display_height_px) == (100, 50)
    assert image.blob is not None
    assert image.blob.bytes == b"PNG"
    assert image.place.paragraph == 2
    assert [b.kind for b in article.blocks] == [
        BlockKind.PARAGRAPH,
        BlockKind.ALT,
        BlockKind.CAPTION,
    ]


CAPTIONS = [
    ("begins with Ảnh", paragraph("Ảnh 1. Học sinh chào cờ"), "Ảnh 1. Học sinh chào cờ"),
    ("in italics", paragraph(run("Học sinh chào cờ", "<w:i/>")), "Học sinh chào cờ"),
    ("a paragraph is none", paragraph("Sáng nay, học sinh chào cờ"), None),
    ("behind other text", paragraph("Sáng nay.") + paragraph("Hình như trời mưa"), None),
]


@pytest.mark.parametrize(
    ("after", "caption"), [c[1:] for c in CAPTIONS], ids=[c[0] for c in CAPTIONS]
)
def test_caption(after: str, caption: str | None) -> None:
    article = image_of(paragraph("Mở bài") + paragraph(picture("i")) + after)
    assert article.images[0].caption == caption


def test_captions_below_pictures_in_a_table() -> None:
    cell = "<w:tc>{}</w:tc>"
    row = "<w:tr>" + cell.format(paragraph(picture("i"))) * 2 + "</w:tr>"
    under = "<w:tr>" + cell.format(paragraph("Ảnh trái")) + cell.format(paragraph("Ảnh phải"))
    article = image_of(f"<w:tbl>{row}{under}</w:tr></w:tbl>")
    assert [image.caption for image in article.images] == ["Ảnh trái", "Ảnh phải"]


def test_picture_roles() -> None:
    article = image_of(
        paragraph("Tên", style="Title")
        + paragraph(picture("i"))
        + paragraph("a")
        + paragraph(picture("i"))
    )
    assert [image.role for image in article.images] == [Role.FEATURED, Role.INLINE]
    assert article.images[0].blob is article.images[1].blob


def test_decorative_picture_has_an_empty_alt() -> None:
    mark = (
        '<a:extLst><a:ext><d:decorative xmlns:d="http://schemas.microsoft.com/office/drawing/2017/'
        'decorative" val="1"/></a:ext></a:extLst>'
    )
    body = paragraph(picture("i")).replace('name="Picture 1" />', f'name="P">{mark}</wp:docPr>')
    assert image_of(body).images[0].alt == ""


def test_linked_picture_is_remote_and_not_fetched() -> None:
    body = paragraph(picture("x").replace("r:embed", "r:link"))
    image = image_of(body).images[0]
    assert (image.path, image.remote, image.blob) == ("https://a.vn/x.png", True, None)


def test_missing_picture() -> None:
    article = read(paragraph(picture("i")), relations={"i": ("image", "media/gone.png")})
    assert (article.images[0].path, article.images[0].problem) == ("word/media/gone.png", "missing")


LINKS = [
    ("hyperlink", '<w:hyperlink r:id="l">' + run("ở đây") + "</w:hyperlink>"),
    (
        "simple field",
        "<w:fldSimple w:instr='HYPERLINK \"https://a.vn/\"'>" + run("ở đây") + "</w:fldSimple>",
    ),
    (
        "complex field",
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> HYPER</w:instrText></w:r>'
        '<w:r><w:instrText>LINK "https://a.vn/" </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + run("ở đây")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ),
]


@pytest.mark.parametrize("link", [c[1] for c in LINKS], ids=[c[0] for c in LINKS])
def test_links(link: str) -> None:
    article = read(paragraph("Xem ", link, "."), relations={"l": ("hyperlink", "https://a.vn/")})
    (found,) = article.links
    assert (found.href, found.text) == ("https://a.vn/", "ở đây")
    assert found.block is not None
    assert found.block.text[found.start : found.end] == "ở đây"


def test_legacy_fonts_are_converted_and_kept() -> None:
    article = read(
        paragraph(
            run("TrËt tù ch÷ c¸i", LEGACY),
            " và ",
            run("Tröôøng hoïc", VNI),
            " ",
            run("hµ néi", CAPITALS),
        )
    )
    (block,) = article.blocks
    assert block.text == "Trật tự chữ cái và Trường học HÀ NỘI"
    legacy = block.legacy
    assert legacy is not None
    assert (legacy.encoding, legacy.font) == ("tcvn3", ".VnTime")
    assert legacy.text == "TrËt tù ch÷ c¸i và Tröôøng hoïc hµ néi"
    assert [block.text[a:b] for a, b in legacy.spans] == ["Trật tự chữ cái", "Trường học", "HÀ NỘI"]
    at = block.text.index("Trường")
    assert legacy.text[slice(*legacy.offsets.source(at, at + 6))] == "Tröôøng"  # type: ignore[misc]
    assert article.text("body") == block.text


def test_legacy_font_from_the_style() -> None:
    article = read(paragraph("TrËt tù ch÷ c¸i", style="Old"))
    assert texts(article) == ["Trật tự chữ cái"]


def test_a_letter_and_its_mark_in_two_runs() -> None:
    assert texts(read(paragraph(run("ho", VNI), run("ïc", VNI)))) == ["học"]


def test_unicode_text_in_a_legacy_font_stays() -> None:
    article = read(paragraph(run("Trường học và có lẽ", LEGACY)) + paragraph(run("có là", LEGACY)))
    assert texts(article) == ["Trường học và có lẽ", "có là"]
    assert all(block.legacy is None for block in article.blocks)


def test_legacy_title() -> None:
    article = read(paragraph(run("TrËt tù", LEGACY), style="Title") + paragraph("thân"))
    assert article.fields.title == "Trật tự"
    assert article.blocks[0].legacy is not None


def test_runs_of_a_span_are_found() -> None:
    data = docx(paragraph("một") + paragraph("Tr", run("ẩn", "<w:vanish/>"), "ường ", "học"))
    article = load(Source("a.docx", data=data), TODAY)
    block = article.blocks[1]
    file = WordFile(data)
    found = file.find(block.place)
    assert found is not None
    at = block.text.index("ường h")
    spans = [(piece.text[a:b], piece.element.text) for piece, a, b in found.span(at, at + 6)]
    assert spans == [("ường ", "ường "), ("h", "học")]


def test_strict_documents_are_read() -> None:
    data = docx(paragraph("nghiêm ngặt"))
    with zipfile.ZipFile(BytesIO(data)) as source:
        members = {name: source.read(name) for name in source.namelist()}
    old = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    new = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = archive({name: part.replace(old, new) for name, part in members.items()})
    assert texts(load(Source("a.docx", data=data), TODAY)) == ["nghiêm ngặt"]
