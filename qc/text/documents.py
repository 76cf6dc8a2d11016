"""Official documents: the metadata they are looked up by, and marks of secrecy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding
from qc.core.law import basis_at
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.text.citations._reader import read_citations

HEAD = "---\ntiêu đề: Quyết định ban hành quy chế\nloại bài: văn bản\nngày đăng: 2026-09-10\n"
WHOLE = HEAD + (
    "loại văn bản: Quyết định\nsố ký hiệu: 126/QĐ-THPC\nngày ban hành: 05/09/2026\n"
    "ngày hiệu lực: 05/09/2026\ncơ quan ban hành: Trường Tiểu học Phụng Công\n"
    "trích yếu: Ban hành quy chế\nngười ký: Lê Văn Cường\ntệp văn bản: qd126.pdf\n---\nNội dung.\n"
)
INCOMPLETE = Rule(
    id="law-document-incomplete",
    severity=Severity.ERROR,
    title=Text(vi="Văn bản thiếu thông tin tra cứu", en="Document without its metadata"),
    message=Text(vi="Văn bản chưa có: {missing}", en="Not given: {missing_en}"),
    why=Text(
        vi="Văn bản đăng lên phải tra được theo số, ngày, cơ quan, trích yếu và tải về được.",
        en="A published document is looked up by number, date, issuer and summary, and downloaded.",
    ),
    fix=Text(
        vi="Điền các mục còn thiếu; trong tệp: các dòng “số ký hiệu: …”, “trích yếu: …” ở đầu bài.",
        en="Fill in what is missing; in a file: lines at the top of the draft.",
    ),
    basis=("42-4", "37-9.3"),
    examples=Examples(bad=(HEAD + "---\nNội dung.\n",), good=(WHOLE,)),
)
NUMBER = Rule(
    id="law-document-number-malformed",
    title=Text(vi="Số, ký hiệu của văn bản sai thể thức", en="Malformed number of the document"),
    message=Text(vi="Số, ký hiệu “{number}” sai thể thức", en="“{number}” is not well formed"),
    why=Text(vi="Số, ký hiệu sai thì không tra được văn bản.", en="It cannot be looked up."),
    fix=Text(
        vi="Chép đúng số, ký hiệu trên văn bản, ví dụ 126/QĐ-THPC.", en="Copy it from the document."
    ),
    basis=("30-pl1", "30-pl3"),
    examples=Examples(
        bad=(
            WHOLE.replace("126/QĐ-THPC", "126-QD_THPC"),
            WHOLE.replace("126/QĐ-THPC", "9/KH-THPC"),
        ),
        good=(WHOLE,),
    ),
)
DATES = Rule(
    id="law-document-dates",
    title=Text(vi="Ngày của văn bản không hợp lý", en="Dates of the document"),
    message=Text(
        vi="Ngày ban hành {issued} sau {later} {other}", en="Issued {issued}, after {other}"
    ),
    why=Text(
        vi="Văn bản không thể có hiệu lực hoặc được đăng trước ngày ban hành.",
        en="A document cannot take effect or be published before it is issued.",
    ),
    fix=Text(vi="Xem lại các ngày trên văn bản.", en="Check the dates."),
    basis=("42-4", "37-9.3"),
    examples=Examples(
        bad=(WHOLE.replace("ngày hiệu lực: 05/09/2026", "ngày hiệu lực: 01/09/2026"),),
        good=(WHOLE,),
    ),
)
SECRET = Rule(
    id="law-secrecy-mark",
    title=Text(vi="Dấu chỉ mức độ mật hoặc lưu hành nội bộ", en="Mark of secrecy"),
    message=Text(
        vi="Có dấu “{mark}”: văn bản này có được đưa lên mạng không?",
        en="Marked “{mark}”: may this document be published?",
    ),
    why=Text(
        vi="Đăng văn bản mật hoặc nội bộ lên cổng là làm lộ bí mật.",
        en="Publishing it would disclose what is secret or internal.",
    ),
    fix=Text(
        vi="Hỏi người có thẩm quyền trước khi đăng; nếu là văn bản mật thì gỡ khỏi bài.",
        en="Ask who is in charge; take a secret document out.",
    ),
    basis=("30-mat", "ANM18-8", "ANM25-7", "37-7"),
    examples=Examples(
        bad=("MẬT\n\nKế hoạch bảo vệ kỳ thi.\n", "LƯU HÀNH NỘI BỘ\n\nTài liệu họp.\n"),
        good=("Trường giữ bí mật đề thi.\n", "Mật ong rừng là quà quý.\n"),
    ),
)
NAMES = {
    "kind": ("loại văn bản", "kind"),
    "number": ("số, ký hiệu", "number and sign"),
    "issued_on": ("ngày ban hành", "date of issue"),
    "effective_on": ("ngày hiệu lực", "effective date"),
    "issuer": ("cơ quan ban hành", "issuer"),
    "summary": ("trích yếu", "summary"),
    "signer": ("người ký", "signer"),
    "file": ("tệp tải về", "file"),
}
MARK = regex(
    r"(?:(?:ĐỘ|MỨC ĐỘ)\s+(?:MẬT|KHẨN)\s*:?\s*)?"
    r"(MẬT|TỐI MẬT|TUYỆT MẬT|HỎA TỐC|HOẢ TỐC|LƯU HÀNH NỘI BỘ|XEM XONG TRẢ LẠI|"
    r"(?:TÀI LIỆU )?(?:THU HỒI|KHÔNG PHỔ BIẾN)|CHỈ NGƯỜI CÓ TÊN MỚI ĐƯỢC BÓC BÌ)"
)
SHORT = 60


@check(INCOMPLETE, NUMBER, DATES, subject=Article)
def document_metadata(article: Article, _: Options) -> Iterator[Finding]:
    """The metadata of an article that publishes an official document."""
    document = article.fields.document
    given = [name for name in NAMES if getattr(document, name) is not None]
    if article.fields.kind != "van-ban" and not given:
        return
    if article.fields.kind == "van-ban":
        missing = [name for name in NAMES if name not in given]
        if article.attachments and "file" in missing:
            missing.remove("file")
        kind = unicodedata.normalize("NFC", document.kind or "").lower()
        if kind == "công văn" and "effective_on" in missing:
            missing.remove("effective_on")
        if missing:
            hard = {"number", "issued_on", "issuer", "summary", "file"} & set(missing)
            asked = bool(basis_at(INCOMPLETE.basis, article.date))
            severity = None if hard and asked else Severity.WARNING if hard else Severity.INFO
            yield INCOMPLETE.at(
                article,
                field="document",
                severity=severity,
                missing=", ".join(NAMES[name][0] for name in missing),
                missing_en=", ".join(NAMES[name][1] for name in missing),
            )
    if document.number:
        number = unicodedata.normalize("NFC", document.number)
        yield from _number(article, number, unicodedata.normalize("NFC", document.kind or ""))
    yield from _dates(article)


def _number(article: Article, number: str, kind: str) -> Iterator[Finding]:
    bare = re.sub(r"^\s*(?i:số)\s*:?\s*", "", number)
    text = f"{kind} số {bare}" if kind else f"Số: {bare}"
    citations = read_citations(text)
    if len(citations) == 1 and not citations[0].defects:
        return
    yield NUMBER.at(article, field="document.number", number=number, confidence=Confidence.MEDIUM)


def _dates(article: Article) -> Iterator[Finding]:
    document = article.fields.document
    issued = document.issued_on
    if issued is None:
        return
    published = article.fields.published_at
    pairs = (
        ("ngày hiệu lực", document.effective_on),
        ("ngày đăng", published.date() if published else None),
    )
    for later, other in pairs:
        if other is not None and other < issued:
            yield DATES.at(
                article,
                field="document.issued_on",
                issued=f"{issued:%d/%m/%Y}",
                later=later,
                other=f"{other:%d/%m/%Y}",
            )


@check(SECRET, subject=Block)
def secrecy_mark(block: Block, _: Options) -> Iterator[Finding]:
    """A mark of secrecy that stands alone in a paragraph, cell, header, text box or picture."""
    if block.kind in (BlockKind.META, BlockKind.CODE, BlockKind.COMMENT):
        return
    text = block.nfc.text
    if len(text) > SHORT:
        return
    match = MARK.fullmatch(text.strip().strip("()[]*- ."))
    if match:
        lead = text.index(match[1])
        start, end = block.nfc.original(lead, lead + len(match[1]))
        yield SECRET.at(block, start, end, mark=match[1])
