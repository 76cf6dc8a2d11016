"""docs/law-table.md: every requirement with its act, days, rules, and how it was verified.

python -m scripts.law_table
"""

from __future__ import annotations

from pathlib import Path

from qc.core.discover import rules
from qc.core.law import Day, Requirement, members, requirements

PATH = Path(__file__).parent.parent / "docs" / "law-table.md"
SCOPES = {
    "A": "từng bài",
    "S": "toàn cổng",
    "D": "văn bản đính kèm",
    "M": "người duyệt xem",
}
VERIFIED = {"T": "đã đọc lời văn", "S": "đọc gián tiếp", "U": "chưa đối chiếu văn bản gốc"}
SEVERITIES = {"B": "chặn", "E": "lỗi", "W": "cảnh báo", "I": "thông tin"}
HEAD = """# Yêu cầu pháp luật và quy ước mà qc kiểm tra

Trang này do `python -m scripts.law_table` viết ra từ `policies/law` và các quy tắc; đừng sửa tay.
Yêu cầu được diễn đạt bằng lời của qc. Ngày có dấu `?` là ngày chưa đối chiếu với văn bản gốc. Yêu
cầu “đọc gián tiếp” hoặc “chưa đối chiếu” chỉ cảnh báo, không chặn bài. Cột “Quy tắc” trống: chưa
có quy tắc tự động, người duyệt xem.

| Mã | Văn bản, điều | Hiệu lực | Yêu cầu | Mức cao nhất | Kiểm tra | Quy tắc | Đối chiếu |
|---|---|---|---|---|---|---|---|
"""


def law_table() -> str:
    """The page as Markdown."""
    by_requirement: dict[str, list[str]] = {}
    for rule in rules().values():
        for basis in rule.basis:
            for row in members(basis):
                by_requirement.setdefault(row.id, []).append(rule.id)
    lines = [_line(row, by_requirement.get(row.id, [])) for row in requirements().values()]
    return HEAD + "".join(lines)


def _line(row: Requirement, rule_ids: list[str]) -> str:
    first = row.effective_from or row.act.effective_from
    last = row.effective_to or row.act.effective_to
    scope = ", ".join(SCOPES[each] for each in row.scope)
    named = ", ".join(f"`{each}`" for each in sorted(set(rule_ids)))
    severity = SEVERITIES[row.severity]
    if row.verified != "T" and row.severity in "BE":
        severity = SEVERITIES["W"]
    cells = (
        f"`{row.id}`",
        f"{row.act.name()}, {row.article}",
        f"{_day(first)} – {_day(last)}",
        row.rule,
        severity,
        scope,
        named,
        VERIFIED[row.verified],
    )
    return "| " + " | ".join(cells) + " |\n"


def _day(day: Day | None) -> str:
    return "…" if day is None else f"{day.value:%d/%m/%Y}{'' if day.sure else '?'}"


def main() -> None:
    """Write the page."""
    PATH.write_text(law_table(), encoding="utf-8")


if __name__ == "__main__":
    main()
