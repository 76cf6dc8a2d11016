"""The rules on attached files."""

from __future__ import annotations

from collections.abc import Callable

from qc.core.rule import Draft, Examples, Rule, Severity, Text

_DECLARED = "---\nattachments:\n  - {}\n---\n\nMời phụ huynh tải tệp về.\n"
_WHY_ATTACK = Text(
    vi="Tệp như vậy có thể chạy mã trên máy người tải về hoặc trên máy chủ của cổng thông tin.",
    en="Such a file may run code on the reader's computer or on the server of the portal.",
)
_WHY_BLIND = Text(
    vi="Phần không mở được thì không ai biết bên trong có gì; im lặng không có nghĩa là an toàn.",
    en="Nobody knows what is in a part that cannot be opened; silence does not mean safe.",
)


def _draft(name: str, data: Callable[[], bytes]) -> Draft:
    return Draft(_DECLARED.format(name), files={name: data})


def _pdf(catalog: str = "", pages: str = "[]", more: str = "") -> bytes:
    """A small PDF; readers rebuild the missing cross-reference table."""
    count = pages.count(" R")
    return (
        f"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R{catalog}>>endobj\n"
        f"2 0 obj<</Type/Pages/Kids{pages}/Count {count}>>endobj\n{more}"
        "trailer<</Root 1 0 R>>\n%%EOF\n"
    ).encode("latin-1")


def _scan() -> bytes:
    page = (
        "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        "/Resources<</XObject<</I 5 0 R>>>>>>endobj\n"
        "4 0 obj<</Length 11>>stream\n9 0 0 9 0 0 cm /I Do\nendstream endobj\n"
        "5 0 obj<</Type/XObject/Subtype/Image/Width 1/Height 1/BitsPerComponent 8"
        "/ColorSpace/DeviceGray/Length 1>>stream\nx\nendstream endobj\n"
    )
    return _pdf("", "[3 0 R]", page.replace("Length 11", "Length 20"))


def _zip(files: dict[str, bytes]) -> bytes:
    import io
    import zipfile

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return stream.getvalue()


def _locked_zip() -> bytes:
    data = bytearray(_zip({"de.txt": b"De thi"}))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(mark) + offset] |= 1
    return bytes(data)


def _wide_png() -> bytes:
    side = (20_000).to_bytes(4, "big")
    return b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + side + side + b"\x01\0\0\0\0" + bytes(4)


def _text() -> bytes:
    return "Kế hoạch năm học của nhà trường.\n".encode()


GOOD = _draft("ke-hoach.txt", _text)

NAME = Rule(
    id="file-name-deceptive",
    severity=Severity.ERROR,
    title=Text(vi="Tên tệp đánh lừa người đọc", en="Deceptive file name"),
    message=Text(
        vi="Tên tệp có dấu hiệu đánh lừa ({trick_vi}): {name}",
        en="The file name is deceptive ({trick}): {name}",
    ),
    why=_WHY_ATTACK,
    fix=Text(
        vi="Đổi tên tệp: chữ không dấu, một phần mở rộng đúng với nội dung.",
        en="Rename the file: plain letters and one extension that fits its content.",
    ),
    examples=Examples(bad=(_draft("anh.php.jpg", _text),), good=(GOOD,)),
)
NOT_ALLOWED = Rule(
    id="file-type-not-allowed",
    severity=Severity.ERROR,
    title=Text(vi="Loại tệp không được phép đính kèm", en="File type not allowed"),
    message=Text(
        vi="Không cho phép đính kèm tệp .{extension}", en="Files of type .{extension} are refused"
    ),
    why=_WHY_ATTACK,
    fix=Text(
        vi="Chuyển sang PDF, Word, Excel hoặc ảnh rồi đính kèm lại.",
        en="Convert it to PDF, Word, Excel or a picture and attach it again.",
    ),
    examples=Examples(bad=(_draft("cai-dat.rtfd.apk", lambda: b"PK\x03\x04"),), good=(GOOD,)),
)
MISMATCH = Rule(
    id="file-type-mismatch",
    severity=Severity.ERROR,
    title=Text(vi="Nội dung tệp khác phần mở rộng", en="Content does not fit the extension"),
    message=Text(
        vi="Tệp .{extension} thực ra là {kind}", en="The .{extension} file is really {kind}"
    ),
    why=Text(
        vi="Đổi đuôi tệp là cách thường dùng để đưa mã độc qua bộ lọc.",
        en="Renaming a file is the usual way to bring malware past a filter.",
    ),
    fix=Text(
        vi="Lưu lại tệp đúng định dạng bằng phần mềm tương ứng, hoặc gỡ tệp.",
        en="Save the file again in the right format, or remove it.",
    ),
    examples=Examples(bad=(_draft("bao-cao.pdf", lambda: b"MZ" + bytes(200)),), good=(GOOD,)),
)
TWO_TYPES = Rule(
    id="file-polyglot",
    severity=Severity.ERROR,
    title=Text(vi="Một tệp chứa hai loại tệp", en="Two files in one"),
    message=Text(
        vi="Tệp {kind} còn chứa nội dung loại: {seconds}",
        en="The {kind} file also holds: {seconds}",
    ),
    why=_WHY_ATTACK,
    fix=Text(
        vi="Mở tệp bằng phần mềm xem, xuất ra tệp mới; không dùng tệp gốc.",
        en="Open it in a viewer and export a new file; do not use this one.",
    ),
    examples=Examples(
        bad=(_draft("ke-hoach.pdf", lambda: _pdf() + b"<script>alert(1)</script>" + b" " * 2),),
        good=(GOOD,),
    ),
)
TRAILING = Rule(
    id="file-trailing-data",
    title=Text(vi="Có dữ liệu thừa sau phần cuối tệp", en="Data behind the end of the file"),
    message=Text(
        vi="{bytes} byte nằm sau phần kết thúc của tệp {kind}",
        en="{bytes} bytes lie behind the end of the {kind} file",
    ),
    why=Text(
        vi="Phần thừa không hiện ra khi xem tệp; kẻ tấn công giấu mã hoặc dữ liệu ở đó.",
        en="A viewer does not show them; attackers hide code or data there.",
    ),
    fix=Text(vi="Xuất lại tệp từ phần mềm gốc.", en="Export the file again."),
    examples=Examples(
        bad=(_draft("ke-hoach.pdf", lambda: _pdf() + b"0123456789abcdef" * 8),), good=(GOOD,)
    ),
)
SERVER_CODE = Rule(
    id="file-server-code",
    severity=Severity.ERROR,
    title=Text(vi="Mã chương trình trong thông tin ẩn của tệp", en="Program code in metadata"),
    message=Text(
        vi="Thông tin ẩn (metadata, ghi chú) của tệp {kind} chứa mã chương trình",
        en="Metadata or comments of the {kind} file hold program code",
    ),
    why=_WHY_ATTACK,
    fix=Text(
        vi="Xóa toàn bộ metadata hoặc lưu lại ảnh bằng phần mềm khác.",
        en="Strip the metadata or save the picture again.",
    ),
    examples=Examples(
        bad=(
            _draft(
                "anh.gif",
                lambda: b"GIF89a\1\0\1\0\0\0\0!\xfe\x1a<?php system($_GET['c']);?>\0;",
            ),
        ),
        good=(GOOD,),
    ),
)
MACRO = Rule(
    id="file-macro",
    severity=Severity.ERROR,
    title=Text(vi="Tệp Office chứa macro", en="Office file with macros"),
    message=Text(vi="Tệp chứa macro ({what})", en="The file holds macros ({what})"),
    why=_WHY_ATTACK,
    fix=Text(
        vi="Lưu sang định dạng không có macro (.docx, .xlsx) hoặc xuất PDF.",
        en="Save it in a format without macros (.docx, .xlsx) or as PDF.",
    ),
    examples=Examples(
        bad=(
            _draft(
                "so-diem.xlsx",
                lambda: _zip({"[Content_Types].xml": b"", "xl/vbaProject.bin": b"x"}),
            ),
        ),
        good=(GOOD,),
    ),
)
OFFICE_ACTIVE = Rule(
    id="file-office-active",
    severity=Severity.ERROR,
    title=Text(vi="Tệp Office có thành phần tự hoạt động", en="Active parts in an Office file"),
    message=Text(vi="Tệp có thành phần: {what_vi}", en="The file holds: {what}"),
    why=_WHY_ATTACK,
    fix=Text(
        vi="Gỡ đối tượng nhúng, liên kết ngoài và mẫu từ xa; hoặc xuất PDF.",
        en="Remove embedded objects, external links and remote templates; or export a PDF.",
    ),
    examples=Examples(
        bad=(_draft("don.rtf", lambda: b"{\\rtf1 {\\object\\objdata 0105}}"),), good=(GOOD,)
    ),
)
PDF_ACTIVE = Rule(
    id="file-pdf-active",
    severity=Severity.ERROR,
    title=Text(vi="Tệp PDF có hành động tự chạy", en="PDF with active content"),
    message=Text(vi="Tệp PDF chứa: {what_vi}", en="The PDF holds: {what}"),
    why=_WHY_ATTACK,
    fix=Text(
        vi="In lại ra PDF (Print to PDF) để bỏ mã và tệp nhúng.",
        en="Print it to PDF again, which drops scripts and embedded files.",
    ),
    examples=Examples(
        bad=(_draft("don.pdf", lambda: _pdf("/OpenAction<</S/JavaScript/JS(app.alert(1))>>")),),
        good=(GOOD,),
    ),
)
ENCRYPTED = Rule(
    id="file-encrypted",
    title=Text(vi="Tệp đặt mật khẩu, không kiểm tra được", en="Encrypted file"),
    message=Text(
        vi="Tệp ({what}) có mật khẩu; chưa kiểm tra được bên trong",
        en="The file ({what}) has a password; its inside was not checked",
    ),
    why=_WHY_BLIND,
    fix=Text(vi="Đính kèm bản không đặt mật khẩu.", en="Attach a copy without a password."),
    examples=Examples(bad=(_draft("de-thi.zip", _locked_zip),), good=(GOOD,)),
)
ARCHIVE = Rule(
    id="file-archive-unsafe",
    severity=Severity.ERROR,
    title=Text(vi="Tệp nén nguy hiểm", en="Unsafe archive"),
    message=Text(vi="Tệp nén nguy hiểm: {what_vi}", en="Unsafe archive: {what}"),
    why=Text(
        vi="Tệp nén như vậy làm treo máy, ghi đè tệp khác hoặc chứa chương trình.",
        en="Such an archive hangs a computer, overwrites files or carries programs.",
    ),
    fix=Text(
        vi="Nén lại chỉ các tài liệu cần thiết, hoặc đính kèm từng tệp.",
        en="Pack only the documents needed, or attach them one by one.",
    ),
    examples=Examples(
        bad=(_draft("tai-lieu.zip", lambda: _zip({"../../index.php": b"x"})),), good=(GOOD,)
    ),
)
IMAGE_BOMB = Rule(
    id="file-image-bomb",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh quá lớn khi mở", en="Picture too large to open"),
    message=Text(
        vi="Ảnh khai {megapixels} triệu điểm ảnh, {frames} khung; vượt mức cho phép",
        en="The picture claims {megapixels} Mpx, {frames} frames; over the limit",
    ),
    why=Text(
        vi="Ảnh như vậy chiếm hết bộ nhớ của máy chủ và máy người đọc.",
        en="Such a picture fills the memory of the server and of the reader's computer.",
    ),
    fix=Text(vi="Thu nhỏ ảnh rồi đăng lại.", en="Make the picture smaller."),
    examples=Examples(bad=(_draft("anh.png", _wide_png),), good=(GOOD,)),
)
NOT_INSPECTED = Rule(
    id="file-not-inspected",
    severity=Severity.ERROR,
    title=Text(vi="Chưa kiểm tra được bên trong tệp", en="File not inspected"),
    message=Text(
        vi="Chưa kiểm tra được bên trong tệp: {why_vi}", en="The file was not inspected: {why}"
    ),
    why=_WHY_BLIND,
    fix=Text(
        vi="Lưu lại tệp ở định dạng phổ biến (PDF, docx, zip) rồi kiểm tra lại.",
        en="Save it in a common format (PDF, docx, zip) and check again.",
    ),
    examples=Examples(
        bad=(_draft("de-thi.rar", lambda: b"Rar!\x1a\x07\x00" + bytes(40)),), good=(GOOD,)
    ),
)
DAMAGED = Rule(
    id="file-damaged",
    title=Text(vi="Tệp bị hỏng", en="Damaged file"),
    message=Text(vi="Tệp bị hỏng, chỉ đọc được một phần", en="The file is damaged"),
    why=Text(
        vi="Người đọc không mở được tệp; phần hỏng cũng không kiểm tra được.",
        en="Readers cannot open it, and the damaged part cannot be checked.",
    ),
    fix=Text(vi="Xuất lại tệp và đính kèm lại.", en="Export the file and attach it again."),
    examples=Examples(bad=(_draft("ke-hoach.pdf", lambda: b"%PDF-1.4\n"),), good=(GOOD,)),
)
NO_TEXT = Rule(
    id="file-text-unchecked",
    title=Text(vi="Chưa kiểm tra được chữ trong tệp", en="Text of the file not checked"),
    message=Text(
        vi="Chưa kiểm tra được chữ trong tệp {kind}: {why_vi}",
        en="The text of the {kind} file was not checked: {why}",
    ),
    why=Text(
        vi=(
            "Bản quét hoặc định dạng cũ không cho đọc chữ, nên lỗi, từ cấm và thông tin cá nhân "
            "bên trong chưa được kiểm tra."
        ),
        en="A scan or an old format gives no text: what it says has not been checked.",
    ),
    fix=Text(
        vi="Đính kèm bản có lớp chữ (xuất PDF từ Word), hoặc đọc kỹ bằng mắt.",
        en="Attach a copy with a text layer, or read it with care.",
    ),
    examples=Examples(bad=(_draft("cong-van.pdf", _scan),), good=(GOOD,)),
)
RULES = (
    NAME,
    NOT_ALLOWED,
    MISMATCH,
    TWO_TYPES,
    TRAILING,
    SERVER_CODE,
    MACRO,
    OFFICE_ACTIVE,
    PDF_ACTIVE,
    ENCRYPTED,
    ARCHIVE,
    IMAGE_BOMB,
    NOT_INSPECTED,
    DAMAGED,
    NO_TEXT,
)
