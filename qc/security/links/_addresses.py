"""Web addresses as browsers read them, and the domain each belongs to."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.security.markup._addresses import scheme

_TRIM = regex(r"[\t\n\r]")
_MAX_HOST = 253
_PORTS = {"http": 80, "https": 443, "ftp": 21}


@dataclass(frozen=True, slots=True)
class Address:
    """The parts of a web address; `host` is lower-case without a final dot, in Unicode or xn--."""

    scheme: str
    host: str
    port: int | None = None
    user: str = ""
    password: bool = False
    path: str = ""
    query: str = ""
    problem: str = ""


def read_address(href: str, base: str = "https") -> Address:
    """Take an address apart leniently: back-slashes, missing slashes and white space as browsers.

    A relative address has no host.
    """
    text = _TRIM.sub("", href).strip("\x00 \x1f")
    kind = scheme(text)
    if kind in ("http", "https", "ftp", "ws", "wss"):
        rest = text[text.index(":") + 1 :].replace("\\", "/").lstrip("/")
    elif not kind and re.match(r"[/\\]{2}", text):
        kind, rest = base, text.replace("\\", "/").lstrip("/")
    else:
        return Address(kind, "", path=text if not kind else text.partition(":")[2])
    authority = re.split(r"[/?#]", rest, maxsplit=1)[0]
    tail = rest[len(authority) :].partition("#")[0]
    path, _, query = tail.partition("?")
    credentials, at, place = authority.rpartition("@")
    user, colon, _ = credentials.partition(":")
    host, port, problem = _host_and_port(place)
    return Address(kind, host, port, user if at else "", bool(at and colon), path, query, problem)


def is_standard_port(address: Address) -> bool:
    """Whether the address names no port, or the usual one of its scheme."""
    return address.port is None or address.port in (_PORTS.get(address.scheme), 80, 443)


def is_outside(href: str, own: tuple[str, ...]) -> bool:
    """Whether an address leads to a host that is none of the portal's own domains."""
    host = read_address(href).host
    return bool(host) and not is_within(host, own)


def is_within(host: str, domains: tuple[str, ...] | frozenset[str]) -> bool:
    """Whether a host is one of the domains or lies below one of them."""
    parts = host.split(".")
    tails = {".".join(parts[at:]) for at in range(len(parts))}
    return any(domain in tails for domain in domains)


@lru_cache(4096)
def registrable(host: str) -> str:
    """The part of a host that someone registered: `a.b.edu.vn` -> `b.edu.vn`; "" for an IP."""
    found = _split(host)
    return f"{found.domain}.{found.suffix}" if found.domain and found.suffix else ""


def split_host(host: str) -> tuple[str, str, str]:
    """Subdomain, label and public suffix of a host."""
    found = _split(host)
    return found.subdomain, found.domain, found.suffix


def unicode_host(host: str) -> str:
    """A host with its xn-- labels in Unicode; as given where a label cannot be decoded."""
    if "xn--" not in host:
        return host
    import idna

    labels = []
    for label in host.split("."):
        try:
            labels.append(idna.decode(label) if label.startswith("xn--") else label)
        except (idna.IDNAError, UnicodeError):
            labels.append(_punycode(label))
    return ".".join(labels)


def _punycode(label: str) -> str:
    try:
        return label[4:].encode("ascii").decode("punycode")
    except UnicodeError:
        return label


def _host_and_port(place: str) -> tuple[str, int | None, str]:
    place = place.strip()
    if place.startswith("["):
        host, _, rest = place.partition("]")
        port = rest.lstrip(":")
        return host[:60] + "]", int(port) if port.isdecimal() and len(port) < 6 else None, ""
    host, colon, port = place.partition(":")
    problem = ""
    number: int | None = None
    if colon and port:
        if port.isdecimal() and len(port) < 6:
            number = int(port)
        else:
            problem = "port"
    from urllib.parse import unquote

    host = unquote(host[-_MAX_HOST:]).replace("。", ".").replace("．", ".").lower()
    return host.strip(".").strip(), number, problem


@cache
def _extractor() -> Any:
    import tldextract

    # no list is fetched: the snapshot inside the package is used
    return tldextract.TLDExtract(
        suffix_list_urls=(), cache_dir=None, include_psl_private_domains=False
    )


def _split(host: str) -> Any:
    return _extractor()(host[:300])
