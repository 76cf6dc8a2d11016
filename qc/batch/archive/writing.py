"""Clean posts: the text of each is chosen from written templates, so that qc has nothing to say.

A post depends only on the order and its own number: any post can be written without the others.
"""

from __future__ import annotations

import random
import unicodedata
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from qc.batch.archive.calendar import Entry
from qc.batch.archive.model import Order, Picture, SamplePost, School

TEXTS = Path(__file__).parent / "texts.yaml"
NAMES = ("Hoa Sen", "Hướng Dương", "Bình Minh", "Sao Mai", "Tràng An", "Phượng Hồng", "Ánh Dương")
PEOPLE = (
    "Trần Thị Bình",
    "Nguyễn Thị Lan",
    "Phạm Văn Nam",
    "Đỗ Thị Mai",
    "Hoàng Thị Thu",
    "Vũ Đức Minh",
)
SCHOOLS = {
    "mam-non": ("Trường Mầm non", "mn", "Các bé", "trẻ", "lớp mẫu giáo", "lớp mẫu giáo"),
    "tieu-hoc": ("Trường Tiểu học", "th", "Học sinh", "học sinh", "khối {n}", "lớp 1"),
    "thcs": ("Trường THCS", "thcs", "Học sinh", "học sinh", "khối {n}", "lớp 6"),
    "thpt": ("Trường THPT", "thpt", "Học sinh", "học sinh", "khối {n}", "lớp 10"),
}
GRADES = {"mam-non": (3, 5), "tieu-hoc": (1, 5), "thcs": (6, 9), "thpt": (10, 12)}
CATEGORIES = {
    "news": ("Tin tức - Sự kiện", "tin-bai"),
    "notice": ("Thông báo", "thong-bao"),
    "plan": ("Kế hoạch", "thong-bao"),
    "minutes": ("Biên bản", "thong-bao"),
    "document": ("Văn bản", "van-ban"),
    "opinion": ("Lấy ý kiến", "thong-bao"),
    "admission-notice": ("Tuyển sinh", "tuyen-sinh"),
    "section-introduction": ("Giới thiệu", "thong-bao"),
    "section-contact": ("Giới thiệu", "thong-bao"),
    "board-decision": ("Giới thiệu", "thong-bao"),
    "board-regulation": ("Giới thiệu", "thong-bao"),
    "annual-report": ("Công khai", "thong-bao"),
}
DISCLOSURE = ("Công khai", "cong-khai")
FILED = ("document", "board-decision", "board-regulation", "annual-report")
HOLIDAYS = {
    1: "Tết Nguyên đán",
    4: "Giỗ Tổ Hùng Vương",
    8: "ngày Quốc khánh",
    12: "Tết Dương lịch",
}
MORE = {"news": (4, 9), "notice": (0, 2), "plan": (1, 4), "minutes": (1, 3)}
PLEASANT = (
    "Ban biên tập cảm ơn các thầy cô và cha mẹ {hs_thuong} đã cung cấp thông tin cho bài viết.",
    "Mọi thông tin cần trao đổi thêm, cha mẹ vui lòng liên hệ văn phòng nhà trường.",
    "Nhà trường mong tiếp tục nhận được sự phối hợp của cha mẹ {hs_thuong}.",
    "Những hình ảnh, thông tin mới sẽ được cập nhật tại chuyên mục này.",
    "Trân trọng cảm ơn sự quan tâm của cha mẹ và các thầy cô giáo.",
)


def school_of(order: Order) -> School:
    """The school of an archive."""
    dice = random.Random(f"{order.seed}:school")
    head, short, *_ = SCHOOLS[order.level]
    name = dice.choice(NAMES)
    plain = slug(name).replace("-", "")
    return School(
        f"{head} {name}", order.level, f"{short}{plain}.example.edu.vn", PEOPLE, "Lê Văn Cường"
    )


def write_post(order: Order, school: School, number: int, entry: Entry) -> SamplePost:
    """The clean post with this number."""
    dice = random.Random(f"{order.seed}:post:{number}")
    slots = _slots(order, school, entry, dice)
    template = _template(entry, dice, slots)
    category, kind = CATEGORIES.get(entry.topic, DISCLOSURE)
    title = _filled(template["title"], dice, slots)
    post = SamplePost(
        id=number,
        day=entry.day,
        topic=entry.topic,
        category=category,
        kind=kind,
        title=title[0].upper() + title[1:],
        sapo=_filled(template["sapo"], dice, slots),
        body=_body(template["body"], dice, slots, MORE.get(entry.topic, (0, 0))),
        author=dice.choice(school.authors) if kind == "tin-bai" else "Ban biên tập",
        approver=school.approver,
        page=entry.topic.startswith("section-"),
    )
    post.sapo = post.sapo[0].upper() + post.sapo[1:]
    post.url = f"https://{school.host}/{slug(category)}/{slug(title)[:80]}-{number}.html"
    if kind == "tuyen-sinh":
        post.expires = date(entry.day.year, 9, 30)
    if entry.topic in FILED:
        file = f"tep/{'bao-cao' if entry.topic == 'annual-report' else 'van-ban'}-{entry.year}.pdf"
        post.attachments.append((file, f"Tải toàn văn: {title}"))
    if entry.topic == "document":
        post.document = _document(school, entry, slots, title, post.attachments[0][0])
    post.pictures = _pictures(template, post, dice)
    return post


def slug(text: str) -> str:
    """A name for an address: "Kế hoạch" -> "ke-hoach"."""
    plain = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    letters = "".join(
        c if c.isascii() and c.isalnum() else " "
        for c in plain
        if c.isascii() or not unicodedata.combining(c)
    )
    return "-".join(letters.split())


@cache
def texts() -> dict[str, Any]:
    """The templates."""
    import yaml

    loaded: dict[str, Any] = yaml.safe_load(TEXTS.read_text(encoding="utf-8"))
    return loaded


def _template(entry: Entry, dice: random.Random, slots: dict[str, Any]) -> dict[str, Any]:
    required: dict[str, Any] = texts()["required"].get(entry.topic)
    if required:
        return required
    topic = "admission" if entry.topic == "admission-notice" else entry.topic
    usable = [each for each in texts()[topic] if entry.day.month in each.get("months", range(13))]
    if topic == "notice" and not slots["dip"]:
        usable = usable[1:]
    chosen: dict[str, Any] = dice.choice(usable)
    if topic == "document":
        kind, abbreviation, subject = dice.choice(chosen["kinds"])
        number = f"{dice.randint(10, 400)}/{abbreviation}-{_initials(slots['truong'])}"
        slots |= {"loai": kind, "loai_thuong": kind.lower(), "vv": subject, "so_vb": number}
    return chosen


def _slots(order: Order, school: School, entry: Entry, dice: random.Random) -> dict[str, Any]:
    day, year = entry.day, entry.year
    _, _, many, few, grade, first = SCHOOLS[order.level]
    lowest, highest = GRADES[order.level]
    event = day - timedelta(dice.randint(0, 2))
    later = day + timedelta(dice.randint(5, 9))
    subject = {
        "mam-non": f"trẻ sinh từ năm {day.year - 5} đến năm {day.year - 3}",
        "tieu-hoc": f"trẻ sinh năm {day.year - 6}",
        "thcs": "học sinh đã hoàn thành chương trình tiểu học",
        "thpt": "học sinh đã tốt nghiệp trung học cơ sở",
    }[order.level]
    return {
        "truong": school.name,
        "thu": school.mailbox,
        "hs": many,
        "hs_thuong": few,
        "khoi": grade.format(n=dice.randint(lowest, highest)),
        "lop_dau": first,
        "doi_tuong": subject,
        "buoi": dice.choice(("Sáng", "Chiều")),
        "ngay_ngan": f"{event.day:02}/{event.month}" if event.month > 2 else f"{event:%d/%m}",
        "ngay_so": f"{day:%d/%m/%Y}",
        "ngay_sau": f"{later:%d/%m/%Y}",
        "ngay_sau_nua": f"{later + timedelta(4):%d/%m/%Y}",
        "thang": day.month,
        "nam": day.year,
        "dip": HOLIDAYS.get(day.month, ""),
        "so": dice.randint(60, 480),
        "nho": dice.randint(3, 12),
        "phan_tram": dice.randint(93, 99),
        "nam_hoc": f"{year}-{year + 1}",
        "nam_sau": f"{year + 1}-{year + 2}",
        "nam_truoc": year,
    }


def _body(
    parts: list[Any], dice: random.Random, slots: dict[str, Any], more: tuple[int, int]
) -> str:
    written = [_filled(part, dice, slots) for part in parts]
    written += dice.sample(texts()["more"], dice.randint(*more))
    written.append(_filled(list(PLEASANT), dice, slots))
    return "".join(
        each if each.startswith("<") else f"<p>{each[0].upper()}{each[1:]}</p>" for each in written
    )


def _filled(text: Any, dice: random.Random, slots: dict[str, Any]) -> str:
    chosen: str = dice.choice(text) if isinstance(text, list) else text
    return chosen.format_map(slots)


def _document(
    school: School, entry: Entry, slots: dict[str, Any], title: str, file: str
) -> dict[str, str]:
    return {
        "kind": slots["loai"],
        "number": slots["so_vb"],
        "issued_on": entry.day.isoformat(),
        "effective_on": entry.day.isoformat(),
        "issuer": school.name,
        "summary": title,
        "signer": "Lê Văn Cường",
        "file": file,
    }


def _pictures(template: dict[str, Any], post: SamplePost, dice: random.Random) -> list[Picture]:
    """The picture that a news item would have; whether it is drawn is decided by the archive."""
    if "alt" not in template:
        return []
    alt = dice.choice(template["alt"])
    path = f"anh/{post.day:%Y-%m}/{slug(alt)[:40]}-{post.id}.jpg"
    caption = f"{alt}. Ảnh: {post.author}"
    return [Picture(path, alt, caption, post.author or "", scene=dice.randrange(2**31))]


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.removeprefix("Trường ").split()).upper()
