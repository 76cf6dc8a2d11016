"""The rules of a whole portal: what no single post can show; `qc audit` asks them.

They belong to no check and to no policy: an audit always asks all of them.
"""

from __future__ import annotations

from qc.core.rule import Rule, Severity, Text

PORTAL_KIND = Text(
    vi="Quy tắc của cả cổng: `qc audit` xét mọi bài cùng lúc; chính sách không tắt được.",
    en="A rule of a whole portal: `qc audit` looks at all posts together; no policy turns it off.",
)
ASKED = (
    *("37-9.1a", "37-9.1b", "37-9.2", "37-9.3", "37-9.4", "37-9.5", "37-9.8", "37-10", "53-16"),
    *("ck36", "ck36-time", "ck-4", "ck-5", "ck-6", "ck-7", "ck-8", "ck-9", "ck-14", "ck-15.1"),
)
"""What policies/audit/coverage.yaml asks for; a finding names the rows of its own section."""

MISSING = Rule(
    id="site-section-missing",
    severity=Severity.ERROR,
    title=Text(vi="Thiếu mục hoặc nội dung bắt buộc", en="A mandatory section is missing"),
    message=Text(vi="{section}: thiếu ở năm học {years}", en="{section}: missing in {years}"),
    why=Text(
        vi="Cha mẹ, người dân và cơ quan quản lý tìm nội dung này trên cổng trước tiên.",
        en="Parents and offices look for it on the portal first.",
    ),
    fix=Text(
        vi="Lập mục hoặc đăng nội dung còn thiếu; kết quả kiểm tra ghi rõ cách bổ sung từng mục.",
        en="Make the section or publish what is missing; the audit says how for each of them.",
    ),
    basis=ASKED,
    milder=Text(
        vi="Lỗi khi thiếu ở năm học này hoặc năm vừa hết; cảnh báo khi chỉ thiếu ở những năm cũ.",
        en="An error where this school year or the last lacks it; a warning for older years only.",
    ),
)
LATE = Rule(
    id="site-section-late",
    title=Text(vi="Nội dung bắt buộc đăng muộn", en="A mandatory item was late"),
    message=Text(
        vi="{section}: năm học {years} đăng muộn {days} ngày", en="{section}: {days} days late"
    ),
    why=Text(
        vi="Công khai sau hạn thì phụ huynh không kịp biết và góp ý.",
        en="After its date a disclosure no longer helps parents.",
    ),
    fix=Text(
        vi="Ghi hạn vào kế hoạch năm học và giao một người chịu trách nhiệm.",
        en="Put the date into the plan of the year and name who is in charge.",
    ),
    basis=ASKED,
)
STALE = Rule(
    id="site-section-stale",
    title=Text(vi="Mục lâu không có bài mới", en="A section without news"),
    message=Text(
        vi="{section}: bài mới nhất ngày {day}, cách ngày xét {days} ngày",
        en="{section}: the newest item is of {day}, {days} days old",
    ),
    why=Text(
        vi="Mục để lâu không cập nhật làm người đọc tưởng cổng đã ngừng hoạt động.",
        en="Readers take a stale portal for an abandoned one.",
    ),
    fix=Text(vi="Phân công viết bài theo tuần hoặc tháng.", en="Plan who writes, week by week."),
    basis=("37-9.2",),
)
GAP = Rule(
    id="site-gap",
    title=Text(vi="Quãng dài không có bài trong năm học", en="A long silence in term time"),
    message=Text(
        vi="Từ {last} đến {next} không có bài nào "
        "({days} ngày trong năm học; quy ước: không quá {limit})",
        en="Nothing between {last} and {next} ({days} days of term; limit {limit})",
    ),
    why=Text(
        vi="Cổng phải được cập nhật thường xuyên; cổng im lặng lâu thì người đọc không quay lại.",
        en="A portal has to be kept up to date; readers do not come back to a silent one.",
    ),
    fix=Text(vi="Lập lịch đăng bài cho từng tháng.", en="Keep a posting calendar."),
    basis=("37-9.2",),
)
INJECTED = Rule(
    id="site-injected",
    severity=Severity.ERROR,
    title=Text(vi="Có bài nghi bị chèn nội dung trái phép", en="Posts with injected content"),
    message=Text(vi="{count} bài có dấu hiệu bị chèn nội dung", en="{count} posts look injected"),
    why=Text(
        vi="Cổng bị chèn cờ bạc, mã ẩn gây hại cho người đọc và cho uy tín của trường.",
        en="Betting and hidden code harm readers and the school.",
    ),
    fix=Text(
        vi="Gỡ nội dung ngay, đổi mật khẩu quản trị, báo đơn vị vận hành rà máy chủ.",
        en="Remove it now, change passwords, have the server inspected.",
    ),
    basis=("15-101",),
    milder=Text(
        vi="Lỗi khi bài mang nội dung bị chèn; chỉ là cảnh báo khi mới có dấu hiệu.",
        en="An error where posts carry injected content; a warning where there are only signs.",
    ),
)
EXPIRED = Rule(
    id="site-act-expired",
    title=Text(vi="Còn viện dẫn văn bản hết hiệu lực", en="Expired acts are still cited"),
    message=Text(
        vi="{count} bài còn viện dẫn {act}, đã hết hiệu lực khi đăng",
        en="{count} posts cite {act}, which had ended by then",
    ),
    why=Text(
        vi="Người đọc làm theo quy định đã hết hiệu lực.", en="Readers follow rules that ended."
    ),
    fix=Text(
        vi="Sửa bài còn được dùng: dẫn văn bản đang có hiệu lực.", en="Cite the act in force."
    ),
    basis=("37-7", "37-9.3"),
)
DEAD = Rule(
    id="site-link-dead",
    title=Text(vi="Liên kết nội bộ dẫn đến bài không có", en="Dead internal link"),
    message=Text(
        vi="{count} bài có liên kết đến bài không có trong kho", en="{count} posts link to nothing"
    ),
    why=Text(
        vi="Người đọc bấm vào sẽ gặp trang lỗi; bài đã bị gỡ hoặc đổi địa chỉ.",
        en="Readers meet an error page.",
    ),
    fix=Text(vi="Sửa hoặc bỏ liên kết.", en="Mend or drop the link."),
    basis=("42-7",),
)
LOST = Rule(
    id="site-media-missing",
    severity=Severity.ERROR,
    title=Text(vi="Ảnh, tệp của bài không còn", en="Media of posts are gone"),
    message=Text(
        vi="{count} bài có ảnh hoặc tệp không mở được", en="{count} posts lack a picture or file"
    ),
    why=Text(
        vi="Người đọc thấy khung ảnh hỏng hoặc không tải được văn bản.",
        en="Readers see broken frames or cannot download.",
    ),
    fix=Text(vi="Tải lại ảnh, tệp lên cổng.", en="Upload them again."),
    basis=("house-image",),
)
REPEATED = Rule(
    id="site-picture-repeated",
    severity=Severity.INFO,
    title=Text(vi="Một ảnh dùng cho nhiều bài", en="One picture in several posts"),
    message=Text(vi="{count} ảnh xuất hiện ở hơn một bài", en="{count} pictures are used again"),
    why=Text(
        vi="Ảnh cũ minh họa cho việc mới dễ làm người đọc hiểu nhầm, và tốn dung lượng.",
        en="An old picture of a new event misleads, and wastes space.",
    ),
    fix=Text(
        vi="Dùng ảnh của chính sự kiện, hoặc ghi “Ảnh tư liệu”.",
        en="Use a picture of the event, or mark it as archive.",
    ),
    basis=("house-image",),
)
HOST = Rule(
    id="site-host-unofficial",
    title=Text(vi="Tên miền không phải .edu.vn, .gov.vn", en="The host is no .edu.vn or .gov.vn"),
    message=Text(vi="Cổng dùng tên miền {host}", en="The portal is at {host}"),
    why=Text(
        vi="Tên miền đúng quy định giúp người dân biết đây là cổng chính thức.",
        en="An official domain tells people that the portal is genuine.",
    ),
    fix=Text(
        vi="Hỏi cơ quan quản lý về tên miền cấp dưới .edu.vn.", en="Ask the office for an .edu.vn."
    ),
    basis=("37-3b",),
)
BORROWED = Rule(
    id="site-news-borrowed",
    title=Text(vi="Tin lấy lại nhiều hơn tin của trường", en="More reposts than own news"),
    message=Text(
        vi="{share}% bài trong 12 tháng qua lấy từ nguồn khác",
        en="{share}% of the posts of the last year come from elsewhere",
    ),
    why=Text(
        vi="Cổng của trường để đưa tin của trường; tổng hợp tin cần giấy phép.",
        en="A school's portal is for its own news; aggregation needs a licence.",
    ),
    fix=Text(vi="Viết tin của trường; bớt tin lấy lại.", en="Write own news."),
    basis=("147-20",),
)
PORTAL_RULES = (
    MISSING, LATE, STALE, GAP, INJECTED, EXPIRED, DEAD, LOST, REPEATED, HOST, BORROWED,
)  # fmt: skip
"""In the order in which they are shown."""
