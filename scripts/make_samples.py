"""Write samples/: articles as editors of school portals write them, clean ones and faulty ones."""

from __future__ import annotations

import json
import unicodedata
from pathlib import Path

from scripts.office import Paragraph, Picture, Piece, Table, docx, odt
from scripts.pictures import jpeg, school_yard

ROOT = Path(__file__).parent.parent / "samples"


def main() -> None:
    """Write every sample; running it again changes nothing."""
    photos = {
        "anh/ngay-hoi-doc-sach.jpg": jpeg(school_yard(1600, 900, 1)),
        "anh/le-khai-giang.jpg": jpeg(school_yard(1600, 1067, 2)),
        "anh/tiet-hoc-stem.jpg": jpeg(school_yard(1280, 960, 3)),
        "anh/anh-nho.jpg": jpeg(school_yard(280, 210, 4)),
        "anh/anh-dai.jpg": jpeg(school_yard(1600, 380, 5)),
    }
    for name, data in photos.items():
        _write(name, data)
    khai_giang = photos["anh/le-khai-giang.jpg"]
    _write("sach-ngay-hoi-doc-sach.md", CLEAN_NEWS)
    _write("sach-thong-bao-nghi-le.docx", docx(CLEAN_NOTICE, title=""))
    _write("sach-khai-giang.docx", docx(_clean_event(khai_giang)))
    _write("sach-tuyen-sinh-lop-1.html", CLEAN_ADMISSION)
    _write("sach-ke-hoach-stem.odt", odt(CLEAN_PLAN))
    _write("sach-tin-tu-cms.json", json.dumps(CLEAN_CMS, ensure_ascii=False, indent=2) + "\n")
    _write("loi-khai-giang.docx", docx(_faulty_event(photos["anh/anh-nho.jpg"])))
    _write("loi-danh-sach-hoc-sinh.docx", docx(FAULTY_LIST))
    _write("loi-chen-quang-cao-ca-cuoc.html", FAULTY_INJECTED)
    _write("loi-anh-va-lien-ket.md", FAULTY_MEDIA)
    _write("loi-vien-dan-van-ban.md", FAULTY_CITATIONS)
    _write("loi-soan-thao.odt", odt(FAULTY_TYPING))
    _write("loi-tin-tu-cms.json", json.dumps(FAULTY_CMS, ensure_ascii=False, indent=2) + "\n")


def _write(name: str, data: str | bytes) -> None:
    path = ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)


CLEAN_NEWS = """---
tiêu đề: Hơn 500 học sinh tham gia ngày hội đọc sách
sapo: >-
  Sáng 21/4, Trường Tiểu học Hoa Sen tổ chức ngày hội đọc sách với các hoạt động kể chuyện,
  vẽ tranh theo sách và trao đổi sách giữa các lớp.
tác giả: Trần Thị Bình
chuyên mục: Tin tức
loại bài: tin bài
ngày đăng: 22/04/2024
người duyệt: Lê Văn Cường
ảnh đại diện: anh/ngay-hoi-doc-sach.jpg
ảnh:
  - tệp: anh/ngay-hoi-doc-sach.jpg
    mô tả: Học sinh xếp hàng trên sân trường trong ngày hội đọc sách
    chú thích: Toàn cảnh ngày hội đọc sách trên sân trường. Ảnh do cô Bình chụp.
    nguồn ảnh: Trần Thị Bình
---

Sáng 21/4, hơn 500 học sinh Trường Tiểu học Hoa Sen đã tham gia ngày hội đọc sách do nhà trường
phối hợp với thư viện xã tổ chức.

## Nhiều hoạt động bổ ích

Mở đầu ngày hội, học sinh các lớp lần lượt giới thiệu cuốn sách mà mình yêu thích nhất. Mỗi lớp có
một góc đọc sách được trang trí theo chủ đề riêng.

- Kể chuyện theo sách.
- Vẽ tranh minh họa.
- Trao đổi sách giữa các lớp.

Cô giáo phụ trách thư viện cho biết, sau ngày hội, mỗi lớp sẽ có một tủ sách nhỏ để các em đọc vào
giờ ra chơi.
"""

CLEAN_NOTICE: list[Piece] = [
    Paragraph("Tiêu đề: Thông báo lịch nghỉ lễ 30/4 và 01/5"),
    Paragraph("Tác giả: Ban biên tập"),
    Paragraph("Chuyên mục: Thông báo"),
    Paragraph("Loại bài: thông báo"),
    Paragraph("Ngày đăng: 22/04/2024"),
    Paragraph("Người duyệt: Lê Văn Cường"),
    Paragraph(
        "Nhà trường thông báo lịch nghỉ lễ 30/4 và 01/5 tới toàn thể cha mẹ học sinh, cán bộ, "
        "giáo viên và nhân viên như sau:"
    ),
    Table(
        (
            ("Ngày", "Nội dung"),
            ("Thứ Ba, ngày 30/4", "Nghỉ lễ"),
            ("Thứ Tư, ngày 01/5", "Nghỉ lễ"),
            ("Thứ Năm, ngày 02/5", "Học sinh đi học bình thường"),
        )
    ),
    Paragraph("Kính mong cha mẹ học sinh nhắc các em giữ an toàn trong những ngày nghỉ."),
]


def _clean_event(photo: bytes) -> list[Piece]:
    return [
        Paragraph("Tiêu đề: Thầy và trò Trường Tiểu học Hoa Sen khai giảng năm học mới"),
        Paragraph(
            "Tóm tắt: Sáng 05/9, Trường Tiểu học Hoa Sen long trọng tổ chức lễ khai giảng năm học "
            "2024-2025 trong không khí vui tươi, phấn khởi."
        ),
        Paragraph("Tác giả: Nguyễn Thị Hoa"),
        Paragraph("Chuyên mục: Tin tức"),
        Paragraph("Ngày đăng: 05/09/2024"),
        Paragraph("Người duyệt: Lê Văn Cường"),
        Paragraph(
            "Từ sáng sớm, học sinh các khối lớp đã có mặt đông đủ trên sân trường. Sau lễ chào cờ, "
            "thầy hiệu trưởng đọc thư của Chủ tịch nước gửi ngành Giáo dục.",
            bold="lễ chào cờ",
        ),
        Picture(photo, "Học sinh xếp hàng dự lễ khai giảng trên sân trường", 1600, 1067),
        Paragraph("Ảnh: Nguyễn Thị Hoa", style="Caption"),
        Paragraph("Những điểm mới của năm học", style="Heading2"),
        Paragraph(
            "Năm học này, nhà trường tiếp tục đổi mới cách dạy học, tăng cường các hoạt động trải "
            "nghiệm và chăm sóc cảnh quan trường lớp xanh, sạch, đẹp."
        ),
    ]


CLEAN_ADMISSION = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Thông báo tuyển sinh lớp 1 năm học 2024-2025</title>
<meta name="description" content="Trường Tiểu học Hoa Sen thông báo kế hoạch tuyển sinh lớp 1: \
đối tượng, chỉ tiêu, hồ sơ, thời gian và địa điểm nhận hồ sơ.">
<meta name="author" content="Ban biên tập">
<meta name="category" content="Tuyển sinh">
<meta name="kind" content="tuyển sinh">
<meta name="published_at" content="2024-05-20">
<meta name="expires_at" content="2024-07-31">
<meta name="approved_by" content="Lê Văn Cường">
<meta name="keywords" content="tuyển sinh, lớp 1">
</head>
<body>
<h1>Thông báo tuyển sinh lớp 1 năm học 2024-2025</h1>
<p>Trường Tiểu học Hoa Sen thông báo kế hoạch tuyển sinh lớp 1 như sau:</p>
<ul>
<li>Đối tượng: trẻ sinh năm 2018 cư trú trên địa bàn xã.</li>
<li>Chỉ tiêu: 140 học sinh, chia thành 4 lớp.</li>
<li>Phương thức tuyển sinh: xét tuyển.</li>
<li>Điều kiện dự tuyển: trẻ đủ 6 tuổi tính theo năm sinh.</li>
<li>Hồ sơ gồm: đơn xin nhập học, bản sao giấy khai sinh.</li>
<li>Thời gian nhận hồ sơ: từ ngày 01/7/2024 đến ngày 10/7/2024.</li>
<li>Địa điểm nhận hồ sơ: văn phòng nhà trường.</li>
</ul>
<p>Cha mẹ học sinh có thể đăng ký trực tuyến tại mục Tuyển sinh của cổng thông tin.</p>
</body>
</html>
"""

CLEAN_PLAN: list[Paragraph | Table] = [
    Paragraph("Tiêu đề: Kế hoạch tổ chức ngày hội STEM cấp trường"),
    Paragraph("Tác giả: Ban biên tập"),
    Paragraph("Chuyên mục: Kế hoạch"),
    Paragraph("Loại bài: thông báo"),
    Paragraph("Ngày đăng: 10/03/2024"),
    Paragraph("Người duyệt: Lê Văn Cường"),
    Paragraph("Mục đích", style="Heading2"),
    Paragraph(
        "Ngày hội giúp học sinh vận dụng kiến thức đã học vào thực tiễn, phát triển khả năng sáng "
        "tạo và làm việc theo nhóm."
    ),
    Paragraph("Thời gian và địa điểm", style="Heading2"),
    Table(
        (
            ("Nội dung", "Thời gian", "Địa điểm"),
            ("Khai mạc", "7 giờ 30 phút", "Sân trường"),
            ("Trưng bày sản phẩm", "8 giờ 15 phút", "Nhà đa năng"),
        )
    ),
    Paragraph("Các tổ chuyên môn gửi danh sách sản phẩm về văn phòng trước ngày 20/3."),
]

CLEAN_CMS = {
    "title": "Trường Mầm non Hướng Dương tổ chức Tết trồng cây",
    "sapo": "Sáng 16/02, cô và trò Trường Mầm non Hướng Dương cùng nhau trồng hơn 60 cây xanh "
    "trong khuôn viên nhà trường.",
    "author": "Phạm Thị Lan",
    "category": "Tin tức",
    "kind": "tin-bai",
    "published_at": "2024-02-17T08:30:00",
    "approved_by": "Đỗ Thị Mai",
    "featured_image": "anh/tiet-hoc-stem.jpg",
    "images": [
        {
            "path": "anh/tiet-hoc-stem.jpg",
            "alt": "Cô và trò trồng cây trên sân trường",
            "credit": "Phạm Thị Lan",
        }
    ],
    "body": "<p>Hưởng ứng Tết trồng cây, sáng 16/02, cô và trò Trường Mầm non Hướng Dương đã cùng "
    "nhau trồng hơn 60 cây xanh.</p><p>Hoạt động giúp trẻ biết yêu thiên nhiên và giữ gìn môi "
    "trường quanh em.</p>",
}


def _faulty_event(photo: bytes) -> list[Piece]:
    return [
        Paragraph("Tiêu đề: TRƯỜNG TIỂU HỌC HOA SEN KHAI GIẢNG NĂM HỌC MỚI"),
        Paragraph("Tác giả: Nguyễn Thị Hoa"),
        Paragraph("Chuyên mục: Tin tức"),
        Paragraph("Ngày đăng: 05/09/2024"),
        Paragraph("Người duyệt: Nguyễn Thị Hoa"),
        Paragraph(
            "Sáng 05/9, nhà trường tổ chức lễ khai giãng năm học mới. Tin bài được đăng trên Công "
            "thông tin điện tử của nhà trường , mời cha mẹ học sinh theo dõi."
        ),
        Picture(photo, "image1.jpeg", 280, 210),
        Paragraph("Nội dung chính", style="Heading2"),
        Paragraph(
            "Năm học này nhà trường bổ xung thêm 2 phòng học. Tổng số học sinh: xxx em.",
            bold="bổ xung",
        ),
        Paragraph("Kết quả năm học trước", style="Heading2"),
    ]


FAULTY_LIST: list[Piece] = [
    Paragraph("Tiêu đề: Danh sách học sinh trúng tuyển vào lớp 6"),
    Paragraph("Tác giả: Ban biên tập"),
    Paragraph("Chuyên mục: Tuyển sinh"),
    Paragraph("Loại bài: thông báo"),
    Paragraph("Ngày đăng: 10/07/2026"),
    Paragraph("Người duyệt: Lê Văn Cường"),
    Paragraph("Nhà trường công bố danh sách học sinh trúng tuyển vào lớp 6 như sau:"),
    Table(
        (
            ("STT", "Họ và tên", "Ngày sinh", "Điện thoại cha mẹ", "Ghi chú"),
            ("1", "Nguyễn Văn An", "12/03/2014", "0912 345 671", ""),
            ("2", "Trần Thị Bích", "05/11/2014", "0987 654 312", "Hộ nghèo"),
            ("3", "Lê Hoàng Minh", "21/07/2014", "0903 111 243", ""),
            ("4", "Phạm Gia Hân", "30/01/2014", "0868 222 354", ""),
            ("5", "Vũ Đức Thắng", "17/09/2014", "0332 333 465", "Khuyết tật"),
            ("6", "Đặng Ngọc Linh", "08/08/2014", "0775 444 576", ""),
        )
    ),
    Paragraph("Mọi thắc mắc xin liên hệ văn phòng nhà trường."),
]

FAULTY_INJECTED = """<!DOCTYPE html>
<html lang="vi">
<head>
<meta charset="utf-8">
<title>Kết quả hội thi giáo viên dạy giỏi cấp trường</title>
<meta name="author" content="Ban biên tập">
<meta name="category" content="Tin tức">
<meta name="published_at" content="2024-11-18">
<meta name="approved_by" content="Lê Văn Cường">
</head>
<body>
<h1>Kết quả hội thi giáo viên dạy giỏi cấp trường</h1>
<p>Sau hai tuần làm việc nghiêm túc, hội thi đã chọn được 12 giáo viên đạt giải.</p>
<img src="anh/tiet-hoc-stem.jpg" onerror="alert(1)">
<p>Ban giám hiệu chúc mừng các thầy cô.</p>
<div style="display:none"><a href="https://kubet88.example">nhà cái uy tín</a><a
href="https://taixiu.example">tài xỉu</a><a href="https://nohu.example">nổ hũ đổi thưởng</a></div>
<p style="font-size:0">soi kèo nhà cái, lô đề online, n.h.à c.á.i số một</p>
<script src="https://cdn.example/x.js"></script>
</body>
</html>
"""

FAULTY_MEDIA = """---
tiêu đề: Trường tổ chức tiết học STEM cho học sinh khối 5
sapo: >-
  Chiều 12/3, học sinh khối 5 tham gia tiết học STEM với chủ đề nước sạch, tự tay làm bình lọc
  nước từ những vật liệu đơn giản.
tác giả: Trần Thị Bình
chuyên mục: Tin tức
ngày đăng: 13/03/2024
người duyệt: Lê Văn Cường
ảnh đại diện: anh/anh-nho.jpg
---

Chiều 12/3, học sinh khối 5 tham gia tiết học STEM với chủ đề nước sạch.

![](anh/anh-nho.jpg)

![IMG_2034.JPG](anh/anh-dai.jpg)

![Học sinh làm bình lọc nước](../ngoai-thu-muc/anh.jpg)

![Sản phẩm của các nhóm](anh/khong-co-that.jpg)

Xem thêm [tại đây](http://192.168.1.20/tai-lieu.exe).
"""

FAULTY_CITATIONS = """---
tiêu đề: Nhà trường thực hiện công khai năm học 2025-2026
sapo: >-
  Nhà trường công khai điều kiện bảo đảm chất lượng giáo dục, kết quả giáo dục và thu chi tài chính
  của năm học để cha mẹ học sinh biết.
tác giả: Ban biên tập
chuyên mục: Công khai
loại bài: thông báo
ngày đăng: 15/06/2026
người duyệt: Lê Văn Cường
---

Thực hiện Thông tư số 36/2017/TT-BGDĐT ngày 28/12/2017 của Bộ Giáo dục và Đào tạo, nhà trường công
khai điều kiện bảo đảm chất lượng giáo dục.

Nội dung đăng trên cổng theo hướng dẫn tại Điều 9, Thông tư 37/2020/TT-GD&ĐT ngày 05/10/2020.

Phòng Giáo dục và Đào tạo huyện Văn Giang kiểm tra việc công khai của các trường trong tháng này.
"""

FAULTY_TYPING: list[Paragraph | Table] = [
    Paragraph("Tiêu đề: Thông báo họp cha mẹ học sinh cuối năm học"),
    Paragraph("Tác giả: Ban biên tập"),
    Paragraph("Chuyên mục: Thông báo"),
    Paragraph("Loại bài: thông báo"),
    Paragraph("Ngày đăng: 20/05/2024"),
    Paragraph("Người duyệt: Lê Văn Cường"),
    Paragraph(unicodedata.normalize("NFD", "Nhà trường kính mời cha mẹ học sinh tới dự buổi họp.")),
    Paragraph("Thời gian: 8 giờ 00, ngày 25/5/2024;địa điểm: phòng học của lớp."),
    Paragraph("Khi tới dự, đề nghị cha mẹ\u200b học sinh mang theo giấy mời !"),
    Paragraph("[Chèn danh sách lớp vào đây]"),
    Table((("Lớp", "Phòng"), ("1A", "101"), ("1B", "TODO"))),
]

FAULTY_CMS = {
    "title": "Tin",
    "kind": "tin-bai",
    "published_at": "hôm qua",
    "approved_by": "Đỗ Thị Mai",
    "autor": "Phạm Thị Lan",
    "body": "<h2>Hoạt động</h2><p>Trẻ rất vui &amp; hào hứng ,chơi nhiều trò chơi.</p>"
    '<p>Liên hệ cô Lan: 0912 345 678.</p><img src="anh/khong-co.jpg">',
}


if __name__ == "__main__":
    main()
