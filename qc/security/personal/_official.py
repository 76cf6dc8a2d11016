"""Official mailboxes: an address of an office, not of a person."""

from __future__ import annotations

import re

from qc.core.lazy import regex
from qc.security.personal._surnames import SURNAMES

_ROLE = regex(
    r"^(?:c[123]|th|thcs|thpt|ths|ptdt|gdtx|mn|mg)(?=[\W_\d]|$)|(?:thcs|thpt|tieuhoc|mamnon"
    r"|truong(?!giang)"
    r"|daihoc|caodang|pgd|phonggd|sgd|sogd|bogd|ubnd|vanphong|tuyensinh|lienhe|contact|info|support"
    r"|hotro|admin|webmaster|banbientap|toasoan|congthongtin|thongbao|hanhchinh|tochuc|daotao"
    r"|khaothi|ketoan|phong|hopthu|gopy|hoidap|noreply|no-reply|vanthu|hello|sales|cskh"
    r"|dichvu|tuvan|bantin|thuky|clb|doantn|congdoan|hoithi|cuocthi|baithi|duthi|thuvien|library"
    r"|office|press|media|editor|helpdesk|feedback|noibo|tintuc|website|quantri)|^(?:c[123]"
    r"|th|mn|bbt|vp|tc|kt)[a-z]*\d*$"
)
_PLACEHOLDER = regex(r"^(?:example|tenmien|domain|tentruong|email|xxx+|abc)\.")
_PUBLIC_SUFFIXES = (".gov.vn", ".edu.vn", ".org.vn", ".chinhphu.vn", "chinhphu.vn")
_FREE = regex(
    r"^(?:gmail|googlemail|yahoo|ymail|hotmail|outlook|live|icloud|me|proton|protonmail|zoho"
    r"|aol|msn)\."
)


def is_official_email(address: str) -> bool:
    """Whether a mailbox name or domain says that an office answers, not a named person."""
    local, _, domain = address.partition("@")
    if _PLACEHOLDER.search(domain):
        return True
    if _FREE.match(domain):
        return _ROLE.search(local) is not None and not reads_as_person(local)
    if domain.endswith(_PUBLIC_SUFFIXES):
        return not reads_as_person(local)
    return _ROLE.search(local) is not None


def reads_as_person(local: str) -> bool:
    """Whether a mailbox name reads as a Vietnamese personal name: dothi.lan, nguyenvana."""
    parts = [part for part in re.split(r"[^a-z]+", local) if part]
    for part in parts:
        if part in SURNAMES and len(parts) > 1 and len(part) > 2:
            return True
        for middle in ("thi", "van"):
            head, found, tail = part.partition(middle)
            if found and head in SURNAMES and (tail or len(parts) > 1):
                return True
        for length in (6, 5, 4):
            if part[:length] in _COMMON and 2 <= len(part) - length <= 12:
                return True
    return False


_COMMON = frozenset({"nguyen", "pham", "hoang", "huynh", "phan", "tran", "dang", "bui", "trinh"})
