"""Hidden text: words and links that visitors do not see and search engines read."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Markup
from qc.core.errors import Unavailable
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.mask import mask
from qc.core.record import dataclass, field
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.security.hidden._cascade import Cascade
from qc.security.hidden._concealment import INVISIBLE, NEVER_SHOWN, NOT_SHOWN, State, state_of
from qc.security.links._addresses import is_outside
from qc.security.links._gambling import gambling_words, warns
from qc.security.markup._tree import Element, Tree, tree_of
from qc.security.markup.style import sheets

_WHY = Text(
    vi="Đây là cách kẻ xấu chèn nội dung cờ bạc, bán hàng vào trang của trường để lừa máy tìm kiếm "
    "mà ban biên tập không nhìn thấy.",
    en="This is how betting and sales texts are planted on school sites: search engines see them, "
    "editors do not.",
)
_FIX = Text(
    vi="Mở mã nguồn bài viết và xóa cả đoạn này; kiểm tra tài khoản đã đăng bài.",
    en="Open the source of the article and delete the passage; check the account that posted it.",
)

DISPLAY = Rule(
    id="hidden-display",
    severity=Severity.ERROR,
    title=Text(vi="Nội dung không hiển thị", en="Content that is not shown"),
    message=Text(
        vi="Nội dung bị ẩn bằng {detail}{with_links}: “{excerpt}”",
        en="Content is hidden by {detail}: “{excerpt}”",
    ),
    why=_WHY,
    fix=_FIX,
    basis=("15-101",),
    examples=Examples(
        bad=(
            '<p>Tin</p><div style="display:none"><a href="https://abc.example">giày rẻ</a></div>',
        ),
        good=('<p>Tin</p><div class="tab-pane" style="display:none">Nội dung thẻ thứ hai</div>',),
    ),
)

OFFSCREEN = Rule(
    id="hidden-offscreen",
    severity=Severity.ERROR,
    title=Text(vi="Nội dung bị đẩy ra ngoài màn hình", en="Content moved off the screen"),
    message=Text(
        vi="Nội dung bị giấu bằng {detail}{with_links}: “{excerpt}”",
        en="Content is hidden by {detail}: “{excerpt}”",
    ),
    why=_WHY,
    fix=_FIX,
    basis=("15-101",),
    examples=Examples(
        bad=(
            '<p>Tin</p><div style="position:absolute;left:-9999px">'
            '<a href="https://abc.example">vay tiền nhanh</a></div>',
        ),
        good=('<p style="margin-left:-20px">Danh sách lớp</p>',),
    ),
)

UNSEEN = Rule(
    id="hidden-invisible",
    severity=Severity.ERROR,
    title=Text(vi="Chữ không thể nhìn thấy", en="Text that cannot be seen"),
    message=Text(
        vi="Chữ không nhìn thấy được ({detail}){with_links}: “{excerpt}”",
        en="Text cannot be seen ({detail}): “{excerpt}”",
    ),
    why=_WHY,
    fix=_FIX,
    basis=("15-101",),
    examples=Examples(
        bad=(
            '<p>Tin <span style="font-size:0">mua bán <a href="http://x.example">x</a></span></p>',
        ),
        good=('<p style="color:#fff;background:#036">Thông báo</p>',),
    ),
)

_RULES = {NOT_SHOWN: DISPLAY, "offscreen": OFFSCREEN, INVISIBLE: UNSEEN}
_SILENT = frozenset(
    "script style title head textarea option datalist svg math object iframe"
    " video audio canvas noembed noframes xmp annotation annotation-xml".split()
)
_WIDGETS = (
    "tab", "accordion", "collaps", "modal", "dropdown", "popup", "menu", "panel", "toggle",
    "carousel", "slide", "swiper", "spoiler", "faq", "tooltip", "lightbox", "dialog", "reveal",
    "lazy", "more", "expand", "toc", "filter", "caption", "mce", "hidden-print", "print",
    "mobile", "desktop", "sr-only", "screen-reader", "visually-hidden", "xs", "sm", "md",
)  # fmt: skip
_PERSONAL = regex(r"\d(?:[ .-]?\d){5,}|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20}){1,4}")
_TAG = regex(r"<[^<>]*>")
_HREF = regex(r"<a\s[^<>]*?href\s*=\s*[\"']?([^\s\"'<>]{1,500})", re.IGNORECASE)
_MARKDOWN_LINK = regex(r"\]\(<?(?:https?:)?//", re.IGNORECASE)
_WIDGET_ROLES = frozenset(["tabpanel", "dialog", "menu", "tooltip", "region", "alert", "status"])


class HiddenOptions(Options):
    """What counts as hidden text worth a finding."""

    min_letters: int = Field(20, ge=1, description="Shorter hidden texts without links pass")
    own_domains: tuple[str, ...] = Field(
        ("edu.vn", "gov.vn"), description="Domains whose links are not outside links"
    )


@dataclass(slots=True)
class _Passage:
    """What one hidden element keeps from sight."""

    state: State
    texts: list[str] = field(default_factory=list)
    links: int = 0
    end: int = 0


@check(
    DISPLAY, OFFSCREEN, UNSEEN, subject=Markup, options=HiddenOptions, requires=("module:justhtml",)
)
def hidden_text(markup: Markup, options: HiddenOptions) -> Iterator[Finding]:
    """Hidden passages by inline style, attributes and style sheets."""
    tree = tree_of(markup)
    cascade = Cascade([text for _, text in sheets(tree)])
    opened = _controlled(tree)
    for passage in _passages(tree, cascade, options):
        finding = _judge(markup, passage, options, opened)
        if finding is not None:
            yield finding
    if cascade.exhausted:
        raise Unavailable(
            "the style sheets are too large to apply to every element",
            remedy="Remove the style elements from the article.",
            vi="Kiểu dáng trong bài quá lớn để kiểm tra chữ ẩn; hãy xóa các thẻ style.",
        )


def _passages(tree: Tree, cascade: Cascade, options: HiddenOptions) -> list[_Passage]:
    states: dict[int, State] = {}
    passages: dict[tuple[int, str], _Passage] = {}
    for each in tree.order:
        above = states.get(id(each.parent), State()) if each.parent is not None else State()
        if not isinstance(each, Element):
            if each.kind == "text" and above.root is not None and above.reason:
                passage = _passage(passages, above)
                passage.texts.append(_words(each.data, above))
                passage.links += above.detail == "noscript" and _outside(each.data, options)
                passage.end = max(passage.end, each.start + len(each.data))
            continue
        if each.name in _SILENT or above.detail == "silent":
            states[id(each)] = State(detail="silent")
            continue
        state = states[id(each)] = state_of(each, cascade.style(each), above)
        if state.reason and each.name == "a" and is_outside(each.get("href"), options.own_domains):
            passage = _passage(passages, state)
            passage.links += 1
            passage.end = max(passage.end, each.end)
    return sorted(
        passages.values(), key=lambda each: each.state.root.start if each.state.root else 0
    )


def _words(text: str, state: State) -> str:
    """A text as a reader would see it; a browser with scripts keeps noscript as plain text."""
    return _TAG.sub(" ", text) if state.detail == "noscript" else text


def _outside(text: str, options: HiddenOptions) -> int:
    return sum(is_outside(match[1], options.own_domains) for match in _HREF.finditer(text))


def _passage(passages: dict[tuple[int, str], _Passage], state: State) -> _Passage:
    key = (id(state.root), state.reason)
    if key not in passages:
        passages[key] = _Passage(state)
    return passages[key]


def _judge(
    markup: Markup, passage: _Passage, options: HiddenOptions, opened: set[str]
) -> Finding | None:
    state = passage.state
    root = state.root
    if root is None:
        return None
    text = " ".join(" ".join(passage.texts).split())
    passage.links += len(_MARKDOWN_LINK.findall(text))
    letters = sum(character.isalnum() for character in text)
    opens = state.idiom or _is_widget(root)
    betting = bool(gambling_words(text)) and not (opens and warns(text))
    severity, confidence = Severity.ERROR, Confidence.HIGH
    if not passage.links and not betting:
        if letters < options.min_letters or opens or state.detail in NEVER_SHOWN:
            return None
        severity, confidence = Severity.WARNING, Confidence.MEDIUM
    elif state.detail in NEVER_SHOWN and not betting:
        severity, confidence = Severity.WARNING, Confidence.MEDIUM
    elif passage.links and not betting and _is_widget(root):
        if root.get("id") in opened:
            return None
        if passage.links < 3 and letters > 200 * passage.links:
            return None
        severity, confidence = Severity.WARNING, Confidence.MEDIUM
    elif passage.links and not letters and not betting:
        severity, confidence = Severity.WARNING, Confidence.MEDIUM
    return _RULES[state.reason].at(
        markup,
        root.start,
        max(passage.end, root.end),
        severity=severity,
        confidence=confidence,
        detail=state.detail,
        links=passage.links,
        with_links=f", kèm {passage.links} liên kết ra ngoài" if passage.links else "",
        excerpt=_PERSONAL.sub(lambda match: mask(match[0]), text[:80]),
    )


def _controlled(tree: Tree) -> set[str]:
    """The ids that a button or link of the page opens."""
    names = ("aria-controls", "data-target", "data-bs-target", "href")
    found = {
        element.get(name).lstrip("#")
        for element in tree.elements
        for name in names
        if name != "href" or element.get(name)[:1] == "#"
    }
    return found - {""}


def _is_widget(element: Element) -> bool:
    """Parts of the page that a click opens: tabs, accordions, menus, screen-reader text."""
    each: Element | None = element
    for _ in range(3):
        if each is None or each.name in ("body", "html"):
            return False
        if each.name == "dialog":
            return True
        if each.get("role").lower() in _WIDGET_ROLES or "aria-labelledby" in each.attributes:
            return True
        names = (each.get("class") + " " + each.get("id")).lower()
        if names != " " and any(word in names for word in _WIDGETS):
            return True
        each = each.parent
    return False
