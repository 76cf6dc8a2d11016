"""Injected content: betting, sex, loan and fake-diploma text planted in a school's page.

One score adds up what such text looks like; a single spam word is not enough. The finding names
every piece of evidence, so that the editor can see at once where the page was tampered with.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qc.core.article import Article, BlockKind
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check

if TYPE_CHECKING:
    from qc.text._view import ArticleView
    from qc.text.terms._matcher import Hit

_WHY = Text(
    vi="Cổng trường học hay bị chèn trái phép nội dung cờ bạc, khiêu dâm, vay nóng, bằng giả, "
    "kể cả ở chỗ bạn đọc không nhìn thấy.",
    en="School sites are often injected with betting, sex, loan and fake-diploma content, "
    "also where readers do not see it.",
)
_FIX = Text(
    vi="Xóa phần này, đổi mật khẩu tài khoản đăng bài và báo đơn vị quản trị kiểm tra máy chủ.",
    en="Delete it, change the account's password and have the server inspected.",
)
_NEWS = (
    "# Công an cảnh báo cá độ bóng đá\n\n"
    "Công an huyện tuyên truyền phòng, chống cá độ, lô đề trong học sinh.\n"
)
SPAM = Rule(
    id="injected-spam",
    severity=Severity.ERROR,
    title=Text(vi="Nội dung bị chèn trái phép", en="Injected content"),
    message=Text(
        vi="Nhiều dấu hiệu nội dung chèn trái phép (điểm {score}): {evidence_vi}",
        en="Many signs of injected content (score {score}): {evidence_en}",
    ),
    why=_WHY,
    fix=_FIX,
    basis=("15-101",),
    examples=Examples(
        bad=(
            "# Thông báo nghỉ lễ\n\nNhà trường thông báo lịch nghỉ lễ.\n\n"
            "nhà cái uy tín 2023top nha cai uy tin soi kèo hôm nay tài xỉu online\n",
        ),
        good=(_NEWS, "# Ngày hội đọc sách\n\nCác em tham gia trò chơi dân gian.\n"),
    ),
)
SUSPECT = Rule(
    id="injected-suspect",
    severity=Severity.WARNING,
    title=Text(vi="Nghi nội dung bị chèn trái phép", en="Possibly injected content"),
    message=Text(
        vi="Có dấu hiệu nội dung chèn trái phép (điểm {score}): {evidence_vi}",
        en="Signs of injected content (score {score}): {evidence_en}",
    ),
    why=_WHY,
    fix=_FIX,
    basis=("15-101",),
    examples=Examples(
        bad=("# Thông báo\n\nLịch nghỉ lễ của trường.\n\nSoi kèo cùng nhà cái.\n",),
        good=(_NEWS,),
    ),
)

CATEGORIES = frozenset({"gambling", "sexual", "fraud", "drugs"})
ATTRIBUTES = frozenset({BlockKind.ALT, BlockKind.TITLE_ATTR, BlockKind.META, BlockKind.COMMENT})
HOST = regex(r"^(?:https?:)?//(?:www\.)?([^/?#:]+)", re.IGNORECASE)
BRAND_HOST = regex(
    r"(?:^|[.-])(?:[a-z]{1,10}\d{2,4}[a-z]{0,4}|\d{1,3}[a-z]{2,10}\d{0,4})(?=[.-])"
    r"|\.(?:casino|bet|poker|win)$"
)
CONTACT = regex(r"(?:zalo|telegram|hotline|tele|whatsapp)\b|\b0\d{2}[\d. ]{7,10}\b", re.I)
COMMERCE = regex(
    r"(?<!\w)(?:bán|mua|nhận làm|đăng ký|liên hệ|inbox|tư vấn|giá rẻ|uy tín|nạp|khuyến mãi|tặng|"
    r"cược|vay)(?!\w)"
)


class InjectedOptions(Options):
    """From which score on content is held to be injected."""

    error_score: float = Field(4.0, gt=0, description="Score that blocks")
    warning_score: float = Field(2.0, gt=0, description="Score that asks for review")
    lists: tuple[str, ...] = Field((), description="The portal's own term lists (YAML files)")


@dataclass(slots=True)
class Score:
    """What was seen, and how much it weighs."""

    total: float = 0.0
    structural: bool = False  # something besides the words themselves
    vi: list[str] = field(default_factory=list)
    en: list[str] = field(default_factory=list)

    def add(self, points: float, vi: str, en: str) -> None:
        """Add a piece of evidence; all but the words themselves are structural."""
        self.structural = self.structural or bool(self.vi)
        self.total += points
        self.vi.append(vi)
        self.en.append(en)


@check(SPAM, SUSPECT, subject=Article, options=InjectedOptions)
def injected_content(article: Article, options: InjectedOptions) -> Iterator[Finding]:
    from qc.text.terms._search import article_hits

    view, found = article_hits(article, "article", options.lists)
    hits = [hit for hit in found if hit.term.category in CATEGORIES]
    if not hits:
        return
    score = _score(article, view, hits)
    if score.total < options.warning_score:
        return
    planted = score.structural or any(hit.term.severity == 3 for hit in hits)
    rule = SPAM if planted and score.total >= options.error_score else SUSPECT
    worst = max(hits, key=lambda hit: (_weight(hit), -hit.start))
    block, start, end = view.locate(worst.start, worst.end)
    yield rule.at(
        block,
        start,
        end,
        confidence=Confidence.HIGH if rule is SPAM else Confidence.MEDIUM,
        score=round(score.total, 1),
        evidence_vi="; ".join(score.vi),
        evidence_en="; ".join(score.en),
        terms=sorted({hit.term.term for hit in hits}),
    )


def _score(article: Article, view: ArticleView, hits: list[Hit]) -> Score:
    score = Score()
    _add_terms(score, article, view, hits)
    _add_writing(score, view, hits)
    _add_places(score, view, hits)
    _add_links(score, article, view, hits)
    text = view.folded.original
    for hit in hits:
        around = text[max(hit.start - 120, 0) : hit.end + 120]
        if CONTACT.search(around) and COMMERCE.search(around.lower()):
            score.add(1.0, "số liên hệ cạnh lời mời chào", "a contact beside a sales pitch")
            break
    return score


def _weight(hit: Hit) -> float:
    """Phrases of spam weigh most; a drug or a medicine that is only named weighs little."""
    if hit.term.severity == 3:
        return 1.5
    return 1.0 if hit.term.severity == 2 and hit.term.category == "gambling" else 0.25


def _add_terms(score: Score, article: Article, view: ArticleView, hits: list[Hit]) -> None:
    """Distinct terms; those in an article that warns of them weigh little."""
    from qc.text.terms._context import context
    from qc.text.terms._search import title_words

    text, titles = view.folded.original, title_words(article, view, hits)
    weights: dict[str, float] = {}
    for hit in hits:
        mention = bool(context(text, hit, titles.get(hit.term.category, "")).prevention)
        weight = _weight(hit) * (0.25 if mention else 1.0)
        weights[hit.term.term] = max(weights.get(hit.term.term, 0.0), weight)
    points = sum(weights.values())
    shown = ", ".join(list(weights)[:6])
    score.add(points, f"{len(weights)} từ ngữ: {shown}", f"{len(weights)} terms: {shown}")


def _add_writing(score: Score, view: ArticleView, hits: list[Hit]) -> None:
    from qc.text.terms._decision import CLEAR_DISGUISE
    from qc.text.terms._guards import accented_around
    from qc.text.terms._verify import Evidence

    text = view.folded.original
    if any(hit.evidence & CLEAR_DISGUISE for hit in hits):
        score.add(2.0, "từ bị viết lách để che giấu", "disguised words")
    if any(Evidence.GLUED in hit.evidence or Evidence.JOINED in hit.evidence for hit in hits):
        score.add(1.0, "chữ dính liền nhau", "words glued together")
    bare = (hit for hit in hits if Evidence.NO_MARKS in hit.evidence)
    if any(accented_around(text, hit.start, hit.end) for hit in bare):
        score.add(1.0, "cụm từ không dấu giữa bài có dấu", "unaccented phrases in accented text")


def _add_places(score: Score, view: ArticleView, hits: list[Hit]) -> None:
    blocks = [view.locate(hit.start, hit.end)[0] for hit in hits]
    if any(block.hidden and block.kind not in ATTRIBUTES for block in blocks):
        score.add(3.0, "nằm trong phần bị ẩn", "in hidden text")
    if any(block.kind in ATTRIBUTES for block in blocks):
        score.add(1.5, "nằm trong thuộc tính hoặc siêu dữ liệu", "in attributes or metadata")


def _add_links(score: Score, article: Article, view: ArticleView, hits: list[Hit]) -> None:
    spans = {id(view.locate(h.start, h.end)[0]): view.locate(h.start, h.end)[1:] for h in hits}
    for link in article.links:
        host = HOST.match(link.href)
        if host is None:
            continue
        span = spans.get(id(link.block))
        inside = span is not None and link.start <= span[0] < max(link.end, link.start + 1)
        brand = BRAND_HOST.search(host[1].lower()) or _named(host[1], hits)
        if inside or (brand and span is not None):
            name = host[1][:60]
            score.add(2.0, f"liên kết tới {name}", f"a link to {name}")
            return


def _named(host: str, hits: list[Hit]) -> bool:
    """Whether the host carries the name of a term that was found."""
    label = host.lower().replace("-", "")
    return any(" " not in hit.term.term and hit.term.term in label for hit in hits)
