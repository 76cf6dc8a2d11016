"""Server code: traces of PHP, ASP, server includes and templates in an article."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.security.markup._active import active
from qc.security.markup._tree import Piece, parse, tree_of

SERVER_CODE = Rule(
    id="markup-server-code",
    severity=Severity.WARNING,
    title=Text(vi="Mã máy chủ trong bài viết", en="Server code in the article"),
    message=Text(
        vi="Bài viết chứa mã {language}: {excerpt}", en="The article holds {language}: {excerpt}"
    ),
    why=Text(
        vi="Mã PHP, ASP hay lệnh chèn của máy chủ có thể chạy trên máy chủ, hoặc lộ cấu hình khi "
        "hiển thị.",
        en="PHP, ASP or server includes may run on the server or reveal its set-up.",
    ),
    fix=Text(
        vi="Xóa đoạn mã. Trong bài dạy lập trình, hãy viết &lt;?php thay cho dấu ngoặc thật.",
        en="Remove the code. In a lesson write &lt;?php instead of the real bracket.",
    ),
    examples=Examples(
        bad=("<p>Tin</p><?php system($_GET['c']); ?>",),
        good=("<p>Tin</p><pre><code>&lt;?php echo 1; ?&gt;</code></pre>",),
    ),
)

TEMPLATE = Rule(
    id="markup-template",
    severity=Severity.WARNING,
    title=Text(vi="Biểu thức khuôn mẫu chưa được thay", en="An unrendered template expression"),
    message=Text(vi="Còn sót biểu thức {excerpt}", en="The expression {excerpt} is left over"),
    why=Text(
        vi="Biểu thức khuôn mẫu có thể được máy chủ thực thi, hoặc hiện ra cho người đọc.",
        en="The server or the page may run a template expression, or readers see it.",
    ),
    fix=Text(vi="Thay bằng nội dung thật hoặc xóa.", en="Put in the real text or remove it."),
    examples=Examples(
        bad=("<p>Kính gửi {{7*7}}</p>",),
        good=("<p>Tập hợp A = {1; 2}</p>", "<p>Viết <code>{{ ten }}</code> trong mẫu.</p>"),
    ),
)

COMMENT = Rule(
    id="markup-conditional-comment",
    severity=Severity.WARNING,
    title=Text(vi="Chú thích có điều kiện chứa mã", en="A conditional comment with code"),
    message=Text(
        vi="Chú thích có điều kiện chứa nội dung chạy được",
        en="A conditional comment holds active content",
    ),
    why=Text(
        vi="Nội dung trong chú thích có điều kiện chạy trên trình duyệt cũ hoặc bị trình soạn thảo "
        "mở ra.",
        en="Old browsers run it and editors may unwrap it.",
    ),
    fix=Text(vi="Xóa chú thích.", en="Remove the comment."),
    examples=Examples(
        bad=("<!--[if gte IE 4]><script>alert(1)</script><![endif]--><p>Tin</p>",),
        good=("<!--[if gte mso 9]><xml></xml><![endif]--><p>Tin</p>",),
    ),
)

_PATTERNS = (
    ("PHP", regex(r"<\?(?:php\b|=)", re.IGNORECASE)),
    ("ASP/JSP", regex(r"<%[@=!\s#:]?\s*[A-Za-z_$\"'][^%<>]{0,200}%>")),
    ("SSI", regex(r"<!--#(?:include|exec|echo|config|set|printenv|fsize)\b", re.IGNORECASE)),
)
_TEMPLATE = regex(
    r"\{\{[^{}\n]{1,120}\}\}|\{%[ -][^{}%\n]{1,120}%\}"
    r"|\$\{[\w.$\[\]()'\"+*/ -]{1,80}\}|#\{T\([^}\n]{1,80}\}"
)
_CODE = ("code", "pre", "kbd", "samp", "textarea", "xmp", "script", "style", "math", "svg")
_CONDITIONAL = regex(r"\s*\[if\b[^\]]*\]>", re.IGNORECASE)


@check(SERVER_CODE, TEMPLATE, COMMENT, subject=Markup, requires=("module:justhtml",))
def server_code(markup: Markup, options: Options) -> Iterator[Finding]:
    """Server-side tags in the raw markup, templates in its text, code in comments."""
    text = markup.text
    for language, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            excerpt = text[match.start() : match.start() + 40].strip()
            yield SERVER_CODE.at(
                markup, match.start(), match.end(), language=language, excerpt=excerpt
            )
    for piece in tree_of(markup).pieces:
        if piece.kind == "comment":
            yield from _comment(markup, piece)
        elif "{" in piece.data and not (piece.parent and piece.parent.within(*_CODE)):
            yield from _templates(markup, piece)


def _comment(markup: Markup, piece: Piece) -> Iterator[Finding]:
    match = _CONDITIONAL.match(piece.data)
    if match and any(active(parse(piece.data[match.end() :], locate=False))):
        start = max(piece.start, 0)
        yield COMMENT.at(markup, start, min(start + len(piece.data) + 7, len(markup.text)))


def _templates(markup: Markup, piece: Piece) -> Iterator[Finding]:
    for match in _TEMPLATE.finditer(piece.data):
        inner = match[0].strip("{}%$#").strip()
        if not re.search(r"[A-Za-z0-9_]", inner) or re.search(r"\\[a-z]{2,}|[\^_]\{?", inner):
            continue  # LaTeX: {{a^2}}
        start = markup.text.find(match[0], max(piece.start, 0))
        span = (start, start + len(match[0])) if start >= 0 else (None, None)
        yield TEMPLATE.at(markup, *span, confidence=Confidence.MEDIUM, excerpt=match[0][:60])
