"""Dead links: asks each linked server. Off unless a policy switches the rules on.

The only check that uses the network and the clock; see _probe.py for what it refuses.
"""

from __future__ import annotations

import time
from collections.abc import Iterator

from qc.core.article import Article
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.rule import Confidence, Field, Options, Rule, Severity, Text, check
from qc.security.links._addresses import read_address
from qc.security.links._probe import ProbeLimits, probe

DEAD = Rule(
    id="link-dead",
    severity=Severity.WARNING,
    opt_in=True,
    title=Text(vi="Liên kết hỏng", en="A dead link"),
    message=Text(vi="Liên kết tới {host} không mở được: {reason}", en="The link to {host} is dead"),
    why=Text(
        vi="Người đọc bấm vào sẽ gặp trang lỗi; tên miền hết hạn có thể bị kẻ xấu mua lại.",
        en="Readers meet an error page, and an expired domain may be bought by someone else.",
    ),
    fix=Text(vi="Sửa hoặc xóa liên kết.", en="Mend or remove the link."),
)

UNCHECKED = Rule(
    id="link-unchecked",
    severity=Severity.INFO,
    opt_in=True,
    title=Text(vi="Liên kết không được thử mở", en="A link that was not tried"),
    message=Text(vi="Không thử mở {host}: {reason}", en="{host} was not tried"),
    why=Text(
        vi="Công cụ không kết nối tới mạng nội bộ, cổng lạ hoặc địa chỉ không phải web.",
        en="The tool does not connect to inside networks, odd ports or addresses that are not web.",
    ),
    fix=Text(vi="Tự mở liên kết để kiểm tra.", en="Open the link by hand."),
)


class OnlineOptions(Options):
    """Limits of the link check."""

    max_links: int = Field(40, ge=1, description="Most addresses that are asked")
    seconds_each: float = Field(6.0, gt=0, description="Time for one address, in seconds")
    seconds_all: float = Field(60.0, gt=0, description="Time for all of them, in seconds")


@check(DEAD, UNCHECKED, subject=Article, options=OnlineOptions)
def online_links(article: Article, options: OnlineOptions) -> Iterator[Finding]:
    """Every distinct web address of the article, in order."""
    started = time.monotonic()
    seen: set[str] = set()
    for link in article.links:
        address = read_address(link.href)
        if not address.host or link.href in seen:
            continue
        left = options.seconds_all - (time.monotonic() - started)
        if len(seen) >= options.max_links or left <= 0:
            raise Unavailable(
                "not all links were tried",
                remedy="Raise max_links or seconds_all.",
                vi="Chưa thử hết các liên kết; hãy tăng giới hạn max_links hoặc seconds_all.",
            )
        seen.add(link.href)
        answer = probe(link.href, ProbeLimits(seconds=min(options.seconds_each, left)))
        if answer.refused:
            yield UNCHECKED.at(link, host=address.host, reason=answer.refused)
        elif answer.failed:
            yield DEAD.at(
                link, confidence=Confidence.MEDIUM, host=address.host, reason=answer.failed
            )
        elif answer.status is not None and (answer.status in (404, 410) or answer.status >= 500):
            yield DEAD.at(link, host=address.host, reason=f"mã trả lời {answer.status}")
