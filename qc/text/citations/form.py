"""Form of citations: number, sign, kind and date of an act are written as the act itself is.

A citation is read over line breaks, tags and decomposed letters; the reported span is the part
to be mended and the suggestion is the whole corrected sign.
"""

from __future__ import annotations

from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.text.citations._article import Cited, citations_of
from qc.text.citations._citation import Defect, Form

WHY = Text(
    vi="Bạn đọc tìm văn bản theo số, ký hiệu; viết sai thì không tra được hoặc tra nhầm.",
    en="Readers look an act up by its number and sign; a wrong one leads nowhere or astray.",
)
FORMS = ("30-pl1", "30-pl3")

ETH = Rule(
    id="citation-eth",
    title=Text(vi="Chữ Ð của tiếng nước ngoài trong số, ký hiệu", en="Foreign Ð in a sign"),
    message=Text(
        vi="“{sign}” dùng chữ Ð (U+00D0), nhìn giống chữ Đ nhưng máy tìm không ra; viết “{right}”",
        en="“{sign}” has the letter Ð (U+00D0), which looks like Đ; write “{right}”",
    ),
    why=WHY,
    fix=Text(vi="Gõ lại bằng chữ Đ tiếng Việt.", en="Type the Vietnamese letter Đ."),
    basis=("30-pl3", "72-1"),
    examples=Examples(
        bad=("Thực hiện Thông tư số 37/2020/TT-BGDÐT của Bộ Giáo dục và Đào tạo.",),
        good=("Thực hiện Thông tư số 37/2020/TT-BGDĐT của Bộ Giáo dục và Đào tạo.",),
    ),
)
SPACING = Rule(
    id="citation-spacing",
    title=Text(
        vi="Khoảng trống hoặc gạch nối lạ trong số, ký hiệu", en="Space or odd dash in a sign"
    ),
    message=Text(
        vi="Số, ký hiệu viết liền, dùng gạch nối ngắn: “{sign}” nên là “{right}”",
        en="A sign has no spaces and plain hyphens: “{sign}” should be “{right}”",
    ),
    why=WHY,
    fix=Text(
        vi="Xóa khoảng trống, dùng dấu gạch nối ngắn (-).", en="Remove spaces, use a plain hyphen."
    ),
    basis=FORMS,
    examples=Examples(
        bad=("Theo Thông tư số 37/2020/TT - BGDĐT.", "Theo Thông tư số 37/2020/TT–BGDĐT."),
        good=("Theo Thông tư số 37/2020/TT-BGDĐT.",),
    ),
)
MALFORMED = Rule(
    id="citation-malformed",
    title=Text(vi="Số, ký hiệu văn bản viết sai thể thức", en="Malformed number and sign"),
    message=Text(
        vi="Số, ký hiệu “{sign}” viết sai thể thức; nên là “{right}”",
        en="The sign “{sign}” is malformed; it should be “{right}”",
    ),
    why=WHY,
    fix=Text(
        vi="Chép lại đúng số, ký hiệu ghi trên văn bản gốc.",
        en="Copy the number and sign from the act itself.",
    ),
    basis=FORMS,
    examples=Examples(
        bad=(
            "Căn cứ Nghị định số 30/2020/ND-CP.",
            "Căn cứ Quyết định số 1241/QĐ-TTG.",
            "Căn cứ Nghị quyết số 29/NQ-TW.",
        ),
        good=("Căn cứ Nghị quyết số 29-NQ/TW.", "Căn cứ Quyết định số 1241/QĐ-TTg."),
    ),
)
YEAR_MISSING = Rule(
    id="citation-year-missing",
    title=Text(vi="Số văn bản thiếu năm ban hành", en="Number without the year"),
    message=Text(
        vi="“{sign}” thiếu năm: nghị định, thông tư ghi số/năm/ký hiệu",
        en="“{sign}” lacks the year: decrees and circulars carry number/year/sign",
    ),
    why=Text(
        vi="Năm nào cũng có văn bản cùng số; thiếu năm thì không biết là văn bản nào.",
        en="Numbers start anew each year; without the year the act is not known.",
    ),
    fix=Text(
        vi="Thêm năm ban hành sau số, ví dụ 37/2020/TT-BGDĐT.",
        en="Add the year behind the number, as in 37/2020/TT-BGDĐT.",
    ),
    basis=FORMS,
    examples=Examples(
        bad=("Theo Thông tư số 37/TT-BGDĐT.",), good=("Theo Quyết định số 1989/QĐ-BGDĐT.",)
    ),
)
ISSUER = Rule(
    id="citation-issuer-wrong",
    title=Text(vi="Sai cơ quan ban hành trong ký hiệu", en="Wrong issuer in a sign"),
    message=Text(
        vi="Ký hiệu “{sign}” ghi sai cơ quan ban hành",
        en="The sign “{sign}” names the wrong issuer",
    ),
    why=Text(
        vi="Mỗi loại văn bản do một số cơ quan ban hành, và chữ viết tắt của cơ quan đổi theo "
        "thời gian (BGD&ĐT đến khoảng năm 2006, sau đó là BGDĐT).",
        en="Each kind of act has its issuers, and their abbreviations change with time "
        "(BGD&ĐT until about 2006, BGDĐT since).",
    ),
    fix=Text(vi="Sửa theo văn bản gốc.", en="Correct it from the act."),
    basis=FORMS,
    examples=Examples(
        bad=(
            "Theo Điều 9, Thông tư 37/2020/TT-GD&ĐT ngày 05/10/2020.",
            "Theo Thông tư số 37/2020/TT-BGD&ĐT.",
        ),
        good=("Theo Thông tư số 37/2020/TT-BGDĐT.", "Theo Quyết định số 32/2005/QĐ-BGD&ĐT."),
    ),
)
KIND = Rule(
    id="citation-kind-mismatch",
    severity=Severity.ERROR,
    title=Text(vi="Tên loại văn bản không khớp ký hiệu", en="Kind of act and sign disagree"),
    message=Text(
        vi="Viết “{kind}” nhưng ký hiệu “{sign}” là của {sign_kind}",
        en="The text says “{kind}” but “{sign}” is the sign of: {sign_kind}",
    ),
    why=WHY,
    fix=Text(
        vi="Sửa tên loại hoặc ký hiệu theo văn bản gốc.",
        en="Correct the kind or the sign from the act.",
    ),
    basis=("30-pl3",),
    examples=Examples(
        bad=("Theo Nghị định số 30/2020/TT-BNV.",), good=("Theo Thông tư số 30/2020/TT-BNV.",)
    ),
)
TERM = Rule(
    id="citation-term-wrong",
    severity=Severity.ERROR,
    title=Text(vi="Sai khóa Quốc hội trong ký hiệu", en="Wrong term of the National Assembly"),
    message=Text(
        vi="“{sign}”: văn bản năm {year} thuộc Quốc hội khóa {terms}",
        en="“{sign}”: an act of {year} belongs to term {terms} of the National Assembly",
    ),
    why=WHY,
    fix=Text(vi="Sửa số khóa Quốc hội sau chữ QH.", en="Correct the term behind QH."),
    basis=("30-pl3",),
    examples=Examples(
        bad=("Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH14.",),
        good=("Theo Luật Bảo vệ dữ liệu cá nhân số 91/2025/QH15.",),
    ),
)
PADDING = Rule(
    id="citation-number-padding",
    title=Text(vi="Sai số 0 ở đầu số văn bản", en="Leading zero of an act's number"),
    message=Text(
        vi="Số văn bản dưới 10 có một số 0 ở đầu, từ 10 trở lên thì không: “{sign}” nên là "
        "“{right}”",
        en="Numbers below 10 have one leading zero, others none: “{sign}” should be “{right}”",
    ),
    why=WHY,
    fix=Text(vi="Thêm hoặc bỏ số 0 ở đầu.", en="Add or remove the leading zero."),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Theo Thông tư số 9/2024/TT-BGDĐT.", "Theo Thông tư số 037/2020/TT-BGDĐT."),
        good=("Theo Thông tư số 09/2024/TT-BGDĐT.",),
    ),
)
DATE_INVALID = Rule(
    id="citation-date-invalid",
    severity=Severity.ERROR,
    title=Text(vi="Ngày ban hành không có thật", en="No such date"),
    message=Text(vi="Không có ngày {date}", en="There is no such day as {date}"),
    why=WHY,
    fix=Text(vi="Xem lại ngày ban hành trên văn bản.", en="Look the date up in the act."),
    basis=("30-pl1", "37-9.3"),
    examples=Examples(
        bad=("Theo Thông tư số 36/2017/TT-BGDĐT ngày 31/11/2017.",),
        good=("Theo Thông tư số 36/2017/TT-BGDĐT ngày 28/12/2017.",),
    ),
)
DATE_MISMATCH = Rule(
    id="citation-date-mismatch",
    title=Text(
        vi="Năm ban hành khác năm trong số, ký hiệu", en="Year of the date and number differ"
    ),
    message=Text(
        vi="Ngày ban hành ghi năm {date_year}, số văn bản ghi năm {number_year}",
        en="The date is of {date_year}, the number of {number_year}",
    ),
    why=WHY,
    fix=Text(vi="Xem lại ngày hoặc số văn bản.", en="Check the date and the number."),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Theo Thông tư số 37/2020/TT-BGDĐT ngày 05/10/2021.",),
        good=("Theo Thông tư số 37/2020/TT-BGDĐT ngày 05/10/2020.",),
    ),
)
DATE_STYLE = Rule(
    id="citation-date-style",
    title=Text(vi="Ngày ban hành viết không đúng kiểu Việt Nam", en="Date not in Vietnamese style"),
    message=Text(
        vi="Viết ngày theo kiểu ngày/tháng/năm đủ bốn chữ số của năm, không viết “{date}”",
        en="Write day/month/year with four digits of the year, not “{date}”",
    ),
    why=WHY,
    fix=Text(
        vi="Ví dụ: ngày 28/12/2017 hoặc ngày 28 tháng 12 năm 2017.",
        en="As in: ngày 28/12/2017 or ngày 28 tháng 12 năm 2017.",
    ),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Theo Thông tư số 36/2017/TT-BGDĐT ngày 2017-12-28.",),
        good=("Theo Thông tư số 36/2017/TT-BGDĐT ngày 28 tháng 12 năm 2017.",),
    ),
)
DATE_PADDING = Rule(
    id="citation-date-padding",
    severity=Severity.INFO,
    title=Text(vi="Thiếu số 0 trong ngày ban hành", en="Missing zero in the date of an act"),
    message=Text(
        vi="Ngày dưới 10 và tháng 1, 2 có số 0 ở đầu: “{date}” nên là “{right}”",
        en="Days below 10 and months 1 and 2 have a leading zero: “{date}” should be “{right}”",
    ),
    why=Text(
        vi="Thể thức văn bản hành chính viết như vậy để số không bị sửa thêm.",
        en="Administrative form writes it so that no digit can be added.",
    ),
    fix=Text(vi="Thêm số 0.", en="Add the zero."),
    basis=("30-pl1",),
    examples=Examples(
        bad=("Theo Nghị định số 30/2020/NĐ-CP ngày 5 tháng 3 năm 2020.",),
        good=("Theo Nghị định số 30/2020/NĐ-CP ngày 05 tháng 3 năm 2020.",),
    ),
)
LETTER = Rule(
    id="citation-letter-type",
    severity=Severity.INFO,
    title=Text(vi="Công văn không có chữ viết tắt tên loại", en="Official letters have no CV"),
    message=Text(
        vi="“{sign}”: công văn ghi cơ quan và đơn vị soạn thảo (4555/BGDĐT-GDPT), không ghi CV",
        en="“{sign}”: official letters name office and unit (4555/BGDĐT-GDPT), not CV",
    ),
    why=WHY,
    fix=Text(vi="Chép lại ký hiệu trên công văn.", en="Copy the sign from the letter."),
    basis=("30-pl3",),
    examples=Examples(
        bad=("Theo Công văn số 4555/CV-BGDĐT.",), good=("Theo Công văn số 4555/BGDĐT-GDPT.",)
    ),
)
RULES = {
    "eth": ETH,
    "dash": SPACING,
    "space": SPACING,
    "form": MALFORMED,
    "case": MALFORMED,
    "party": MALFORMED,
    "type-missing": MALFORMED,
    "year-missing": YEAR_MISSING,
    "issuer": ISSUER,
    "kind-mismatch": KIND,
    "term": TERM,
    "padding": PADDING,
    "date-invalid": DATE_INVALID,
    "date-mismatch": DATE_MISMATCH,
    "date-style": DATE_STYLE,
    "date-padding": DATE_PADDING,
    "letter-type": LETTER,
}


@check(*dict.fromkeys(RULES.values()), subject=Article)
def citation_form(article: Article, _: Options) -> Iterator[Finding]:
    """Every defect in the way an act is cited."""
    for cited in citations_of(article):
        seen: set[str] = set()
        for defect in cited.citation.defects:
            rule = RULES[defect.kind]
            if rule.id not in seen:
                seen.add(rule.id)
                yield _finding(rule, article, cited, defect)


def _finding(rule: Rule, article: Article, cited: Cited, defect: Defect) -> Finding:
    facts = dict(defect.facts)
    if rule.id.startswith("citation-date"):
        facts.setdefault("date", cited.view.text[defect.start : defect.end])
        facts["right"] = defect.right or ""
    severity = None
    if rule is KIND and cited.citation.form not in (Form.LAW, Form.LAW_MAKING):
        severity = Severity.WARNING
    return cited.report(
        rule,
        article,
        (defect.start, defect.end),
        facts,
        right=defect.right,
        safe=defect.safe,
        severity=severity,
    )
