"""Articles in JSON: values, pointers, offsets, the schema, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from importlib.resources import files

import jsonschema
import pytest

from qc.core.article import Article, BlockKind, Role
from qc.core.errors import LoadError
from qc.documents._json_scan import JsonObject, JsonText, scan_json
from qc.documents._json_schema import schema_text
from qc.documents.load import Source, load


def read(text: str) -> Article:
    return load(Source("bai.json", data=text.encode()), date(2026, 1, 2))


def written(article: Article, index: int = 0) -> str:
    """The characters of the file that a whole block stands for."""
    block = article.blocks[index]
    assert block.offsets is not None
    assert article.source_text is not None
    span = block.offsets.source(0, len(block.text))
    assert span is not None
    return article.source_text[slice(*span)]


TEXTS = [
    ("plain", '{"title": "Hội khỏe"}', "Hội khỏe", "Hội khỏe"),
    ("escaped letters", '{"title": "H\\u1ed9i"}', "Hội", "H\\u1ed9i"),
    ("short escapes", '{"title": "a\\"b\\\\c\\/d"}', 'a"b\\c/d', 'a\\"b\\\\c\\/d'),
    ("surrogate pair", '{"title": "a\\ud83d\\ude00b"}', "a😀b", "a\\ud83d\\ude00b"),
    ("decomposed", '{"title": "Ho\u0323\u0302i"}', "Ho\u0323\u0302i", "Ho\u0323\u0302i"),
    ("Vietnamese name", '{"Tiêu đề": "Hội"}', "Hội", "Hội"),
]


@pytest.mark.parametrize(
    ("source", "text", "as_written"), [c[1:] for c in TEXTS], ids=[c[0] for c in TEXTS]
)
def test_texts_map_to_what_is_written(source: str, text: str, as_written: str) -> None:
    article = read(source)
    assert article.fields.title == text
    assert article.blocks[0].text == text
    assert written(article) == as_written


def test_fields_and_pointers() -> None:
    article = read(
        '{"title": "Tên", "tác giả": "An", "văn bản": {"số/ký hiệu": "12/QĐ"},'
        ' "ai_generated": true,'
        ' "published_at": "21/4/2025", "tags": ["a", "b"], "la": 1}'
    )
    fields = article.fields
    assert (fields.author, fields.document.number, fields.ai_generated) == ("An", "12/QĐ", True)
    assert fields.published_at is not None
    assert (fields.tags, fields.unknown) == (("a", "b"), ("la",))
    assert [block.place.pointer for block in article.blocks] == [
        "/title",
        "/tác giả",
        "/văn bản/số~1ký hiệu",
    ]


BODIES = [
    ("html", '"<p>Một &amp; <b>h\\u0061i</b></p>\\n<p>Ba</p>"', None, ["Một & hai", "Ba"]),
    ("declared text", '"a <b>c\\n\\nd"', "text", ["a <b>c", "d"]),
    ("text", '"a < b\\n\\nd"', None, ["a < b", "d"]),
    ("markdown", '"## Mục\\n\\nĐoạn **đậm**"', "markdown", ["Mục", "Đoạn đậm"]),
    ("empty", '""', None, []),
]


@pytest.mark.parametrize(
    ("body", "declared", "expected"), [c[1:] for c in BODIES], ids=[c[0] for c in BODIES]
)
def test_bodies(body: str, declared: str | None, expected: list[str]) -> None:
    said = f', "body_format": "{declared}"' if declared else ""
    article = read(f'{{"title": "T", "body": {body}{said}}}')
    blocks = [block for block in article.blocks if block.field == "body"]
    assert [block.text for block in blocks] == expected
    assert all(block.place.pointer == "/body" for block in blocks)
    for block in blocks:
        assert article.text("body")[block.start : block.end] == block.text


def test_offsets_of_the_body_pass_through_both_maps() -> None:
    article = read('{"body": "<p>Tr\\u01b0ờng &amp; l\\u1edbp</p>"}')
    block = article.blocks[0]
    at = block.text.index("lớp")
    assert block.offsets is not None
    assert article.source_text is not None
    assert article.source_text[slice(*block.offsets.source(at, at + 3))] == "l\\u1edbp"  # type: ignore[misc]
    (markup,) = article.markups
    assert markup.text == "<p>Trường &amp; lớp</p>"


def test_html_inside_markdown_is_mapped_to_the_file() -> None:
    article = read('{"body_format": "markdown", "body": "a\\n\\n<div>b</div>"}')
    (markup,) = article.markups
    assert markup.offsets is not None
    assert article.source_text is not None
    assert article.source_text[slice(*markup.offsets.source(0, 5))] == "<div>"  # type: ignore[misc]


def test_media_of_body_and_lists_are_one() -> None:
    article = read(
        '{"body": "<img src=\\"a.jpg\\" alt=\\"Học sinh\\">", "media": ["b.pdf", "c.mp4",'
        ' {"path": "a.jpg", "role": "featured", "chú thích": "Lễ. Ảnh: Lan"},'
        ' {"path": "d.bin", "type": "image"}]}'
    )
    assert [(i.path, i.role, i.alt, i.caption, i.credit) for i in article.images] == [
        ("a.jpg", Role.FEATURED, "Học sinh", "Lễ. Ảnh: Lan", "Lan"),
        ("d.bin", Role.INLINE, None, None, None),
    ]
    assert [video.path for video in article.videos] == ["c.mp4"]
    assert [attachment.path for attachment in article.attachments] == ["b.pdf"]
    caption = next(block for block in article.blocks if block.kind is BlockKind.CAPTION)
    assert caption.place.pointer == "/media/2/chú thích"


def test_the_title_of_the_body_counts_only_without_a_field() -> None:
    assert read('{"body": "<h1>Tên</h1><p>a</p>"}').fields.title == "Tên"
    article = read('{"title": "T", "body": "<h1>Tên</h1><p>a</p>"}')
    assert article.fields.title == "T"
    assert article.blocks[1].kind is BlockKind.HEADING


REFUSED = [
    ("not JSON", "xin chào"),
    ("a list", "[]"),
    ("a text", '"a"'),
    ("cut off", '{"title": "a'),
    ("cut off in an object", '{"title": "a"'),
    ("no colon", '{"title" "a"}'),
    ("trailing comma", '{"title": "a",}'),
    ("comment", '{"title": "a"} // x'),
    ("duplicate name", '{"title": "a", "title": "b"}'),
    ("same name escaped", '{"title": "a", "titl\\u0065": "b"}'),
    ("two names of one field", '{"title": "a", "tiêu đề": "b"}'),
    ("NaN", '{"title": NaN}'),
    ("Infinity", '{"title": -Infinity}'),
    ("leading zero", '{"document": {"number": 01}}'),
    ("long number", '{"document": {"number": ' + "9" * 5000 + "}}"),
    ("deep list", "[" * 100_000),
    ("deep object", '{"a":' * 100_000),
    ("lone high surrogate", '{"title": "\\ud800"}'),
    ("lone low surrogate", '{"title": "\\udc00"}'),
    ("high surrogate twice", '{"title": "\\ud800\\ud800"}'),
    ("bad escape", '{"title": "\\x41"}'),
    ("short unicode escape", '{"title": "\\u41"}'),
    ("raw line break", '{"title": "a\nb"}'),
    ("wrong type", '{"title": ["a"]}'),
    ("wrong inner type", '{"images": [{"path": 5}]}'),
    ("picture without a path", '{"images": [{"alt": "a"}]}'),
    ("unknown body format", '{"body": "a", "body_format": "rtf"}'),
]


@pytest.mark.parametrize("source", [c[1] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refused(source: str) -> None:
    with pytest.raises(LoadError) as caught:
        read(source)
    assert caught.value.vi
    assert len(str(caught.value)) < 400


def test_the_place_of_a_mistake_is_named() -> None:
    with pytest.raises(LoadError, match="line 2, column 11"):
        read('{"title": "a",\n "author" "b"}')
    with pytest.raises(LoadError, match="/images/1/alt"):
        read('{"images": ["a.jpg", {"path": "b.jpg", "alt": 5}]}')


def test_shipped_schema_is_the_generated_one() -> None:
    shipped = files("qc.documents").joinpath("article-1.schema.json").read_text("utf-8")
    assert shipped == schema_text()


def test_the_example_of_the_docs_fits_the_schema(request: pytest.FixtureRequest) -> None:
    page = (request.config.rootpath / "docs" / "article-json.md").read_text("utf-8")
    example = page.partition("```json\n")[2].partition("```")[0]
    jsonschema.validate(json.loads(example), json.loads(schema_text()))
    assert read(example).fields.author == "Nguyễn Thị Lan"


def test_scanner_agrees_with_the_library() -> None:
    text = '{"a": "x\\u00e9\\n", "b": [1, -2.5e3, true, null], "c": {"d~e": ""}}'
    root = scan_json(text)
    assert isinstance(root, JsonObject)
    assert list(root.items) == list(json.loads(text))
    first = root.items["a"]
    assert isinstance(first, JsonText)
    assert first.value.text == json.loads(text)["a"]
