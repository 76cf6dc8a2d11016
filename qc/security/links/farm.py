"""Link farms: an article that is there for its links."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.security.links._addresses import is_within, read_address, registrable

FARM = Rule(
    id="link-farm",
    severity=Severity.WARNING,
    title=Text(vi="Quá nhiều liên kết ra ngoài", en="Too many outside links"),
    message=Text(
        vi="{links} liên kết tới {domains} tên miền khác nhau trong {words} chữ",
        en="{links} links to {domains} different domains in {words} words",
    ),
    why=Text(
        vi="Bài có nhiều liên kết tới nhiều tên miền lạ thường là nội dung bị chèn để quảng cáo.",
        en="Many links to many unknown domains are usually planted to advertise.",
    ),
    fix=Text(
        vi="Giữ lại những liên kết cần cho người đọc; xóa phần còn lại.",
        en="Keep the links readers need and remove the rest.",
    ),
    examples=Examples(
        bad=(
            "<p>"
            + " ".join(f'<a href="https://cua-hang{n}.com/">mua {n}</a>' for n in range(12))
            + "</p>",
        ),
        good=('<p>Xem <a href="https://a.com">A</a> và <a href="https://b.org">B</a>.</p>',),
    ),
)


class FarmOptions(Options):
    """When outside links are too many."""

    min_domains: int = Field(10, ge=2, description="Different outside domains from which it counts")
    max_words_per_link: int = Field(25, ge=1, description="Words a link needs around it")
    trusted: tuple[str, ...] = Field(
        ("edu.vn", "gov.vn", "edu", "org.vn", "ac.uk", "wikipedia.org", "youtube.com"),
        description="Domains whose links do not count",
    )


@check(FARM, subject=Article, options=FarmOptions, requires=("module:tldextract",))
def link_farm(article: Article, options: FarmOptions) -> Iterator[Finding]:
    """Many distinct outside domains for few words."""
    domains: dict[str, int] = {}
    for link in article.links:
        host = read_address(link.href).host
        if host and not is_within(host, options.trusted):
            name = registrable(host) or host
            domains[name] = domains.get(name, 0) + 1
    if len(domains) < options.min_domains:
        return
    links = sum(domains.values())
    words = sum(len(block.text.split()) for block in article.blocks)
    if words <= options.max_words_per_link * links:
        yield FARM.at(
            article,
            confidence=Confidence.MEDIUM,
            field="body",
            links=links,
            domains=len(domains),
            words=words,
        )
