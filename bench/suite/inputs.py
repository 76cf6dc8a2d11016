"""Fixed inputs: articles of a Vietnamese school portal, drawn from a seed. Nothing is downloaded.

Every article has a head, whole sentences and some three kilobytes; `dirty` ones carry mistakes of
the kinds that qc looks for. The digest of the inputs stands in the results.
"""

from __future__ import annotations

import hashlib
import random
import unicodedata

SEED = 20260905
HEAD = """---
tiêu đề: {title}
sapo: {sapo}
tác giả: Ban biên tập
chuyên mục: Tin tức
loại bài: tin bài
ngày đăng: 15/03/2024
người duyệt: Lê Văn Cường
---

"""
SCHOOLS = "Hoa Sen|Kim Đồng|Lê Lợi|Nguyễn Du|Trần Phú|Chu Văn An|Võ Thị Sáu|Bế Văn Đàn".split("|")
PLACES = "Hưng Yên|Văn Giang|Phụng Công|Khoái Châu|Yên Mỹ|Ân Thi|Phù Cừ|Tiên Lữ".split("|")
NAMES = "Nguyễn Thu Hà|Trần Văn Nam|Lê Minh Đức|Phạm Ngọc Lan|Đỗ Quang Huy|Vũ Thị Mai".split("|")
WHO = (
    "thầy và trò nhà trường|các em học sinh khối lớp năm|đội ngũ giáo viên|ban giám hiệu|"
    "hội cha mẹ học sinh|liên đội|tổ chuyên môn|các bậc phụ huynh|câu lạc bộ đọc sách|chi đoàn"
).split("|")
DID = (
    "đã tổ chức ngày hội đọc sách với nhiều hoạt động bổ ích|đã hoàn thành kế hoạch năm học|"
    "tham gia buổi tuyên truyền về an toàn giao thông|thi đua dạy tốt và học tốt|"
    "quyên góp sách vở ủng hộ các bạn vùng khó khăn|ôn tập và chuẩn bị cho kỳ kiểm tra cuối kỳ|"
    "tìm hiểu truyền thống hiếu học của quê hương|tập luyện các tiết mục văn nghệ chào mừng|"
    "làm quen với thư viện điện tử và cách tra cứu|trồng thêm cây xanh trong khuôn viên trường"
).split("|")
WHEN = (
    "Sáng nay|Trong tuần qua|Ngày {day:02d}/{month:02d}/2024|Chiều thứ Sáu vừa qua|"
    "Tiếp nối thành công của năm trước|Nhân dịp kỷ niệm ngày thành lập Đoàn|Vào đầu học kỳ hai"
).split("|")
WHERE = (
    "tại sân trường|trong thư viện|tại nhà đa năng|ở phòng học bộ môn|tại hội trường|"
    "ngay trên lớp|tại xã {place}|ở huyện {place}"
).split("|")
WHY = (
    "nhằm nâng cao chất lượng giáo dục toàn diện|để các em thêm yêu trường, yêu lớp|"
    "qua đó rèn luyện kỹ năng sống cho học sinh|góp phần xây dựng văn hóa đọc trong nhà trường|"
    "với mong muốn mỗi ngày đến trường là một ngày vui|theo kế hoạch đã được thống nhất"
).split("|")
FLAWS = (
    " Nhà trường sẽ bổ xung thêm hai phòng học.",
    " Các em tham gia họat động rất sôi nổi.",
    " Chi tiết xem trên Công thông tin điện tử .",
    " Liên hệ mẹ em Bình theo số 0912 345 678.",
    " Tổng số học sinh là xxx em.",
    " Em Nguyễn Văn Bình, lớp 8A, bị bạn đánh hội đồng.",
    " Thực hiện theo Thông tư số 32/2018/TT-BGDDT ngày 26/12/2018.",
    " Kinh phí là 1,500,000 VNĐ.",
)


def articles(count: int, *, dirty: float = 0.2, size: int = 2400, seed: int = SEED) -> list[str]:
    """Markdown drafts of about `size` characters; a share `dirty` of the paragraphs has a flaw."""
    draw = random.Random(seed)
    return [_article(draw, dirty, size) for _ in range(count)]


def _article(draw: random.Random, dirty: float, size: int) -> str:
    school = draw.choice(SCHOOLS)
    title = f"Trường Tiểu học {school} {draw.choice(DID).removeprefix('đã ')}"
    sapo = f"{draw.choice(WHEN[3:])}, {draw.choice(WHO)} {draw.choice(DID)} "
    sapo += f"{draw.choice(WHERE[:6])} {draw.choice(WHY)}."
    body: list[str] = []
    while sum(map(len, body)) < size:
        body.append(_paragraph(draw, dirty))
    return HEAD.format(title=title, sapo=sapo) + "\n\n".join(body) + "\n"


def _paragraph(draw: random.Random, dirty: float) -> str:
    sentences = []
    for _ in range(draw.randint(2, 5)):
        when = draw.choice(WHEN).format(day=draw.randint(1, 28), month=draw.randint(1, 12))
        where = draw.choice(WHERE).format(place=draw.choice(PLACES))
        line = f"{when}, {draw.choice(WHO)} {draw.choice(DID)} {where}, {draw.choice(WHY)}."
        if draw.random() < 0.2:
            line += (
                f" Cô giáo {draw.choice(NAMES)} cho biết lớp có {draw.randint(20, 45)} học sinh."
            )
        sentences.append(line)
    flaw = draw.choice(FLAWS) if draw.random() < dirty else ""
    return " ".join(sentences) + flaw


def nfd(texts: list[str]) -> list[str]:
    """The same drafts as some keyboards and file systems write them."""
    return [unicodedata.normalize("NFD", text) for text in texts]


def terms(count: int, seed: int = SEED) -> list[str]:
    """Made-up terms of two to four syllables, distinct."""
    draw = random.Random(seed)
    onsets = "b c ch d đ g h kh l m n ng nh ph qu r s t th tr v x".split()
    rimes = "an ăng âm ao anh en iêu oan ông ơi uyên ương ích ổ ảng ẫn ọc ập ét ứt".split()
    found: dict[str, None] = {}
    while len(found) < count:
        size = draw.randint(2, 4)
        found[" ".join(draw.choice(onsets) + draw.choice(rimes) for _ in range(size))] = None
    return list(found)


def hostile(size: int) -> dict[str, str]:
    """Texts that punish what is not linear, of about `size` characters."""
    return {
        "one letter": "a" * size,
        "one word": "trường " * (size // 7),
        "marks": "!?.,;:" * (size // 6),
        "open brackets": "[(" * (size // 2),
        "digits": "0912345678 " * (size // 11),
        "backticks": "`" * size,
        "citations": "Điều 5 Thông tư số 1/2020/TT-BGDĐT, " * (size // 36),
    }


def digest(texts: list[str]) -> str:
    """Names the inputs in the results."""
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()[:16]
