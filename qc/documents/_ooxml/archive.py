"""The zip archive of an office document, read within limits and without trusting its directory."""

from __future__ import annotations

import struct
import zipfile
import zlib
from io import BytesIO

from qc.core.errors import LoadError

MAX_MEMBERS = 20_000
MAX_DIRECTORY_BYTES = 4 * 1024 * 1024
MAX_MEMBER_BYTES = 512 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_PART_BYTES = 64 * 1024 * 1024
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
BROKEN = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OSError,
    KeyError,
)
RESAVE = "Open it in Word or LibreOffice, save it again, and check the new file."
RESAVE_VI = "hãy mở bằng Word hoặc LibreOffice, lưu lại rồi kiểm tra tệp mới"


class Archive:
    """The members of a zip file by name.

    Raises LoadError for what is no sound archive: truncated, encrypted, members outside it, two
    members of one name, or sizes beyond the limits (declared, and counted while reading).
    """

    def __init__(self, data: bytes) -> None:
        if data.startswith(OLE_MAGIC):
            raise LoadError(
                "the file is protected with a password, or is an old .doc under another name",
                remedy="Remove the password, or save it as .docx.",
                vi="tệp có mật khẩu hoặc là .doc cũ đổi tên; hãy bỏ mật khẩu hay lưu thành .docx",
            )
        _check_directory(data)
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except BROKEN as error:
            raise LoadError(
                f"the file is not a sound zip archive: {error}",
                remedy=RESAVE,
                vi=f"tệp bị hỏng; {RESAVE_VI}",
            ) from error
        self._members: dict[str, zipfile.ZipInfo] = {}
        total = 0
        for info in self._zip.infolist():
            total += info.file_size
            _check_member(info, total)
            if info.filename in self._members:
                raise LoadError(
                    f"two members are called {info.filename}",
                    remedy=RESAVE,
                    vi=f"trong tệp có hai phần cùng tên {info.filename}; {RESAVE_VI}",
                )
            self._members[info.filename] = info

    def __contains__(self, name: object) -> bool:
        return name in self._members

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, in the order of the directory."""
        return tuple(self._members)

    def read(self, name: str, limit: int = MAX_PART_BYTES) -> bytes:
        """The content of a member; LoadError if it is missing, broken or longer than `limit`."""
        info = self._members.get(name)
        if info is None:
            raise LoadError(
                f"the part {name} is missing",
                remedy=RESAVE,
                vi=f"tệp thiếu phần {name}; {RESAVE_VI}",
            )
        if info.file_size > limit:
            raise LoadError(
                f"the part {name} has {info.file_size} bytes; qc reads at most {limit}",
                remedy="Split the article.",
                vi=f"phần {name} dài {info.file_size} byte; qc chỉ đọc tối đa {limit} byte",
            )
        try:
            with self._zip.open(info) as stream:
                return stream.read(limit + 1)
        except BROKEN as error:
            raise LoadError(
                f"the part {name} cannot be read: {error}",
                remedy=RESAVE,
                vi=f"không đọc được phần {name}, tệp bị hỏng; {RESAVE_VI}",
            ) from error


def _check_directory(data: bytes) -> None:
    """Refuse a huge directory before the library builds an object for each of its entries."""
    end = data.rfind(b"PK\x05\x06", max(len(data) - 66_000, 0))
    if end < 0 or end + 22 > len(data):
        raise LoadError(
            "the file is cut off, or is not a zip archive",
            remedy=RESAVE,
            vi=f"tệp bị cụt hoặc không đúng định dạng; {RESAVE_VI}",
        )
    entries, size = struct.unpack_from("<HL", data, end + 10)
    if entries > MAX_MEMBERS or size > MAX_DIRECTORY_BYTES:
        raise LoadError(
            f"the archive lists {entries} members in {size} bytes",
            remedy=RESAVE,
            vi=f"tệp liệt kê tới {entries} phần bên trong; {RESAVE_VI}",
        )


def _check_member(info: zipfile.ZipInfo, total: int) -> None:
    name = info.filename
    if info.flag_bits & 1:
        raise LoadError(
            f"the part {name} is encrypted",
            remedy="Remove the password.",
            vi="tệp được mã hóa; hãy bỏ mật khẩu rồi kiểm tra lại",
        )
    if info.file_size > MAX_MEMBER_BYTES or total > MAX_TOTAL_BYTES:
        raise LoadError(
            f"the archive declares {max(info.file_size, total)} bytes unpacked",
            where=name,
            remedy="This looks like a zip bomb: do not open it.",
            vi="tệp khai báo dung lượng giải nén quá lớn, giống bom nén; không nên mở",
        )
    parts = name.replace("\\", "/").split("/")
    if ".." in parts or name.startswith(("/", "\\")) or ":" in parts[0] or "\0" in name:
        raise LoadError(
            f"the archive holds a member outside itself: {name!r}",
            remedy="Do not unpack this file; ask its sender.",
            vi="tệp chứa đường dẫn ra ngoài, giống tệp tấn công; hãy hỏi lại người gửi",
        )
