"""Antivirus: files are sent to clamd where the policy names its socket; else that is said."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article, Attachment
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.rule import Draft, Examples, Field, Options, Rule, Severity, Text, check

CHUNK = 1 << 16
TIMEOUT_S = 30.0

MALWARE = Rule(
    id="file-malware",
    severity=Severity.ERROR,
    title=Text(vi="Trình chống vi-rút báo tệp độc hại", en="Malware found by the antivirus"),
    message=Text(vi="Trình chống vi-rút báo: {signature}", en="The antivirus reports: {signature}"),
    why=Text(
        vi="Tệp này sẽ gây hại cho máy của phụ huynh, học sinh tải về.",
        en="The file will harm the computers of those who download it.",
    ),
    fix=Text(
        vi="Gỡ tệp; quét máy đã tạo ra tệp.", en="Remove the file; scan the computer it came from."
    ),
)
NOT_RUN = Rule(
    id="file-antivirus-not-run",
    severity=Severity.INFO,
    title=Text(vi="Chưa quét vi-rút", en="Antivirus not run"),
    message=Text(
        vi="Chưa quét vi-rút {count} tệp đính kèm: chính sách chưa khai trình chống vi-rút",
        en="Antivirus not run on {count} attached files: none is configured",
    ),
    why=Text(
        vi="Các luật về tệp không thay được trình chống vi-rút.",
        en="The rules on files do not replace an antivirus.",
    ),
    fix=Text(
        vi="Khai clamd_socket trong chính sách, hoặc tự quét tệp trước khi đăng.",
        en="Name clamd_socket in the policy, or scan the files before publishing.",
    ),
    examples=Examples(
        bad=(Draft("[Tải về](a.txt)", files={"a.txt": lambda: b"Lich hoc"}),),
        good=("Bài viết không có tệp đính kèm.",),
    ),
)


class AntivirusOptions(Options):
    """Where clamd listens."""

    clamd_socket: str = Field(
        "", description="Path of the clamd socket, e.g. /run/clamav/clamd.ctl; empty: not run"
    )


@check(MALWARE, NOT_RUN, subject=Article, options=AntivirusOptions)
def antivirus(article: Article, options: AntivirusOptions) -> Iterator[Finding]:
    files = [each for each in article.attachments if each.blob is not None]
    if files and not options.clamd_socket:
        yield NOT_RUN.at(article, count=len(files))
        return
    for file in files:
        signature = _scan(file, options.clamd_socket)
        if signature:
            yield MALWARE.at(file, signature=signature)


def _scan(file: Attachment, path: str) -> str | None:
    """The name of what clamd finds, or None. Raises Unavailable where it gives no answer."""

    import socket

    assert file.blob is not None
    data = file.blob.bytes
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as stream:
            stream.settimeout(TIMEOUT_S)
            stream.connect(path)
            stream.sendall(b"zINSTREAM\0")
            for start in range(0, len(data), CHUNK):
                piece = data[start : start + CHUNK]
                stream.sendall(len(piece).to_bytes(4, "big") + piece)
            stream.sendall(bytes(4))
            answer = stream.makefile("rb").read(4096).decode("utf-8", "replace").strip("\0\n ")
    except OSError as error:
        raise Unavailable(
            f"clamd does not answer: {error.strerror or error}",
            remedy="Start clamd, or correct clamd_socket in the policy.",
        ) from error
    if answer.endswith("FOUND"):
        return answer.removeprefix("stream:").removesuffix("FOUND").strip()
    if answer.endswith("OK"):
        return None
    raise Unavailable(f"clamd could not scan {file.path}: {answer[:120]}")
