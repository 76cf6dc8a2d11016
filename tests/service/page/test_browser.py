"""The page in a browser: what an editor does there, at the width of a desk and of a phone."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from qc.policy.schema import WaiverFileModel
from tests.service.page.conftest import DESKTOP, PHONE, Opened

pytestmark = pytest.mark.browser
Open = Callable[..., Opened]

SAMPLES = Path(__file__).parents[3] / "samples"
TITLE = "Trường tiểu học Hoa Sen khai giảng năm học mới"
BODY = (
    "Sáng 05/9, nhà trường tổ chức lễ khai giãng năm học mới.\n"
    "Tổng số học sinh: xxx em. Tin đăng trên Công thông tin điện tử."
)


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_writing_marks_and_judges(size: dict[str, int], opened: Open) -> None:
    one = opened(size)
    assert one.page.inner_text("#verdict-word") == "Chưa có gì để kiểm tra"
    one.write(TITLE, BODY)
    one.checked("block")
    assert "xxx" in one.marked("error")
    assert {"giãng", "Công"} <= set(one.marked("warning"))
    assert "CHƯA ĐƯỢC ĐĂNG" in one.page.inner_text("#verdict-word")
    wide = one.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    one.calm()


def test_a_suggestion_is_written_and_undone(opened: Open) -> None:
    one = opened()
    one.write(TITLE, BODY)
    one.checked()
    one.page.get_by_role("button", name="Thay bằng “giảng”").click()
    assert "khai giảng năm học mới." in one.page.inner_text("#body")
    assert "giãng" not in one.marked("warning")
    one.checked()
    assert one.page.get_by_role("button", name="Thay bằng “giảng”").count() == 0
    one.page.click("[data-tool=undo]")
    assert "khai giãng" in one.page.inner_text("#body")
    one.checked()
    assert "giãng" in one.marked("warning")
    one.calm()


def test_ignoring_asks_for_a_reason(opened: Open) -> None:
    one = opened()
    one.write(TITLE, BODY)
    one.checked("block")
    card = one.card("spelling-confusion").first
    card.locator(".head").click()
    card.get_by_role("button", name="Bỏ qua…").click()
    card.get_by_label("Lý do bỏ qua").fill("abc")
    card.get_by_role("button", name="Bỏ qua, ghi lý do").click()
    assert "ít nhất 5" in card.inner_text()
    card.get_by_label("Lý do bỏ qua").fill('Tên riêng: "Công"\n- rule: x')
    card.get_by_label("Họ tên").fill("Lê Văn Cường")
    card.get_by_role("button", name="Bỏ qua, ghi lý do").click()
    assert len(one.marked("ignored")) == 1
    assert "bạn đã bỏ qua" in one.page.inner_text("#verdict-counts")
    one.page.click("#ignored summary")
    with one.page.expect_download() as coming:
        one.page.click("#save-waivers")
    text = Path(coming.value.path()).read_text(encoding="utf-8")
    waivers = yaml.safe_load(text)["waivers"]
    assert [each["rule"] for each in waivers] == ["spelling-confusion"]
    assert waivers[0]["author"] == "Lê Văn Cường"
    assert waivers[0]["text"] in ("giãng", "Công")
    WaiverFileModel.model_validate(yaml.safe_load(text))
    one.page.click("#check")
    one.checked("block")
    assert len(one.marked("ignored")) == 1
    one.calm()


def test_a_word_file_is_opened_mended_and_taken_away(opened: Open) -> None:
    one = opened()
    one.drop(("loi-khai-giang.docx", (SAMPLES / "loi-khai-giang.docx").read_bytes()))
    one.checked("block")
    assert one.page.inner_text("#title") == "TRƯỜNG TIỂU HỌC HOA SEN KHAI GIẢNG NĂM HỌC MỚI"
    assert one.page.input_value("#f-author") == "Nguyễn Thị Hoa"
    assert one.page.locator("#media-list > li").count() == 1
    assert one.page.evaluate("document.querySelector('#media-list img').naturalWidth") > 0
    one.page.get_by_role("button", name="Thay bằng “Cổng”").first.click()
    name, data = one.download("get-fixed")
    assert name == "loi-khai-giang-da-sua.docx"
    text = ZipFile(BytesIO(data)).read("word/document.xml").decode()
    assert "<w:delText" in text
    assert "Cổng" in text
    one.checked()
    name, data = one.download("get-report")
    assert b"C\xe1\xbb\x95ng" in data
    assert b"data:image/jpeg" in data
    one.calm()


def test_photos_are_shown_with_their_findings(opened: Open) -> None:
    one = opened(PHONE)
    one.write(TITLE, "Sáng nay, nhà trường tổ chức lễ khai giảng.")
    one.drop(("nho.jpg", photo(320, 240)))
    one.page.wait_for_selector("#media-list .found")
    one.checked()
    assert one.page.get_attribute("body", "data-view") == "media"
    card = one.page.locator("#media-list > li")
    assert "nho.jpg" in card.inner_text()
    assert "320" in card.locator(".found").inner_text()
    card.get_by_label("Mô tả ảnh").fill("Học sinh xếp hàng trên sân trường")
    one.checked()
    card.get_by_role("button", name="Bỏ khỏi bài: nho.jpg").click()
    one.checked("review")
    assert one.page.locator("#media-list > li").count() == 0
    one.calm()


def photo(width: int, height: int) -> bytes:
    """A small JPEG of a school yard."""
    from scripts.pictures import jpeg, school_yard

    return jpeg(school_yard(width, height, 5))
