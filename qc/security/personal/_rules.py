"""The rules on personal data: one for each kind of value."""

from __future__ import annotations

from qc.core.rule import Examples, Rule, Severity, Text
from qc.security.personal._hits import Kind

CHILD_LAW = ("TE-6.11", "56-33", "56-36", "13-20", "91-24")
BASIC = ("356-3", *CHILD_LAW)
SENSITIVE = ("356-4", *CHILD_LAW)
_WHY = Text(
    vi=(
        "Thông tin riêng của một người, nhất là của học sinh, bị sao chép và lợi dụng ngay khi "
        "đăng công khai. Chỉ được đăng khi người đó (và cha mẹ, nếu là trẻ em) đồng ý."
    ),
    en=(
        "Private data of a person, a pupil above all, is copied and abused as soon as it is "
        "public. It may be published only with that person's (and the parents') consent."
    ),
)
_FIX = Text(
    vi=(
        "Xóa hoặc che bớt thông tin này. Nếu đây là đầu mối liên hệ chính thức của đơn vị, "
        "ghi vào danh sách official_contacts của chính sách."
    ),
    en=(
        "Remove or mask it. If it is an official contact of the unit, add it to "
        "official_contacts in the policy."
    ),
)

_MILDER = Text(
    vi=(
        "Lỗi khi thông tin là của học sinh, trẻ em; chỉ là cảnh báo khi là của người lớn, hoặc khi "
        "bài có ghi phiếu đồng ý."
    ),
    en="An error where it is a child's; a warning where it is an adult's, or consent is noted.",
)

# What blocks an article where it is a child's, and what blocks it whoever's it is.
_OF_CHILDREN = frozenset(
    "phone home-address citizen-number identity-card passport health-card birth-date".split()
)
_ERRORS = _OF_CHILDREN | {"bank-card"}


def _rule(name: str, vi: str, en: str, basis: tuple[str, ...], *, bad: str, good: str) -> Rule:
    return Rule(
        id=f"privacy-{name}",
        severity=Severity.ERROR if name in _ERRORS else Severity.WARNING,
        title=Text(vi=f"Lộ {vi} của cá nhân", en=f"Personal {en} is shown"),
        message=Text(
            vi=f"{vi[0].upper()}{vi[1:]} của cá nhân: {{value}}{{owner_vi}}",
            en=f"Personal {en}: {{value}}{{owner_en}}",
        ),
        why=_WHY,
        fix=_FIX,
        basis=basis,
        examples=Examples(bad=(bad,), good=(good,)),
        masks=True,
        milder=_MILDER if name in _OF_CHILDREN else None,
    )


RULES: dict[Kind, Rule] = {
    Kind.PHONE: _rule(
        "phone", "số điện thoại", "telephone number", BASIC,
        bad="Số điện thoại của mẹ em Lê Văn Bình là 0912 345 678.",
        good="Điện thoại văn phòng nhà trường: 0221 3931 225. Tổng đài 1900 6600.",
    ),
    Kind.EMAIL: _rule(
        "email", "địa chỉ thư điện tử", "e-mail address", BASIC,
        bad="Gửi bài về hộp thư tranthib.c2@yahoo.com.vn trước ngày 15/12.",
        good="Thư điện tử: vanphong@hungyen.edu.vn",
    ),
    Kind.CCCD: _rule(
        "citizen-number", "số căn cước (mã định danh)", "citizen number", BASIC,
        bad="Em Đỗ Đức Hùng, mã định danh 068314841888.",
        good="Mã bài viết 100234567890.",
    ),
    Kind.CMND: _rule(
        "identity-card", "số chứng minh nhân dân", "identity card number", BASIC,
        bad="CMND số 137148952 do Công an tỉnh cấp.",
        good="Mẫu phiếu: Số CMND ......... Ngày cấp .../.../20...",
    ),
    Kind.PASSPORT: _rule(
        "passport", "số hộ chiếu", "passport number", BASIC,
        bad="Hộ chiếu số C7112787 của Phạm Ngọc An.",
        good="Học sinh mang theo hộ chiếu khi dự thi.",
    ),
    Kind.BHYT: _rule(
        "health-card", "số thẻ bảo hiểm y tế", "health insurance number", SENSITIVE,
        bad="Số thẻ bảo hiểm y tế: TE1793374830256",
        good="Số thẻ BHYT gồm 10 hoặc 15 ký tự.",
    ),
    Kind.BHXH: _rule(
        "social-insurance", "mã số bảo hiểm xã hội", "social insurance number", BASIC,
        bad="Mã số BHXH: 0178899251 của cô Dương Bảo Đạt.",
        good="Mã số BHXH gồm 10 chữ số.",
    ),
    Kind.TAX_CODE: _rule(
        "tax-code", "mã số thuế", "tax code", BASIC,
        bad="Mã số thuế cá nhân của thầy Vũ Khánh Đạt: 1198547465.",
        good="Tra cứu mã số thuế tại cổng của cơ quan thuế.",
    ),
    Kind.BANK_ACCOUNT: _rule(
        "bank-account", "số tài khoản ngân hàng", "bank account", SENSITIVE,
        bad="Ủng hộ em Trần Bảo Quân qua tài khoản 466449197 tại MB Bank.",
        good="Quỹ Vì người nghèo, STK 3761.0.9055190 KBNN.",
    ),
    Kind.BANK_CARD: _rule(
        "bank-card", "số thẻ ngân hàng", "bank card", SENSITIVE,
        bad="Số thẻ ATM: 9704 3604 8813 0608 mang tên Chu Thị Chi",
        good="Nhà trường cấp thẻ thư viện số 0123 cho học sinh.",
    ),
    Kind.PLATE: _rule(
        "plate", "biển số xe", "number plate", BASIC,
        bad="Xe máy của phụ huynh biển số 51F 123.45 để quên tại sân trường.",
        good="Lớp 10A1 có 45 học sinh.",
    ),
    Kind.ADDRESS: _rule(
        "home-address", "địa chỉ nhà", "home address", BASIC,
        bad="Cháu Tạ Khánh Hùng, trú tại SN 18, xóm Đông, thôn Công Luận 1, mồ côi cha.",
        good="Địa chỉ trường: thị trấn Văn Giang, huyện Văn Giang, tỉnh Hưng Yên.",
    ),
    Kind.DATE_OF_BIRTH: _rule(
        "birth-date", "ngày sinh", "date of birth", BASIC,
        bad="Em Trần Quỳnh Nam, sinh ngày 26/05/2015, lớp 4A.",
        good="Trường được thành lập ngày 15/08/1965.",
    ),
    Kind.STUDENT_CODE: _rule(
        "pupil-code", "mã học sinh (số báo danh)", "pupil code", BASIC,
        bad="Mã học sinh: 3312345678 (Nguyễn Gia Nam)",
        good="Mỗi học sinh có một mã riêng.",
    ),
}  # fmt: skip
