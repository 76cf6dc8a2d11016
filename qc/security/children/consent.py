"""Consent: a portrait of a named pupil needs it; withdrawn consent takes the article down."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qc.core.article import Article
from qc.core.finding import Finding
from qc.core.mask import mask
from qc.core.rule import Examples, Field, Options, Rule, Severity, Text, check
from qc.security.children._minors import named_minors
from qc.security.children.pupil_list import LAW

PORTRAIT = Rule(
    id="privacy-pupil-portrait",
    severity=Severity.ERROR,
    milder=Text(
        vi="Chỉ là cảnh báo khi lời chú thích nêu tên mà không nêu lớp.",
        en="A warning where the caption gives the name without the class.",
    ),
    title=Text(vi="Ảnh chân dung học sinh kèm tên", en="Portrait of a named pupil"),
    message=Text(
        vi="Chú thích ảnh nêu tên một học sinh ({name}){class_vi}, chưa có mã phiếu đồng ý",
        en="The caption names one pupil ({name}){class_en} without a consent id",
    ),
    why=Text(
        vi="Hình ảnh gắn với họ tên, lớp cho phép nhận ra và tiếp cận đúng em đó ngoài đời.",
        en="A picture with name and class lets a stranger find that very child.",
    ),
    fix=Text(
        vi="Xin phiếu đồng ý (cha mẹ và trẻ từ 7 tuổi) rồi ghi mã vào consent_ids; hoặc bỏ tên.",
        en="Get the consent of parents and child and give its id; or leave the name out.",
    ),
    basis=LAW,
    examples=Examples(
        bad=(
            '<figure><img src="a.jpg" alt="Em Lê Minh An"><figcaption>Em Lê Minh An, lớp 5B'
            "</figcaption></figure>",
        ),
        good=(
            '<figure><img src="a.jpg" alt="Lễ khai giảng"><figcaption>Học sinh dự lễ khai '
            "giảng</figcaption></figure>",
        ),
    ),
    masks=True,
)
WITHDRAWN = Rule(
    id="privacy-consent-withdrawn",
    severity=Severity.ERROR,
    title=Text(vi="Sự đồng ý đã được rút lại", en="Consent was withdrawn"),
    message=Text(
        vi="Phiếu đồng ý {consent} đã được rút lại; phải gỡ thông tin của trẻ khỏi bài",
        en="Consent {consent} was withdrawn; the child's data must come down",
    ),
    why=Text(
        vi="Khi cha mẹ hoặc trẻ rút lại sự đồng ý, đơn vị phải ngừng công bố.",
        en="Once parents or child withdraw consent, publication must stop.",
    ),
    fix=Text(
        vi="Gỡ ảnh, tên của trẻ; xóa mã phiếu khỏi consent_ids.",
        en="Remove picture and name; delete the id from consent_ids.",
    ),
    basis=("91-24",),
)


class ConsentOptions(Options):
    """The register of consents that no longer hold."""

    withdrawn: tuple[str, ...] = Field((), description="Consent ids that were withdrawn")


@check(PORTRAIT, WITHDRAWN, subject=Article, options=ConsentOptions)
def consent(article: Article, options: ConsentOptions) -> Iterator[Finding]:
    for each in article.fields.consent_ids:
        if each in options.withdrawn:
            yield WITHDRAWN.at(article, field="consent_ids", consent=each)
    if any(each not in options.withdrawn for each in article.fields.consent_ids):
        return
    for image in article.images:
        text = image.caption or image.alt or ""
        names = {text[start:end] for start, end in named_minors(text[:1000])}
        if len(names) != 1:
            continue
        grade = re.search(r"[Ll]ớp (?:1[0-2]|[1-9])\w*", text)
        yield PORTRAIT.at(
            image,
            severity=Severity.ERROR if grade else Severity.WARNING,
            name=mask(names.pop()),
            class_vi=" và lớp" if grade else "",
            class_en=" and the class" if grade else "",
        )
