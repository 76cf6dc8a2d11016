"""Attached files: type by content, deceptive names, hidden second files, active content, bombs.

Pictures and clips are judged by their bytes only; documents and archives are opened in an
isolated worker. A worker that is killed is a finding, and the article goes on.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qc.core.article import Article, Attachment, File, Image
from qc.core.blob import Blob
from qc.core.finding import Finding
from qc.core.rule import Field, Options, Severity, check
from qc.core.sandbox import Limits
from qc.security.attachments import _rules as rules
from qc.security.attachments._containers import Walk, walk
from qc.security.attachments._names import trick_of
from qc.security.attachments._polyglots import second_types, server_code, trailing_bytes
from qc.security.attachments._types import ALLOWED, detect, extension
from qc.security.attachments.inspection import Inspection, inspect_blob

DOCUMENTS = (
    "pdf doc docx xls xlsx ppt pptx pps ppsx odt ods odp rtf txt csv jpg jpeg png gif webp "
    "mp3 mp4 m4a wav zip rar 7z epub"
)
OPENED = frozenset({"pdf", "zip", "ole", "rtf", "text", "gzip", "bzip2", "xz", "tar", "rar", "7z"})
_RASTER = frozenset({"jpeg", "png", "gif", "webp", "bmp", "tiff", "heif", "ico"})
_CLIPS = frozenset({"mp4", "matroska", "avi", "mpeg", "mpegts", "flv", "asf"})
TRICKS_VI = {
    "double": "hai phần mở rộng",
    "reversed": "ký tự đảo chiều chữ",
    "control": "ký tự điều khiển",
    "stream": "luồng ẩn sau dấu hai chấm",
    "trailing": "dấu chấm hoặc khoảng trắng ở cuối",
}
PARTS_VI = {
    "attachedTemplate": "mẫu văn bản lấy từ xa",
    "template": "mẫu văn bản lấy từ xa",
    "frame": "khung lấy từ xa",
    "subDocument": "văn bản con lấy từ xa",
    "oleObject": "đối tượng liên kết ngoài",
    "OLE": "đối tượng nhúng (OLE)",
    "OLE object": "đối tượng nhúng (OLE)",
    "remote image": "ảnh lấy từ xa",
    "external link": "liên kết sang tệp khác",
    "externalLinkPath": "liên kết sang tệp khác",
    "DTD": "khai báo DTD trong XML",
    "file": "tệp nhúng bên trong",
    "JavaScript": "mã JavaScript",
    "Launch": "lệnh mở chương trình (Launch)",
    "SubmitForm": "lệnh gửi biểu mẫu (SubmitForm)",
    "XFA": "biểu mẫu XFA",
    "member": "một tệp bên trong",
    "objects": "hết các đối tượng PDF",
}
_ARCHIVES_VI = {
    "entries": "quá nhiều tệp bên trong",
    "size": "bung ra quá lớn",
    "overlap": "các phần chồng lên nhau",
    "nesting": "nén lồng quá nhiều lớp",
}


class FileOptions(Options):
    """The limits for every attached file."""

    extensions: tuple[str, ...] = Field(
        tuple(DOCUMENTS.split()), description="Extensions that may be attached"
    )
    max_megapixels: int = Field(50, ge=1, description="Largest picture that may be decoded, Mpx")
    max_frames: int = Field(2000, ge=1, description="Most frames of an animated picture")
    max_inflated_mb: int = Field(200, ge=1, description="Most an archive may unpack to, MB")
    max_entries: int = Field(5000, ge=1, description="Most entries of an archive")
    max_nesting: int = Field(2, ge=1, description="Deepest nesting of archives")
    max_ratio: int = Field(200, ge=2, description="Highest compression ratio of an archive")
    max_pages: int = Field(300, ge=1, description="Most pages of a PDF whose text is read")
    worker_seconds: int = Field(
        10, ge=1, description="Processor time a file may take; twice that on the clock, seconds"
    )
    worker_memory_mb: int = Field(1024, ge=256, description="Memory the inspection may use, MB")


@check(*rules.RULES, subject=Article, options=FileOptions)
def attached_files(article: Article, options: FileOptions) -> Iterator[Finding]:
    files: tuple[File, ...] = (*article.attachments, *article.images, *article.videos)
    for file in files:
        yield from _by_name(file, options)
        if file.remote or file.blob is None:
            continue  # a file that cannot be opened is reported by the rules on media files
        yield from _by_bytes(file, file.blob, options)
        if isinstance(file, Attachment):
            yield from _inside(file, file.blob, options)


def _by_name(file: File, options: FileOptions) -> Iterator[Finding]:
    if file.remote:
        return
    trick = trick_of(file.path)
    ending = extension(file.path)
    if trick is not None:
        shown = "".join(c if c.isprintable() else "�" for c in file.path)[-80:]
        yield rules.NAME.at(file, trick=trick, trick_vi=TRICKS_VI[trick], name=shown)
    if isinstance(file, Attachment) and ending not in options.extensions:
        yield rules.NOT_ALLOWED.at(file, extension=ending or "?")


def _by_bytes(file: File, blob: Blob, options: FileOptions) -> Iterator[Finding]:
    data = blob.bytes
    kind = detect(data)
    ending = extension(file.path)
    expected = ALLOWED.get(ending)
    if expected is not None and kind not in expected and kind not in ("unknown", "empty"):
        alike = any(expected <= group and kind in group for group in (_RASTER, _CLIPS))
        if not alike or isinstance(file, Attachment):  # alike pictures: see the rules on images
            severity = Severity.WARNING if alike else Severity.ERROR
            yield rules.MISMATCH.at(file, severity=severity, extension=ending, kind=kind)
    elif (
        isinstance(file, Attachment)
        and expected is not None
        and kind == "unknown"
        and not expected & {"mp3", "mpegts", "text"}
    ):
        yield rules.MISMATCH.at(file, severity=Severity.WARNING, extension=ending, kind=kind)
    walked = walk(kind, data)
    seconds = second_types(kind, data, walked) if expected is None or kind != "text" else []
    if seconds:
        yield rules.TWO_TYPES.at(file, kind=kind, seconds=", ".join(seconds))
    else:
        trailing = trailing_bytes(kind, data, walked)
        if trailing:
            yield rules.TRAILING.at(file, kind=kind, bytes=trailing)
    if server_code(walked):
        yield rules.SERVER_CODE.at(file, kind=kind)
    if _is_bomb(walked, options, judged_as_picture=isinstance(file, Image)):
        yield rules.IMAGE_BOMB.at(file, megapixels=round(walked.pixels / 1e6), frames=walked.frames)


def _is_bomb(walked: Walk, options: FileOptions, *, judged_as_picture: bool) -> bool:
    too_large = not judged_as_picture and walked.pixels > options.max_megapixels * 1_000_000
    return walked.bomb or too_large or walked.frames > options.max_frames


def _inside(file: Attachment, blob: Blob, options: FileOptions) -> Iterator[Finding]:
    inspection = inspection_of(file, blob, options)
    if inspection is None:
        return
    if inspection.stopped is not None:
        why = {"time": "quá lâu", "memory": "tốn quá nhiều bộ nhớ"}
        yield rules.NOT_INSPECTED.at(
            file,
            why=f"stopped ({inspection.stopped})",
            why_vi=why.get(inspection.stopped, "bộ đọc dừng đột ngột"),
        )
    for note in inspection.notes:
        finding = _finding(file, inspection.kind, note)
        if finding is not None:
            yield finding


def inspection_of(file: Attachment, blob: Blob, options: FileOptions) -> Inspection | None:
    """The inspection of a file under the limits of a policy; None for kinds that are not opened."""
    if detect(blob.head(0x8010)) not in OPENED:
        return None
    limits = Limits(
        wall_s=2 * options.worker_seconds,
        cpu_s=options.worker_seconds,
        memory_bytes=options.worker_memory_mb * 1024 * 1024,
    )
    budget = {
        "inflated_bytes": options.max_inflated_mb * 1024 * 1024,
        "entries": options.max_entries,
        "depth": options.max_nesting,
        "ratio": options.max_ratio,
        "pages": options.max_pages,
    }
    return inspect_blob(blob, file.path, limits, budget)


def _finding(file: Attachment, kind: str, note: Mapping[str, Any]) -> Finding | None:
    code = note["code"]
    what = str(note.get("what", ""))
    if code == "macro":
        return rules.MACRO.at(file, what=what)
    if code in ("office-active", "office-remote", "office-object", "xml-dtd"):
        severity = Severity.WARNING if code == "office-object" else Severity.ERROR
        what = what or "DTD"
        what_vi = PARTS_VI.get(what, what)
        return rules.OFFICE_ACTIVE.at(file, severity=severity, what=what, what_vi=what_vi)
    if code in ("pdf-action", "pdf-form", "pdf-embedded"):
        severity = Severity.ERROR if code == "pdf-action" else Severity.WARNING
        what_vi = PARTS_VI.get(what, what)
        return rules.PDF_ACTIVE.at(file, severity=severity, what=what, what_vi=what_vi)
    if code == "encrypted":
        return rules.ENCRYPTED.at(file, what=what)
    if code == "damaged":
        return rules.DAMAGED.at(file)
    if code == "not-inspected":
        return rules.NOT_INSPECTED.at(
            file,
            severity=Severity.WARNING,
            why=what,
            why_vi=f"qc không mở được {PARTS_VI.get(what, what)}",
        )
    if code in ("no-text", "text-cut"):
        return _unread(file, kind, note)
    return _archive(file, note) if code.startswith("archive-") else None


def _unread(file: Attachment, kind: str, note: Mapping[str, Any]) -> Finding:
    if note["code"] == "text-cut":
        why, why_vi = "it is too long", "tệp quá dài, phần cuối chưa đọc"
    elif note.get("of"):
        why = f"{note['pages']} of {note['of']} pages are pictures"
        why_vi = f"{note['pages']}/{note['of']} trang là ảnh quét, không có lớp chữ"
    else:
        why, why_vi = "old format", "định dạng Office cũ, hãy lưu sang định dạng mới"
    return rules.NO_TEXT.at(file, kind=kind, why=why, why_vi=why_vi)


def _archive(file: Attachment, note: Mapping[str, Any]) -> Finding:
    code = note["code"]
    name = str(note.get("name", ""))
    if code == "archive-bomb":
        why = str(note["why"])
        return rules.ARCHIVE.at(file, what=why, what_vi=_ARCHIVES_VI[why])
    what, what_vi = {
        "archive-escape": ("path outside the folder", "đường dẫn thoát ra ngoài thư mục"),
        "archive-link": ("link", "liên kết tới tệp khác"),
        "archive-program": ("program", "chứa chương trình"),
        "archive-mismatch": ("renamed file", "tệp bị đổi đuôi"),
        "archive-odd": ("odd directory", "mục lục bất thường"),
    }[code]
    severity = Severity.WARNING if code in ("archive-odd", "archive-mismatch") else Severity.ERROR
    return rules.ARCHIVE.at(
        file, severity=severity, what=f"{what} {name}".strip(), what_vi=f"{what_vi} {name}".strip()
    )
