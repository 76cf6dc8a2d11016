"""The categories of terms: one rule each, so that a policy can switch each on and off."""

from __future__ import annotations

from qc.core.rule import Examples, Rule, Severity, Text

MESSAGE = Text(vi="“{shown}”: {label}{written}", en="“{shown}”: {label_en}{written_en}")


def _rule(
    name: str,
    label: tuple[str, str],
    why: tuple[str, str],
    fix: tuple[str, str],
    basis: tuple[str, ...],
    bad: str,
    good: str,
    opt_in: bool = False,
) -> tuple[str, str, Rule]:
    head = "# Tin hoạt động của nhà trường\n\n"
    rule = Rule(
        id=f"term-{name}",
        severity=Severity.ERROR,
        title=Text(vi=f"{label[0][0].upper()}{label[0][1:]}", en=f"{label[1]}".capitalize()),
        message=MESSAGE,
        why=Text(*why),
        fix=Text(*fix),
        basis=basis,
        examples=Examples(bad=(f"{head}{bad}\n",), good=(f"{head}{good}\n",)),
        opt_in=opt_in,
    )
    return label[0], label[1], rule


REMOVE = (
    "Bỏ hoặc thay từ này; nếu trích dẫn, đặt trong ngoặc kép và ghi nguồn.",
    "Remove or replace it; if it is a quotation, use quotation marks and name the source.",
)
MENTION = (
    "Nếu bài tuyên truyền phòng, chống thì giữ và nêu rõ mục đích; nếu không, bỏ nội dung này.",
    "Keep it where the article warns of it and says so; otherwise remove it.",
)
CATEGORIES = {
    "profanity": _rule(
        "profanity",
        ("từ chửi thề, tục tĩu", "profanity"),
        (
            "Lời tục không được có trên cổng của nhà trường, kể cả khi viết tắt hay viết lái.",
            "Foul language has no place on a school portal, however it is spelled.",
        ),
        REMOVE,
        ("37-7",),
        "Bạn ấy nói: thằng chó đẻ kia.",
        "Nhà trường tặng mỗi em một túi hạt óc chó.",
    ),
    "insult": _rule(
        "insult",
        ("từ xúc phạm, thóa mạ", "insult"),
        (
            "Lời xúc phạm làm tổn thương người được nhắc tới và làm hại uy tín của nhà trường.",
            "Insults hurt people and the good name of the school.",
        ),
        REMOVE,
        ("37-7",),
        "Đó là một lũ ngu dốt, câm mồm lại.",
        "Truyện Ngu Công dời núi được các em kể rất hay.",
    ),
    "vulgar": _rule(
        "vulgar",
        ("từ thô tục", "vulgar word"),
        (
            "Từ chỉ bộ phận, chất thải cơ thể dùng thô tục không hợp văn phong của nhà trường.",
            "Coarse words for the body do not fit the style of a school.",
        ),
        REMOVE,
        ("37-7",),
        "Bài viết có mùi thối như cứt.",
        "Hoa cứt lợn mọc quanh vườn trường.",
    ),
    "sexual": _rule(
        "sexual",
        ("nội dung tình dục", "sexual content"),
        (
            "Nội dung khiêu dâm, mời gọi tình dục bị cấm và hay bị chèn trái phép vào cổng trường.",
            "Pornographic content is forbidden and is often injected into school sites.",
        ),
        MENTION,
        ("15-101", "ANM25-7"),
        "Mời các bạn xem phim sex không che tại trang này.",
        "Các đội tham gia làm tình nguyện tại xã vùng cao.",
    ),
    "gambling": _rule(
        "gambling",
        ("từ ngữ cờ bạc, cá cược", "gambling term"),
        (
            "Cờ bạc là nội dung bị cấm và là loại nội dung chèn trái phép hay gặp nhất.",
            "Gambling is forbidden content and the most frequent kind of injected content.",
        ),
        MENTION,
        ("15-101",),
        "Soi kèo hôm nay cùng nhà cái uy tín.",
        "Trong nhà cái ti vi đã cũ, số đề tài năm nay tăng.",
    ),
    "drugs": _rule(
        "drugs",
        ("từ ngữ về ma túy, chất gây nghiện", "drug term"),
        (
            "Bài trên cổng trường chỉ nhắc tới ma túy để phòng, chống.",
            "A school writes about drugs only to warn of them.",
        ),
        MENTION,
        ("15-101",),
        "Shop có bán cần sa và bóng cười giá tốt.",
        "Đất nước vui mừng đón năm mới; công ty cần sa thải ít người hơn.",
    ),
    "tobacco-alcohol": _rule(
        "tobacco-alcohol",
        ("từ ngữ về thuốc lá, rượu bia", "tobacco or alcohol term"),
        (
            "Không quảng cáo thuốc lá, rượu bia với học sinh; thuốc lá điện tử đã bị cấm.",
            "Tobacco and alcohol are not promoted to pupils; e-cigarettes are banned.",
        ),
        MENTION,
        ("TL-9", "RB-5"),
        "Shop vape chuyên pod 1 lần, ship tận nơi.",
        "Nhà trường không khói bụi, nhiều cây xanh.",
    ),
    "violence": _rule(
        "violence",
        ("từ ngữ bạo lực, vũ khí", "violence or weapons"),
        (
            "Mô tả bạo lực, chỉ dẫn làm vũ khí gây hại cho học sinh.",
            "Descriptions of violence and weapons harm pupils.",
        ),
        MENTION,
        ("15-101",),
        "Cách chế tạo bom bằng đồ dùng trong nhà.",
        "Sở ban hành quyết định; kiểm soát chặt đầu ra; giá cắt cổ.",
    ),
    "sexual-abuse": _rule(
        "sexual-abuse",
        ("từ ngữ về xâm hại tình dục", "sexual abuse"),
        (
            "Bài nhắc tới xâm hại phải bảo vệ danh tính nạn nhân, nhất là trẻ em.",
            "Articles on abuse must protect the identity of victims, above all of children.",
        ),
        (
            "Bỏ mọi chi tiết cho phép nhận ra nạn nhân; nêu nơi giúp đỡ (tổng đài 111).",
            "Remove all that identifies a victim; name a place of help (hotline 111).",
        ),
        ("TE-6.11",),
        "Thầy giáo dâm ô với học sinh lớp 3.",
        "Trường dạy các em kỹ năng tự bảo vệ mình.",
    ),
    "hate": _rule(
        "hate",
        ("từ miệt thị vùng miền, dân tộc, khuyết tật, giới", "slur"),
        (
            "Lời miệt thị xúc phạm cả một nhóm người; cổng nhà trường phải tôn trọng mọi người.",
            "Slurs insult a whole group of people.",
        ),
        (
            "Dùng từ tôn trọng: người khuyết tật, người khiếm thị, đồng bào dân tộc …",
            "Use respectful words.",
        ),
        ("37-7",),
        "Bọn khựa và lũ thiểu năng lại đến.",
        "Khởi nghĩa Nam Kỳ năm 1940; bản đồ bóng đá châu Âu.",
    ),
    "self-harm": _rule(
        "self-harm",
        ("từ ngữ về tự tử, tự hại", "self-harm"),
        (
            "Bài về tự tử viết thiếu cẩn trọng có thể khiến người khác làm theo.",
            "Careless reports on suicide may lead others to imitate it.",
        ),
        (
            "Không nêu cách thức, nơi chốn; nêu nơi giúp đỡ (tổng đài 111).",
            "Leave out method and place; name a place of help (hotline 111).",
        ),
        ("TE-6.11",),
        "Chia sẻ cách tự tử không đau.",
        "Nút thắt cổ chai của ngành được tháo gỡ.",
    ),
    "superstition": _rule(
        "superstition",
        ("từ ngữ mê tín dị đoan", "superstition"),
        (
            "Tuyên truyền mê tín dị đoan bị cấm trên trang thông tin điện tử.",
            "Promoting superstition is forbidden on websites.",
        ),
        MENTION,
        ("15-101",),
        "Nhận xem bói online, làm bùa yêu linh nghiệm.",
        "Đoàn lên Đồng Nai theo yêu cầu cơ bản của lễ hội.",
    ),
    "advertising": _rule(
        "advertising",
        ("từ ngữ quảng cáo", "advertising phrase"),
        (
            "Cổng nhà trường không đăng quảng cáo; từ “nhất” cần có tài liệu chứng minh.",
            "A school portal carries no advertising; superlatives need proof.",
        ),
        (
            "Viết lại theo giọng thông báo, bỏ lời mời chào.",
            "Rewrite it as information and drop the pitch.",
        ),
        ("QC-8",),
        "Chốt đơn ngay hôm nay, freeship toàn quốc.",
        "Đội tuyển xếp thứ nhất, là đội tốt nhất Việt Nam năm nay.",
    ),
    "fraud": _rule(
        "fraud",
        ("từ ngữ lừa đảo, vay nóng, gian lận thi cử", "fraud, loan or exam cheating"),
        (
            "Lời mời vay nóng, việc nhẹ lương cao, làm bằng giả nhằm vào học sinh và phụ huynh.",
            "Loan, job and fake-diploma offers target pupils and parents.",
        ),
        MENTION,
        ("15-101",),
        "Nhận làm bằng giả, nợ xấu vẫn vay được.",
        "Hội thi hộ sinh giỏi do bệnh viện tổ chức.",
    ),
    "sovereignty": _rule(
        "sovereignty",
        ("tên gọi cần cân nhắc về chủ quyền", "wording on sovereignty"),
        (
            "Văn bản trong nước dùng tên gọi Biển Đông, Hoàng Sa, Trường Sa.",
            "Vietnamese texts use the names Biển Đông, Hoàng Sa, Trường Sa.",
        ),
        (
            "Dùng tên gọi chính thức; nếu trích tên nước ngoài thì giải thích rõ.",
            "Use the official name; explain a foreign one where you quote it.",
        ),
        ("15-101",),
        "Tàu chạy qua quần đảo Nam Sa.",
        "Tàu chạy qua quần đảo Trường Sa.",
        opt_in=True,
    ),
}
OWNER_LABEL = ("từ bị cấm theo danh sách của đơn vị", "term banned by the owner of the portal")
OWNER = Rule(
    id="term-banned",
    severity=Severity.ERROR,
    title=Text(vi="Từ bị cấm theo danh sách của đơn vị", en="Term banned by the owner"),
    message=MESSAGE,
    why=Text(
        vi="Đơn vị quản lý cổng đã đưa từ này vào danh sách cấm của mình.",
        en="The owner of the portal has put this term on its own list.",
    ),
    fix=Text(vi="Bỏ từ này hoặc xin ý kiến Ban biên tập.", en="Remove it or ask the editors."),
    basis=("37-10",),
)
