"""Conventions: where the tone mark stands (hòa or hoà) and i or y (kỹ or kĩ). Both are right.

Only mixed use inside one article is reported, unless the policy asks for a house style:
`bgddt-1989` (Quyết định 1989/QĐ-BGDĐT: hoà, thuỷ; kĩ thuật, lí do) or `traditional` (hòa, thủy;
kỹ thuật, lý do). Proper names keep their own spelling and are never counted.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from qc.core.article import Article, Block, BlockKind
from qc.core.chunks import Kept, chunks_with
from qc.core.finding import Finding, Suggestion
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check

Style = Literal["consistent", "bgddt-1989", "traditional"]

TONE_MIXED = Rule(
    id="orthography-tone-mixed",
    severity=Severity.INFO,
    title=Text(vi="Đặt dấu thanh theo hai kiểu", en="Two ways of placing the tone mark"),
    message=Text(
        vi="“{written}” khác kiểu với {others} chỗ còn lại trong bài; nên viết “{best}”",
        en="“{written}” differs from {others} other places; write “{best}”",
    ),
    why=Text(
        vi="Hòa và hoà đều đúng, nhưng trong một bài nên dùng một kiểu.",
        en="Both placements are right, but one article should keep to one.",
    ),
    fix=Text(vi="Chọn một kiểu cho cả bài.", en="Keep to one of them."),
    examples=Examples(
        bad=("# Tin\n\nNgày hội hòa bình, hòa hợp. Mọi người khoẻ mạnh.\n",),
        good=("# Tin\n\nNgày hội hòa bình. Mọi người khỏe mạnh.\n",),
    ),
)
IY_MIXED = Rule(
    id="orthography-iy-mixed",
    severity=Severity.INFO,
    title=Text(vi="Viết i và y theo hai kiểu", en="Both i and y for the same word"),
    message=Text(
        vi="“{written}” khác kiểu với {others} chỗ còn lại trong bài; nên viết “{best}”",
        en="“{written}” differs from {others} other places; write “{best}”",
    ),
    why=Text(
        vi="Kỹ và kĩ, lý và lí đều được dùng, nhưng trong một bài nên dùng một kiểu.",
        en="Both spellings are in use, but one article should keep to one.",
    ),
    fix=Text(vi="Chọn một kiểu cho cả bài.", en="Keep to one of them."),
    examples=Examples(
        bad=("# Tin\n\nCác kỹ năng và kỹ thuật, kĩ năng sống.\n",),
        good=("# Tin\n\nCác kỹ năng và kỹ thuật, kỹ năng sống.\n",),
    ),
)
HOUSE_STYLE = Rule(
    id="orthography-house-style",
    severity=Severity.WARNING,
    title=Text(vi="Không theo quy ước chính tả của đơn vị", en="Not the house style"),
    message=Text(
        vi="“{written}” nên viết “{best}” theo quy ước “{style}”",
        en="“{written}” should be “{best}” in house style “{style}”",
    ),
    why=Text(
        vi="Đơn vị đã chọn một quy ước chính tả trong chính sách.",
        en="The policy asks for one convention.",
    ),
    fix=Text(vi="Viết theo quy ước đã chọn.", en="Follow the convention."),
    examples=Examples(good=("# Tin\n\nNgày hội hòa bình. Các kỹ năng và kĩ thuật.\n",)),
)

_WORD = regex(r"[^\W\d_]+")
_UNREAD = frozenset((BlockKind.CODE, BlockKind.COMMENT, BlockKind.FIELD, BlockKind.META))
_I_OR_Y = frozenset(("h", "k", "l", "m", "s", "t"))


class OrthographyOptions(Options):
    """Which convention an article must follow."""

    style: Style = Field(
        "consistent", description="consistent: either, but not both; or a strict house style"
    )


class _Place(NamedTuple):
    """A word that can be written in two ways: which way it is, and the other spelling."""

    block: Block
    start: int
    end: int
    written: str
    other: str
    group: str
    modern: bool


@check(TONE_MIXED, IY_MIXED, HOUSE_STYLE, subject=Article, options=OrthographyOptions)
def orthography(article: Article, options: OrthographyOptions) -> Iterator[Finding]:
    """Report the minority spelling of mixed conventions, or every departure from the style."""
    places = list(_places(article))
    if options.style != "consistent":
        wanted = options.style == "bgddt-1989"
        for place in places:
            if place.modern != wanted:
                yield _finding(HOUSE_STYLE, place, style=options.style)
        return
    counts: dict[tuple[str, bool], int] = {}
    for place in places:
        key = (place.group, place.modern)
        counts[key] = counts.get(key, 0) + 1
    for place in places:
        here = counts[place.group, place.modern]
        others = counts.get((place.group, not place.modern), 0)
        # on a tie the modern spelling is reported, so that exactly one side is
        if others > here or (others == here and place.modern):
            rule = TONE_MIXED if place.group == "tone" else IY_MIXED
            yield _finding(rule, place, others=others)


def _finding(rule: Rule, place: _Place, others: int = 0, style: str = "") -> Finding:
    start, end = place.block.nfc.original(place.start, place.end)
    return rule.at(
        place.block,
        start,
        end,
        suggestions=(Suggestion(place.other, safe=True),),
        written=place.written,
        best=place.other,
        others=others,
        style=style,
    )


def _places(article: Article) -> Iterator[_Place]:
    """Words of the article that have two right spellings; names are left out."""
    for block in article.blocks:
        if block.kind in _UNREAD:
            continue
        text = block.nfc.text
        matches = (
            match for span in chunks_with(text, _DOUBTFUL) for match in _WORD.finditer(text, *span)
        )
        for match in matches:
            written = match[0]
            if written[0].isupper() and not _begins_sentence(text, match.start()):
                continue
            choice = _choice(written.lower())
            if choice is None:
                continue
            other, group, modern = choice
            if written[0].isupper():
                other = other[0].upper() + other[1:]
            yield _Place(block, match.start(), match.end(), written, other, group, modern)


def _begins_sentence(text: str, start: int) -> bool:
    head = text[:start].rstrip(" \"“‘'(-–•*")
    return not head or head[-1] in ".!?:\n"


@lru_cache(maxsize=16_384)
def _choice(word: str) -> tuple[str, str, bool] | None:
    """The other right spelling of a word -> (spelling, group, whether `word` is the modern one)."""
    from qc.text.spelling._syllable import is_style_pair, parse, spell, strip_tone

    syllable = parse(word)
    if syllable is None:
        return None
    toneless = strip_tone(word)[0]
    if syllable.tone and is_style_pair(syllable):
        modern = spell(toneless, syllable.tone)
        classic = spell(toneless, syllable.tone, classic=True)
        if word in (modern, classic):
            return (classic if word == modern else modern), "tone", word == modern
    if syllable.rime in ("i", "y") and syllable.onset in _I_OR_Y:
        key = f"{syllable.onset}{syllable.tone}"
        if key in _BOTH_IN_USE:
            last = "y" if syllable.rime == "i" else "i"
            return spell(toneless[:-1] + last, syllable.tone), f"iy-{key}", syllable.rime == "i"
    return None


def _doubtful(chunk: str) -> bool:
    return any(_choice(word.lower()) for word in _WORD.findall(chunk))


_DOUBTFUL = Kept(_doubtful)

# onset and tone of the syllables that are really written both ways: hi/hy vọng, kì/kỳ, kí/ký,
# kỉ/kỷ, kĩ/kỹ, kị/kỵ, lí/lý, mĩ/mỹ, sĩ/sỹ, tỉ/tỷ, tị/tỵ
_BOTH_IN_USE = frozenset(["h0", "k1", "k2", "k3", "k4", "k5", "l2", "m4", "s4", "t3", "t5"])
