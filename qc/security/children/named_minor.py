"""Named minors: a child's name beside abuse, discipline, illness or hardship harms the child."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from qc.core.article import Article, Block, BlockKind
from qc.core.finding import Finding
from qc.core.lazy import regex
from qc.core.mask import mask
from qc.core.record import dataclass
from qc.core.rule import Confidence, Examples, Options, Rule, Severity, Text, check
from qc.security.children._minors import (
    SENTENCE_END,
    UPPER,
    mentions_child,
    named_minors,
    people_in,
)
from qc.security.children.pupil_list import LAW
from qc.security.personal._fold import block_fold, folded

NAMED = Rule(
    id="privacy-minor-named",
    severity=Severity.ERROR,
    milder=Text(
        vi="Chỉ là cảnh báo khi chuyện nhẹ hơn, khi chưa chắc đó là tên trẻ em, hoặc khi bài "
        "có ghi phiếu đồng ý.",
        en="A warning where the matter is lighter, the name is unsure, or consent is noted.",
    ),
    title=Text(
        vi="Nêu tên trẻ em trong chuyện gây tổn thương", en="A child named in a harmful context"
    ),
    message=Text(
        vi="Nêu tên trẻ em ({name}) trong câu nói về {subject_vi}",
        en="A child ({name}) is named in a sentence on {subject_en}",
    ),
    why=Text(
        vi=(
            "Tên của em gắn với chuyện bị hại, kỷ luật, bệnh tật hoặc hoàn cảnh sẽ còn mãi trên "
            "mạng; pháp luật coi đây là bí mật đời sống riêng tư của trẻ em."
        ),
        en=(
            "The child's name stays on the web together with the harm, discipline, illness or "
            "hardship; by law this is a child's private life."
        ),
    ),
    fix=Text(
        vi=(
            "Bỏ tên, lớp, nơi ở của em, hoặc viết tắt (em N.V.A.). "
            "Có phiếu đồng ý thì ghi mã vào consent_ids."
        ),
        en="Leave out name, class and home, or abbreviate (N.V.A.). Give consent ids if any.",
    ),
    basis=LAW,
    examples=Examples(
        bad=(
            "Em Nguyễn Văn Bình, lớp 8A, bị bạn đánh hội đồng ngay trước cổng trường.",
            "Nhà trường kỷ luật em Trần Thu Hà vì vi phạm nội quy.",
        ),
        good=(
            "Em N.V.B. bị bạn đánh ngay trước cổng trường.",
            "Em Nguyễn Văn Bình đạt giải Nhất môn Toán.",
            "Nhà trường tổ chức tuyên truyền phòng chống bạo lực học đường.",
        ),
    ),
    masks=True,
)


@dataclass(frozen=True, slots=True)
class _Subject:
    """One subject that must not stand beside a child's name."""

    vi: str
    en: str
    severity: Severity
    pattern: re.Pattern[str]


_SUBJECTS = (
    _Subject(
        "việc bị xâm hại, bạo hành",
        "abuse or violence",
        Severity.ERROR,
        regex(
            r"xam hai|hiep dam|dam o|\bau dam|bao hanh|bi (?:ban |nhom |cac ban |thay |co |bo |me "
            r"|cha duong )?[a-z ]{0,14}"
            r"(?:danh(?! gia| thuc| dau)|hanh hung|lam nhuc|quay clip|bat nat|bo roi|bat coc"
            r"|boc lot)"
            r"|danh hoi dong|tu tu\b|tu sat|mang thai|co thai|bi hai\b|nan nhan|quay roi|ep quan he"
        ),
    ),
    _Subject(
        "vi phạm, kỷ luật",
        "discipline or an offence",
        Severity.ERROR,
        regex(
            r"(?:bi |quyet dinh |hinh thuc )ky luat|ky luat (?:em|hoc sinh|hs|canh cao|khien trach)"
            r"|canh cao truoc|buoc thoi hoc|duoi hoc"
            r"|dinh chi hoc|vi pham (?:noi quy|quy che|phap luat|luat)|trom cap|gay go|danh ban"
            r"|quay cop"
            r"|hut thuoc|khien trach|hanh kiem (?:yeu|kem|trung binh)|su dung ma tuy|bi bat\b"
        ),
    ),
    _Subject(
        "bệnh tật, khuyết tật",
        "illness or disability",
        Severity.WARNING,
        regex(
            r"mac benh|bi benh|benh (?:tim|ung thu|hiem ngheo|mau trang|than|tu ky|bach cau|nan y)"
            r"|khuyet tat"
            r"|\btu ky\b|\bung thu|nhiem hiv|tram cam|bai nao|khiem thi|khiem thinh|di tat"
            r"|chay than"
            r"|roi loan (?:tam|tang|phat)"
        ),
    ),
    _Subject(
        "hoàn cảnh gia đình",
        "family hardship",
        Severity.WARNING,
        regex(
            r"ho ngheo|can ngheo|mo coi|nha ngheo|gia canh kho khan|khong noi nuong tua|bi bo roi"
            r"|hoan canh (?:gia dinh )?(?:rat |dac biet |vo cung |het suc )?"
            r"(?:kho khan|eo le|ngheo)"
            r"|bo me (?:da )?(?:ly hon|ly di|bo nhau)"
            r"|(?:bo|cha|me) (?:em |chau )?(?:da )?(?:mat som|mat nam|bo di|di tu)"
        ),
    ),
)
_PUPIL = regex(r"\b(?:hoc sinh|nu sinh|nam sinh|lop (?:1[0-2]|[1-9]))\b|\b(?:[3-9]|1[0-7]) tuoi\b")
_ADULT = regex(r"(?i)\b(?:ông|bà|thầy|cô|anh|chị|bác sĩ|đồng chí)\s*(?:giáo )?$")
GAP = "\n"  # between blocks; no subject reaches over it
_READ = frozenset(
    {BlockKind.TITLE, BlockKind.SAPO, BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
    | {BlockKind.CELL, BlockKind.CAPTION, BlockKind.QUOTE, BlockKind.ALT}
)


@check(NAMED, subject=Article)
def named_minor(article: Article, _options: Options) -> Iterator[Finding]:
    consent = bool(article.fields.consent_ids)
    blocks = [block for block in article.blocks if block.kind in _READ]
    plain = GAP.join(block_fold(block).text for block in blocks)
    subjects = [each for each in _SUBJECTS if each.pattern.search(plain)]
    for block in blocks if subjects and mentions_child(plain) else ():
        yield from _in_block(block, subjects, consent=consent)


def _in_block(block: Block, likely: list[_Subject], *, consent: bool) -> Iterator[Finding]:
    plain = block_fold(block).text
    subjects = [each for each in likely if each.pattern.search(plain)]
    if not subjects or not mentions_child(plain):
        return
    for start, sentence in sentences(block.nfc.text):
        subject = _subject_of(sentence, subjects)
        if subject is None or not mentions_child(folded(sentence)):
            continue
        if consent and subject.severity is Severity.WARNING:
            continue
        for begin, end, confidence in _names(sentence):
            name = sentence[begin:end]
            sure = confidence is Confidence.HIGH
            yield NAMED.at(
                block,
                *block.nfc.original(start + begin, start + end),
                severity=subject.severity if sure and not consent else Severity.WARNING,
                confidence=confidence,
                name=mask(name),
                subject_vi=subject.vi,
                subject_en=subject.en,
            )


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """The sentences of a text with their offsets; abbreviated names do not end one."""
    start = 0
    for match in SENTENCE_END.finditer(text):
        before = text[max(start, match.start() - 3) : match.start()]
        if re.search(rf"(?:^|[\s.])[{UPPER}]\.$", before):
            continue
        yield start, text[start : match.start()]
        start = match.end()
    yield start, text[start:]


def _subject_of(sentence: str, subjects: list[_Subject]) -> _Subject | None:
    if len(sentence) > 3000:
        return None
    text = folded(sentence)
    return next((each for each in subjects if each.pattern.search(text)), None)


def _names(sentence: str) -> Iterator[tuple[int, int, Confidence]]:
    """Names shown by the words beside them; else full names that the model finds."""
    sure = sorted(set(named_minors(sentence)))
    if sure:
        yield from ((begin, end, Confidence.HIGH) for begin, end in sure)
        return
    names = any(a[:1].isupper() and b[:1].isupper() for a, b in pairwise(sentence.split()))
    if not names or not _PUPIL.search(folded(sentence)):
        return
    for begin, end in people_in(sentence):
        adult = re.search(
            r"(?i)\b(?:ông|bà|thầy|cô|anh|chị|bác sĩ|đồng chí)\s*(?:giáo )?$", sentence[:begin]
        )
        if adult is None:
            yield begin, end, Confidence.LOW
