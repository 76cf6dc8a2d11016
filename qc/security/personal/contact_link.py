"""Contact links: a personal telephone number or mailbox behind a link, not in its text."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import unquote

from qc.core.article import Link
from qc.core.finding import Finding
from qc.core.mask import mask
from qc.core.rule import Examples, Field, Options, Rule, Text, check
from qc.security.personal._context import context
from qc.security.personal._recognise import find_in
from qc.security.personal._rules import BASIC
from qc.security.personal.personal_data import normal_contact

LINKED = Rule(
    id="privacy-contact-link",
    title=Text(vi="Liên kết chứa liên hệ cá nhân", en="A link holds a personal contact"),
    message=Text(
        vi="Liên kết gọi hoặc gửi thư tới liên hệ cá nhân: {value}",
        en="The link calls or writes to a personal contact: {value}",
    ),
    why=Text(
        vi="Số máy hay hộp thư nằm sau liên kết vẫn bị các trình quét thu thập.",
        en="A number or mailbox behind a link is collected by crawlers all the same.",
    ),
    fix=Text(
        vi="Dùng số máy, hộp thư của đơn vị; liên hệ chính thức thì ghi vào official_contacts.",
        en="Use the unit's own number or mailbox, or add it to official_contacts.",
    ),
    basis=BASIC,
    examples=Examples(
        bad=('<p><a href="tel:0912345678">Gọi ngay</a></p>',),
        good=('<p><a href="mailto:vanphong@hungyen.edu.vn">Gửi thư</a></p>',),
    ),
    masks=True,
)


class ContactLinkOptions(Options):
    """The contacts that are meant to be public."""

    official_contacts: tuple[str, ...] = Field(
        (), description="Telephone numbers and e-mail addresses of the unit, as written"
    )


@check(LINKED, subject=Link, options=ContactLinkOptions)
def contact_link(link: Link, options: ContactLinkOptions) -> Iterator[Finding]:
    scheme, _, rest = link.href.partition(":")
    if scheme.strip().lower() not in ("tel", "sms", "mailto", "callto"):
        return
    shown = {hit.value for hit in find_in(context(link.text))}
    allowed = {normal_contact(contact) for contact in options.official_contacts}
    target = unquote(rest.partition("?")[0])
    for hit in find_in(context(f"liên hệ {target}")):
        if hit.value not in shown | allowed:
            yield LINKED.at(link, value=mask(target))
