"""The portal's own list of places it links to."""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Link
from qc.core.finding import Finding
from qc.core.rule import Field, Options, Rule, Severity, Text, check
from qc.security.links._addresses import is_within, read_address

NOT_ALLOWED = Rule(
    id="link-not-allowed",
    severity=Severity.WARNING,
    opt_in=True,
    title=Text(vi="Liên kết ra ngoài danh sách của cổng", en="A link outside the portal's list"),
    message=Text(
        vi="Liên kết tới {host}, không có trong danh sách được phép",
        en="A link to {host}, which is not on the list",
    ),
    why=Text(
        vi="Cổng thông tin này chỉ dẫn tới những tên miền đã được duyệt.",
        en="This portal links only to domains that were approved.",
    ),
    fix=Text(
        vi="Đề nghị quản trị thêm tên miền, hoặc xóa liên kết.",
        en="Ask the administrator to add the domain, or remove the link.",
    ),
)


class AllowedOptions(Options):
    """The domains of the list."""

    domains: tuple[str, ...] = Field(
        ("edu.vn", "gov.vn"), description="Domains links may lead to, exact or as a dot-suffix"
    )


@check(NOT_ALLOWED, subject=Link, options=AllowedOptions)
def allowed_links(link: Link, options: AllowedOptions) -> Iterator[Finding]:
    """Links that leave the list; in force only where a policy switches the rule on."""
    host = read_address(link.href).host
    if host and not is_within(host, options.domains):
        yield NOT_ALLOWED.at(link, host=host)
