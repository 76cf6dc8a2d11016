"""Safe copy: the same article without anything that runs, loads or hides.

nh3 (ammonia) does the cleaning with an allow-list. svg and math are never on it: the known
bypasses of ammonia need one of the two. The result is a copy; the original stays as it is.
"""

from __future__ import annotations

from qc.core.record import dataclass

TAGS = frozenset(
    "a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del"
    " details dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd"
    " li main mark nav ol p picture pre q rp rt ruby s samp section small source span strong sub"
    " summary sup table tbody td tfoot th thead time tr track u ul var video audio wbr".split()
)
_ATTRIBUTES = {
    "*": {"class", "id", "lang", "dir", "title", "style", "role", "aria-label", "aria-hidden"}
    | {"aria-describedby", "aria-labelledby"},
    "a": {"href", "hreflang", "target", "name", "download"},
    "img": {"src", "alt", "width", "height", "srcset", "sizes", "loading"},
    "source": {"src", "srcset", "sizes", "media", "type"},
    "video": {"src", "poster", "width", "height", "controls", "preload", "muted", "loop"},
    "audio": {"src", "controls", "preload", "muted", "loop"},
    "track": {"src", "kind", "srclang", "label", "default"},
    "td": {"colspan", "rowspan", "headers", "align", "valign", "scope"},
    "th": {"colspan", "rowspan", "headers", "align", "valign", "scope", "abbr"},
    "col": {"span", "width"},
    "colgroup": {"span", "width"},
    "table": {"summary", "width", "border", "cellpadding", "cellspacing", "align"},
    "ol": {"start", "type", "reversed"},
    "li": {"value"},
    "time": {"datetime"},
    "blockquote": {"cite"},
    "q": {"cite"},
    "del": {"cite", "datetime"},
    "ins": {"cite", "datetime"},
    "details": {"open"},
}
_STYLES = frozenset(
    "text-align text-decoration font-weight font-style vertical-align list-style-type width"
    " max-width height border border-collapse border-color border-style border-width padding"
    " padding-left padding-right padding-top padding-bottom white-space float clear".split()
)
_SCHEMES = frozenset(["http", "https", "mailto", "tel"])
_DROPPED = frozenset(
    "script style template noscript iframe object embed applet form textarea select button svg math"
    " xmp noembed noframes plaintext title head frameset".split()
)


@dataclass(frozen=True, slots=True)
class SafeCopy:
    """The cleaned HTML, and whether it differs from what it was made from."""

    html: str
    changed: bool


def safe_copy(text: str, *, hosts: tuple[str, ...] = ()) -> SafeCopy:
    """A copy of an HTML fragment in which nothing runs and nothing is hidden.

    `hosts` are hosts frames may come from (exact or as a dot-suffix); frames from anywhere else
    become a link. Content of dropped elements goes too: a form or script leaves nothing behind.
    """
    import nh3

    tags = set(TAGS)
    attributes = {name: set(values) for name, values in _ATTRIBUTES.items()}
    if hosts:
        tags.add("iframe")
        attributes["iframe"] = {"src", "width", "height", "title", "allowfullscreen", "loading"}
    dropped = set(_DROPPED) - tags

    def filter_attribute(tag: str, name: str, value: str) -> str | None:
        if tag == "iframe" and name == "src":
            return value if _is_allowed(value, hosts) else None
        if name in ("src", "poster", "srcset") and ":" in value and not _is_web(value):
            return value if value.startswith("data:image/") and "svg" not in value[:24] else None
        return value

    html = nh3.clean(
        text,
        tags=tags,
        clean_content_tags=dropped,
        attributes=attributes,
        attribute_filter=filter_attribute,
        filter_style_properties=set(_STYLES),
        url_schemes=set(_SCHEMES) | {"data"},
        link_rel="noopener noreferrer",
        strip_comments=True,
    )
    html = _drop_data_links(html)
    return SafeCopy(html, html != text)


def safe_page(text: str, *, hosts: tuple[str, ...] = ()) -> SafeCopy:
    """The same for an HTML draft: its title, language and named meta values are kept.

    The head is written anew from those values, so nothing else of it comes along.
    """
    from html import escape

    from qc.security.markup._tree import parse

    tree = parse(text)
    copy = safe_copy(text, hosts=hosts)
    page = next((each for each in tree.elements if each.name == "html"), None)
    language = page.get("lang") if page else ""
    titles = [
        piece.data
        for piece in tree.pieces
        if piece.parent is not None
        and piece.parent.name == "title"
        and piece.parent.namespace == "html"
    ]
    metas = [
        (key, each.get(key), each.get("content"))
        for each in tree.elements
        if each.name == "meta" and each.namespace == "html"
        for key in ("name", "property")
        if each.get(key)
    ]
    if not titles and not metas and not language:
        return copy
    head = "".join(
        f'<meta {key}="{escape(name)}" content="{escape(value)}">\n' for key, name, value in metas
    )
    if titles:
        head += f"<title>{escape(titles[0], quote=False)}</title>\n"
    opening = f'<html lang="{escape(language)}">' if language else "<html>"
    html = (
        f'<!DOCTYPE html>\n{opening}\n<head>\n<meta charset="utf-8">\n{head}</head>\n<body>\n'
        f"{copy.html.strip()}\n</body>\n</html>\n"
    )
    return SafeCopy(html, html != text)


def _is_web(value: str) -> bool:
    return value.strip().lower().startswith(("http://", "https://", "/", "./", "../"))


def _is_allowed(address: str, hosts: tuple[str, ...]) -> bool:
    from qc.security.links._addresses import is_within, read_address

    read = read_address(address)
    return bool(read.host) and read.scheme == "https" and is_within(read.host, hosts)


def _drop_data_links(html: str) -> str:
    """`data:` is let through for pictures only; a link of that kind loses its target."""
    import re

    return re.sub(r'(<a\b[^<>]*?)\shref="\s*data:[^"]*"', r"\1", html, flags=re.IGNORECASE)
