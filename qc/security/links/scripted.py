"""Links of Markdown and Word drafts that run code instead of leading somewhere."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.security.markup._addresses import active_scheme, is_inert, scheme
from qc.security.markup._tree import tree_of

SCRIPTED = Rule(
    id="link-script-address",
    severity=Severity.ERROR,
    title=Text(vi="Liên kết chạy mã", en="A link that runs code"),
    message=Text(
        vi="Liên kết có địa chỉ {scheme}: chạy mã thay vì mở trang",
        en="The link has a {scheme}: address, which runs code instead of opening a page",
    ),
    why=Text(
        vi="Khi bài được đăng, bấm vào liên kết này sẽ chạy mã với quyền của cổng thông tin.",
        en="Once published, a click runs code with the rights of the portal.",
    ),
    fix=Text(
        vi="Thay bằng địa chỉ https:// hoặc xóa liên kết.",
        en="Use an https:// address or remove the link.",
    ),
    examples=Examples(
        bad=("Xem [bảng điểm](javascript:alert(1)) của lớp.",),
        good=("Xem [bài giảng](/bai-giang/javascript.html) của lớp.",),
    ),
)


@check(SCRIPTED, subject=Article, requires=("module:justhtml",))
def scripted_links(article: Article, options: Options) -> Iterator[Finding]:
    """Active addresses of links that stand in no HTML; those in HTML have a rule of their own."""
    in_html: set[str] = set()
    for markup in article.markups:
        in_html |= {element.get("href").strip() for element in tree_of(markup).elements}
    for link in article.links:
        if ":" not in link.href and "&" not in link.href and "%" not in link.href:
            continue
        found, _ = active_scheme(link.href)
        if not found and scheme(link.href) == "data":
            found = "data"
        if found and link.href.strip() not in in_html:
            inert = found == "javascript" and is_inert(link.href)
            severity = Severity.WARNING if inert else None
            yield SCRIPTED.at(link, severity=severity, scheme=found)
