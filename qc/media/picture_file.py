"""Picture files: each picture of an article must be there, whole, and of a kind for the web."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from qc.core.article import Image
from qc.core.finding import Finding
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.media._examples import draft, photo
from qc.media._picture import reading_of

if TYPE_CHECKING:
    from qc.media._header.model import Header

MISSING = Rule(
    id="image-missing",
    severity=Severity.ERROR,
    title=Text(vi="Không mở được tệp ảnh", en="Image file cannot be opened"),
    message=Text(vi="Không mở được ảnh “{path}”: {reason}", en="Cannot open “{path}”: {reason_en}"),
    why=Text(
        vi="Người đọc sẽ thấy khung ảnh hỏng; ảnh này cũng chưa được kiểm tra.",
        en="Readers will see a broken frame, and the image was not checked.",
    ),
    fix=Text(
        vi="Đặt tệp ảnh vào cùng thư mục với bài và sửa lại đường dẫn.",
        en="Put the file beside the article and mend its path.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=("![Sân trường](khong-co.jpg)",), good=(draft(photo(800, 533)), "Bài không có ảnh.")
    ),
)
REMOTE = Rule(
    id="image-remote",
    severity=Severity.WARNING,
    title=Text(
        vi="Ảnh lấy từ trang khác, chưa được kiểm tra", en="Image on another site, unchecked"
    ),
    message=Text(
        vi="Ảnh “{path}” nằm trên máy chủ khác nên chưa được kiểm tra",
        en="“{path}” is on another server, so it was not checked",
    ),
    why=Text(
        vi="Chủ trang kia có thể đổi hoặc xóa ảnh bất cứ lúc nào, và nhà trường có thể chưa được "
        "phép dùng.",
        en="Its owner can change or remove it at any time, and the school may have no right to it.",
    ),
    fix=Text(
        vi="Tải ảnh về, kiểm tra quyền sử dụng rồi đăng từ kho ảnh của cổng.",
        en="Download it, clear the rights, and publish it from the portal's own library.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=("![Sân trường](https://example.org/anh.jpg)",), good=(draft(photo(800, 533)),)
    ),
)
UNREADABLE = Rule(
    id="image-unreadable",
    severity=Severity.ERROR,
    title=Text(vi="Tệp ảnh hỏng", en="Damaged image file"),
    message=Text(
        vi="Tệp này không đọc được như một ảnh: {reason}",
        en="This file cannot be read as a picture: {reason_en}",
    ),
    why=Text(
        vi="Trình duyệt không hiện được ảnh; ảnh này cũng chưa được kiểm tra.",
        en="No browser can show it, and it was not checked.",
    ),
    fix=Text(vi="Xuất lại ảnh từ bản gốc.", en="Export it again from the original."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(partial(bytes, 2000)),),
        good=(draft(photo(800, 533)),),
    ),
)
TRUNCATED = Rule(
    id="image-truncated",
    severity=Severity.ERROR,
    title=Text(vi="Tệp ảnh bị cụt", en="Image file cut short"),
    message=Text(
        vi="Tệp ảnh {format} thiếu phần cuối nên ảnh hiện không đủ",
        en="The end of the {format} file is missing, so the picture is not whole",
    ),
    why=Text(
        vi="Tệp tải lên hoặc sao chép dở dang; phần dưới của ảnh bị xám hoặc trắng.",
        en="An upload or copy was cut off; the lower part is gray or white.",
    ),
    fix=Text(vi="Sao chép lại ảnh từ bản gốc.", en="Copy the picture again from the original."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(lambda: photo(800, 533)()[:30_000]),), good=(draft(photo(800, 533)),)
    ),
)
BOMB = Rule(
    id="image-bomb",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh có số điểm ảnh quá lớn", en="Image with far too many pixels"),
    message=Text(
        vi="Ảnh khai {width}×{height} px = {megapixels} triệu điểm ảnh, quá mức {limit} triệu",
        en="{width}×{height} px = {megapixels} megapixels, more than {limit}",
    ),
    why=Text(
        vi="Mở ảnh này có thể làm treo máy chủ và điện thoại người đọc.",
        en="Opening it can bring down the server and readers' phones.",
    ),
    fix=Text(vi="Thu nhỏ ảnh trước khi đăng.", en="Shrink the picture before publishing."),
    basis=("house-image",),
)
FORMAT = Rule(
    id="image-format-unsuitable",
    severity=Severity.ERROR,
    title=Text(vi="Định dạng ảnh không dùng cho web", en="Image format not for the web"),
    message=Text(
        vi="Ảnh ở định dạng {format}; trình duyệt cần {allowed}",
        en="The image is {format}; browsers need {allowed}",
    ),
    why=Text(
        vi="Nhiều trình duyệt không mở được định dạng này nên người đọc thấy ô trống.",
        en="Many browsers cannot open this format, so readers see an empty box.",
    ),
    fix=Text(
        vi="Lưu lại thành JPEG (ảnh chụp) hoặc PNG (hình vẽ, chữ).",
        en="Save it as JPEG (photos) or PNG (drawings, words).",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(
            draft(photo(800, 533, format="BMP"), name="anh.bmp"),
            draft(photo(800, 533, format="TIFF"), name="anh.tif"),
        ),
        good=(draft(photo(800, 533, format="WEBP"), name="anh.webp"),),
    ),
)
EXTENSION = Rule(
    id="image-extension-mismatch",
    severity=Severity.ERROR,
    title=Text(
        vi="Đuôi tệp không đúng với nội dung ảnh", en="Extension does not match the content"
    ),
    message=Text(
        vi="Tệp có đuôi {extension} nhưng nội dung là {format}",
        en="The file ends in {extension} but its content is {format}",
    ),
    why=Text(
        vi="Máy chủ gửi sai kiểu tệp, hệ quản trị có thể từ chối hoặc trình duyệt không hiện ảnh.",
        en="The server sends the wrong type; the CMS may refuse it or browsers may not show it.",
    ),
    fix=Text(
        vi="Mở ảnh bằng phần mềm ảnh rồi lưu lại đúng định dạng; không chỉ đổi tên tệp.",
        en="Open it in an image program and save it in the right format; do not just rename it.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(800, 533, format="PNG"), name="anh.jpg"),),
        good=(draft(photo(800, 533), name="anh.JPEG"),),
    ),
)
CMYK = Rule(
    id="image-print-colours",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh dùng hệ màu in ấn", en="Image in print colours"),
    message=Text(
        vi="Ảnh ở hệ màu {mode} (dùng để in), không phải RGB",
        en="The image is in {mode} (for print), not RGB",
    ),
    why=Text(
        vi="Ảnh hệ màu in hiện sai màu hoặc không hiện trên web.",
        en="Print colours show wrongly, or not at all, on the web.",
    ),
    fix=Text(
        vi="Chuyển sang RGB (sRGB) rồi lưu lại, hoặc chạy lệnh qc fix.",
        en="Convert it to RGB (sRGB) and save, or run qc fix.",
    ),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(800, 533, mode="CMYK")),), good=(draft(photo(800, 533, mode="L")),)
    ),
)
DEEP = Rule(
    id="image-colour-deep",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh 16 bit mỗi màu", en="Image with 16 bits a colour"),
    message=Text(
        vi="Ảnh lưu {bits} bit mỗi màu; web chỉ cần 8", en="{bits} bits a colour; the web needs 8"
    ),
    why=Text(
        vi="Tệp nặng gấp đôi mà màn hình không hiện được phần thừa.",
        en="The file is twice as heavy and screens cannot show the rest.",
    ),
    fix=Text(vi="Lưu lại ở 8 bit mỗi màu.", en="Save it with 8 bits a colour."),
    basis=("house-image",),
    examples=Examples(
        bad=(draft(photo(640, 427, format="PNG", mode="I;16"), name="anh.png"),),
        good=(draft(photo(640, 427, format="PNG"), name="anh.png"),),
    ),
)
GAMUT = Rule(
    id="image-colour-profile",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh không ở không gian màu sRGB", en="Image not in sRGB"),
    message=Text(
        vi="Ảnh gắn hồ sơ màu {profile}; khi hệ quản trị bỏ hồ sơ, màu sẽ nhạt đi",
        en="The image has the profile {profile}; once the CMS drops it, colours look dull",
    ),
    why=Text(
        vi="Hệ quản trị bỏ hồ sơ màu khi thu nhỏ ảnh, màu cờ và da người hiện sai.",
        en="CMSs drop the profile when they shrink images, and flags and skin look wrong.",
    ),
    fix=Text(
        vi="Chuyển sang sRGB khi xuất ảnh, hoặc chạy lệnh qc fix.",
        en="Convert to sRGB on export, or run qc fix.",
    ),
    basis=("house-image",),
)
REASONS = {
    "missing": "không có tệp này",
    "outside": "đường dẫn chỉ ra ngoài thư mục của bài",
    "link": "đây là liên kết tượng trưng, không phải tệp",
    "not-a-file": "đây không phải tệp thường",
    "unreadable": "không có quyền đọc hoặc lỗi đĩa",
    "bad-name": "tên tệp không hợp lệ",
}
DAMAGE = {
    "an empty file": "tệp rỗng",
    "no known picture format": "nội dung không phải ảnh",
    "a picture without a size": "ảnh không có kích thước",
    "no well-formed SVG": "mã SVG sai cú pháp",
    "an SVG with entity declarations": "SVG có khai báo thực thể (cách tấn công quen thuộc)",
    "an SVG of more than 20 MiB": "tệp SVG lớn hơn 20 MB",
}
EXTENSIONS = {
    "jpg": "jpeg",
    "jpeg": "jpeg",
    "jfif": "jpeg",
    "png": "png",
    "gif": "gif",
    "webp": "webp",
    "svg": "svg",
    "bmp": "bmp",
    "tif": "tiff",
    "tiff": "tiff",
    "heic": "heic",
    "heif": "heic",
    "avif": "avif",
    "psd": "psd",
    "ico": "ico",
    "jp2": "jp2",
}
WIDE = {
    "Display P3": Severity.INFO,
    "Adobe RGB": Severity.WARNING,
    "ProPhoto": Severity.WARNING,
    "ROMM": Severity.WARNING,
    "Wide Gamut": Severity.WARNING,
}


class PictureFileOptions(Options):
    """Formats and sizes that a portal takes."""

    formats: tuple[str, ...] = Field(
        ("jpeg", "png", "webp", "gif", "svg", "avif"), description="Formats that may be published"
    )
    max_megapixels: float = Field(64.0, gt=0, description="Pixels of one picture, in millions")


@check(
    *(MISSING, REMOTE, UNREADABLE, TRUNCATED, BOMB, FORMAT, EXTENSION, CMYK, DEEP, GAMUT),
    subject=Image,
    options=PictureFileOptions,
)
def picture_file(image: Image, options: PictureFileOptions) -> Iterator[Finding]:
    """Report a file that is not there, not whole, or not for the web."""
    reading = reading_of(image)
    if reading is None:
        if image.remote:
            yield REMOTE.at(image, path=image.path[:200])
        else:
            problem = image.problem or "missing"
            reason = REASONS.get(problem, problem)
            yield MISSING.at(image, path=image.path[:200], reason=reason, reason_en=problem)
    elif isinstance(reading, str):
        reason = DAMAGE.get(reading, "cấu trúc tệp bị hỏng")
        yield UNREADABLE.at(image, reason=reason, reason_en=reading)
    else:
        yield from _structure(image, reading.header, options)
        yield from _colours(image, reading.header)


def _structure(image: Image, header: Header, options: PictureFileOptions) -> Iterator[Finding]:
    if header.truncated:
        yield TRUNCATED.at(image, format=header.format)
    megapixels = header.pixels * max(header.frames if header.format == "png" else 1, 1) / 1e6
    if megapixels > options.max_megapixels and not header.vector:
        yield BOMB.at(
            image,
            width=header.width,
            height=header.height,
            megapixels=round(megapixels),
            limit=options.max_megapixels,
        )
    if header.format not in options.formats:
        yield FORMAT.at(image, format=header.format.upper(), allowed="JPEG, PNG, WebP")
    extension = image.path.rpartition(".")[2].lower() if "." in image.path else ""
    known = EXTENSIONS.get(extension)
    if known is not None and known != header.format:
        yield EXTENSION.at(image, extension=f".{extension}", format=header.format.upper())


def _colours(image: Image, header: Header) -> Iterator[Finding]:
    if header.mode in {"cmyk", "lab"}:
        yield CMYK.at(image, mode=header.mode.upper())
    if header.bit_depth > 8 and header.format in {"png", "tiff", "psd"}:
        yield DEEP.at(image, bits=header.bit_depth)
    profile = _profile(header.blocks.icc)
    for name, severity in WIDE.items():
        if name.replace(" ", "").lower() in profile:
            yield GAMUT.at(image, severity=severity, profile=name)
            break


def _profile(icc: bytes) -> str:
    """The readable part of an ICC profile, without spaces, in lower case."""
    return icc[128:4096].replace(b"\0", b"").replace(b" ", b"").decode("latin-1").lower()
