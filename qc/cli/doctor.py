"""`qc doctor`: what is installed, what is missing, and which checks that makes unavailable."""

from __future__ import annotations

import platform
import sys

from qc import __version__
from qc.core.data import data_dir
from qc.core.discover import discover
from qc.core.requirement import describe, is_met
from qc.policy.load import policy_names
from qc.report.console import console_for

EXTRAS = {
    "module:pypdfium2": ("chữ trong tệp PDF đính kèm", "text of attached PDF files"),
    "module:pikepdf": ("hành động trong tệp PDF", "actions in PDF files"),
    "module:olefile": ("macro trong tệp Office đời cũ", "macros of old Office files"),
    "module:c2pa": ("chứng thực nội dung (C2PA) của ảnh", "Content Credentials of pictures"),
    "module:pillow_heif": ("ảnh HEIC của điện thoại", "HEIC photos of phones"),
    "module:xlsxwriter": ("báo cáo Excel", "Excel reports"),
    "module:underthesea": ("tên người trong câu nghi vấn", "names in suspect sentences"),
    "module:spacy": ("mẫu từ ngữ do đơn vị viết", "token patterns of the owner"),
    "program:tesseract": ("đọc chữ trong ảnh", "text in pictures"),
}


def print_doctor(lang: str) -> int:
    """Print the state of this installation; 0 if every check can run, 3 if one cannot."""
    console = console_for(sys.stdout)
    vi = lang == "vi"
    console.print(f"qc {__version__}, Python {platform.python_version()}, {platform.system()}")
    console.print(f"{'Dữ liệu' if vi else 'Data'}: {data_dir()}")
    console.print(f"{'Chính sách' if vi else 'Policies'}: {', '.join(policy_names())}")
    needed: dict[str, list[str]] = {}
    for check in discover():
        for requirement in check.requires:
            needed.setdefault(requirement, []).append(check.id)
    lacking = 0
    for requirement, checks in sorted(needed.items()):
        met = is_met(requirement)
        lacking += not met
        state = ("có" if vi else "found") if met else ("THIẾU" if vi else "MISSING")
        console.print(f"  {'✓' if met else '✗'} {describe(requirement, lang)}: {state}")
        if not met:
            effect = "Không chạy được" if vi else "Unavailable"
            console.print(f"      {effect}: {', '.join(checks)}")
    console.print("Phần mở rộng, có thì dùng:" if vi else "Extras, used where present:")
    for requirement, (use_vi, use_en) in EXTRAS.items():
        mark = "✓" if is_met(requirement) else "–"
        console.print(f"  {mark} {describe(requirement, lang)}: {use_vi if vi else use_en}")
    console.print(f"  {_kernel_line(vi)}")
    total = len(discover())
    console.print(f"{total} {'phép kiểm tra' if vi else 'checks'}")
    if lacking:
        console.print("Hãy cài phần còn thiếu rồi chạy lại." if vi else "Install what is missing.")
    return 3 if lacking else 0


def _kernel_line(vi: bool) -> str:
    """Whether the spelling check is fast; it finds the same without its kernel."""
    from qc.text.spelling._compiled import has_kernel

    found = has_kernel()
    if vi:
        use = "kiểm tra chính tả nhanh" if found else "không có nên chính tả chậm hơn nhiều lần"
        return f"{'✓' if found else '–'} nhân biên dịch: {use}"
    use = "fast spelling check" if found else "not built, so the spelling check is much slower"
    return f"{'✓' if found else '–'} compiled kernel: {use}"
