"""Required fields by kind of article, and fields that contradict each other."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from qc.core.report import Report
from qc.text.required_fields import BY_KIND, WHOLE


def _fields(report: Report) -> set[str]:
    return {f.rule for f in report.findings if f.rule.startswith("field-")}


@pytest.mark.parametrize("kind", BY_KIND)
def test_every_kind_asks_for_its_fields(kind: str, check_draft: Callable[..., Report]) -> None:
    report = check_draft(f"---\nloại bài: {kind}\n---\n\nNội dung của bài.\n")
    wanted = {f"field-{name.replace('_', '-')}-missing" for name in BY_KIND[kind]}
    assert _fields(report) == wanted


def test_whole_article_lacks_nothing(check_draft: Callable[..., Report]) -> None:
    assert _fields(check_draft(WHOLE)) <= {"field-featured-image-missing"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("21/04/2024", "31/04/2024", "field-invalid"),
        ("21/04/2024", "2024-04-21T08:30:00+07:00", None),
        ("21/04/2024", "21/4/2024 14h30", None),
        ("tác giả:", "Author:", None),
        ("tác giả:", "TAC GIA:", None),
        ("tác giả:", "tác giã:", None),
        ("tác giả:", "tát giả:", "field-unknown"),
        ("Lê Văn Cường", "trần thị  bình", "field-approved-by-author"),
        ("người duyệt:", "hết hạn: 20/04/2024\nngười duyệt:", "field-date-order"),
        ("người duyệt:", "hết hạn: 21/04/2024\nngười duyệt:", None),
        ("người duyệt:", "nội dung ai: có thể\nngười duyệt:", "field-invalid"),
        ("người duyệt:", "loại bài: phóng sự\nngười duyệt:", "field-invalid"),
    ],
)
def test_value(old: str, new: str, rule: str | None, check_draft: Callable[..., Report]) -> None:
    assert old in WHOLE
    found = _fields(check_draft(WHOLE.replace(old, new)))
    found -= {"field-featured-image-missing", "field-author-missing"}
    assert found == ({rule} if rule else set())


def test_plain_text_cannot_carry_fields(check_draft: Callable[..., Report]) -> None:
    from qc.core.rule import Draft

    report = check_draft(Draft("Nội dung của bài.\n", name="a.txt"))
    assert _fields(report) == {"field-not-checked"}


def test_empty_body(check_draft: Callable[..., Report]) -> None:
    assert "field-body-missing" in _fields(check_draft("---\ntiêu đề: Bài trống\n---\n"))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("ngày đăng: hôm nay", "Không hiểu ngày đăng “hôm nay”; cần một ngày có thật, viết như"),
        ("hết hạn: 31/02/2024", "Không hiểu ngày hết hạn “31/02/2024”; cần một ngày có thật"),
        ("loại bài: phóng sự", "Không hiểu loại bài “phóng sự”; cần tin bài, thông báo, văn bản"),
        ("nội dung ai: có thể", "Không hiểu nội dung AI “có thể”; cần “có” hoặc “không”"),
        ("ngày ban hành: 2024", "Không hiểu ngày ban hành “2024”; cần một ngày có thật"),
    ],
)
def test_what_cannot_be_read_is_told_with_what_is_expected(
    line: str, message: str, check_draft: Callable[..., Report]
) -> None:
    report = check_draft(f"---\n{line}\n---\n\nNội dung của bài.\n")
    (told,) = [each.message for each in report.findings if each.rule == "field-invalid"]
    assert told.startswith(message)
