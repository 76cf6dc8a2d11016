"""Reposted news and AI-made content: who made it is said, and where it comes from."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.law import basis_at
from qc.core.lazy import regex
from qc.core.rule import Confidence, Examples, Field, Options, Rule, Severity, Text, check
from qc.text._slots import visible_text

WHY = Text(
    vi="Tin lấy lại phải ghi nguồn, địa chỉ, thời gian đăng gốc để bạn đọc kiểm chứng.",
    en="A reposted item names source, address and original time.",
)
URL = Rule(
    id="rights-source-url-missing",
    title=Text(
        vi="Tin lấy lại không có địa chỉ bài gốc", en="Repost without the original's address"
    ),
    message=Text(
        vi="Bài ghi nguồn “{source}” nhưng không có địa chỉ bài gốc",
        en="The source is “{source}”, but the original's address is not given",
    ),
    severity=Severity.ERROR,
    why=WHY,
    fix=Text(
        vi="Gắn liên kết đến bài gốc; trong tệp: liên kết hoặc dòng “địa chỉ nguồn: https://…”.",
        en="Link to the original; in a file: a link or a line `source_url: https://…`.",
    ),
    basis=("147-20", "72-20"),
    examples=Examples(
        bad=("---\nnguồn: Báo Giáo dục và Thời đại\n---\nTin lấy lại.\n",),
        good=(
            "---\nnguồn: Báo Giáo dục và Thời đại\nđịa chỉ nguồn: https://giaoducthoidai.vn/bai-1\n"
            "---\nTin lấy lại, đăng gốc ngày 02/9/2026.\n",
            "---\nnguồn: Trường Tiểu học Phụng Công\n---\nTin của trường.\n",
        ),
    ),
)
NAME = Rule(
    id="rights-source-name-missing",
    title=Text(vi="Tin lấy lại không ghi tên nguồn", en="Repost without the name of its source"),
    message=Text(
        vi="Có địa chỉ bài gốc nhưng không ghi tên nguồn", en="The source's name is not given"
    ),
    why=WHY,
    fix=Text(
        vi="Ghi tên nguồn; trong tệp: dòng “nguồn: …”.",
        en="Name the source; in a file: `source: …`.",
    ),
    basis=("147-20", "72-20", "SHTT-19,25"),
    examples=Examples(
        bad=("---\nđịa chỉ nguồn: https://giaoducthoidai.vn/bai-1\n---\nTin lấy lại.\n",),
        good=(
            "---\nnguồn: Báo Giáo dục và Thời đại\nđịa chỉ nguồn: https://giaoducthoidai.vn/bai-1\n"
            "---\nTin lấy lại.\n",
        ),
    ),
)
VAGUE = Rule(
    id="rights-source-vague",
    title=Text(vi="Nguồn ghi chung chung", en="Source too vague"),
    message=Text(vi="“{source}” không phải là nguồn", en="“{source}” is no source"),
    why=Text(
        vi="“Internet”, “Sưu tầm” không cho biết tác giả và nơi đăng, không kiểm chứng được.",
        en="“Internet” names neither author nor place, so nothing can be verified.",
    ),
    fix=Text(
        vi="Ghi tên báo, trang hoặc tác giả và địa chỉ bài gốc; không tìm được thì không đăng lại.",
        en="Name the paper, site or author and the address, or do not repost.",
    ),
    basis=("147-20", "72-20", "SHTT-19,25"),
    examples=Examples(
        bad=("---\nnguồn: Internet\n---\nTin lấy lại.\n", "Tin lấy lại.\n\n(Nguồn: Sưu tầm)\n"),
        good=(
            "---\nnguồn: Báo Nhân Dân\nđịa chỉ nguồn: https://nhandan.vn/b\n---\nTin lấy lại.\n",
            "Tiết học sử dụng nguồn Internet của trường.\n",
        ),
    ),
)
TIME = Rule(
    id="rights-source-time-missing",
    severity=Severity.INFO,
    title=Text(vi="Tin lấy lại không ghi thời gian đăng gốc", en="Repost without original time"),
    message=Text(
        vi="Tin lấy từ “{source}” chưa ghi ngày đăng gốc",
        en="The item from “{source}” does not say when it was first published",
    ),
    why=WHY,
    fix=Text(
        vi="Ghi “(Theo …, ngày 02/9/2026)” ở cuối bài.", en="Add the original date at the end."
    ),
    basis=("147-20", "72-20"),
    examples=Examples(
        bad=("---\nnguồn: Báo Nhân Dân\nđịa chỉ nguồn: https://nhandan.vn/b\n---\nTin lấy lại.\n",),
        good=(
            "---\nnguồn: Báo Nhân Dân\nđịa chỉ nguồn: https://nhandan.vn/b\n---\nTin lấy lại.\n\n"
            "Theo Báo Nhân Dân, ngày 02/9/2026.\n",
        ),
    ),
)
AI = Rule(
    id="law-ai-label-missing",
    severity=Severity.ERROR,
    title=Text(vi="Nội dung AI không có nhãn", en="AI content without a label"),
    message=Text(
        vi="Bài khai có nội dung do AI tạo nhưng chưa ghi cho bạn đọc biết",
        en="The draft declares AI-made content, but readers are not told",
    ),
    why=Text(
        vi="Ảnh, âm thanh, video do AI tạo hoặc sửa dễ gây nhầm phải được thông báo, gắn nhãn.",
        en="AI-made pictures, sound and video that may mislead must be announced and labelled.",
    ),
    fix=Text(
        vi="Ghi “Ảnh do trí tuệ nhân tạo tạo ra” ở chú thích hoặc cuối bài.",
        en="Say so in the caption or at the end.",
    ),
    basis=("AI-11",),
    examples=Examples(
        bad=(
            "---\nnội dung AI: có\nngày đăng: 2026-03-01\n---\nTin của trường.\n",
            "---\nnội dung AI: có\nngày đăng: 2026-03-01\n---\nTrong ngày hội, ai cũng vui.\n",
        ),
        good=(
            "---\nnội dung AI: có\nngày đăng: 2026-03-01\n---\nẢnh minh họa do AI tạo ra.\n",
            "---\nnội dung AI: có\nngày đăng: 2026-02-28\n---\nTin của trường.\n",
        ),
    ),
)
OWN = (
    "trường|nhà trường|ban biên tập|bbt|phòng|sở|ubnd|ủy ban|bộ|đảng ủy|chi bộ|công đoàn|đoàn|"
    "tổ chuyên môn|tổ|thư viện|liên đội|đội|lớp|ban|hội|câu lạc bộ|clb|nhóm|thầy|cô|học sinh|"
    "phụ huynh|thpt|thcs|tiểu học|mầm non|trung tâm"
)
PRESS = regex(
    r"(?<!\w)(?:báo|đài|tạp\s+chí|thông\s+tấn|TTXVN|VTV|VOV|dân\s+trí|tuổi\s+trẻ|thanh\s+niên|vnexpress|"
    r"vietnamnet|zing|kenh14|24h)(?!\w)|\.(?:vn|com|net|org)(?!\w)|online|news",
    re.IGNORECASE,
)
VAGUE_NAME = regex(
    r"(?:trên\s+)?(?:internet|mạng(?:\s+(?:internet|xã\s+hội))?|sưu\s+tầm|st|google|facebook|zalo|"
    r"youtube|tiktok|tổng\s+hợp)(?:\s+(?:từ\s+)?(?:internet|mạng))?\.?",
    re.IGNORECASE,
)
CREDIT = regex(r"\s*\(?\s*nguồn\s*:\s*(?P<name>[^()\n]{2,30}?)\s*\)?\.?\s*", re.IGNORECASE)
DATED = regex(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|ngày\s+\d{1,2}\s+tháng\s+\d{1,2}", re.IGNORECASE)
AI_LABEL = regex(
    r"(?<!\w)A\.?I(?!\w)|(?i:trí\s+tuệ\s+nhân\s+tạo|(?:chat)?gpt|gemini|midjourney|copilot)"
)
"""Capitals tell AI from the pronoun “ai”."""


class SourceOptions(Options):
    """Whose articles are the portal's own."""

    own_sources: tuple[str, ...] = Field(
        (), description="Names of sources that belong to the portal itself, besides schools"
    )


@check(URL, NAME, TIME, VAGUE, subject=Article, options=SourceOptions)
def reposted(article: Article, options: SourceOptions) -> Iterator[Finding]:
    """Source, address and time of an item taken from elsewhere."""
    fields = article.fields
    source = unicodedata.normalize("NFC", fields.source or "").strip()
    if not source and fields.source_url:
        yield NAME.at(article, field="source")
        return
    yield from _vague_credits(article)
    if not source or _is_own(source, options.own_sources):
        return
    if VAGUE_NAME.fullmatch(source):
        yield VAGUE.at(article, field="source", source=source)
        return
    hosts = [link for link in article.links if link.href.startswith(("http://", "https://"))]
    if not fields.source_url and not re.search(r"https?://|\w\.\w{2,}", source) and not hosts:
        bound = PRESS.search(source) and basis_at(URL.basis, article.date)
        yield URL.at(
            article,
            field="source",
            severity=None if bound else Severity.WARNING,
            source=source,
        )
    if not DATED.search(_end_of(article) + source):
        yield TIME.at(article, field="source", confidence=Confidence.MEDIUM, source=source)


@check(AI, subject=Article)
def ai_label(article: Article, _: Options) -> Iterator[Finding]:
    """Content that the draft declares as AI-made carries words that say so."""
    if article.fields.ai_generated is not True or not basis_at(AI.basis, article.date):
        return
    text = article.memo("law.visible.case", lambda: _shown(article))
    if not AI_LABEL.search(text):
        yield AI.at(article, field="ai_generated")


def _vague_credits(article: Article) -> Iterator[Finding]:
    """A paragraph or caption that only says `Nguồn: Internet`."""
    for block in article.blocks:
        match = CREDIT.fullmatch(block.nfc.text) if len(block.text) < 60 else None
        if match and VAGUE_NAME.fullmatch(match["name"]) and not block.hidden:
            start, end = block.nfc.original(*match.span("name"))
            yield VAGUE.at(block, start, end, source=match["name"])


def _shown(article: Article) -> str:
    return "\n".join(block.nfc.text for block in article.blocks if not block.hidden)


def _end_of(article: Article) -> str:
    text = article.memo("law.visible", lambda: visible_text(article))
    return text[-300:]


def _is_own(source: str, names: tuple[str, ...]) -> bool:
    lowered = source.lower()
    if any(lowered.startswith(name.lower()) for name in names):
        return True
    return re.match(rf"(?:{OWN})(?!\w)", lowered) is not None
