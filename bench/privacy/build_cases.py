"""Build labelled cases from the templates: names, numbers and dates drawn from a fixed seed.

    python -m bench.privacy.build_cases --output cases.jsonl [--templates FILE] [--copies 4]

Every number is drawn at random; check digits are made right where a number has one. The cases are
for measuring only: the recogniser is tuned on other data.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from pathlib import Path
from typing import Any

TEMPLATES = Path(__file__).with_name("templates.txt")
_SLOT = re.compile(r"\{(\w+)(?::(\w+))?\}")
_FAMILY = "Nguyễn Trần Lê Phạm Hoàng Phan Vũ Đặng Bùi Đỗ Hồ Ngô Dương Lý Mai Tô Trịnh Đinh".split()
_MIDDLE = "Thị Văn Thu Minh Gia Ngọc Đức Bảo Hải Quốc Thanh Khánh".split()
_GIVEN = "An Bình Chi Dũng Giang Hà Huy Khoa Lan Linh Mai Nam Oanh Phúc Quân Sơn Trang Vy".split()
_MOBILE = "032 038 056 058 070 079 083 086 088 091 096 098 099".split()
_MAILBOXES = "lan.ngo tranminhhai hoa_pham92 me.be.bong quangdx.88".split()
_PROVINCES = "001 030 033 034 036 038 040 056 066 079 087 096".split()
_WEIGHTS = (31, 29, 23, 19, 17, 13, 7, 5, 3)


class Maker:
    """Draws values of each kind."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def value(self, kind: str, form: str) -> str:
        """A value of `kind` in a written form."""
        maker = getattr(self, f"_{kind.lower()}")
        text: str = maker(form)
        return text

    def _digits(self, count: int) -> str:
        return "".join(str(self.random.randrange(10)) for _ in range(count))

    def _ten(self, form: str) -> str:
        parts = [self.random.choice(_FAMILY), self.random.choice(_MIDDLE)]
        name = " ".join([*parts, self.random.choice(_GIVEN)])
        return name.upper() if form == "upper" else name

    def _lop(self, form: str) -> str:
        return f"{self.random.randint(1, 12)}{self.random.choice('ABCD')}"

    def _phone(self, form: str) -> str:
        if form == "home":
            return f"0221 3{self._digits(3)} {self._digits(3)}"
        n = self.random.choice(_MOBILE) + self._digits(7)
        if form == "plain":
            return n
        forms = [n, f"{n[:4]} {n[4:7]} {n[7:]}", f"{n[:4]}.{n[4:7]}.{n[7:]}", f"+84{n[1:]}"]
        forms += [
            f"{n[:3]} {n[3:6]} {n[6:]}",
            f"({n[:4]}) {n[4:]}",
            f"+84 {n[1:4]} {n[4:7]} {n[7:]}",
        ]
        forms += [
            f"{n[:4]}-{n[4:7]}-{n[7:]}",
            f"{n[:5]} {n[5:]}",
            f"{n[:4]}\u00a0{n[4:7]}\u00a0{n[7:]}",
        ]
        return self.random.choice(forms)

    def _date_of_birth(self, form: str) -> str:
        day, month = self.random.randint(1, 28), self.random.randint(1, 12)
        year = (
            self.random.randint(1965, 1998) if form == "adult" else self.random.randint(2008, 2020)
        )
        if form == "words":
            return f"{day} tháng {month} năm {year}"
        forms = [
            f"{day:02}/{month:02}/{year}",
            f"{day}/{month}/{year}",
            f"{day:02}-{month:02}-{year}",
        ]
        return self.random.choice([*forms, f"{day}.{month}.{year}"])

    def _cccd(self, form: str) -> str:
        year = self.random.choice(["08", "12", "15", "18"])
        n = self.random.choice(_PROVINCES) + self.random.choice("23") + year + self._digits(6)
        return f"{n[:3]} {n[3:6]} {n[6:9]} {n[9:]}" if form == "grouped" else n

    def _cmnd(self, form: str) -> str:
        n = self.random.choice("0123") + self._digits(8)
        return f"{n[:3]} {n[3:6]} {n[6:]}" if form == "grouped" else n

    def _passport(self, form: str) -> str:
        return self.random.choice("BCKN") + self._digits(7)

    def _bhxh(self, form: str) -> str:
        return self._digits(10)

    def _bhyt(self, form: str) -> str:
        group, number = self.random.choice(["TE1", "HS4", "DN4", "GD4"]), self._digits(10)
        place = self.random.choice(["33", "01", "79"])
        return (
            f"{group[:2]} {group[2]} {place} {number}"
            if form == "spaced"
            else group + place + number
        )

    def _tax_code(self, form: str) -> str:
        while True:
            first = "8" + self._digits(8)
            check = 10 - sum(w * int(d) for w, d in zip(_WEIGHTS, first, strict=True)) % 11
            if check < 10:
                return f"{first}{check}"

    def _bank_account(self, form: str) -> str:
        n = self.random.choice("1245679") + self._digits(self.random.choice([8, 9, 11, 12]))
        return " ".join(n[i : i + 4] for i in range(0, len(n), 4)) if form == "spaced" else n

    def _bank_card(self, form: str) -> str:
        n = "9704" + self._digits(12)
        return " ".join(n[i : i + 4] for i in range(0, 16, 4))

    def _email(self, form: str) -> str:
        name = self.random.choice(_MAILBOXES)
        host = self.random.choice(["gmail.com", "yahoo.com.vn", "outlook.com", "icloud.com"])
        return f"{name} [at] {host.replace('.', ' [dot] ')}" if form == "at" else f"{name}@{host}"

    def _plate(self, form: str) -> str:
        n = self._digits(5)
        forms = [
            f"30A-{n[:3]}.{n[3:]}",
            f"89-B1 {n[:3]}.{n[3:]}",
            f"17H1-{n[:3]}.{n[3:]}",
            f"51F {n[:3]}.{n[3:]}",
        ]
        return self.random.choice([*forms, f"34C-{n[:4]}"])

    def _address(self, form: str) -> str:
        number = self.random.randint(1, 200)
        return self.random.choice(
            [
                f"số {number}, ngõ {number % 40 + 1}, phố Bạch Mai, quận Hai Bà Trưng",
                f"số nhà {number}, tổ 5, phường Hiến Nam, thành phố Hưng Yên",
                f"thôn Công Luận {number % 4 + 1}, xã Văn Giang, tỉnh Hưng Yên",
                f"ấp {number % 9 + 1}, xã Long Hòa, huyện Cần Đước",
                "xóm Đông, thôn Đan Nhiễm, xã Phụng Công",
                f"{number}/12 đường Lê Lợi, phường 4, TP Vũng Tàu",
            ]
        )

    def _student_code(self, form: str) -> str:
        return f"{self._digits(6)}" if form == "short" else "33" + self._digits(8)


def build(copies: int, seed: int, source: Path = TEMPLATES) -> list[dict[str, Any]]:
    """The cases: each template `copies` times, those without slots once."""
    maker = Maker(seed)
    cases: list[dict[str, Any]] = []
    lines = source.read_text("utf-8").splitlines()
    templates = [line for line in lines if line and not line.startswith("#")]
    for number, template in enumerate(templates):
        negative = template.startswith("- ")
        body = template[2:] if negative else template
        for copy in range(1 if negative else copies):
            text, spans = _fill(body.replace("\\n", "\n").replace("\\t", "\t"), maker)
            cases.append({"id": f"t{number:03}.{copy}", "text": text, "spans": spans})
    return cases


def _fill(template: str, maker: Maker) -> tuple[str, list[dict[str, Any]]]:
    parts: list[str] = []
    spans: list[dict[str, Any]] = []
    length = position = 0
    for slot in _SLOT.finditer(template):
        value = maker.value(slot[1], slot[2] or "")
        parts += [template[position : slot.start()], value]
        length += slot.start() - position
        if slot[1].isupper():
            spans.append({"start": length, "end": length + len(value), "type": slot[1]})
        length += len(value)
        position = slot.end()
    return "".join([*parts, template[position:]]), spans


def main() -> None:
    """Write the cases as JSON lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--templates", type=Path, default=TEMPLATES)
    parser.add_argument("--copies", type=int, default=4)
    parser.add_argument("--seed", type=int, default=2026)
    arguments = parser.parse_args()
    cases = build(arguments.copies, arguments.seed, arguments.templates)
    with arguments.output.open("w", encoding="utf-8") as stream:
        stream.writelines(json.dumps(case, ensure_ascii=False) + "\n" for case in cases)
    print(f"{len(cases)} cases, {sum(not case['spans'] for case in cases)} without personal data")


if __name__ == "__main__":
    main()
