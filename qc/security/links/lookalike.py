"""Look-alikes: domains and link texts that pretend to be somebody else."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.article import Link
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.security.links._addresses import (
    is_within,
    read_address,
    registrable,
    split_host,
    unicode_host,
)

HOMOGRAPH = Rule(
    id="link-homograph",
    severity=Severity.ERROR,
    title=Text(vi="Tên miền viết bằng chữ giả", en="A domain in look-alike letters"),
    message=Text(
        vi="Tên miền {host} có chữ cái của bảng chữ khác, trông giống {looks_like}",
        en="The domain {host} holds letters of another script and looks like {looks_like}",
    ),
    why=Text(
        vi="Chữ Nga, Hy Lạp trông giống chữ La-tinh được dùng để giả trang web quen thuộc.",
        en="Cyrillic and Greek letters that look Latin are used to fake well-known sites.",
    ),
    fix=Text(vi="Xóa liên kết.", en="Remove the link."),
    examples=Examples(
        bad=('<p><a href="https://vnеxpress.net">Báo</a></p>',),
        good=('<p><a href="https://trườnghọc.vn">Trường học</a></p>',),
    ),
)

BRAND = Rule(
    id="link-brand-foreign",
    severity=Severity.ERROR,
    title=Text(
        vi="Tên cơ quan, thương hiệu trong tên miền lạ", en="A brand inside a foreign domain"
    ),
    message=Text(
        vi="Liên kết mượn tên {brand} nhưng thuộc tên miền {domain}",
        en="The link borrows the name {brand} but belongs to {domain}",
    ),
    why=Text(
        vi="Trang lừa đảo đặt tên cơ quan nhà nước hoặc ngân hàng vào trước tên miền của chúng.",
        en="Phishing pages put the name of an agency or bank in front of their own domain.",
    ),
    fix=Text(
        vi="Xóa liên kết, dùng địa chỉ chính thức.", en="Remove it and use the official address."
    ),
    examples=Examples(
        bad=('<p><a href="https://moet.gov.vn.tracuu-diem.xyz/">Tra cứu điểm</a></p>',),
        good=('<p><a href="https://sub.moet.gov.vn/">Bộ</a></p>',),
    ),
)

MISMATCH = Rule(
    id="link-text-mismatch",
    severity=Severity.WARNING,
    title=Text(
        vi="Chữ của liên kết ghi một nơi, dẫn tới nơi khác", en="Link text and target differ"
    ),
    message=Text(
        vi="Liên kết ghi {shown} nhưng dẫn tới {target}",
        en="The link shows {shown} but leads to {target}",
    ),
    why=Text(
        vi="Người đọc tin địa chỉ mình nhìn thấy; ghi một đằng dẫn một nẻo là dấu hiệu lừa đảo.",
        en="Readers trust the address they see; another target is a mark of phishing.",
    ),
    fix=Text(vi="Sửa chữ hoặc địa chỉ cho khớp nhau.", en="Make the text and the address agree."),
    examples=Examples(
        bad=('<p><a href="https://evil.example.com">https://thanhnien.vn/tin</a></p>',),
        good=('<p><a href="https://thanhnien.vn/tin">thanhnien.vn</a></p>',),
    ),
)


class LookalikeOptions(Options):
    """Names that only their owners may carry."""

    brands: dict[str, tuple[str, ...]] = Field(
        {
            "facebook": ("facebook.com", "fb.com"),
            "google": ("google.com", "google.com.vn", "googleapis.com"),
            "youtube": ("youtube.com",),
            "microsoft": ("microsoft.com", "microsoftonline.com"),
            "zalo": ("zalo.me", "zalo.vn", "zaloapp.com"),
            "vnedu": ("vnedu.vn",),
            "vietcombank": ("vietcombank.com.vn",),
            "vietinbank": ("vietinbank.vn",),
            "agribank": ("agribank.com.vn",),
            "techcombank": ("techcombank.com", "techcombank.com.vn"),
            "bidv": ("bidv.com.vn",),
            "mbbank": ("mbbank.com.vn",),
            "vneid": ("vneid.gov.vn",),
            "dichvucong": ("dichvucong.gov.vn",),
            "vnexpress": ("vnexpress.net",),
        },
        description="Brand words and the domains that may carry them in a subdomain",
    )


_GOVERNMENT = regex(r"(?:^|[.-])((?:[a-z0-9]+[.-])?(?:gov|edu|chinhphu)[.-]vn)(?=[.-])")
_SHOWN = regex(
    r"\s*(?:https?://)?((?:[\w-]{1,63}\.){1,5}[a-zA-Z]{2,12})(?::\d+)?(?:/\S*)?\s*[.,;)]?\s*"
)
_SAME = ({"youtube.com", "youtu.be"}, {"facebook.com", "fb.com", "fb.me", "m.me"})
_ROUTES = ("bit.ly", "goo.gl", "tinyurl.com", "forms.gle", "url.vn", "t.co")


@check(
    HOMOGRAPH,
    BRAND,
    MISMATCH,
    subject=Link,
    options=LookalikeOptions,
    requires=("module:tldextract", "module:idna"),
)
def lookalikes(link: Link, options: LookalikeOptions) -> Iterator[Finding]:
    """Homographs, borrowed names, and texts that show another address."""
    host = read_address(link.href).host
    if not host:
        return
    shown = unicode_host(host)
    twin = latin_twin(shown)
    if twin:
        yield HOMOGRAPH.at(link, host=shown[:100], looks_like=twin[:100])
        return
    domain = registrable(host)
    brand = _borrowed(host, domain, options.brands)
    if brand:
        yield BRAND.at(link, brand=brand, domain=domain)
    yield from _mismatch(link, domain)


def latin_twin(host: str) -> str:
    """What a host with foreign look-alike letters pretends to be; "" for an honest one.

    A label in one script of its own is honest unless every letter of it has a Latin twin.
    """
    if host.isascii():
        return ""
    labels = host.split(".")
    ascii_end = labels[-1].isascii()
    twins = [_twin_of(label, ascii_end) for label in labels]
    if not any(twins):
        return ""
    return ".".join(twin or label for twin, label in zip(twins, labels, strict=True))


def _twin_of(label: str, ascii_end: bool) -> str:
    scripts = {_script(character) for character in label if character.isalpha()}
    foreign = scripts - {"LATIN"}
    if not foreign:
        return ""
    folded = "".join(_TWINS.get(character, character) for character in label)
    if "LATIN" in scripts and foreign & {"CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE"}:
        return folded
    exact = all(character in _EXACT for character in label if character.isalpha())
    if (
        ascii_end
        and exact
        and "LATIN" not in scripts
        and folded.isascii()
        and any(each.isalpha() for each in folded)
    ):
        return folded
    return ""


def _script(character: str) -> str:
    name = unicodedata.name(character, "")
    return "LATIN" if name.startswith("FULLWIDTH LATIN") else name.split(" ")[0]


_EXACT = frozenset("аеорсухѕіјһԁԛԝӏοανρτυικ")
_TWINS = dict(
    zip(
        "аеорсухѕіјһԁԛԝвмнткзпгбьӏαοερκνιυτχωԍɡեոսօցհ",
        "aeopcyxsijhdqwbmhtk3nr6blaoepkvutxwggenuoghh",
        strict=False,
    )
)
_TWINS |= {"α": "a", "ο": "o", "ε": "e", "ρ": "p", "κ": "k", "ν": "v", "ι": "i", "υ": "u"}
_TWINS |= {"τ": "t", "χ": "x", "ω": "w", "ԍ": "g", "ɡ": "g", "ե": "e", "ո": "n", "ս": "u"}
_TWINS |= {"օ": "o", "ց": "g", "հ": "h"}


def _borrowed(host: str, domain: str, brands: dict[str, tuple[str, ...]]) -> str:
    """The government domain or brand that stands in front of a foreign registrable domain."""
    if not domain:
        return ""
    match = _GOVERNMENT.search(host[: len(host) - len(domain)] + ".")
    if match is None:
        match = re.search(r"((?:[a-z0-9]+-)?(?:gov|edu)-?vn)(?=-|$)", split_host(host)[1])
        if match and is_within(host, ("edu.vn", "gov.vn")):
            match = None
    if match:
        return match[1]
    front = re.split(r"[.-]", host[: len(host) - len(domain)])
    label = split_host(host)[1].split("-")
    for brand, owners in brands.items():
        if is_within(host, owners) or is_within(host, ("edu.vn", "gov.vn")):
            continue
        if brand in front[:-1] and front[-2:-1] != [brand]:
            return brand
        if brand in front and any(f"{brand}.{end}" in host for end in ("com", "vn", "gov", "net")):
            return brand
        login = {"login", "secure", "verify", "xacthuc", "dangnhap", "nhanqua", "hotro", "support"}
        if brand in label and login & {*label, *front}:
            return brand
    return ""


def _mismatch(link: Link, domain: str) -> Iterator[Finding]:
    match = _SHOWN.fullmatch(link.text) if 3 < len(link.text) < 300 else None
    if match is None or not domain or domain in _ROUTES:
        return
    shown = registrable(match[1].lower())
    known_suffix = shown and not re.search(
        r"\.(?:pdf|docx?|xlsx?|pptx?|zip|rar|jpe?g|png|mp4|html?|js|py|md|sh)$", match[1].lower()
    )
    if not known_suffix or shown == domain or any({shown, domain} <= same for same in _SAME):
        return
    yield MISMATCH.at(link, confidence=Confidence.HIGH, shown=shown, target=domain)
