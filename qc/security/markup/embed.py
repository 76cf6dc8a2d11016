"""Embedded pages: frames and plug-ins from places the portal does not trust."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import urlsplit

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.security.markup._addresses import scheme
from qc.security.markup._tree import Element, attribute_span, tree_of

FOREIGN = Rule(
    id="markup-embed-foreign",
    severity=Severity.ERROR,
    title=Text(vi="Khung nhúng từ nơi không tin cậy", en="A frame from an untrusted place"),
    message=Text(
        vi="Thẻ <{element}> nhúng nội dung từ {host}, không có trong danh sách được phép",
        en="The <{element}> element embeds {host}, which is not on the allow-list",
    ),
    why=Text(
        vi="Trang nhúng có thể đổi nội dung bất cứ lúc nào: quảng cáo, cờ bạc, trang lừa đảo hiện "
        "ra ngay trên cổng của nhà trường.",
        en="An embedded page can change at any time and show betting or phishing on the portal.",
    ),
    fix=Text(
        vi="Thay bằng liên kết, hoặc đề nghị quản trị thêm địa chỉ vào danh sách được phép nhúng.",
        en="Use a link, or ask the administrator to add the host to the allow-list.",
    ),
    examples=Examples(
        bad=('<iframe src="https://ads.example.net/x"></iframe><p>Tin</p>',),
        good=(
            '<iframe title="Video" src="https://www.youtube.com/embed/abc"></iframe><p>Tin</p>',
            '<iframe title="Tệp" src="/uploads/ke-hoach.pdf"></iframe><p>Tin</p>',
        ),
    ),
)

SRCDOC = Rule(
    id="markup-frame-document",
    severity=Severity.ERROR,
    title=Text(vi="Khung nhúng tự chứa trang", en="A frame that carries its own page"),
    message=Text(
        vi="Thẻ <iframe> chứa cả một trang trong thuộc tính srcdoc",
        en="The <iframe> carries a whole page in its srcdoc attribute",
    ),
    why=Text(
        vi="Trang nằm trong srcdoc có cùng quyền với cổng thông tin và che giấu nội dung.",
        en="A srcdoc page has the rights of the portal and hides what it shows.",
    ),
    fix=Text(vi="Xóa khung nhúng này.", en="Remove the frame."),
    examples=Examples(bad=('<iframe srcdoc="<p>xin chào</p>"></iframe><p>Tin</p>',)),
)

PLUGIN = Rule(
    id="markup-plugin",
    severity=Severity.ERROR,
    title=Text(vi="Thành phần cắm thêm (plug-in)", en="A plug-in element"),
    message=Text(
        vi="Thẻ <{element}> gọi plug-in cũ, trình duyệt không còn hỗ trợ",
        en="The <{element}> element calls a plug-in that browsers no longer support",
    ),
    why=Text(
        vi="Flash, Java và ActiveX đã ngừng hỗ trợ và là đường vào của mã độc.",
        en="Flash, Java and ActiveX are dead and are a way in for malware.",
    ),
    fix=Text(
        vi="Dùng thẻ video, ảnh hoặc liên kết tới tệp.", en="Use a video, a picture or a link."
    ),
    examples=Examples(
        bad=('<applet code="game.class"></applet><p>Tin</p>',),
        good=('<object data="/uploads/a.pdf" type="application/pdf"></object><p>Tin</p>',),
    ),
)

_PLACES = {
    "iframe": ("src",),
    "frame": ("src",),
    "embed": ("src",),
    "object": ("data", "codebase", "classid"),
    "portal": ("src",),
    "fencedframe": ("src",),
}
_PLUGIN_TYPES = ("flash", "java", "activex", "silverlight", "x-shockwave", "x-director")
_DEFAULT_HOSTS = (
    "youtube.com",
    "youtube-nocookie.com",
    "youtu.be",
    "player.vimeo.com",
    "google.com/maps",
    "maps.google.com",
    "maps.google.com.vn",
    "google.com.vn/maps",
    "docs.google.com",
    "drive.google.com",
    "calendar.google.com",
    "forms.gle",
    "facebook.com/plugins",
    "view.officeapps.live.com",
    "forms.office.com",
    "onedrive.live.com",
    "canva.com",
    "padlet.com",
    "geogebra.org",
    "scratch.mit.edu",
    "phet.colorado.edu",
    "quizizz.com",
    "soundcloud.com",
    "dailymotion.com",
    "openstreetmap.org",
    "vtv.vn",
    "vov.vn",
    "edu.vn",
    "gov.vn",
)


class EmbedOptions(Options):
    """Where frames may come from."""

    hosts: tuple[str, ...] = Field(
        _DEFAULT_HOSTS,
        description="Hosts frames may come from, exact or as a dot-suffix, with an optional path",
    )


@check(FOREIGN, SRCDOC, PLUGIN, subject=Markup, options=EmbedOptions, requires=("module:justhtml",))
def embeds(markup: Markup, options: EmbedOptions) -> Iterator[Finding]:
    """Frames, objects and plug-ins against the allow-list of the portal."""
    for element in tree_of(markup).elements:
        if element.name in ("applet", "bgsound") or _is_plugin(element):
            yield PLUGIN.at(markup, element.start, element.end, element=element.name)
            continue
        if element.name in ("iframe", "frame") and element.get("srcdoc").strip():
            yield SRCDOC.at(markup, *attribute_span(markup.text, element, "srcdoc"))
        for name in _PLACES.get(element.name, ()):
            host = _foreign_host(element.get(name), options.hosts)
            if host:
                span = attribute_span(markup.text, element, name)
                yield FOREIGN.at(markup, *span, element=element.name, host=host)
                break


def _is_plugin(element: Element) -> bool:
    if element.name not in ("object", "embed"):
        return False
    kind = (element.get("type") + " " + element.get("classid")).lower()
    address = (element.get("src") or element.get("data")).lower().partition("?")[0]
    return any(each in kind for each in (*_PLUGIN_TYPES, "clsid:")) or address.endswith(
        (".swf", ".class", ".jar", ".xap")
    )


def _foreign_host(address: str, hosts: tuple[str, ...]) -> str:
    """The host of an address outside the list; empty for the portal's own pages."""
    address = "".join(character for character in address if character > " ").replace("\\", "/")
    kind = scheme(address)
    if kind not in ("", "http", "https") or not address or address.startswith("#"):
        return ""  # script and data addresses have rules of their own
    if not kind and not address.startswith("//"):
        return ""
    rest = address[len(kind) + 1 :].lstrip("/") if kind else address.lstrip("/")
    try:
        parts = urlsplit("https://" + rest)
        host = (parts.hostname or "").rstrip(".").lower()
    except ValueError:
        return rest[:60]
    for allowed in hosts:
        name, slash, path = allowed.lower().partition("/")
        if (host == name or host.endswith("." + name)) and (
            not slash or parts.path.lower().startswith("/" + path)
        ):
            return ""
    return host
