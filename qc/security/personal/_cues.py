"""Cue words: what the text before a number says the number is. The nearest cue decides."""

from __future__ import annotations

import re
from functools import cache

from qc.core.lazy import regex
from qc.security.personal._hits import Kind

WINDOW = 72
CUES: dict[str, str] = {
    "DATE_OF_BIRTH": (
        r"(?:ngay thang nam|ngay|nam|ng\.?|ntn|nt) ?sinh(?! hoat| vien| nhat bac)|\bdob\b"
        r"|(?<!hoc )(?<!thi )(?<!tuyen )(?<!ve )(?<!phuc )sinh (?:vao )?(?:ngay|nam)\b"
        r"|(?:^|[,;(\-\n])[ ]?sinh(?: ?:? ?$| ngay| nam)"
        r"|(?<!hoc )(?<!thi )(?<!ve )(?<!tuyen )\bsinh ?:? ?$"
        r"|date of birth|birthday|birth date|\bns\b|\bn\.s\b"
        r"|ngay,? thang,? nam sinh"
    ),
    "STUDENT_CODE": (
        r"\bma (?:so )?(?:dinh danh )?(?:cua )?(?:hoc sinh|hs|sinh vien|sv|hoc vien|tre)\b|\bmshs\b"
        r"|\bmssv\b|\bmhs\b|so bao danh|\bsbd\b|\bso bd\b|student (?:id|code)"
        r"|ma (?:so )?hoc ba|\bma csdl\b"
    ),
    "CCCD": (
        r"\bcccd\b|can cuoc|dinh danh|\bddcn\b|\bcc\b|\bcc so\b|\bso cc\b|\bma dd\b|\bso dd\b"
        r"|citizen id"
    ),
    "CMND": r"\bcmn?d\b|\bcmtnd\b|\bcmt\b|chung minh (?:nhan dan|thu)|chung minh|\bgiay cm\b",
    "PASSPORT": r"ho chieu|passport",
    "BHYT": r"\bbhyt\b|bao hiem y te|the bao hiem\b(?! xa hoi)",
    "BHXH": r"\bbhxh\b|bao hiem xa hoi",
    "TAX_CODE": r"ma so thue|\bmst\b|\btax (?:code|id)\b|ma thue|\btin tncn\b",
    "BANK_CARD": (
        r"\bso the\b(?! (?:bhyt|bao hiem|hoc sinh|doc))|\bthe (?:atm|ngan hang|tin dung|visa|ghi no"
        r"|napas|thanh toan)|\batm\b|\bvisa\b|mastercard|credit card"
    ),
    "BANK_ACCOUNT": (
        r"tai khoan(?! (?:dang nhap|facebook|zalo|email|truy cap|hoc|vnedu|nguoi dung|quan tri|cap"
        r"|mang|game|vssid|vneid|ke toan|da ))|\bstk\b|\bso tk\b|\btk\b|chuyen khoan|\bck qua\b"
        r"|bank account|account no"
    ),
    "PLATE": r"\bbien (?:so|kiem soat|xe|so xe)\b|\bbks\b|\bbsx\b|\bbang so\b|xe (?:mang )?bien",
    "PHONE": (
        r"dien thoai|\bdtdd\b|\bs\.?d\.?t\b|\bso dt\b|\bdt\b|\bd/t\b|di dong|hotline|\bzalo\b"
        r"|\btel\b"
        r"|\bphone\b|\bmobile\b|\bviber\b|\bso may\b|\bmay\b|\bgoi\b|lien he|lien lac|nhan tin"
        r"|\balo\b|duong day nong|whatsapp|telegram|\bcall\b|\bcell\b|\blh\b|\bcho so\b|\bmomo\b"
        r"|\bso (?:cua )?(?:co|thay|me|bo|ba|em|anh|chi|bac|chu|phu huynh)\b|theo so"
    ),
    "OTHER": (
        r"\bma (?!dinh danh|so|the|hs|hoc|sv|sinh|dd|csdl)[a-z]+|\bma so (?!bhxh|bhyt|thue|bao hiem"
        r"|ca nhan|dinh danh|hoc|hs|sv|sinh)[a-z]+|kiem ke|\bmay bay\b|san pham|\bvan ban so\b"
        r"|so van ban|\bphien ban\b|\bserial\b|\bisbn\b|\bissn\b|so hieu|quyet dinh so|cong van so"
        r"|hoa don|\bso seri\b|\bseri\b|\bday so\b|\bday\b|so pi\b|bai \d+|\bphuong trinh\b"
        r"|\bimei\b"
        r"|giay phep|\bso may moc|\bso khung|don hang|van don|\bmodel\b|tong so|so luong|\bluot\b"
        r"|\bfax\b|\bdau so\b|\bvong quay\b|\bqr\b"
    ),
}
_PATTERN = regex("|".join(f"(?P<{name}>{pattern})" for name, pattern in CUES.items()))
_BIRTH = regex(CUES["DATE_OF_BIRTH"])
_LONG_NUMBER = regex(r"\d(?:[ .\-]?\d){5}")


@cache
def cue_kinds() -> dict[str, Kind | None]:
    """The kind that each group of the pattern stands for; None for what is not personal."""
    return {name: None if name == "OTHER" else Kind(name) for name in CUES}


def nearest_cue(window: str) -> str | None:
    """The name of the last cue in a folded window, unless another long number follows it."""
    found: str | None = None
    end = 0
    for match in _PATTERN.finditer(window):
        found = match.lastgroup
        end = match.end()
    if found is None:
        return None
    gap = window[end:]
    number = _LONG_NUMBER.search(gap)
    if number is None:
        return found
    return found if _is_joined(gap[number.start() :]) else None


def may_be_birth(window: str) -> bool:
    """Whether any cue of a window says date of birth, be it the last one or not."""
    return _BIRTH.search(window) is not None


def header_cue(cell: str) -> str | None:
    """The cue a column head gives for the cells below it."""
    found = [match.lastgroup for match in _PATTERN.finditer(cell)]
    return found[-1] if found else None


def _is_joined(gap: str) -> bool:
    """Whether a further number of the same kind is announced: "0912… hoặc 0903…"."""
    rest = re.sub(r"[\d .\-+()]+", " ", gap).strip()
    return rest in {"", "hoac", "va", ",", "/", ";", "hay", "|", "-", "va so", "hoac so"}
