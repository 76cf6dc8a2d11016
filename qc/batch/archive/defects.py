"""Defects: each kind changes a clean post and says which rule must find what it put there."""

from __future__ import annotations

import random
import unicodedata
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from qc.batch.archive.model import Planted, SamplePost, School

Maker = Callable[[SamplePost, random.Random, School], Planted | None]
ROWS = Path(__file__).parent / "defects.yaml"
WEEKDAYS = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu")
SPAM = "Nhà cái uy tín, nổ hũ đổi thưởng, nạp rút siêu tốc, link vào mới nhất"
MOBILE = ("0912", "0983", "0977", "0366", "0858", "0904")
CHILDREN = ("Nguyễn Văn An", "Trần Minh Đức", "Lê Thị Hoa", "Phạm Gia Bảo", "Vũ Ngọc Hà")


def _added(row: dict[str, Any]) -> Maker:
    def make(post: SamplePost, dice: random.Random, school: School) -> Planted:
        words = {"id": post.id, "gambling": _gambling_host(dice), "spam": SPAM}
        add(post, row["add"].format_map(words))
        return Planted(row["rule"], "body", row.get("text", ""), tuple(row.get("also", ())))

    return make


def add(post: SamplePost, html: str) -> None:
    """Put a piece behind the second paragraph of the body."""
    pieces = post.body.split("</p>")
    at = min(2, len(pieces) - 1)
    post.body = "</p>".join(pieces[:at]) + ("</p>" if at else "") + html + "</p>".join(pieces[at:])


def _injected(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if "phòng, chống" in post.title:  # such a title excuses words of gambling in the whole post
        return None
    add(post, f"<p>{SPAM}, tặng quà cho người chơi mới.</p>")
    return Planted("term-gambling", "body", "", ("injected-suspect", "injected-spam"))


def _expired(post: SamplePost, dice: random.Random, school: School) -> Planted:
    number = (
        "Thông tư số 36/2017/TT-BGDĐT"
        if post.day >= date(2024, 7, 19)
        else "Nghị định số 43/2011/NĐ-CP"
    )
    add(post, f"<p>Nhà trường thực hiện theo {number}.</p>")
    return Planted("citation-act-expired", "body", number.rpartition(" ")[2])


def _office_ended(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.day < date(2025, 7, 1):
        return None
    add(post, "<p>Phòng Giáo dục và Đào tạo kiểm tra việc thực hiện trong tháng này.</p>")
    return Planted("law-office-ended", "body", "Phòng Giáo dục và Đào tạo")


def _weekday(post: SamplePost, dice: random.Random, school: School) -> Planted:
    day = post.day + timedelta(3)
    wrong = WEEKDAYS[(day.weekday() + 2) % 5]
    if wrong == WEEKDAYS[min(day.weekday(), 4)]:
        wrong = WEEKDAYS[(day.weekday() + 3) % 5]
    add(post, f"<p>Buổi tổng kết diễn ra vào {wrong}, ngày {day:%d/%m/%Y}.</p>")
    return Planted("form-weekday-wrong", "body", wrong)


def _phone(post: SamplePost, dice: random.Random, school: School) -> Planted:
    number = f"{dice.choice(MOBILE)} {dice.randint(100, 999)} {dice.randint(100, 999)}"
    add(post, f"<p>Mẹ em {dice.choice(CHILDREN)} dùng số điện thoại {number}.</p>")
    return Planted("privacy-phone", "body", "", ("privacy-minor-named",))


def _citizen(post: SamplePost, dice: random.Random, school: School) -> Planted:
    number = f"0332{dice.randint(10, 19)}{dice.randint(0, 999999):06}"
    add(
        post,
        f"<p>Người nhận là bác {dice.choice(CHILDREN)}, số căn cước công dân {number}.</p>",
    )
    return Planted("privacy-citizen-number", "body", "")


def _pupil_list(post: SamplePost, dice: random.Random, school: School) -> Planted:
    rows = "".join(
        f"<tr><td>{n}</td><td>{name}</td>"
        f"<td>{dice.randint(1, 28):02}/{dice.randint(1, 12):02}/{post.day.year - 7}</td>"
        f"<td>Thôn {dice.randint(1, 9)}, xã Hoa Sen</td></tr>"
        for n, name in enumerate(CHILDREN, 1)
    )
    add(
        post,
        "<table><tr><th>TT</th><th>Họ và tên học sinh</th><th>Ngày sinh</th><th>Chỗ ở</th></tr>"
        + rows
        + "</table>",
    )
    return Planted(
        "privacy-pupil-list",
        "body",
        "",
        (
            "privacy-birth-date",
            "privacy-home-address",
            "privacy-pupil-results",
            "privacy-minor-named",
        ),
    )


def _capitals(post: SamplePost, dice: random.Random, school: School) -> Planted:
    post.title = post.title.upper()
    return Planted("hygiene-title-capitals", "title", "", ("form-name-capitals",))


def _mojibake(post: SamplePost, dice: random.Random, school: School) -> Planted:
    broken = "Thầy và trò cùng nhau chăm sóc vườn trường".encode().decode("cp1252", "replace")
    add(post, f"<p>{broken.replace(chr(0xFFFD), '')}.</p>")
    return Planted(
        "encoding-mojibake",
        "body",
        "",
        (
            "spelling-non-word",
            "encoding-letter-lost",
            "encoding-control",
            "encoding-legacy",
            "encoding-eth",
        ),
    )


def _nfd(post: SamplePost, dice: random.Random, school: School) -> Planted:
    post.body = unicodedata.normalize("NFD", post.body)
    return Planted("encoding-nfd", "body", "", ("encoding-mixed-forms",))


def _no_approver(post: SamplePost, dice: random.Random, school: School) -> Planted:
    post.approver = None
    return Planted("field-approved-by-missing", "approved_by")


def _self_approved(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.kind != "tin-bai":
        return None
    post.approver = post.author
    return Planted("field-approved-by-author", "approved_by")


def _no_author(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.kind == "van-ban":
        return None
    post.author = None
    return Planted("field-author-missing", "author")


def _no_sapo(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.kind != "tin-bai":
        return None
    post.sapo = ""
    return Planted("field-sapo-missing", "sapo")


def _copied_sapo(post: SamplePost, dice: random.Random, school: School) -> Planted:
    post.sapo = post.title
    return Planted("hygiene-sapo-copies-title", "sapo", "", ("hygiene-sapo-length",))


def _no_address(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.kind != "tin-bai":
        return None
    post.source = "Báo Giáo dục và Thời đại"
    return Planted("rights-source-url-missing", "source", "", ("rights-source-time-missing",))


def _vague_source(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.kind != "tin-bai":
        return None
    post.source = "Internet"
    return Planted("rights-source-vague", "source", "", ("rights-source-url-missing",))


def _unlabelled(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.day < date(2026, 3, 1) or post.pictures:
        return None
    post.ai = True
    return Planted("law-ai-label-missing", "body")


def _no_number(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if post.topic != "document":
        return None
    post.document.pop("number")
    return Planted("law-document-incomplete", "document")


def _no_alt(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if not post.pictures:
        return None
    post.pictures[0].alt = None
    return Planted("access-alt-missing", post.pictures[0].path)


def _small(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if not post.pictures:
        return None
    post.pictures[0].small = True
    return Planted(
        "image-too-small",
        post.pictures[0].path,
        "",
        (
            "image-stretched-in-page",
            "image-blurred",
            "image-quality-low",
            "image-low-contrast",
            "image-too-small",
        ),
    )


def _lost(post: SamplePost, dice: random.Random, school: School) -> Planted | None:
    if not post.pictures:
        return None
    post.pictures[0].lost = True
    return Planted("image-missing", post.pictures[0].path, "", ("site-media-missing",))


ON_PICTURES: tuple[Maker, ...] = (_no_alt, _small, _lost)
"""Defects of pictures; a repeated picture is planted by the archive, which knows earlier ones."""

_CHANGES: tuple[Maker, ...] = (
    _injected,
    _expired,
    _office_ended,
    _weekday,
    _phone,
    _citizen,
    _pupil_list,
    _capitals,
    _mojibake,
    _nfd,
    _no_approver,
    _self_approved,
    _no_author,
    _no_sapo,
    _copied_sapo,
    _no_address,
    _vague_source,
    _unlabelled,
    _no_number,
)


@cache
def on_text() -> tuple[Maker, ...]:
    """Defects that any post without pictures may have; each may decline a post."""
    import yaml

    rows = yaml.safe_load(ROWS.read_text(encoding="utf-8"))
    return (*(_added(row) for row in rows), *_CHANGES)


def _gambling_host(dice: random.Random) -> str:
    from qc.core.data import data_dir

    text = (data_dir() / "security/gambling_domains_vn.txt").read_text(encoding="utf-8")
    hosts = [line for line in text.splitlines()[:200] if line and not line.startswith("#")]
    return dice.choice(hosts)
