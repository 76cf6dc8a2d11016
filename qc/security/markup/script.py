"""Scripts: code that a reader's browser would run when the article is opened."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.security.markup._active import Active, active
from qc.security.markup._tree import attribute_span, tree_of

MAX_FINDINGS = 200

SCRIPT = Rule(
    id="markup-script",
    severity=Severity.ERROR,
    title=Text(vi="Bài viết chứa mã script", en="The article carries a script"),
    message=Text(
        vi="Thẻ <{element}> sẽ chạy mã trong trình duyệt của người đọc",
        en="The <{element}> element runs code in the reader's browser",
    ),
    why=Text(
        vi="Mã script trong bài viết có thể đánh cắp phiên đăng nhập của ban biên tập, chuyển "
        "hướng người đọc hoặc chèn nội dung cờ bạc. Nội dung bài không bao giờ cần script.",
        en="A script in an article can steal an editor's session, redirect readers or inject "
        "betting content. An article never needs one.",
    ),
    fix=Text(
        vi="Xóa thẻ script. Muốn giới thiệu mã nguồn trong bài tin học, hãy viết &lt;script&gt; "
        "trong khối mã.",
        en="Remove the element. To show source code, write &lt;script&gt; in a code block.",
    ),
    examples=Examples(
        bad=("<p>Thông báo</p><script>location='https://x.example'</script>",),
        good=("<p>Thẻ <code>&lt;script&gt;</code> dùng để nhúng mã.</p>",),
    ),
)

HANDLER = Rule(
    id="markup-handler",
    severity=Severity.ERROR,
    title=Text(vi="Thuộc tính gọi mã (on…)", en="An event handler attribute"),
    message=Text(
        vi="Thuộc tính {attribute} của thẻ <{element}> sẽ chạy mã trong trình duyệt",
        en="The {attribute} attribute of <{element}> runs code in the browser",
    ),
    why=Text(
        vi="Các thuộc tính như onclick, onload, onerror chạy mã giống như thẻ script và là cách "
        "chèn mã độc phổ biến nhất.",
        en="Attributes such as onclick, onload and onerror run code just as a script does; they "
        "are the commonest way to plant it.",
    ),
    fix=Text(vi="Xóa thuộc tính này.", en="Remove the attribute."),
    examples=Examples(
        bad=('<p>Ảnh lễ khai giảng</p><img src="a.jpg" alt="" onerror="alert(1)">',),
        good=("<p>Thuộc tính onclick= gọi một hàm khi bấm chuột.</p>",),
    ),
)

ADDRESS = Rule(
    id="markup-script-address",
    severity=Severity.ERROR,
    title=Text(vi="Địa chỉ chạy mã (javascript:)", en="An address that runs code"),
    message=Text(
        vi="Thuộc tính {attribute} của thẻ <{element}> là địa chỉ {scheme}: {note}",
        en="The {attribute} attribute of <{element}> is a {scheme}: address",
    ),
    why=Text(
        vi="Địa chỉ javascript: chạy mã khi người đọc bấm vào, hoặc tự chạy trong khung nhúng, "
        "kể cả khi được viết bằng ký tự mã hóa.",
        en="A javascript: address runs code when clicked, or by itself in a frame, even when it "
        "is written in encoded characters.",
    ),
    fix=Text(
        vi="Thay bằng địa chỉ https:// hoặc xóa liên kết.",
        en="Use an https:// address or remove the link.",
    ),
    examples=Examples(
        bad=('<p><a href="jav&#x09;ascript:alert(1)">Xem điểm</a></p>',),
        good=('<p><a href="/bai-giang/javascript-co-ban.html">Bài 1</a></p>',),
    ),
)

DATA = Rule(
    id="markup-data-address",
    severity=Severity.ERROR,
    title=Text(vi="Tài liệu nhúng dạng data:", en="A document inside a data: address"),
    message=Text(
        vi="Thuộc tính {attribute} của thẻ <{element}> chứa tài liệu nhúng kiểu {kind}",
        en="The {attribute} attribute of <{element}> holds an embedded document of type {kind}",
    ),
    why=Text(
        vi="Địa chỉ data: không phải ảnh có thể giấu cả một trang web hoặc mã độc trong bài.",
        en="A data: address that is no picture can hide a whole page or code in the article.",
    ),
    fix=Text(
        vi="Tải tệp lên cổng thông tin rồi liên kết tới tệp đó.",
        en="Upload the file to the portal and link to it.",
    ),
    examples=Examples(
        bad=('<p><a href="data:text/html;base64,PHNjcmlwdD4=">Tài liệu</a></p>',),
        good=('<p><img alt="" src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></p>',),
    ),
)

HEAVY_DATA = Rule(
    id="markup-data-heavy",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh nhúng trực tiếp quá nặng", en="A heavy picture inside the markup"),
    message=Text(
        vi="Ảnh nhúng trong mã bài nặng {size_kb} KB (tối đa {max_kb} KB)",
        en="The picture inside the markup is {size_kb} KB (at most {max_kb} KB)",
    ),
    why=Text(
        vi="Ảnh nhúng trong mã làm trang tải chậm và không qua được bước kiểm tra ảnh.",
        en="It slows the page down and escapes the picture checks.",
    ),
    fix=Text(vi="Tải ảnh lên thư viện rồi chèn lại.", en="Upload the picture and insert it again."),
    examples=Examples(good=('<p><img alt="" src="data:image/png;base64,iVBORw0KGgo="></p>',)),
)


@check(SCRIPT, HANDLER, ADDRESS, DATA, subject=Markup, requires=("module:justhtml",))
def active_markup(markup: Markup, options: Options) -> Iterator[Finding]:
    """Scripts, handlers and active addresses on the HTML5 tree."""
    for each in islice(active(tree_of(markup)), MAX_FINDINGS):
        yield _finding(markup, each)


@check(HEAVY_DATA, subject=Markup, requires=("module:justhtml",))
def heavy_data(markup: Markup, options: Options) -> Iterator[Finding]:
    """Pictures of more than 200 KB written into the markup itself."""
    max_kb = 200
    if len(markup.text) < max_kb * 1000:
        return
    for element in tree_of(markup).elements:
        for name in ("src", "href", "xlink:href", "poster"):
            value = element.get(name)
            if len(value) > max_kb * 1366 and value[:11].lower() == "data:image/":
                yield HEAVY_DATA.at(
                    markup,
                    element.start,
                    element.start + min(element.end - element.start, 60),
                    size_kb=len(value) * 3 // 4000,
                    max_kb=max_kb,
                )


def _finding(markup: Markup, each: Active) -> Finding:
    element = each.element
    start, end = element.start, element.end
    if each.attribute:
        start, end = attribute_span(markup.text, element, each.attribute)
    name, attribute = element.name, each.attribute
    confidence = Confidence.MEDIUM if each.decoded else Confidence.HIGH
    if each.kind == "data":
        kind = each.value.strip()[5:40].partition(",")[0].partition(";")[0] or "text/plain"
        return DATA.at(markup, start, end, element=name, attribute=attribute, kind=kind)
    if each.kind == "address":
        return ADDRESS.at(
            markup,
            start,
            end,
            severity=Severity.WARNING if each.inert else None,
            confidence=confidence,
            element=name,
            attribute=attribute,
            scheme="vbscript" if "vb" in each.value[:40].lower() else "javascript",
            note="không chạy gì, nên xóa" if each.inert else "sẽ chạy mã",
        )
    rule = HANDLER if each.kind == "handler" else SCRIPT
    return rule.at(markup, start, end, confidence=confidence, element=name, attribute=attribute)
