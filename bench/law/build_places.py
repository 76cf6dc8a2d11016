"""Build policies/law/districts.tsv and communes.tsv: names of units and what followed them.

Reads the tables of the PyPI package vietnamadminunits 1.0.4 (MIT): names of the units before and
since 2025-07-01 and which old communes each new one was formed from. Only names are kept.

    python -m bench.law.build_places --data SITE-PACKAGES/vietnamadminunits/data
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import unicodedata
from collections import defaultdict
from pathlib import Path

NOTE = (
    "# Tên đơn vị hành chính, dựng bằng bench/law/build_places.py từ bảng của gói "
    "vietnamadminunits 1.0.4 (MIT). Không sửa tay.\n"
)


def nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text.replace("’", "'")).strip()


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=Path("policies/law"))
    arguments = parser.parse_args()
    database = sqlite3.connect(f"file:{arguments.data / 'dataset.db'}?mode=ro", uri=True)
    new = database.execute(
        "select provinceKey, wardKey, provinceShort, wardType, wardShort from admin_units"
    ).fetchall()
    names = {(p, w): nfc(short) for p, w, _, _, short in new}
    communes: dict[str, list[str]] = defaultdict(list)
    for _, _, province, kind, short in new:
        communes[nfc(province)].append(f"{kind[0].lower()}:{nfc(short)}")
    lines = [NOTE, "province\tcommunes\n"]
    lines += [f"{name}\t{';'.join(rows)}\n" for name, rows in communes.items()]
    (arguments.out / "communes.tsv").write_text("".join(lines), encoding="utf-8")

    followed = _followed(json.loads((arguments.data / "converter_2025.json").read_text()))
    old = database.execute(
        "select distinct provinceKey, districtKey, provinceShort, districtType, districtShort"
        " from admin_units_legacy where districtType is not null"
    ).fetchall()
    lines = [NOTE, "kind\tname\tprovince\tcommunes\n"]
    for p, d, province, kind, short in old:
        heirs = sorted({names[key] for key in followed[f"{p}_{d}"] if key in names})
        name = nfc(short.removeprefix(f"{kind} "))
        lines.append(f"{kind.lower()}\t{name}\t{nfc(province)}\t{';'.join(heirs)}\n")
    (arguments.out / "districts.tsv").write_text("".join(lines), encoding="utf-8")
    print(len(new), "communes,", len(old), "districts")


def _followed(
    converter: dict[str, dict[str, dict[str, list[object]]]],
) -> dict[str, set[tuple[str, str]]]:
    """New (province, commune) keys by old province_district key."""
    heirs: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for province, rows in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, old in rows.items():
            for key in old:
                heirs[str(key).rpartition("_")[0]].add((province, commune))
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, parts in divided.items():
            for part in parts:
                assert isinstance(part, dict)
                heirs[key.rpartition("_")[0]].add((province, part["newWardKey"]))
    return heirs


if __name__ == "__main__":
    main()
