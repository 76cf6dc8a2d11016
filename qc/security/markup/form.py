"""Forms: an article should not ask readers for data, least of all for a password."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.security.markup._tree import Element, tree_of

PASSWORD = Rule(
    id="markup-password-field",
    severity=Severity.ERROR,
    title=Text(vi="Bài viết hỏi mật khẩu", en="The article asks for a password"),
    message=Text(
        vi="Bài viết có ô nhập {what}, dấu hiệu của trang lừa đảo",
        en="The article has a field for {what}, the mark of a phishing page",
    ),
    why=Text(
        vi="Ô nhập mật khẩu trong bài viết gửi dữ liệu tới nơi mà nhà trường không kiểm soát.",
        en="A password field in an article sends data to a place the school does not control.",
    ),
    fix=Text(
        vi="Xóa ô nhập và dẫn người đọc tới trang đăng nhập chính thức.",
        en="Remove it and link to the official sign-in page.",
    ),
    examples=Examples(
        bad=('<form action="https://x.example"><input type="password"></form>',),
        good=("<p>Mật khẩu do giáo viên chủ nhiệm cấp.</p>",),
    ),
)

FORM = Rule(
    id="markup-form",
    severity=Severity.WARNING,
    title=Text(vi="Biểu mẫu trong bài viết", en="A form in the article"),
    message=Text(
        vi="Thẻ <{element}> tạo biểu mẫu nhập liệu trong bài viết",
        en="The <{element}> element makes an input form in the article",
    ),
    why=Text(
        vi="Biểu mẫu tự chèn có thể thu dữ liệu cá nhân của phụ huynh, học sinh mà không có thông "
        "báo và sự đồng ý.",
        en="A form of one's own can collect personal data without notice or consent.",
    ),
    fix=Text(
        vi="Dùng liên kết tới biểu mẫu chính thức của nhà trường.",
        en="Link to an official form of the school.",
    ),
    examples=Examples(
        bad=('<form action="/dang-ky"><input name="ten"></form>',),
        good=('<ul><li><input type="checkbox" disabled> Nộp hồ sơ</li></ul>',),
    ),
)

_FIELDS = frozenset(["input", "textarea", "select", "keygen", "isindex"])
_QUIET = frozenset(["checkbox", "radio", "image", "button", "hidden", "range"])


@check(PASSWORD, FORM, subject=Markup, requires=("module:justhtml",))
def forms(markup: Markup, options: Options) -> Iterator[Finding]:
    """Password fields block; a form, or a field outside one, asks for review."""
    reported: set[int] = set()
    for element in tree_of(markup).elements:
        if element.name in ("input", "textarea") and _asks_secret(element):
            what = "mật khẩu" if element.get("type").lower() == "password" else "mã bí mật"
            yield PASSWORD.at(markup, element.start, element.end, what=what)
        elif element.name == "form":
            reported.add(id(element))
            yield FORM.at(markup, element.start, element.end, element="form")
        elif element.name in _FIELDS and not _is_quiet(element) and not _inside(element, reported):
            yield FORM.at(markup, element.start, element.end, element=element.name)


def _asks_secret(element: Element) -> bool:
    if element.get("type").strip().lower() == "password":
        return True
    hints = element.get("autocomplete").lower()
    name = (element.get("name") + " " + element.get("id")).lower()
    shown = element.get("type").strip().lower() not in ("hidden", "submit", "button")
    return shown and (
        "password" in hints
        or "one-time-code" in hints
        or any(word in name for word in ("passwd", "password", "matkhau", "mat_khau", "otp_code"))
    )


def _is_quiet(element: Element) -> bool:
    if element.name == "input":
        kind = element.get("type").strip().lower()
        return kind in _QUIET or "disabled" in element.attributes
    return "readonly" in element.attributes or "disabled" in element.attributes


def _inside(element: Element, forms: set[int]) -> bool:
    each = element.parent
    for _ in range(256):
        if each is None:
            return False
        if id(each) in forms:
            return True
        each = each.parent
    return False
