"""Unprotected addresses: http: pictures and frames on an https: page, and http: links."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.security.links._addresses import read_address
from qc.security.markup._tree import tree_of

MIXED = Rule(
    id="link-mixed-content",
    severity=Severity.WARNING,
    title=Text(vi="Ảnh, khung nhúng tải qua http không mã hóa", en="Resources over plain http"),
    message=Text(
        vi="{count} tài nguyên tải qua http:// (ví dụ {host})",
        en="{count} resources are loaded over http:// (such as {host})",
    ),
    why=Text(
        vi="Trình duyệt chặn hoặc cảnh báo tài nguyên http:// trên trang https://.",
        en="Browsers block or warn of http: resources on an https: page.",
    ),
    fix=Text(vi="Đổi sang https:// hoặc tải tệp lên cổng.", en="Use https:// or upload the file."),
    examples=Examples(
        bad=('<p><img alt="Lễ" src="http://anh.example.com/a.jpg"></p>',),
        good=('<p><img alt="Lễ" src="https://anh.example.com/a.jpg"></p>',),
    ),
)

PLAIN = Rule(
    id="link-plain-http",
    severity=Severity.INFO,
    title=Text(vi="Liên kết http không mã hóa", en="Links over plain http"),
    message=Text(
        vi="{count} liên kết dùng http:// (ví dụ {host})",
        en="{count} links use http:// (such as {host})",
    ),
    why=Text(
        vi="Nội dung đi qua http:// có thể bị xem và sửa trên đường truyền.",
        en="What travels over http: can be read and changed on the way.",
    ),
    fix=Text(vi="Dùng https:// nếu trang hỗ trợ.", en="Use https:// where the site has it."),
    examples=Examples(
        bad=('<p><a href="http://example.com/a">Trang</a></p>',),
        good=('<p><a href="https://example.com/a">Trang</a></p>',),
    ),
)

_RESOURCES = {
    "img": ("src", "srcset"),
    "source": ("src", "srcset"),
    "video": ("src", "poster"),
    "audio": ("src",),
    "iframe": ("src",),
    "embed": ("src",),
    "object": ("data",),
    "track": ("src",),
}


@check(MIXED, PLAIN, subject=Article, requires=("module:justhtml",))
def insecure_addresses(article: Article, options: Options) -> Iterator[Finding]:
    """Counts of http: resources and links; one finding for each kind."""
    resources = [image.path for image in article.images if _is_plain(image.path)]
    resources += [video.path for video in article.videos if _is_plain(video.path)]
    seen = set(resources)
    for markup in article.markups:
        for element in tree_of(markup).elements:
            for name in _RESOURCES.get(element.name, ()):
                value = element.get(name).strip()
                if _is_plain(value) and value not in seen:
                    seen.add(value)
                    resources.append(value)
    links = [link.href for link in article.links if _is_plain(link.href)]
    for rule, found in ((MIXED, resources), (PLAIN, links)):
        if found:
            host = read_address(found[0]).host
            yield rule.at(article, field="body", count=len(found), host=host)


def _is_plain(address: str) -> bool:
    return address[:8].strip().lower().startswith("http:")
