"""Betting links: known domains, domains that look like betting, and betting words in links."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Block, Link
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.security.links._addresses import is_within, read_address
from qc.security.links._gambling import (
    HINT,
    SURE,
    THRESHOLD,
    domain_score,
    gambling_words,
    known_domain,
    vocabulary,
    warns,
)

_WHY = Text(
    vi="Hàng trăm trang .edu.vn đã bị chèn liên kết cờ bạc. Dẫn người đọc tới trang cá cược là vi "
    "phạm pháp luật và gây hại cho học sinh.",
    en="Hundreds of .edu.vn sites have had betting links planted. Such links break the law and "
    "harm pupils.",
)

LINK = Rule(
    id="link-gambling",
    severity=Severity.ERROR,
    title=Text(vi="Liên kết tới trang cờ bạc, cá cược", en="A link to a betting site"),
    message=Text(
        vi="Liên kết tới {host}: {reason}", en="A link to {host}, which looks like a betting site"
    ),
    why=_WHY,
    fix=Text(
        vi="Xóa liên kết. Nếu ban biên tập không chèn liên kết này, hãy đổi mật khẩu và kiểm tra "
        "tài khoản đã đăng bài.",
        en="Remove the link. If no editor put it there, change passwords and check the account.",
    ),
    basis=("15-101",),
    examples=Examples(
        bad=('<p><a href="https://188bet.pro/vn">Xem thêm</a></p>',),
        good=(
            '<p><a href="https://congan.com.vn/tin">Công an triệt phá đường dây cá độ</a></p>',
            '<p><a href="https://moet.gov.vn">Bộ Giáo dục và Đào tạo</a></p>',
        ),
    ),
)

MENTION = Rule(
    id="link-gambling-mention",
    severity=Severity.WARNING,
    title=Text(vi="Nhắc tên miền cờ bạc trong bài", en="A betting domain in the text"),
    message=Text(vi="Bài viết nhắc tên miền cờ bạc {host}", en="The text names the domain {host}"),
    why=_WHY,
    fix=Text(
        vi="Xóa tên miền; nếu là bài cảnh báo, không cần nêu địa chỉ.",
        en="Remove the domain; a warning does not need the address.",
    ),
    basis=("15-101",),
    examples=Examples(
        bad=("<p>Truy cập 188bet.pro để nhận thưởng.</p>",),
        good=("<p>Truy cập moet.gov.vn để xem chi tiết.</p>",),
    ),
)

_DOT = regex(r"\.[a-zA-Z]{2}")
_DOMAIN = regex(r"(?<![\w@.-])(?:[a-zA-Z0-9-]{1,63}\.){1,4}[a-zA-Z]{2,12}(?![\w-])")


@check(LINK, subject=Link, requires=("module:tldextract",))
def gambling_links(link: Link, options: Options) -> Iterator[Finding]:
    """Links to betting sites, by list, by the shape of the domain and by their words."""
    host = read_address(link.href).host
    if not host or is_within(host, ("edu.vn", "gov.vn")):
        return
    listed = known_domain(host)
    score = domain_score(host)
    words = gambling_words(link.text or link.attributes.get("title", ""))
    dated = vocabulary().dated
    if listed:
        yield LINK.at(link, host=host, reason=f"có trong danh sách tên miền cờ bạc ({dated})")
    elif score >= SURE or (words and score >= HINT):
        confidence = Confidence.HIGH if words else Confidence.MEDIUM
        reason = "tên miền giống trang cá cược"
        yield LINK.at(link, confidence=confidence, host=host, reason=reason)
    elif score >= THRESHOLD:
        yield LINK.at(
            link,
            severity=Severity.WARNING,
            confidence=Confidence.LOW,
            host=host,
            reason="tên miền có dấu hiệu của trang cá cược",
        )
    elif words and not warns(_around(link)):
        yield LINK.at(
            link,
            severity=None if len(words) > 1 else Severity.WARNING,
            confidence=Confidence.MEDIUM,
            host=host,
            reason=f"chữ của liên kết nói về cờ bạc (“{words[0]}”)",
        )


@check(MENTION, subject=Block, requires=("module:tldextract",))
def gambling_mentions(block: Block, options: Options) -> Iterator[Finding]:
    """Domains written out in the text."""
    if not _DOT.search(block.text):
        return
    for match in _DOMAIN.finditer(block.text):
        host = match[0].lower()
        if known_domain(host) or domain_score(host) >= SURE:
            severity = Severity.INFO if warns(block.text) else Severity.WARNING
            yield MENTION.at(block, match.start(), match.end(), severity=severity, host=host)


def _around(link: Link) -> str:
    return f"{link.text} {link.block.text if link.block else ''}"
