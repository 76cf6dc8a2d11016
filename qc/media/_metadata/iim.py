"""IPTC-IIM: the datasets that picture desks have written since the nineties."""

from __future__ import annotations

from struct import unpack_from

from qc.media._metadata.repair import decode

NAMES = {
    5: "title",
    25: "keywords",
    40: "instructions",
    55: "date",
    80: "by_line",
    85: "by_line_title",
    105: "headline",
    110: "credit",
    115: "source",
    116: "copyright",
    118: "contact",
    120: "caption",
    122: "writer",
}
UTF8_MARK = b"\x1b%G"
MAX_DATASETS = 5_000

Iim = dict[str, tuple[str, ...]]


def read_iim(data: bytes) -> Iim:
    """The named datasets of record 2, each with all its values, up to the first damaged one."""
    raw: dict[str, list[bytes]] = {}
    declared: str | None = None
    position = data.find(b"\x1c")
    for _ in range(MAX_DATASETS):
        if not 0 <= position <= len(data) - 5 or data[position] != 0x1C:
            break
        record, number, size = unpack_from(">BBH", data, position + 1)
        position += 5
        if size & 0x8000:
            width = size & 0x7FFF
            size = int.from_bytes(data[position : position + min(width, 4)], "big")
            position += width
        value = data[position : position + size]
        if record == 1 and number == 90 and value.startswith(UTF8_MARK):
            declared = "utf-8"
        elif record == 2 and number in NAMES:
            raw.setdefault(NAMES[number], []).append(value)
        position += size
    found = {
        name: tuple(text for text in (decode(v, declared=declared) for v in values) if text)
        for name, values in raw.items()
    }
    return {name: values for name, values in found.items() if values}
