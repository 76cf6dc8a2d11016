"""Spelling: impossible syllables, phrases often mistaken, and words that do not fit their place.

The engine (private modules of this package) reads the whole article once; what it finds becomes one
of five rules by how sure it is. Only a misplaced tone mark is safe to replace without asking.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from qc.core.article import Article, Block, BlockKind
from qc.core.data import data_dir
from qc.core.finding import Finding, Suggestion
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check

if TYPE_CHECKING:
    from qc.text.spelling._mistake import Mistake

GOOD = (
    "# Trường tổ chức ngày hội đọc sách\n\nSáng nay, thầy trò nhà trường cùng tham dự ngày hội.\n",
    "# Cổng thông tin\n\nHọc sinh lớp 5A được tham quan bảo tàng tỉnh Đắk Lắk.\n",
)

NON_WORD = Rule(
    id="spelling-non-word",
    severity=Severity.ERROR,
    title=Text(vi="Chữ không có trong tiếng Việt", en="Not a Vietnamese syllable"),
    message=Text(
        vi="“{written}” viết sai chính tả; có lẽ là “{best}”", en="“{written}”: “{best}”?"
    ),
    why=Text(
        vi="Chữ này không thể có trong tiếng Việt: dấu đặt sai chữ, thừa hoặc thiếu chữ cái, "
        "hai chữ viết dính nhau.",
        en="No Vietnamese syllable is written so: a misplaced mark, a letter too many or too few, "
        "two words run together.",
    ),
    fix=Text(vi="Gõ lại chữ cho đúng.", en="Type the word again."),
    basis=("house-style",),
    examples=Examples(
        bad=(
            "# Tin\n\nNhà trường tổ chức nhiều lọai hình họat động.\n",
            "# Tin\n\nĐây là nghành học mới của nhà trường.\n",
        ),
        good=GOOD,
    ),
)
LEFTOVER = Rule(
    id="spelling-keyboard-leftover",
    severity=Severity.ERROR,
    title=Text(vi="Chữ gõ Telex hoặc VNI chưa thành dấu", en="Unconverted Telex or VNI keys"),
    message=Text(vi="“{written}” chưa bỏ dấu; có lẽ là “{best}”", en="“{written}”: “{best}”?"),
    why=Text(
        vi="Bộ gõ tiếng Việt đang tắt khi gõ chữ này.",
        en="The keyboard did not turn the keys into marks.",
    ),
    fix=Text(vi="Bật bộ gõ và gõ lại.", en="Switch the input method on and type again."),
    basis=("house-style",),
    examples=Examples(bad=("# Tin\n\nCác em học sinh học môn tieengs Việt rất tốt.\n",), good=GOOD),
)
CONFUSION = Rule(
    id="spelling-confusion",
    severity=Severity.WARNING,
    title=Text(vi="Cụm từ hay viết nhầm", en="A phrase often mistaken"),
    message=Text(vi="“{written}” nên viết là “{best}”", en="“{written}” should be “{best}”"),
    why=Text(
        vi="Cách viết này hay gặp nhưng không đúng chuẩn chính tả.",
        en="This spelling is common but wrong.",
    ),
    fix=Text(vi="Thay bằng cách viết đúng.", en="Use the right spelling."),
    basis=("house-style",),
    examples=Examples(
        bad=(
            "# Tin\n\nCông thông tin điện tử của trường đã hoạt động.\n",
            "# Tin\n\nHai trường đã sát nhập từ năm 2020.\n",
        ),
        good=(*GOOD, "# Tin\n\nNhà trường đã xây dựng thành công thông tin tuyển sinh.\n"),
    ),
)
REAL_WORD = Rule(
    id="spelling-real-word",
    severity=Severity.WARNING,
    title=Text(vi="Chữ có nghĩa nhưng dùng nhầm chỗ", en="A real word in the wrong place"),
    message=Text(vi="“{written}” có lẽ là “{best}”", en="“{written}” is probably “{best}”"),
    why=Text(
        vi="So với văn bản tiếng Việt nói chung, chữ này hầu như không đứng ở vị trí này.",
        en="In general Vietnamese text this word hardly ever stands here.",
    ),
    fix=Text(
        vi="Đọc lại câu; nếu đúng là tên riêng hay thuật ngữ thì thêm vào từ điển của trường.",
        en="Read the sentence again; add names and terms to the portal's dictionary.",
    ),
    basis=("house-style",),
    examples=Examples(
        bad=("# Tin\n\nCác thầy cô đã được bồi dưỡng nghiệp vụ sư phạn.\n",), good=GOOD
    ),
)
HINT = Rule(
    id="spelling-hint",
    severity=Severity.INFO,
    title=Text(vi="Chỗ nên đọc lại", en="Worth a second look"),
    message=Text(vi="“{written}” có thể là “{best}”", en="“{written}” may be “{best}”"),
    why=Text(
        vi="Chữ này hơi lạ ở vị trí này; khoảng một nửa số chỗ như vậy là lỗi thật.",
        en="The word is unusual here; about half of such places are mistakes.",
    ),
    fix=Text(vi="Đọc lại câu, sửa nếu sai.", en="Read the sentence again."),
    examples=Examples(
        bad=("# Tin\n\nLớp 5A có tiết mục hạt múa rất hay.\n",),
        good=("# Tin\n\nNhà trường thông báo kế hoạch tuyển sinh năm học 2025-2026.\n",),
    ),
    opt_in=True,
)

UNREAD = frozenset((BlockKind.CODE, BlockKind.COMMENT, BlockKind.FIELD, BlockKind.META))


class SpellingOptions(Options):
    """Words a portal accepts, and how sure the checker must be."""

    words: tuple[str, ...] = Field(
        (), description="Names, terms and phrases that are right on this portal"
    )
    warning_probability: float | None = Field(
        None, ge=0, le=1, description="Probability of a warning; by default that of the model"
    )
    hint_probability: float | None = Field(
        None, ge=0, le=1, description="Probability of a hint; by default that of the model"
    )


@check(NON_WORD, LEFTOVER, CONFUSION, REAL_WORD, HINT, subject=Article, options=SpellingOptions)
def spelling(article: Article, options: SpellingOptions) -> Iterator[Finding]:
    """Report the mistakes of all readable blocks, in order."""
    from qc.text.spelling._speller import load_speller

    blocks = [block for block in article.blocks if block.kind not in UNREAD and block.text.strip()]
    if not blocks:
        return
    speller = load_speller(data_dir() / "spelling", _accepted(options.words))
    known = speller.thresholds
    hint = known["hint"] if options.hint_probability is None else options.hint_probability
    least = options.warning_probability
    warning = known["warning"] if least is None else least
    texts = [block.nfc.text for block in blocks]
    found = speller.find("\n".join(texts), min(hint, warning))
    for block, start, end, mistake in _placed(blocks, texts, found):
        rule, confidence = _rule_of(mistake, warning)
        if rule is None:
            continue
        safe = mistake.kind == "misplaced"
        yield rule.at(
            block,
            *block.nfc.original(start, end),
            confidence=confidence,
            suggestions=tuple(Suggestion(text, safe=safe) for text in mistake.suggestions),
            written=mistake.written,
            best=mistake.suggestions[0],
            probability=round(mistake.probability, 2),
        )


def _placed(
    blocks: list[Block], texts: list[str], found: list[Mistake]
) -> Iterator[tuple[Block, int, int, Mistake]]:
    """Each mistake with its block and its span in the block's NFC text."""
    ends, position = [], 0
    for text in texts:
        position += len(text) + 1
        ends.append(position)
    index, begin = 0, 0
    for mistake in found:
        while mistake.start >= ends[index]:
            begin = ends[index]
            index += 1
        if mistake.end < ends[index]:
            yield blocks[index], mistake.start - begin, mistake.end - begin, mistake


def _rule_of(mistake: Mistake, warning: float) -> tuple[Rule | None, Confidence]:
    """The rule for a mistake; text in a legacy font is left to the encoding checks."""
    if mistake.kind == "legacy":
        return None, Confidence.LOW
    if mistake.kind in ("misplaced", "joined"):
        return NON_WORD, Confidence.HIGH
    if mistake.kind == "leftover":
        return LEFTOVER, Confidence.HIGH
    if mistake.kind == "confusion":
        return CONFUSION, Confidence.HIGH
    if mistake.kind == "broken":
        return NON_WORD, Confidence.HIGH if mistake.probability >= warning else Confidence.MEDIUM
    if mistake.probability >= warning:
        return REAL_WORD, Confidence.HIGH
    return HINT, Confidence.LOW


@lru_cache(maxsize=64)
def _accepted(words: tuple[str, ...]) -> frozenset[str]:
    """The words of a portal, and what all portals accept."""
    return frozenset(word.lower() for word in words) | _right_phrases()


@cache
def _right_phrases() -> frozenset[str]:
    """Right phrases that look like mistakes of commoner ones."""
    lines = (data_dir() / "spelling" / "phrases.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
