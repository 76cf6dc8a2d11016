"""Title case: a Vietnamese phrase does not capitalise each of its syllables.

Names of people and places do, so a run of capitals counts only when a function word inside it
(và, của, về …) is capitalised too: no name does that.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.rule import Examples, Field, Options, Rule, Text, check
from qc.text.editorial._passages import passages

TITLE_CASE = Rule(
    id="form-title-case",
    title=Text(vi="Viết hoa mọi chữ như tiếng Anh", en="Every word capitalised"),
    message=Text(
        vi="“{written}”: tiếng Việt chỉ viết hoa chữ đầu và tên riêng",
        en="“{written}”: Vietnamese capitalises the first word and names only",
    ),
    why=Text(
        vi="Viết hoa mọi chữ là lối của tiếng Anh, làm khó nhận ra tên riêng.",
        en="Capitals on every word hide the proper names.",
    ),
    fix=Text(
        vi="Viết thường các chữ không phải chữ đầu hay tên riêng.",
        en="Use small letters except for the first word and names.",
    ),
    basis=("30-pl2", "house-style"),
    examples=Examples(
        bad=("# Ngày Hội Đọc Sách Và Văn Hóa Đọc\n\nNội dung.\n",),
        good=(
            "# Ngày hội đọc sách và văn hóa đọc\n\nNội dung.\n",
            "Thầy Nguyễn Trần Minh Đức và cô Lê Thị Hồng Nhung dự lễ.\n",
            "Học sinh đọc “Kẻ Trộm Sách Và Những Người Bạn”.\n",
        ),
    ),
)
LOWER = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữự"
LOWER += "vwxyỳýỷỹỵz"
WORD = rf"[{LOWER.upper()}][{LOWER}]{{0,6}}"
WORDS = "Và Của Cho Về Các Những Trong Theo Tại Với Khi Là Được Đã Cùng".split()
FUNCTION = rf"(?:{'|'.join(WORDS)})"
# Begins with a capital, which is seldom met: quicker than the blank in front of it.
GATE = regex("(?:" + "|".join(each + r"(?<=\s" + each + ")" for each in WORDS) + r")\s")
RUN = regex(rf"(?<!\w)(?:{WORD} ){{1,12}}{FUNCTION}(?: {WORD}){{1,12}}(?!\w)")


class TitleCaseOptions(Options):
    """How long a run of capitals has to be."""

    min_words: int = Field(5, ge=3, description="Shortest run of capitalised words")


@check(TITLE_CASE, subject=Article, options=TitleCaseOptions)
def title_case(article: Article, options: TitleCaseOptions) -> Iterator[Finding]:
    """Runs of capitalised words around a capitalised function word, outside quotation marks."""
    for passage in passages(article):
        if not GATE.search(passage.text) or passage.text.isupper():
            continue
        for match in RUN.finditer(passage.text):
            written = match[0]
            if len(written.split(" ")) < options.min_words or written.isupper():
                continue
            if _quoted(passage.text, match.start()):
                continue
            yield passage.report(TITLE_CASE, match.span(), {"written": written})


def _quoted(text: str, at: int) -> bool:
    """Whether a quotation is open at a place: titles of works keep their own capitals."""
    window = text[max(at - 100, 0) : at]
    return window.count("“") > window.count("”") or window.count('"') % 2 == 1
