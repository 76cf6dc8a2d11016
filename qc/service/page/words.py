"""The words of the page in Vietnamese and English; those of reports are in qc.report.words."""

from __future__ import annotations

from qc.core.rule import Text

WORDS = {
    "page.title": Text(
        vi="Kiểm tra bài viết trước khi đăng", en="Check an article before publishing"
    ),
    "page.skip": Text(vi="Tới bài viết", en="Skip to the article"),
    "page.noscript": Text(
        vi="Trang này cần JavaScript. Hãy bật JavaScript trong trình duyệt rồi tải lại trang.",
        en="This page needs JavaScript. Switch it on in the browser and load the page again.",
    ),
    "policy": Text(vi="Chính sách", en="Policy"),
    "language": Text(vi="Ngôn ngữ", en="Language"),
    "menu": Text(vi="Tải về", en="Download"),
    "menu.report": Text(vi="Báo cáo (.html)", en="Report (.html)"),
    "menu.fixed": Text(
        vi="Tệp gốc với các chỗ đã sửa ({ending})", en="Original file with your changes ({ending})"
    ),
    "menu.safe": Text(
        vi="Tệp gốc, tự sửa mọi chỗ chắc chắn ({ending})",
        en="Original file, all safe fixes applied ({ending})",
    ),
    "menu.article": Text(vi="Bài viết (.html)", en="Article (.html)"),
    "menu.copy": Text(vi="Chép bài để dán vào trang quản trị", en="Copy the article for the CMS"),
    "open": Text(vi="Mở tệp, ảnh…", en="Open files…"),
    "folder": Text(vi="Mở thư mục…", en="Open a folder…"),
    "new": Text(vi="Bài mới", en="New article"),
    "new.ask": Text(
        vi="Xóa bài đang viết cùng bản nháp lưu trong trình duyệt này?",
        en="Delete the article and the draft kept in this browser?",
    ),
    "new.yes": Text(vi="Xóa, viết bài mới", en="Delete and start anew"),
    "cancel": Text(vi="Thôi", en="Cancel"),
    "close": Text(vi="Đóng", en="Close"),
    "drop": Text(
        vi="Thả tệp bài viết, ảnh hoặc clip vào đây", en="Drop the article, pictures or clips here"
    ),
    "drop.hint": Text(
        vi="Kéo tệp .docx, .odt, .md, .html, .txt, ảnh, clip hoặc cả thư mục vào trang này.",
        en="Drag a .docx, .odt, .md, .html or .txt, pictures, clips or a folder onto this page.",
    ),
    "check": Text(vi="Kiểm tra ngay", en="Check now"),
    "check.short": Text(vi="Kiểm tra", en="Check"),
    "fields.wanted": Text(vi="cần xem lại: {names}", en="to look at: {names}"),
    "check.running": Text(vi="Đang kiểm tra…", en="Checking…"),
    "check.media": Text(vi="Đang kiểm tra cả ảnh, clip…", en="Checking pictures and clips too…"),
    "check.sending": Text(vi="Đang gửi tệp: {percent}%", en="Sending files: {percent}%"),
    "check.at": Text(vi="Đã kiểm tra lúc {time}", en="Checked at {time}"),
    "check.text": Text(
        vi="Vừa kiểm tra chữ lúc {time}; ảnh, clip theo lần kiểm tra trước",
        en="Text checked at {time}; pictures and clips as checked before",
    ),
    "check.changed": Text(
        vi="Bài vừa thay đổi, đang chờ kiểm tra lại", en="Changed since; will be checked again"
    ),
    "live": Text(vi="Tự kiểm tra khi viết", en="Check while writing"),
    "verdict": Text(vi="Kết luận", en="Verdict"),
    "verdict.none": Text(vi="Chưa có gì để kiểm tra", en="Nothing to check yet"),
    "verdict.pending": Text(vi="ĐANG KIỂM TRA: chưa có kết luận", en="CHECKING: no conclusion yet"),
    "verdict.failed": Text(
        vi="CHƯA KIỂM TRA ĐƯỢC: chưa thể kết luận", en="NOT CHECKED: no conclusion"
    ),
    "verdict.ignored": Text(
        vi="{n} điều bạn đã bỏ qua vẫn được tính cho tới khi người duyệt đồng ý",
        en="{n} that you ignored still count until the approver agrees",
    ),
    "verdict.file": Text(
        vi="tính cả {n} điều chỉ có trong tệp gốc", en="with {n} found only in the original file"
    ),
    "article": Text(vi="Bài viết", en="Article"),
    "fields": Text(vi="Thông tin bài", en="Article details"),
    "fields.hint": Text(
        vi="tác giả, chuyên mục, ngày đăng, người duyệt…", en="author, category, date, approver…"
    ),
    "title": Text(vi="Tiêu đề", en="Title"),
    "title.hint": Text(vi="Tiêu đề bài viết", en="The title of the article"),
    "sapo": Text(vi="Tóm tắt (sapo)", en="Summary"),
    "sapo.hint": Text(
        vi="Hai đến ba câu: ai, việc gì, ở đâu, khi nào",
        en="Two or three sentences: who, what, where, when",
    ),
    "body": Text(vi="Nội dung", en="Body"),
    "body.hint": Text(
        vi="Viết hoặc dán bài vào đây. Cũng có thể thả tệp Word hay ảnh vào trang này.",
        en="Write or paste the article here, or drop a Word file or pictures onto this page.",
    ),
    "choose": Text(vi="(chưa chọn)", en="(none chosen)"),
    "ai.true": Text(vi="có", en="yes"),
    "ai.false": Text(vi="không", en="no"),
    "kind.tin-bai": Text(vi="Tin bài", en="News"),
    "kind.thong-bao": Text(vi="Thông báo", en="Notice"),
    "kind.van-ban": Text(vi="Văn bản", en="Official document"),
    "kind.cong-khai": Text(vi="Công khai", en="Disclosure"),
    "kind.tuyen-sinh": Text(vi="Tuyển sinh", en="Admission"),
    "tools": Text(vi="Định dạng", en="Formatting"),
    "tool.bold": Text(vi="Chữ đậm", en="Bold"),
    "tool.italic": Text(vi="Chữ nghiêng", en="Italic"),
    "tool.heading": Text(vi="Tiêu đề mục", en="Heading"),
    "tool.list": Text(vi="Danh sách", en="List"),
    "tool.undo": Text(vi="Hoàn tác", en="Undo"),
    "tool.redo": Text(vi="Làm lại", en="Redo"),
    "pasted.cleaned": Text(
        vi="Đã bỏ {n} phần không an toàn trong đoạn vừa dán (mã, khung nhúng, liên kết lạ).",
        en="Removed {n} unsafe parts of what you pasted (scripts, frames, odd links).",
    ),
    "media": Text(vi="Ảnh, clip và tệp đính kèm", en="Pictures, clips and attachments"),
    "media.none": Text(
        vi="Chưa có ảnh hay clip. Kéo thả vào trang, hoặc bấm “Mở tệp, ảnh…”.",
        en="No pictures or clips yet. Drop them onto the page or use “Open files…”.",
    ),
    "media.alt": Text(vi="Mô tả ảnh (alt)", en="Alternative text"),
    "media.caption": Text(vi="Chú thích", en="Caption"),
    "media.credit": Text(vi="Nguồn ảnh", en="Credit"),
    "media.featured": Text(vi="Ảnh đại diện", en="Featured picture"),
    "media.insert": Text(vi="Chèn vào bài", en="Put into the text"),
    "media.remove": Text(vi="Bỏ khỏi bài", en="Remove"),
    "media.fine": Text(vi="Không có điều gì cần sửa", en="Nothing to mend"),
    "media.unchecked": Text(vi="Chưa kiểm tra", en="Not checked yet"),
    "media.lost": Text(
        vi="Chưa có tệp này. Hãy thả lại tệp “{name}” vào trang.",
        en="The file is not here. Drop “{name}” onto the page again.",
    ),
    "media.noview": Text(vi="Trình duyệt không hiện được tệp này", en="The browser cannot show it"),
    "media.timeline": Text(vi="Dòng thời gian của clip", en="Timeline of the clip"),
    "media.seek": Text(vi="Tới {from}–{to}: {message}", en="Go to {from}–{to}: {message}"),
    "panel": Text(vi="Phát hiện", en="Findings"),
    "panel.none": Text(vi="Không phát hiện điều gì cần sửa.", en="Nothing to mend."),
    "panel.idle": Text(
        vi="Viết, dán hoặc thả bài vào trang: những chỗ cần sửa sẽ hiện ở đây.",
        en="Write, paste or drop an article: what must be mended will be listed here.",
    ),
    "panel.show": Text(vi="Hiện", en="Show"),
    "panel.next": Text(vi="Điều tiếp theo (F8)", en="Next finding (F8)"),
    "panel.previous": Text(vi="Điều trước (Shift+F8)", en="Previous finding (Shift+F8)"),
    "panel.all": Text(vi="Sửa {n} chỗ chắc chắn", en="Apply {n} safe fixes"),
    "panel.unchecked": Text(vi="Chưa kiểm tra được", en="Not checked"),
    "panel.file": Text(vi="Chỉ có trong tệp gốc", en="Only in the original file"),
    "panel.file.hint": Text(
        vi="Thuộc tính, nhận xét, chữ ẩn hay mã trong “{name}”: phải sửa trong chính tệp đó, "
        "hoặc chép bài từ trang này thay vì gửi tệp.",
        en="Properties, comments, hidden text or code in “{name}”: mend them in the file itself, "
        "or copy the article from this page instead of sending the file.",
    ),
    "finding.goto": Text(vi="Tới chỗ này trong bài", en="Go to the place"),
    "finding.back": Text(vi="Về chỗ đang viết", en="Back to the text"),
    "finding.replace": Text(vi="Thay bằng {text}", en="Replace by {text}"),
    "finding.remove": Text(vi="Xóa chỗ này", en="Remove it"),
    "finding.space": Text(vi="Thay bằng một dấu cách", en="Replace by one space"),
    "finding.fix": Text(vi="Cách sửa", en="Fix"),
    "finding.basis": Text(vi="Căn cứ", en="Basis"),
    "finding.why": Text(vi="Vì sao?", en="Why?"),
    "finding.waived": Text(vi="Đã miễn bởi {author}: {reason}", en="Waived by {author}: {reason}"),
    "finding.moved": Text(
        vi="Chỗ này đã thay đổi; hãy chờ kiểm tra lại.",
        en="This place has changed; wait for the next check.",
    ),
    "finding.done": Text(vi="Đã sửa. Ctrl+Z để hoàn tác.", en="Done. Ctrl+Z undoes it."),
    "finding.doneall": Text(
        vi="Đã sửa {n} chỗ. Ctrl+Z để hoàn tác từng chỗ.",
        en="{n} places mended. Ctrl+Z undoes them one by one.",
    ),
    "ignore": Text(vi="Bỏ qua…", en="Ignore…"),
    "ignore.reason": Text(vi="Lý do bỏ qua", en="Reason"),
    "ignore.name": Text(vi="Họ tên người bỏ qua", en="Your name"),
    "ignore.save": Text(vi="Bỏ qua, ghi lý do", en="Ignore with this reason"),
    "ignore.short": Text(
        vi="Hãy ghi họ tên và lý do (ít nhất 5 chữ cái).",
        en="Give your name and a reason (5 letters or more).",
    ),
    "ignore.undo": Text(vi="Không bỏ qua nữa", en="Do not ignore it"),
    "ignored": Text(vi="Đã bỏ qua ({n})", en="Ignored ({n})"),
    "ignored.hint": Text(
        vi="Lý do chỉ giữ trong phiên này. Chép phần miễn trừ cho người duyệt để ghi vào "
        ".qc-waivers.yaml hoặc chính sách của trường.",
        en="Reasons are kept for this session. Copy the waivers for the approver, who writes them "
        "into .qc-waivers.yaml or the school's policy.",
    ),
    "ignored.copy": Text(vi="Chép phần miễn trừ", en="Copy the waivers"),
    "ignored.save": Text(vi="Tải phần miễn trừ (.yaml)", en="Download the waivers (.yaml)"),
    "copied": Text(vi="Đã chép.", en="Copied."),
    "saved": Text(vi="Bản nháp lưu trong trình duyệt này", en="Draft kept in this browser"),
    "saved.not": Text(
        vi="Trình duyệt không cho lưu bản nháp", en="The browser does not allow drafts to be kept"
    ),
    "restored": Text(
        vi="Đã mở lại bản nháp lúc {time}. Ảnh, clip và tệp gốc không nằm trong bản nháp: "
        "hãy thả lại nếu cần.",
        en="Draft of {time} restored. Pictures, clips and the original file are not part of it: "
        "drop them again if you need them.",
    ),
    "opened": Text(vi="Đã mở “{name}”.", en="Opened “{name}”."),
    "opened.changes": Text(
        vi="Tệp gốc: {name}. Sửa chữ trên trang rồi tải “Tệp gốc với các chỗ đã sửa”.",
        en="Original file: {name}. Mend the text here, then download it with your changes.",
    ),
    "opened.many": Text(
        vi="Có {n} tệp bài viết; hãy mở từng bài một.",
        en="There are {n} articles; open one at a time.",
    ),
    "fixed.done": Text(
        vi="Đã ghi {made} chỗ sửa vào bản sao của tệp.", en="{made} changes written into a copy."
    ),
    "fixed.tracked": Text(
        vi="Đã ghi {made} chỗ sửa vào bản sao; mở bằng Word để chấp nhận hay từ chối từng chỗ.",
        en="{made} tracked changes written into a copy; accept or reject them in Word.",
    ),
    "fixed.left": Text(
        vi="{left} chỗ không ghi được (thêm hay tách đoạn, trường điền trên trang): hãy sửa tay.",
        en="{left} could not be written (new or split paragraphs): change them by hand.",
    ),
    "report.none": Text(vi="Chưa có bài để lập báo cáo.", en="There is no article to report on."),
    "error.down": Text(
        vi="Không nối được với dịch vụ kiểm tra. Bài viết của bạn vẫn còn nguyên trên trang này.",
        en="The checking service cannot be reached. Your article is still here, unchanged.",
    ),
    "error.kept": Text(
        vi="Bài viết của bạn vẫn còn nguyên trên trang này.",
        en="Your article is still here, unchanged.",
    ),
    "error.total": Text(
        vi="Ảnh và clip của bài nặng hơn {limit} MB nên không gửi được; hãy bỏ bớt hoặc thu nhỏ.",
        en="Pictures and clips are larger than {limit} MB together; remove or shrink some.",
    ),
    "error.ended": Text(
        vi="Lần kiểm tra này đã dừng giữa chừng; hãy kiểm tra lại.",
        en="This check ended before it was done; check again.",
    ),
    "error.retry": Text(vi="Thử lại", en="Try again"),
    "error.large": Text(
        vi="Tệp “{name}” lớn hơn {limit} MB nên không gửi được.",
        en="“{name}” is larger than {limit} MB and cannot be sent.",
    ),
    "token": Text(vi="Mã truy cập", en="Access token"),
    "token.ask": Text(
        vi="Dịch vụ này cần mã truy cập do quản trị viên cấp. Mã chỉ được giữ trong thẻ "
        "trình duyệt này cho tới khi đóng.",
        en="This service asks for an access token from its administrator. It is kept in this "
        "browser tab only, until it is closed.",
    ),
    "token.save": Text(vi="Dùng mã này", en="Use this token"),
    "token.forget": Text(vi="Quên mã truy cập", en="Forget the access token"),
    "token.wrong": Text(vi="Mã truy cập không đúng hoặc đã hết hạn.", en="Wrong or expired token."),
    "view.article": Text(vi="Bài viết", en="Article"),
    "view.findings": Text(vi="Phát hiện", en="Findings"),
    "view.media": Text(vi="Ảnh, clip", en="Media"),
    "views": Text(vi="Phần của trang", en="Parts of the page"),
    "peek.show": Text(vi="Xem cách sửa", en="See the fix"),
    "about": Text(
        vi="Mọi việc chạy trên máy chủ này; không gửi gì ra ngoài.",
        en="Everything runs on this server; nothing is sent elsewhere.",
    ),
}

FIELD_WORDS = (
    ("author", "text"),
    ("category", "text"),
    ("kind", "kind"),
    ("published_at", "text"),
    ("approved_by", "text"),
    ("source", "text"),
    ("source_url", "text"),
    ("consent_ids", "text"),
    ("ai_generated", "ai"),
)
KINDS = ("tin-bai", "thong-bao", "van-ban", "cong-khai", "tuyen-sinh")
