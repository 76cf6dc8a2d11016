"""What a document carries along unseen: author, comments, tracked changes, hidden parts."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.mask import mask
from qc.core.rule import Options, Rule, Severity, Text, check
from qc.core.waiver import inline_waivers
from qc.security.attachments.inspection import inspect_blob

_WHY = Text(
    vi="Người tải tệp về đọc được cả phần này, dù không thấy trên trang giấy.",
    en="Whoever downloads the file can read this too, though it is not on the page.",
)
_FIX = Text(
    vi="Trong Word/Excel: Tệp > Thông tin > Kiểm tra tài liệu (Inspect Document), rồi lưu lại.",
    en="In Word/Excel: File > Info > Inspect Document, then save.",
)
PROPERTIES = Rule(
    id="privacy-document-properties",
    severity=Severity.INFO,
    title=Text(vi="Thuộc tính tệp ghi tên người", en="Personal names in document properties"),
    message=Text(vi="Thuộc tính {name} của tệp ghi: {value}", en="Property {name} says: {value}"),
    why=_WHY,
    fix=_FIX,
    basis=("356-3",),
)
COMMENTS = Rule(
    id="privacy-document-comments",
    title=Text(vi="Tệp còn ghi chú, nhận xét", en="Comments left in the document"),
    message=Text(vi="Tệp còn {count} ghi chú, nhận xét", en="{count} comments are left"),
    why=_WHY,
    fix=_FIX,
)
CHANGES = Rule(
    id="privacy-tracked-changes",
    title=Text(vi="Tệp còn dấu vết sửa đổi", en="Tracked changes left in the document"),
    message=Text(
        vi="Tệp còn {count} chỗ sửa chưa chấp nhận (Track Changes)",
        en="{count} tracked changes are left",
    ),
    why=_WHY,
    fix=Text(
        vi="Chấp nhận hoặc từ chối mọi thay đổi (Review > Accept All), rồi lưu lại.",
        en="Accept or reject all changes (Review > Accept All), then save.",
    ),
)
HIDDEN = Rule(
    id="privacy-hidden-content",
    title=Text(vi="Tệp có phần bị ẩn", en="Hidden parts in the document"),
    message=Text(vi="Tệp có phần bị ẩn: {what_vi}", en="The file has hidden parts: {what}"),
    why=_WHY,
    fix=Text(
        vi="Xóa hẳn trang tính, dòng, cột hoặc chữ đang ẩn, rồi lưu lại.",
        en="Delete the hidden sheet, rows, columns or text, then save.",
    ),
)
_CODES = {"comments": COMMENTS, "tracked-changes": CHANGES, "hidden-content": HIDDEN}


@check(PROPERTIES, COMMENTS, CHANGES, HIDDEN, subject=Article)
def document_properties(article: Article, _options: Options) -> Iterator[Finding]:
    waivers = {id(waiver.block) for waiver in inline_waivers(article)}  # judged by waiver-*
    comments = [block for block in article.blocks if block.place.part == "comment"]
    left = [block for block in comments if id(block) not in waivers]
    if left:
        yield COMMENTS.at(left[0], count=len(left))
    for file in article.attachments:
        if file.blob is None or file.remote:
            continue
        for note in inspect_blob(file.blob, file.path).notes:
            if note["code"] == "property":
                yield PROPERTIES.at(file, name=note["name"], value=mask(str(note["value"])))
            elif note["code"] in _CODES:
                facts = {key: value for key, value in note.items() if key in ("count", "what")}
                if "what" in facts:
                    facts["what_vi"] = _in_vietnamese(str(facts["what"]))
                yield _CODES[note["code"]].at(file, **facts)


def _in_vietnamese(what: str) -> str:
    for english, vietnamese in _HIDDEN_VI:
        if what.startswith(english):
            return vietnamese + what.removeprefix(english)
    return what


_HIDDEN_VI = (
    ("rows or columns of", "dòng hoặc cột của trang tính"),
    ("sheet", "trang tính"),
    ("slide", "trang trình chiếu"),
    ("text", "chữ bị ẩn trong văn bản"),
)
