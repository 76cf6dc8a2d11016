"""Lists of pupils: names with birth dates, telephones, numbers or hardship must not be public."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.rule import Examples, Options, Rule, Severity, Text, check
from qc.security._prose import prose_of
from qc.security.attachments.inspection import reading_of
from qc.security.children._lists import PupilList, find_lists, lists_of
from qc.security.children._rows import Trait

LAW = ("TE-6.11", "56-33", "56-36", "13-20", "91-24")
_NAMES = ("Nguyễn Thu Bình", "Tạ Quỳnh Chi", "Hoàng Minh Quân", "Trần Hải Hà", "Lê Quỳnh Hùng")


def _table(head: str, cells: tuple[str, ...]) -> str:
    columns = head.count("|") + 1
    rows = [f"| {name} | {cell} |" for name, cell in zip(_NAMES, cells, strict=True)]
    return "\n".join([f"| {head} |", "|" + " --- |" * columns, *rows])


PUPIL_LIST = Rule(
    id="privacy-pupil-list",
    severity=Severity.ERROR,
    milder=Text(
        vi="Chỉ là cảnh báo khi bài có ghi phiếu đồng ý: hãy xem phiếu có gồm các thông tin này "
        "không.",
        en="A warning where consent is noted: see whether it covers these data.",
    ),
    title=Text(
        vi="Danh sách học sinh kèm thông tin riêng",
        en="List of pupils with private data",
    ),
    message=Text(
        vi="Danh sách {rows} học sinh có {traits_vi}; không được đăng công khai",
        en="List of {rows} pupils with {traits_en}; it must not be public",
    ),
    why=Text(
        vi=(
            "Họ tên đi cùng ngày sinh, điện thoại, số định danh, nơi ở, sức khỏe hoặc hoàn cảnh "
            "của trẻ em là bí mật đời sống riêng tư; kẻ xấu dùng để lừa đảo, bắt nạt trẻ."
        ),
        en=(
            "A child's name with birth date, telephone, number, home, health or hardship is "
            "private by law and is used to cheat and bully children."
        ),
    ),
    fix=Text(
        vi=(
            "Gỡ danh sách khỏi bài; gửi riêng cho từng phụ huynh, hoặc chỉ đăng số báo danh và "
            "kết quả. Nếu đã có phiếu đồng ý thì ghi mã phiếu vào trường consent_ids."
        ),
        en=(
            "Take the list out; send it to the parents, or publish candidate numbers and results "
            "only. Where there is consent, give its id in consent_ids."
        ),
    ),
    basis=LAW,
    examples=Examples(
        bad=(
            "DANH SÁCH HỌC SINH LỚP 1A\n\n"
            + _table("Họ tên | Ngày sinh", tuple(f"0{d}/10/2019" for d in range(1, 6))),
        ),
        good=(
            "PHÂN CÔNG GIÁO VIÊN\n\n"
            + _table("Họ tên | Môn dạy", ("Toán", "Ngữ văn", "Vật lí", "Hóa học", "Lịch sử")),
        ),
    ),
    masks=True,
)
PUPIL_RESULTS = Rule(
    id="privacy-pupil-results",
    severity=Severity.WARNING,
    title=Text(vi="Danh sách học sinh kèm lớp, kết quả", en="List of pupils with class, results"),
    message=Text(
        vi="Danh sách {rows} học sinh có {traits_vi}; cần có sự đồng ý của gia đình",
        en="List of {rows} pupils with {traits_en}; the families' consent is needed",
    ),
    why=Text(
        vi="Họ tên, lớp và kết quả học tập là thông tin riêng của trẻ em, kể cả khi đạt giải.",
        en="Name, class and results are a child's private data, prizes included.",
    ),
    fix=Text(
        vi="Ghi mã phiếu đồng ý vào trường consent_ids, hoặc bỏ bớt lớp, kết quả.",
        en="Give the consent id in consent_ids, or leave out class or results.",
    ),
    basis=LAW,
    examples=Examples(
        bad=(
            "DANH SÁCH HỌC SINH ĐẠT GIẢI\n\n"
            + _table("Họ tên | Lớp", ("6A", "6B", "7A", "7C", "8A")),
        ),
        good=("Chúc mừng em Trần Minh Đạt đạt giải Nhất cuộc thi cấp huyện.",),
    ),
    masks=True,
)
_NAMES_VI = {
    Trait.BIRTH: "ngày sinh",
    Trait.PHONE: "điện thoại",
    Trait.IDENTITY: "số định danh",
    Trait.ADDRESS: "nơi ở",
    Trait.HEALTH: "tình trạng sức khỏe",
    Trait.HARDSHIP: "hoàn cảnh gia đình",
    Trait.CLASS: "lớp",
    Trait.RESULT: "kết quả",
}


_NAMES_EN = {
    Trait.BIRTH: "birth dates",
    Trait.PHONE: "telephone numbers",
    Trait.IDENTITY: "identity numbers",
    Trait.ADDRESS: "home addresses",
    Trait.HEALTH: "health",
    Trait.HARDSHIP: "family hardship",
    Trait.CLASS: "classes",
    Trait.RESULT: "results",
}


@check(PUPIL_LIST, PUPIL_RESULTS, subject=Article)
def pupil_list(article: Article, _options: Options) -> Iterator[Finding]:
    consent = bool(article.fields.consent_ids)
    for each in lists_of(article):
        severity = _severity(each, consent=consent)
        if severity is not None:
            field, start, end = _place(article, each)
            facts = _facts(each, "")
            rule = PUPIL_LIST if each.private else PUPIL_RESULTS
            yield rule.at(article, start, end, field=field, severity=severity, **facts)
    for file in article.attachments:
        reading = reading_of(file)
        for each in find_lists(reading.text, article.date.year):
            severity = _severity(each, consent=consent)
            if severity is not None:
                rule = PUPIL_LIST if each.private else PUPIL_RESULTS
                facts = _facts(each, reading.place(each.start))
                yield rule.at(file, severity=severity, **facts)


def _facts(each: PupilList, place: str) -> dict[str, Any]:
    traits = [trait for trait in Trait if trait in (each.private or each.traits)]
    where = (f" (trong tệp, {place})", f" (in the file, {place})") if place else ("", "")
    return {
        "rows": each.rows,
        "traits_vi": ", ".join(_NAMES_VI[trait] for trait in traits) + where[0],
        "traits_en": ", ".join(_NAMES_EN[trait] for trait in traits) + where[1],
    }


def _severity(each: PupilList, *, consent: bool) -> Severity | None:
    """Consent lets results pass; of private data it is still asked whether it covers them."""
    if not consent:
        return Severity.ERROR if each.private else Severity.WARNING
    return Severity.WARNING if each.private else None


def _place(article: Article, each: PupilList) -> tuple[str, int, int]:
    prose = prose_of(article)
    first = prose.locate(each.start, each.start + 1)
    last = prose.locate(each.end - 1, each.end)
    assert first is not None and last is not None  # noqa: PT018 - a row stands in a block
    start = first[0].start + first[1]
    if last[0].field != first[0].field:
        return first[0].field, start, first[0].end
    return first[0].field, start, last[0].start + last[2]
