"""Differentials: markup that means one thing to this check and another to a browser."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from qc.core.article import Markup
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.security.markup._active import Active, active
from qc.security.markup._lxml import active_in_lxml
from qc.security.markup._tree import Element, Tree, parse, serialize, tree_of

LIMIT = Rule(
    id="markup-limit",
    severity=Severity.ERROR,
    title=Text(vi="Mã bài quá lớn để kiểm tra", en="Too much markup to check"),
    message=Text(
        vi="Mã bài vượt giới hạn ({measure} {unit}) nên chưa được kiểm tra hết",
        en="The markup passes a limit ({measure} {unit}) and was not checked to the end",
    ),
    why=Text(
        vi="Mã lồng quá sâu hoặc quá nhiều thẻ thường là cách né kiểm tra hoặc làm treo máy.",
        en="Very deep or very long markup is a way around checks or a way to hang browsers.",
    ),
    fix=Text(
        vi="Dán lại nội dung dạng văn bản thuần rồi định dạng lại, hoặc tách bài.",
        en="Paste the text without formatting and format it again, or split the article.",
    ),
    examples=Examples(good=("<div><div><p>Tin</p></div></div>",)),
)

DEPTH = Rule(
    id="markup-depth",
    severity=Severity.ERROR,
    title=Text(vi="Các thẻ lồng nhau quá sâu", en="Elements nested too deep"),
    message=Text(
        vi="Các thẻ lồng nhau {depth} cấp (tối đa {max_depth})",
        en="Elements are nested {depth} deep (at most {max_depth})",
    ),
    why=Text(
        vi="Nhiều bộ lọc bỏ qua phần nằm sâu hơn 256 cấp: nơi giấu mã độc.",
        en="Many filters drop what lies below 256 levels: a place to hide code.",
    ),
    fix=LIMIT.fix,
    examples=Examples(
        bad=("<div>" * 230 + "x" + "</div>" * 230,),
        good=("<div>" * 30 + "x" + "</div>" * 30,),
    ),
)

MUTATION = Rule(
    id="markup-mutation",
    severity=Severity.ERROR,
    title=Text(vi="Mã đổi nghĩa khi được lưu lại", en="Markup that changes its meaning when saved"),
    message=Text(
        vi="Mã chạy được xuất hiện ở thẻ <{element}> sau khi trình soạn thảo lưu lại bài",
        en="Active content appears at <{element}> once an editor saves the article again",
    ),
    why=Text(
        vi="Đoạn mã trông vô hại nhưng trình duyệt dựng lại thành mã chạy được.",
        en="It looks harmless, but a browser rebuilds it into running code (mutation attack).",
    ),
    fix=Text(
        vi="Xóa các thẻ svg, math, noscript, style lồng nhau trong đoạn này.",
        en="Remove the nested svg, math, noscript and style elements.",
    ),
    examples=Examples(
        bad=(
            "<p>Tin</p><math><mtext><table><mglyph><style><!--</style>"
            '<img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
        ),
        good=("<p>Tin</p><math><mi>x</mi><mo>=</mo><mn>1</mn></math>",),
    ),
)

DIFFERENTIAL = Rule(
    id="markup-differential",
    severity=Severity.WARNING,
    title=Text(vi="Hai bộ đọc hiểu mã khác nhau", en="Two parsers disagree"),
    message=Text(
        vi="Một bộ đọc khác thấy nội dung chạy được ở thẻ <{element}>",
        en="Another parser sees active content at <{element}>",
    ),
    why=Text(
        vi="Mã được viết để bộ lọc và trình duyệt hiểu khác nhau.",
        en="The markup is written so that filters and browsers read it differently.",
    ),
    fix=Text(vi="Xóa đoạn mã này.", en="Remove this markup."),
    examples=Examples(
        bad=('<p>Tin</p><noscript><p title="x"><img src="a" onerror="alert(1)"></p></noscript>',),
        good=('<p>Tin</p><noscript><img src="/a.jpg" alt="Ảnh"></noscript>',),
    ),
)

MAX_ATTRIBUTES = 300
MAX_DEPTH = 200
_MUTABLE = regex(
    r"<(?:svg|math|noscript|xmp|noembed|noframes|plaintext|template|listing|iframe|textarea|title"
    r"|style|select|form|table)\b",
    re.IGNORECASE,
)
_HINT = regex(r"&(?:lt|gt|#|amp)|<!\[CDATA|[\"'][^\"'<>]*[<>]", re.IGNORECASE)
_BOGUS = regex(r"<\?|<!(?!--|doctype)", re.IGNORECASE)


@check(LIMIT, DEPTH, subject=Markup, requires=("module:justhtml",))
def markup_limits(markup: Markup, options: Options) -> Iterator[Finding]:
    """How deep and how long the markup is."""
    tree = tree_of(markup)
    if tree.limit:
        unit = "thẻ" if tree.limit == "tags" else "cấp lồng nhau"
        yield LIMIT.at(markup, 0, 0, measure=tree.measure, unit=unit)
    elif tree.depth > MAX_DEPTH:
        first = next(each for each in tree.elements if each.depth >= MAX_DEPTH)
        yield DEPTH.at(markup, first.start, first.end, depth=tree.depth, max_depth=MAX_DEPTH)
    crowded = _crowded(tree)
    if crowded is not None:
        end = min(crowded.end, crowded.start + 60)
        unit = "thuộc tính trong một thẻ"
        measure = len(crowded.attributes)
        yield LIMIT.at(markup, crowded.start, end, measure=measure, unit=unit)


@check(MUTATION, DIFFERENTIAL, subject=Markup, requires=("module:justhtml", "module:lxml"))
def differentials(markup: Markup, options: Options) -> Iterator[Finding]:
    """What a second life, a browser without scripts and libxml2 see in the same markup."""
    text = markup.text
    tree = tree_of(markup)
    if tree.limit or "<" not in text:
        return
    seen = Counter(each.signature for each in active(tree))
    if _BOGUS.search(text):
        element = _unseen(active(parse(text, locate=False)), seen)
        if element:
            yield _at(MUTATION, markup, element)
    if _MUTABLE.search(text) and _HINT.search(text):
        element = _unseen(active(parse(serialize(tree), locate=False)), seen)
        if element:
            yield _at(MUTATION, markup, element)
    element = None
    if "<noscript" in text.lower():
        element = _unseen(active(parse(text, scripting=False)), seen)
    name = element.name if element else ""
    if not name and _crowded(tree) is None:  # libxml2 is quadratic in the attributes of a tag
        name = active_in_lxml(text, seen)
    if name:
        span = (element.start, element.end) if element else (0, min(len(text), 40))
        yield DIFFERENTIAL.at(markup, *span, confidence=Confidence.MEDIUM, element=name)


def _crowded(tree: Tree) -> Element | None:
    crowds = (each for each in tree.elements if len(each.attributes) > MAX_ATTRIBUTES)
    return next(crowds, None)


def _unseen(found: Iterator[Active], seen: Counter[tuple[str, str, str]]) -> Element | None:
    counts: Counter[tuple[str, str, str]] = Counter()
    for each in found:
        counts[each.signature] += 1
        if counts[each.signature] > seen[each.signature]:
            return each.element
    return None


def _at(rule: Rule, markup: Markup, element: Element) -> Finding:
    """The place in the second life is not that in the file: the nearest such tag is shown."""
    start = markup.text.lower().find("<" + element.name)
    if start < 0:
        return rule.at(markup, 0, min(len(markup.text), 40), element=element.name)
    return rule.at(markup, start, start + len(element.name) + 1, element=element.name)
