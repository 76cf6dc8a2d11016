"""The words of audits in Vietnamese and English."""

from __future__ import annotations

from qc.batch.audit.coverage import (
    NO_CATEGORY,
    NO_DAY,
    NO_LEVEL,
    NO_PAGES,
    OCCASIONAL,
    STARTS_LATER,
)
from qc.batch.audit.model import Portal
from qc.core.portal_rules import INJECTED, MISSING
from qc.core.rule import Text

VERDICTS = {
    "good": Text(vi="Đạt: cổng có đủ những gì phải có", en="Good: the portal has what it must"),
    "attention": Text(vi="Cần chú ý: có việc nên sửa", en="Needs attention"),
    "lacking": Text(vi="Chưa đạt: còn thiếu nội dung bắt buộc", en="Lacking: something is missing"),
    "injected": Text(vi="Chưa đạt: có bài nghi bị chèn nội dung", en="Injected content was found"),
    "incomplete": Text(vi="Chưa xét xong: có phần không đọc được", en="Incomplete: parts unread"),
    "empty": Text(vi="Chưa xét được: không có bài nào", en="Nothing was there to audit"),
}
STATES = {
    "present": Text(vi="Có, đúng hạn", en="Present"),
    "late": Text(vi="Có, nhưng muộn", en="Late"),
    "missing": Text(vi="Thiếu", en="Missing"),
    "due": Text(vi="Chưa đến hạn", en="Not yet due"),
    "not-asked": Text(vi="Không áp dụng năm ấy", en="Does not apply"),
    "not-judged": Text(vi="Chưa xét được", en="Not judged"),
}
MARKS = {
    "present": "✓",
    "late": "±",
    "missing": "✗",
    "due": "…",
    "not-asked": "–",
    "not-judged": "?",
}
REASONS = {
    NO_LEVEL: Text(
        vi="Chưa biết cấp học; hãy thêm --level.", en="The level is not known; add --level."
    ),
    NO_PAGES: Text(
        vi="Nguồn này không có trang tĩnh; mục này thường là trang tĩnh, cần người xem trên cổng.",
        en="The source holds no static pages, where this usually stands; a person must look.",
    ),
    STARTS_LATER: Text(vi="Kho bài bắt đầu sau hạn này.", en="The archive begins after this date."),
    NO_CATEGORY: Text(
        vi="Có bài không ghi chuyên mục, nên không biết thuộc mục nào.",
        en="Some posts name no category, so their section is not known.",
    ),
    NO_DAY: Text(
        vi="Có bài về nội dung này nhưng không rõ ngày đăng.",
        en="There is a post of this, but its date is not known.",
    ),
    OCCASIONAL: Text(
        vi="Chỉ phải có khi có việc; kho bài không cho biết.", en="Only due on occasion."
    ),
}
SEVERITIES = {
    "error": Text(vi="lỗi", en="error"),
    "warning": Text(vi="cảnh báo", en="warning"),
    "info": Text(vi="gợi ý", en="hint"),
}
LEVELS = {
    "mam-non": Text(vi="mầm non", en="kindergarten"),
    "tieu-hoc": Text(vi="tiểu học", en="primary"),
    "thcs": Text(vi="trung học cơ sở", en="lower secondary"),
    "thpt": Text(vi="trung học phổ thông", en="upper secondary"),
    "so-gddt": Text(vi="sở giáo dục và đào tạo", en="provincial office"),
}
LEVEL_FROM = {
    "given": Text(vi="theo lựa chọn", en="as given"),
    "name": Text(vi="suy từ tên", en="from the name"),
    "posts": Text(vi="suy từ tiêu đề các bài", en="from the titles"),
    "unknown": Text(vi="chưa biết", en="not known"),
}
FILL_IN = Text(
    vi="Bổ sung {count} nội dung bắt buộc còn thiếu", en="Add {count} mandatory items that lack"
)
IN_TIME = Text(vi="{count} nội dung đã đăng muộn", en="{count} items were late")
SEE_BELOW = Text(
    vi="Làm theo bảng “Còn thiếu” bên dưới, nội dung của năm nay trước.",
    en="Follow the table “Missing” below, this year first.",
)
HOUSE_RULE = Text(vi="quy ước của cổng, không phải luật", en="house rule, not law")
BEYOND = Text(
    vi="Kho bài không cho biết; cần người xem trên cổng.", en="The archive cannot tell; look."
)
LINKS = Text(vi="Liên kết nội bộ", en="Internal links")
NO_ADDRESSES = Text(
    vi="Nguồn không có địa chỉ của các bài; hãy thêm --host.",
    en="The source gives no addresses of posts; add --host.",
)
ELSEWHERE = Text(
    vi="{count} liên kết đến trang nằm ngoài kho bài, chưa biết còn hay mất.",
    en="{count} links lead to pages outside the archive.",
)
PICTURES = Text(vi="Ảnh dùng lại, chất lượng ảnh", en="Pictures")
NO_PICTURES = Text(
    vi="Không mở được ảnh nào; có thể nguồn không kèm tệp ảnh, hãy thêm --media.",
    en="No picture could be opened; add --media.",
)
LOST = Text(
    vi="{count} bài có ảnh hoặc tệp chưa mở được", en="Files of {count} posts could not be opened"
)
NO_FILES = Text(
    vi="Không mở được ảnh nào của nguồn này, nên chưa biết tệp đã mất hay chỉ là nguồn không kèm; "
    "hãy thêm --media. Số bài có lỗi tính cả những bài này.",
    en="No picture of the source could be opened: the files may be lost, or only not be with it; "
    "add --media. The posts with errors include these.",
)
HOST = Text(vi="Tên miền của cổng", en="Host of the portal")
UNCHECKED = Text(
    vi="Không kiểm tra được ở {count} bài.", en="Could not be checked in {count} posts."
)
UNDATED = Text(vi="{count} bài không rõ ngày đăng", en="{count} posts without a known date")
NO_YEAR = Text(
    vi="Không xếp được vào năm học nào nên không tính vào độ phủ.",
    en="They belong to no school year, so they count for no coverage.",
)
FUTURE = Text(vi="{count} bài ghi ngày sau ngày xét", en="{count} posts dated later")
AFTER = Text(vi="Chưa đến ngày đăng nên không tính.", en="Not yet published, so not counted.")
TODAY = Text(vi="nay", en="now")


def verdict_of(portal: Portal) -> Text:
    """The sentence that says the verdict."""
    if not portal.posts:
        return VERDICTS["empty"]
    missing = any(f.rule == MISSING.id and f.severity == "error" for f in portal.findings)
    injected = any(f.rule == INJECTED.id for f in portal.findings)
    if portal.verdict == "lacking" and injected and not missing:
        return VERDICTS["injected"]
    return VERDICTS[portal.verdict]


def school_year(year: int) -> str:
    """2024 -> 2024-2025."""
    return f"{year}-{year + 1}"


def day(iso: str | None, lang: str) -> str:
    """A date as people write it: 05/09/2024."""
    if iso is None:
        return TODAY[lang]
    year, month, number = iso.split("-")
    return f"{number}/{month}/{year}"
