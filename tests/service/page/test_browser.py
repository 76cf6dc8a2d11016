"""The page in a browser: what an editor does there, at the width of a desk and of a phone."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
import yaml

from qc.policy.schema import WaiverFileModel
from scripts.pictures import jpeg, school_yard
from tests.service.page.conftest import DESKTOP, PHONE, Opened

pytestmark = pytest.mark.browser
Open = Callable[..., Opened]

SAMPLES = Path(__file__).parents[3] / "samples"
LIMIT = """new MutationObserver(() => {
  const limit = document.querySelector('meta[name="qc-limit"]');
  if (limit) limit.content = "10000";
}).observe(document, {childList: true, subtree: true});"""
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
    assert "được hiển thị rộng 576 px" in one.page.inner_text("#list")  # as the file shows it
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


def test_a_box_is_drawn_on_the_photo(opened: Open) -> None:
    one = opened()
    one.write(TITLE, "Sáng nay, nhà trường tổ chức lễ khai giảng.")
    yard = school_yard(900, 600, 3)
    yard.paste((0, 0, 0), (0, 0, 900, 90))
    one.drop(("vien-den.jpg", jpeg(yard)))
    box = one.page.locator("#media-list svg rect.box")
    box.wait_for()
    image = one.page.locator("#media-list .sheet img").bounding_box()
    drawn = box.bounding_box()
    assert image is not None
    assert drawn is not None
    assert abs(drawn["width"] - image["width"]) < 6
    assert abs(drawn["y"] - image["y"]) < 4
    assert 0.12 < drawn["height"] / image["height"] < 0.18
    one.page.locator("#media-list .found button", has_text="dải một màu").click()
    assert "active" in (box.get_attribute("class") or "")
    assert "dải một màu" in one.page.inner_text("#list .card.active")
    one.calm()


def test_large_files_show_how_much_was_sent(opened: Open) -> None:
    one = opened()
    one.write(TITLE, "Sáng nay, nhà trường tổ chức lễ khai giảng.")
    one.checked()
    session = one.context.new_cdp_session(one.page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 900_000}
    session.send("Network.emulateNetworkConditions", slow)
    one.drop(("to.jpg", photo(640, 480) + bytes(1_200_000)))
    one.page.wait_for_function(
        """() => document.getElementById("verdict-when").textContent.startsWith("Đang gửi tệp")
             && document.getElementById("progress").value > 0"""
    )
    assert one.page.get_attribute("#verdict", "class") == "verdict pending"
    assert one.page.inner_text("#media-list .told") == "Chưa kiểm tra"
    one.page.click("#body")
    one.page.keyboard.insert_text(" Tin đăng trên Công thông tin điện tử.")
    one.page.wait_for_function(
        "() => [...CSS.highlights.get('qc-warning')].map(String).includes('Công')"
    )
    assert one.page.get_attribute("#verdict", "aria-busy") == "true"
    assert one.page.get_attribute("#verdict", "class") == "verdict pending"
    session.send("Network.emulateNetworkConditions", slow | {"uploadThroughput": -1})
    one.page.wait_for_selector("#media-list .found")
    one.page.wait_for_selector("#verdict[aria-busy=false]")
    assert "Công" in one.marked("warning")
    assert one.page.is_hidden("#progress")


def test_more_than_the_service_takes_is_not_sent(opened: Open) -> None:
    one = opened(init=LIMIT)
    one.write(TITLE, "Sáng nay, nhà trường tổ chức lễ khai giảng.")
    one.checked()
    one.drop(("a.jpg", photo(320, 240)), ("b.jpg", bytes(9000)))
    assert "“a.jpg” lớn hơn" in one.page.inner_text("#notices")


def photo(width: int, height: int) -> bytes:
    """A small JPEG of a school yard."""
    return jpeg(school_yard(width, height, 5))


def test_mending_everything_changes_the_verdict(opened: Open) -> None:
    one = opened()
    one.write(
        TITLE, "Sáng 05/9, Trường Tiểu học Hoa Sen tổ chức lễ khai giãng năm học mới 2024-2025."
    )
    one.page.click("#sapo")
    one.page.keyboard.insert_text("Sáng 05/9, 500 học sinh dự lễ khai giảng năm học 2024-2025.")
    one.checked("review")
    one.page.click("#fields summary")
    for name, value in (
        ("author", "Nguyễn Thị Hoa"),
        ("category", "Tin tức"),
        ("published_at", "05/09/2024"),
        ("approved_by", "Lê Văn Cường"),
    ):
        one.page.fill(f"#f-{name}", value)
    one.page.select_option("#f-kind", "tin-bai")
    one.page.get_by_role("button", name="Thay bằng “giảng”").click()
    one.page.wait_for_selector("#verdict.pass:not(.stale)")
    assert one.page.inner_text("#verdict-word") == "ĐẠT: có thể đăng"
    assert one.page.locator("#list .card:is(.error, .warning)").count() == 0
    one.calm()


def test_a_service_that_is_down_loses_nothing(opened: Open) -> None:
    one = opened()
    one.page.route("**/v1/check", lambda route: route.abort())
    one.write(TITLE, BODY)
    one.page.wait_for_selector("#verdict.failed")
    assert "Không nối được với dịch vụ" in one.page.inner_text("#notices")
    assert "CHƯA KIỂM TRA ĐƯỢC" in one.page.inner_text("#verdict-word")
    one.page.unroute("**/v1/check")
    one.page.get_by_role("button", name="Thử lại").click()
    one.checked("block")
    assert one.page.inner_text("#notices") == ""
    one.page.reload()
    one.checked("block")
    assert one.page.inner_text("#title") == TITLE
    assert "khai giãng" in one.page.inner_text("#body")
    assert "Đã mở lại bản nháp" in one.page.inner_text("#notices")
    one.page.click("#new")
    one.page.get_by_role("button", name="Xóa, viết bài mới").click()
    one.page.reload()
    assert one.page.inner_text("#body").strip() == ""
    assert one.page.evaluate("localStorage.length") == 0


def test_findings_are_reached_with_the_keyboard(opened: Open) -> None:
    one = opened()
    one.write(TITLE, BODY)
    one.checked("block")
    one.page.keyboard.press("F8")
    assert "xxx" in one.page.inner_text("#list .card.active")
    assert one.marked("active") == ["xxx"]
    one.page.keyboard.press("Escape")
    assert one.page.evaluate("document.activeElement.id") == "body"
    assert one.page.evaluate("getSelection().toString()") == "xxx"
    one.page.keyboard.press("F8")
    one.page.keyboard.press("F8")
    one.page.keyboard.press("Shift+F8")
    first = one.page.locator("#list .card.active .head")
    assert first.evaluate("node => node === document.activeElement")
    assert first.get_attribute("aria-expanded") == "true"
    one.calm()


def test_a_mark_leads_to_its_card_on_a_phone(opened: Open) -> None:
    one = opened(PHONE)
    one.write(TITLE, BODY)
    one.checked("block")
    place = one.page.evaluate(
        """() => {
          const [range] = CSS.highlights.get("qc-error");
          range.startContainer.parentElement.scrollIntoView({block: "center", behavior: "instant"});
          const {x, y, width, height} = range.getBoundingClientRect();
          return [x + width / 2, y + height / 2];
        }"""
    )
    one.page.mouse.click(*place)
    one.page.get_by_role("button", name="Xem cách sửa").click()
    assert one.page.get_attribute("body", "data-view") == "findings"
    assert "xxx" in one.page.inner_text("#list .card.active")
    one.page.locator("#list .card.active").get_by_role("button", name="Tới chỗ này").click()
    assert one.page.get_attribute("body", "data-view") == "article"
    assert one.page.evaluate("getSelection().toString()") == "xxx"
    one.calm()


def test_marks_without_the_highlight_api(opened: Open) -> None:
    one = opened(init="delete CSS.highlights; delete globalThis.Highlight")
    one.write(TITLE, BODY)
    one.checked("block")
    lines = one.page.locator(".overlay i.error")
    assert lines.count() == 1
    box, text = lines.bounding_box(), one.page.locator("#body").bounding_box()
    assert box is not None
    assert text is not None
    assert text["x"] < box["x"] < text["x"] + text["width"]
    assert text["y"] < box["y"] < text["y"] + text["height"]
    one.calm()


def test_the_language_changes_without_losing_anything(opened: Open) -> None:
    one = opened(path="?lang=en")
    one.write(TITLE, BODY)
    one.checked("block")
    assert "BLOCKED" in one.page.inner_text("#verdict-word")
    assert "1\u00a0error ·" in one.page.inner_text("#verdict-counts")
    one.page.wait_for_selector("#saved:has-text('Draft')")
    one.page.click("#language")
    assert "Bản nháp" in one.page.inner_text("#saved")
    one.checked("block")
    one.page.wait_for_selector("text=Chữ giữ chỗ “xxx”")
    assert one.page.get_attribute("html", "lang") == "vi"
    assert one.page.inner_text("#title") == TITLE
    one.calm()


def test_policies_can_be_chosen(opened: Open) -> None:
    one = opened()
    one.write(TITLE, BODY)
    one.checked("block")
    assert one.page.locator("#policy option").count() >= 5
    with one.page.expect_request("**/v1/check") as asked:
        one.page.select_option("#policy", "tieu-hoc")
    assert asked.value.post_data_json["policy"] == "tieu-hoc"
    one.checked("block")
    one.calm()


def test_a_folder_is_one_article_and_many_are_refused(opened: Open) -> None:
    one = opened()
    one.drop(("a.md", b"# A\n\nB"), ("b.md", b"# B\n\nC"))
    assert "mở từng bài một" in one.page.inner_text("#notices")
    text = "# Lễ khai giảng\n\n![Học sinh](anh/san.jpg)\n\nSáng nay khai giãng.\n"
    one.drop(("bai-viet.md", text.encode()), ("san.jpg", photo(640, 480)))
    one.checked("block", "review")
    assert one.page.inner_text("#title") == "Lễ khai giảng"
    assert one.page.locator("#media-list h3").all_inner_texts() == ["anh/san.jpg"]
    assert one.page.locator("#body img[src^='blob:']").count() == 1
    assert "giãng" in one.marked("warning")
    one.calm()


def test_a_clip_has_a_timeline(opened: Open, tmp_path: Path) -> None:
    clip = tmp_path / "clip.mp4"
    scene = "testsrc2=s=320x240:r=10:d=1[a];color=black:s=320x240:r=10:d=3[b];[a][b]concat=n=2"
    command = [
        "ffmpeg",
        "-v",
        "error",
        "-f",
        "lavfi",
        "-i",
        scene,
        "-pix_fmt",
        "yuv420p",
        str(clip),
    ]
    subprocess.run(command, check=True)
    one = opened()
    one.write(TITLE, "Sáng nay, nhà trường tổ chức lễ khai giảng.")
    one.drop(("clip.mp4", clip.read_bytes()))
    one.page.wait_for_selector(".timeline button")
    label = one.page.locator(".timeline button").first.get_attribute("aria-label") or ""
    assert label.startswith("Tới 0:01–0:04")
    one.calm()
