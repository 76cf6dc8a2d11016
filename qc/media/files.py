"""Files: every picture, clip and attachment that an article names can be opened and lies inside."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article, File
from qc.core.finding import Finding
from qc.core.rule import Draft, Examples, Options, Rule, Severity, Text, check

PIXEL = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\xff\xff\xff\x00\x00\x00!\xf9\x04\x01\x00\x00\x00\x00,"
    b"\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def _draft(path: str) -> Draft:
    return Draft(
        f"# Ngày hội đọc sách\n\n![Các em đọc sách]({path})\n", files={"a.gif": lambda: PIXEL}
    )


def _attached(path: str) -> Draft:
    text = f"# Ngày hội đọc sách\n\nXem [kế hoạch ngày hội]({path}).\n"
    return Draft(text, files={"thu-muc.pdf/a.gif": lambda: PIXEL})


MISSING = Rule(
    id="file-missing",
    severity=Severity.ERROR,
    title=Text(vi="Không tìm thấy tệp mà bài nhắc đến", en="A file of the article is missing"),
    message=Text(vi="Không tìm thấy tệp {path}", en="{path} was not found"),
    why=Text(
        vi="Bạn đọc sẽ thấy khung ảnh hỏng hoặc liên kết chết.",
        en="Readers will see a broken picture or a dead link.",
    ),
    fix=Text(
        vi="Đặt tệp cạnh bài viết, hoặc sửa lại tên tệp trong bài.",
        en="Put the file beside the article, or correct its name.",
    ),
    examples=Examples(bad=(_attached("khong-co.pdf"),), good=(_draft("a.gif"),)),
)
OUTSIDE = Rule(
    id="file-outside-folder",
    severity=Severity.ERROR,
    title=Text(vi="Đường dẫn ra ngoài thư mục bài viết", en="The path leads out of the folder"),
    message=Text(
        vi="Không mở {path}: đường dẫn ra ngoài thư mục bài viết",
        en="{path} was not opened: it leads out of the article's folder",
    ),
    why=Text(
        vi="Đường dẫn như vậy không dùng được trên cổng, và có thể để lộ tệp khác của máy.",
        en="Such a path does not work on a portal and may expose other files.",
    ),
    fix=Text(
        vi="Chép tệp vào thư mục của bài và dùng đường dẫn ngắn, ví dụ anh/le-khai-giang.jpg.",
        en="Copy the file into the article's folder and use a short path.",
    ),
    examples=Examples(
        bad=(_attached("../../etc/x.pdf"), _attached("file:///etc/x.pdf")),
        good=(_draft("a.gif"),),
    ),
)
UNREADABLE = Rule(
    id="file-unreadable",
    severity=Severity.ERROR,
    title=Text(vi="Tệp không mở được", en="A file cannot be opened"),
    message=Text(vi="Không mở được {path}: {reason}", en="{path} cannot be opened: {reason_en}"),
    why=Text(
        vi="Tệp không mở được thì không kiểm tra được và cũng không đăng được.",
        en="A file that cannot be opened can be neither checked nor published.",
    ),
    fix=Text(vi="Lưu lại tệp rồi chèn lại vào bài.", en="Save the file again."),
    examples=Examples(bad=(_attached("thu-muc.pdf"),), good=(_draft("a.gif"),)),
)
REMOTE = Rule(
    id="file-not-checked",
    severity=Severity.WARNING,
    title=Text(vi="Tệp ở máy chủ khác nên chưa kiểm tra", en="A remote file was not checked"),
    message=Text(
        vi="Chưa kiểm tra {path}: tệp nằm ở máy chủ khác",
        en="{path} was not checked: it is on another server",
    ),
    why=Text(
        vi="qc không tải gì từ mạng, nên chưa biết tệp này có đạt yêu cầu hay không.",
        en="qc fetches nothing, so nothing is known about this file.",
    ),
    fix=Text(
        vi="Tải tệp về, đặt cạnh bài viết rồi kiểm tra lại.",
        en="Download it, put it beside the article and check again.",
    ),
    basis=("SHTT-19,25",),
    examples=Examples(bad=(_attached("https://example.vn/ke-hoach.pdf"),), good=(_draft("a.gif"),)),
)

REASONS = {
    "link": Text(vi="đây là liên kết tượng trưng", en="it is a symbolic link"),
    "not-a-file": Text(vi="đây không phải là tệp thường", en="it is not a regular file"),
    "bad-name": Text(vi="tên tệp không hợp lệ", en="its name is not valid"),
    "unreadable": Text(vi="không có quyền đọc, hoặc tệp hỏng", en="no permission, or damaged"),
}


@check(MISSING, OUTSIDE, UNREADABLE, REMOTE, subject=Article)
def media_files(article: Article, options: Options) -> Iterator[Finding]:
    """Whether each file of the article could be opened.

    Pictures are reported by their own check, with what that means for the page.
    """
    for file in (*article.videos, *article.attachments):
        if file.remote:
            yield REMOTE.at(file, path=file.path)
        elif file.problem is not None:
            yield _problem(file, file.problem)


def _problem(file: File, problem: str) -> Finding:
    if problem == "missing":
        return MISSING.at(file, path=file.path)
    if problem == "outside":
        return OUTSIDE.at(file, path=file.path)
    reason = REASONS.get(problem, REASONS["unreadable"])
    return UNREADABLE.at(file, path=file.path, reason=reason.vi, reason_en=reason.en)
