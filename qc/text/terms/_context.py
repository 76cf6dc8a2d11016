"""Context: what stands around a hit, and what it makes of it.

A mention is not a promotion: prevention, law, police and health wording nearby turns a warning
into a note, and a quotation turns a block into a question.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.text._letters import PARAGRAPH_SEPARATOR
from qc.text.terms._matcher import Hit

REACH = 160
_PREVENTION = """
phòng chống; phòng, chống; phòng ngừa; phòng tránh; đẩy lùi; bài trừ; ngăn chặn; ngăn ngừa;
tuyên truyền; giáo dục; cảnh báo; cảnh giác; khuyến cáo; tác hại; hậu quả; hiểm họa; nguy cơ;
nghiêm cấm; bị cấm; cấm; không được; tránh xa; nói không với; tố cáo; tố giác; lên án; luật;
bộ luật; nghị định; thông tư; nghị quyết; chỉ thị; điều tra; khởi tố; truy tố; xét xử; bị cáo;
bị can; nghi can; nghi phạm; tòa án; phiên tòa; tuyên án; mức án; phạt tù; năm tù; án tù; tử
hình; công an; cảnh sát; cơ quan chức năng; bắt giữ; bị bắt; bắt quả tang; triệt phá; xử phạt;
xử lý; phạt tiền; vi phạm; tội phạm; tội; trái phép; tệ nạn; vụ án; đường dây; chuyên án; buôn
lậu; thu giữ; cai nghiện; bệnh nhân; bệnh viện; bác sĩ; điều trị; nghiên cứu; tư vấn; tổng đài
111; bảo vệ trẻ em; chiến tranh; kháng chiến; lịch sử; thực dân; phát xít; quân đội; nạn nhân
"""
PREVENTION = tuple(word.strip() for word in _PREVENTION.split(";"))
HEALTH = ("giới tính", "sức khỏe sinh sản", "sinh sản", "kế hoạch hóa", "bao cao su", "hiv", "aids")
_POLICE = """
cảnh giác; tố giác; lên án; bộ luật; điều tra; khởi tố; truy tố; xét xử; bị cáo; bị can; nghi can;
nghi phạm; tòa án; phiên tòa; tuyên án; phạt tù; năm tù; án tù; tử hình; công an; cảnh sát; bắt giữ;
bị bắt; bắt quả tang; triệt phá; xử phạt; tội phạm; trái phép; tệ nạn; vụ án; đường dây; chuyên án;
buôn lậu; cai nghiện; kháng chiến; thực dân; phát xít
"""
POLICE = tuple(word.strip() for word in _POLICE.split(";"))  # tell by themselves what a title means
QUOTES = {"“": "”", "‘": "’", "«": "»", '"': '"', "„": "”"}


@dataclass(frozen=True, slots=True)
class Context:
    """What was seen around a hit."""

    prevention: str = ""
    quoted: bool = False
    safe: bool = False


@lru_cache(maxsize=64)
def phrase_pattern(phrases: tuple[str, ...]) -> re.Pattern[str]:
    """One pattern for phrases as whole words, in lower case."""
    inner = "|".join(re.escape(phrase.strip()) for phrase in sorted(phrases, key=len, reverse=True))
    return regex(rf"(?<!\w)(?:{inner})(?!\w)")


def near(text: str, hit: Hit, phrases: tuple[str, ...], window: int) -> str:
    """The first of the phrases near a hit, in the same block; empty where none is."""
    if not phrases:
        return ""
    before = text[max(hit.start - window, 0) : hit.start].rsplit(PARAGRAPH_SEPARATOR, 1)[-1].lower()
    after = text[hit.end : hit.end + window].split(PARAGRAPH_SEPARATOR, 1)[0].lower()
    pattern = phrase_pattern(phrases)
    found = pattern.search(before) or pattern.search(after)
    return found[0] if found else ""


def context(text: str, hit: Hit, title: str = "") -> Context:
    """The context of a hit; `title` is what the title says of it, by `speaking_title`."""
    prevention = near(text, hit, PREVENTION, REACH)
    if not prevention and hit.term.category == "sexual":
        prevention = near(text, hit, HEALTH, REACH)
    prevention = prevention or title
    safe = bool(near(text, hit, tuple(hit.term.safe_near), hit.term.window))
    return Context(prevention, quoted(text, hit.start, hit.end), safe)


def speaking_title(title: str, named: frozenset[str], category: str) -> str:
    """The words of a title that make the mentions of a category a warning of it; or empty.

    "Công an xử lý nhóm cá độ" and "Phòng, chống ma túy" speak of crime or of the thing itself;
    "Kế hoạch phòng, chống tai nạn thương tích" excuses no betting below it. `named` holds the
    categories of the terms found in the title.
    """
    lower = title.lower()
    found = phrase_pattern(POLICE).search(lower)
    if found is None and category in named:
        found = phrase_pattern(PREVENTION).search(lower)
    if found is None and category == "sexual":
        found = phrase_pattern(HEALTH).search(lower)
    return found[0] if found else ""


def quoted(text: str, start: int, end: int) -> bool:
    """Whether a span stands inside quotation marks of its paragraph, at most 200 characters off."""
    before = (
        text[max(start - 200, 0) : start].rsplit("\n", 1)[-1].rsplit(PARAGRAPH_SEPARATOR, 1)[-1]
    )
    after = text[end : end + 200].split("\n", 1)[0].split(PARAGRAPH_SEPARATOR, 1)[0]
    for opening, closing in QUOTES.items():
        if opening == closing:
            if before.count(opening) % 2 and closing in after:
                return True
        elif before.rfind(opening) > before.rfind(closing) and closing in after:
            return True
    return False
