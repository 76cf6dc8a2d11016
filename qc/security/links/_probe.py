"""Asking a web server whether an address answers, without being led into the inside network.

Each hop is resolved once, every address it resolves to must be public, and the connection goes to
the very address that was checked. Redirects are followed by hand under the same rules. Only http
and https on their usual ports; answers are cut by size and by time.
"""

from __future__ import annotations

import contextlib
import ipaddress
import re
import time
from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import urljoin

from qc.core.record import dataclass
from qc.security.links._addresses import Address, read_address
from qc.security.links.address import ip_of

if TYPE_CHECKING:
    import socket

Resolver = Callable[[str, int], list[str]]
Connector = Callable[[str, int, float], "socket.socket"]
_HIDDEN_V4 = tuple(
    ipaddress.ip_network(each)
    for each in ("64:ff9b::/96", "64:ff9b:1::/48", "2002::/16", "2001::/32")
)
_REDIRECTS = frozenset([301, 302, 303, 307, 308])


@dataclass(frozen=True, slots=True)
class ProbeLimits:
    """How long, how far and how much."""

    seconds: float = 6.0
    hops: int = 4
    head_bytes: int = 16_384


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` of the last hop, or why there is none: `refused` (by us) or `failed`."""

    status: int | None = None
    refused: str = ""
    failed: str = ""


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped:
            return is_public(str(found.ipv4_mapped))
        if any(found in network for network in _HIDDEN_V4):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host name."""

    import socket

    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in rows))


def connect(address: str, port: int, timeout_s: float) -> socket.socket:
    """A connection to one address."""

    import socket

    return socket.create_connection((address, port), timeout=timeout_s)


LIMITS = ProbeLimits()


def probe(
    url: str,
    limits: ProbeLimits = LIMITS,
    *,
    resolver: Resolver = resolve,
    connector: Connector = connect,
    clock: Callable[[], float] = time.monotonic,
) -> Answer:
    """Ask for the head of a page, following redirects."""
    deadline = clock() + limits.seconds
    for _ in range(limits.hops + 1):
        address = read_address(url)
        refused = _refuse(address)
        if refused:
            return Answer(refused=refused)
        port = 443 if address.scheme == "https" else 80
        literal = ip_of(address.host)
        try:
            found = [str(literal)] if literal else resolver(address.host, port)
        except OSError:
            return Answer(failed="không tìm thấy tên miền")
        if not found or not all(is_public(each) for each in found):
            return Answer(refused="địa chỉ nội bộ")
        try:
            left = deadline - clock()
            head = _head(address, (found[0], port), left, limits, connector, clock)
        except (OSError, ValueError):
            return Answer(failed="không kết nối được")
        status, location = _read_head(head)
        if status is None:
            return Answer(failed="máy chủ không trả lời đúng cách")
        if status not in _REDIRECTS or not location:
            return Answer(status=status)
        url = urljoin(url, location)
    return Answer(failed="chuyển hướng quá nhiều lần")


def _refuse(address: Address) -> str:
    if address.scheme not in ("http", "https") or not address.host:
        return "không phải http hoặc https"
    if address.user or address.password:
        return "có tên đăng nhập trong địa chỉ"
    if address.port not in (None, 80 if address.scheme == "http" else 443) or address.problem:
        return "cổng lạ"
    return ""


def _head(
    address: Address,
    place: tuple[str, int],
    left_s: float,
    limits: ProbeLimits,
    connector: Connector,
    clock: Callable[[], float],
) -> bytes:
    """The head of the answer, at most `head_bytes` and at most until the time is up."""

    import ssl

    if left_s <= 0:
        raise TimeoutError
    deadline = clock() + left_s
    stream = connector(*place, left_s)
    with contextlib.closing(stream):
        if address.scheme == "https":
            context = ssl.create_default_context()
            stream = context.wrap_socket(stream, server_hostname=_ascii(address.host))
        target = (address.path or "/") + (f"?{address.query}" if address.query else "")
        lines = (
            f"GET {_plain(target)} HTTP/1.1",
            f"Host: {_ascii(address.host)}",
            "User-Agent: qc-link-check",
            "Accept: */*",
            "Connection: close",
            "",
            "",
        )
        stream.sendall("\r\n".join(lines).encode("ascii"))
        head = b""
        while b"\r\n\r\n" not in head and len(head) < limits.head_bytes:
            left_s = deadline - clock()
            if left_s <= 0:
                raise TimeoutError
            stream.settimeout(left_s)
            piece = stream.recv(4096)
            if not piece:
                break
            head += piece
        return head[: limits.head_bytes]


def _read_head(head: bytes) -> tuple[int | None, str]:
    match = re.match(rb"HTTP/1\.[01] (\d{3})", head)
    if match is None:
        return None, ""
    location = re.search(rb"\r\nlocation:[ \t]*([^\r\n]{1,2000})", head, re.IGNORECASE)
    return int(match[1]), location[1].decode("latin-1").strip() if location else ""


def _ascii(host: str) -> str:
    if host.isascii():
        return _plain(host)
    import idna

    try:
        return idna.encode(host, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise ValueError(str(error)) from error


def _plain(text: str) -> str:
    """Printable ASCII without spaces: nothing of an address can become a header."""
    from urllib.parse import quote

    return quote(text, safe="%/:=&?~#+!$,;'@()*[]-._")
