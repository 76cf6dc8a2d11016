"""Addresses no reader should be sent to: raw, disguised, with passwords, or to programs."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Iterator
from urllib.parse import unquote

from qc.core.article import Link
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.mask import mask
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.security.links._addresses import Address, is_standard_port, is_within, read_address

RAW = Rule(
    id="link-address-raw",
    severity=Severity.WARNING,
    title=Text(vi="Liên kết tới địa chỉ số hoặc cổng lạ", en="A link to a raw address or odd port"),
    message=Text(vi="Liên kết tới {host}: {reason}", en="A link to {host}: {reason}"),
    why=Text(
        vi="Trang chính thức có tên miền; địa chỉ số hoặc cổng lạ thường là lừa đảo.",
        en="Official sites have a name; a number or odd port is an inside machine or phishing.",
    ),
    fix=Text(vi="Dùng tên miền chính thức.", en="Use the official domain."),
    examples=Examples(
        bad=('<p><a href="http://134744072/a">Xem</a></p>',),
        good=('<p><a href="https://truong.edu.vn:443/a">Xem</a></p>',),
    ),
)

LOCAL = Rule(
    id="link-local",
    severity=Severity.WARNING,
    title=Text(vi="Liên kết tới máy nội bộ", en="A link to a local machine"),
    message=Text(
        vi="Liên kết {target} chỉ mở được trên máy hoặc mạng nội bộ",
        en="The link {target} opens only on one machine or inside network",
    ),
    why=Text(
        vi="Người đọc ngoài trường không mở được, và địa chỉ nội bộ bị lộ.",
        en="Readers outside cannot open it, and it reveals inside addresses.",
    ),
    fix=Text(vi="Tải tệp lên cổng rồi liên kết tới tệp đó.", en="Upload the file and link to it."),
    examples=Examples(
        bad=('<p><a href="file:///C:/Users/gv/baocao.docx">Báo cáo</a></p>',),
        good=('<p><a href="/uploads/baocao.docx">Báo cáo</a></p>',),
    ),
)

CREDENTIALS = Rule(
    id="link-credentials",
    severity=Severity.ERROR,
    title=Text(vi="Liên kết chứa mật khẩu hoặc mã truy cập", en="A link with a password or token"),
    message=Text(
        vi="Liên kết tới {host} chứa {what} ({value})",
        en="The link to {host} holds {what} ({value})",
    ),
    why=Text(
        vi="Bất kỳ ai đọc bài đều dùng được tài khoản đó; phần trước @ còn để giả tên miền.",
        en="Any reader can use the account; what stands before an @ also fakes a domain.",
    ),
    fix=Text(
        vi="Đổi mật khẩu hoặc thu hồi mã, rồi dùng liên kết chia sẻ công khai.",
        en="Change the password or revoke the token and use a public link.",
    ),
    masks=True,
    examples=Examples(
        bad=('<p><a href="https://admin:matkhau1@nas.example.com/">Kho ảnh</a></p>',),
        good=('<p><a href="mailto:c1@truong.edu.vn">Thư</a></p>',),
    ),
)

SHORTENER = Rule(
    id="link-shortener",
    severity=Severity.WARNING,
    title=Text(vi="Liên kết rút gọn", en="A shortened link"),
    message=Text(
        vi="Liên kết rút gọn {host} che nơi đến", en="The short link {host} hides its target"
    ),
    why=Text(
        vi="Người đọc không biết sẽ tới đâu và chủ liên kết có thể đổi nơi đến bất cứ lúc nào.",
        en="Readers do not know where it leads and its owner can change that at any time.",
    ),
    fix=Text(vi="Dùng địa chỉ đầy đủ.", en="Use the full address."),
    examples=Examples(
        bad=('<p><a href="https://bit.ly/3abcXYZ">Đăng ký</a></p>',),
        good=('<p><a href="https://forms.gle/abc">Biểu mẫu</a></p>',),
    ),
)

EXECUTABLE = Rule(
    id="link-executable",
    severity=Severity.ERROR,
    title=Text(vi="Liên kết tới tệp chạy được", en="A link to a program"),
    message=Text(
        vi="Liên kết tải tệp chương trình .{extension} từ {host}",
        en="The link downloads a .{extension} program from {host}",
    ),
    why=Text(
        vi="Tệp chương trình là cách phát tán mã độc phổ biến nhất tới phụ huynh và học sinh.",
        en="Programs are the commonest way to spread malware to parents and pupils.",
    ),
    fix=Text(
        vi="Dẫn tới trang giới thiệu hoặc kho ứng dụng chính thức.",
        en="Link to the official page or app store.",
    ),
    examples=Examples(
        bad=('<p><a href="https://tai.example.com/hoc.apk">Tải về</a></p>',),
        good=('<p><a href="https://example.com/">Trang chủ</a></p>',),
    ),
)

_SHORTENERS = tuple(
    "bit.ly tinyurl.com goo.gl t.co ow.ly is.gd buff.ly rebrand.ly cutt.ly shorturl.at rb.gy"
    " bitly.com tiny.cc v.gd adf.ly ouo.io linkvertise.com short.link s.id bom.so by.com.vn"
    " shorten.asia lnkd.in t.ly shortlink.vn tinyurl.vn u.to clck.ru urlzs.com hyperurl.co"
    " link1s.com megaurl.in exe.io za.gl bitlink.vn".split()
)
_PROGRAMS = frozenset(
    "exe msi scr com bat cmd ps1 vbs vbe js jse wsf wsh hta jar apk apks xapk aab ipa dmg pkg deb"
    " rpm lnk reg cpl dll sys msix appx appinstaller iso img vhd pif application sh run".split()
)
_TOKENS = regex(
    r"(?:^|[&;])((?:access_?token|auth_?token|id_token|refresh_token|api_?key|apikey|client_secret"
    r"|secret|passwd|password|matkhau|mat_khau|pwd|sessionid|phpsessid|jsessionid|sid_token"
    r"|x-amz-signature|sig_token))=([^&;]{4,})",
    re.IGNORECASE,
)


class AddressOptions(Options):
    """Short links and hosts that may serve programs."""

    shorteners: tuple[str, ...] = Field(_SHORTENERS, description="Domains of link shorteners")
    program_hosts: tuple[str, ...] = Field(
        (), description="Domains that may serve programs, exact or as a dot-suffix"
    )


@check(
    RAW,
    LOCAL,
    CREDENTIALS,
    SHORTENER,
    EXECUTABLE,
    subject=Link,
    options=AddressOptions,
)
def addresses(link: Link, options: AddressOptions) -> Iterator[Finding]:
    """What the parts of a single address tell."""
    address = read_address(link.href)
    if address.scheme == "file" or re.match(
        r"(?:[a-zA-Z]:)?\\\\|[a-zA-Z]:[\\/]", link.href.strip()
    ):
        yield LOCAL.at(link, target=link.href.strip()[:60])
        return
    if not address.host:
        return
    number = ip_of(address.host)
    if number is None and _is_inside(address.host):
        yield LOCAL.at(link, target=address.host)
    elif number is not None:
        inside = number.is_private or number.is_loopback or number.is_link_local
        if inside:
            yield LOCAL.at(link, target=address.host)
        else:
            yield RAW.at(link, host=address.host[:60], reason="địa chỉ số thay cho tên miền")
    elif not is_standard_port(address) or address.problem:
        yield RAW.at(
            link,
            severity=Severity.INFO if is_within(address.host, ("edu.vn", "gov.vn")) else None,
            host=address.host,
            reason=f"cổng {address.port or 'không hợp lệ'}",
        )
    yield from _secrets(link, address)
    if is_within(address.host, options.shorteners):
        yield SHORTENER.at(link, host=address.host)
    extension = _extension(address)
    if extension in _PROGRAMS and not is_within(address.host, options.program_hosts):
        yield EXECUTABLE.at(link, extension=extension, host=address.host)


def ip_of(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The IP address a host stands for, as browsers read it: decimal, octal, hex, short forms."""
    text = host.strip("[]").partition("%")[0]
    try:
        found = ipaddress.ip_address(text)
    except ValueError:
        return _loose_ipv4(text)
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        return found.ipv4_mapped
    return found


def _loose_ipv4(text: str) -> ipaddress.IPv4Address | None:
    parts = text.split(".")
    if len(parts) > 4 or not all(re.fullmatch(r"0x[0-9a-f]*|\d+", part) for part in parts):
        return None
    try:
        numbers = [
            int(part[2:] or "0", 16)
            if part.startswith("0x")
            else int(part, 8)
            if part.startswith("0") and len(part) > 1
            else int(part)
            for part in parts
        ]
    except ValueError:
        return None
    value = numbers[-1]
    if value >= 256 ** (5 - len(numbers)) or any(number > 255 for number in numbers[:-1]):
        return None
    for index, number in enumerate(numbers[:-1]):
        value += number << (8 * (3 - index))
    return ipaddress.IPv4Address(value)


def _is_inside(host: str) -> bool:
    return host == "localhost" or host.endswith(
        (".localhost", ".local", ".lan", ".internal", ".test")
    )


def _secrets(link: Link, address: Address) -> Iterator[Finding]:
    if address.password or (address.user and address.scheme in ("http", "https")):
        what = "tên và mật khẩu" if address.password else "phần giả tên miền trước dấu @"
        yield CREDENTIALS.at(link, host=address.host, what=what, value=mask(address.user))
        return
    match = _TOKENS.search(address.query)
    if match:
        yield CREDENTIALS.at(
            link,
            confidence=Confidence.MEDIUM,
            host=address.host,
            what=f"tham số {match[1]}",
            value=mask(match[2][:40]),
        )


def _extension(address: Address) -> str:
    name = unquote(address.path.rsplit("/", 1)[-1]).strip().rstrip(".").lower()
    head, dot, extension = name.rpartition(".")
    return extension if dot and head else ""
