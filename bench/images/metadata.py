"""Agreement with exiftool on 19 rights and privacy fields, and files broken on purpose.

    python -m bench.images.metadata [--data FOLDER] [--made 40] [--list]

exiftool (a test oracle only) writes Vietnamese names, NFC and NFD, into JPEG, PNG, WebP and TIFF
files that are drawn here, and reads them back; files of FOLDER are compared too. Then the bytes
of the drawn files are damaged at random: no crash is allowed.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from qc.media._examples import photo
from qc.media._header.model import BadHeader
from qc.media._header.read import read_header
from qc.media._metadata.record import Metadata, read_metadata
from qc.media._metadata.repair import clean

FIELDS = (
    "IFD0:Artist IFD0:Copyright ExifIFD:DateTimeOriginal IFD0:Orientation GPS:GPSLatitude "
    "IPTC:By-line IPTC:Credit IPTC:Source IPTC:CopyrightNotice IPTC:SpecialInstructions "
    "XMP-dc:Creator XMP-dc:Rights XMP-photoshop:Credit XMP-photoshop:Source "
    "XMP-xmpRights:WebStatement XMP-xmpRights:UsageTerms XMP-plus:LicensorURL "
    "XMP-iptcExt:DigitalSourceType XMP-plus:DataMining"
).split()
NAMES = ("Nguyễn Thị Bích Đào", "Đặng Hữu Phước", "Trường THCS Nghĩa Trụ", "Lê A", "Ảnh: Võ Ỷ Lan")
WRITE = ("exiftool", "-q", "-m", "-overwrite_original", "-codedcharacterset=utf8")
MOJIBAKE = re.compile(r"Ã.|áº|á»|Ä.|\ufffd")


def ours(metadata: Metadata) -> dict[str, str]:
    """Our values of the 19 fields, "" where missing."""
    exif, xmp = metadata.exif, metadata.xmp
    gps = metadata.exif.gps
    values = (
        exif.artist,
        exif.copyright,
        exif.date_original,
        str(exif.orientation) if exif.orientation != 1 else "",
        f"{abs(gps[0]):.4f}" if gps else "",
        *(
            "\n".join(metadata.iim.get(name, ())[: None if name == "by_line" else 1])
            for name in ("by_line", "credit", "source", "copyright", "instructions")
        ),
        "\n".join(xmp.top.get(("dc", "creator"), ())),
        xmp.one("dc", "rights"),
        xmp.one("photoshop", "credit"),
        xmp.one("photoshop", "source"),
        xmp.one("xmprights", "webstatement"),
        xmp.one("xmprights", "usageterms"),
        "\n".join(xmp.nested("plus", "licensorurl")),
        "\n".join(xmp.nested("iptcext", "digitalsourcetype")),
        xmp.one("plus", "datamining"),
    )
    return dict(zip(FIELDS, values, strict=True))


def theirs(files: list[Path]) -> dict[str, dict[str, str]]:
    """What exiftool says, repaired and composed as our reader does."""
    tags = [f"-{field}#" for field in FIELDS]
    command = ["exiftool", "-json", "-G1", "-q", "-m", "-charset", "iptc=UTF8", *tags]
    found: dict[str, dict[str, str]] = {}
    for start in range(0, len(files), 200):
        names = [str(path) for path in files[start : start + 200]]
        done = subprocess.run([*command, *names], capture_output=True, check=False)
        for row in json.loads(done.stdout.decode("utf-8", "replace") or "[]"):
            found[row["SourceFile"]] = {field: _plain(field, row.get(field)) for field in FIELDS}
    return found


def _plain(field: str, value: object) -> str:
    if value is None:
        return ""
    if field.startswith("GPS:"):
        return f"{abs(float(str(value))):.4f}" if re.fullmatch(r"-?[\d.]+", str(value)) else ""
    if field == "IFD0:Orientation":
        return "" if str(value) in {"1", "0"} or not str(value).isdigit() else str(value)
    values = value if isinstance(value, list) else [value]
    return "\n".join(clean(str(each)) for each in values)


def made(folder: Path, number: int) -> list[Path]:
    """Drawn files with metadata that exiftool wrote."""
    dice = random.Random(19)
    files = []
    for index in range(number):
        form = ("JPEG", "PNG", "WEBP", "TIFF")[index % 4]
        path = folder / f"{index}.{form.lower()}"
        path.write_bytes(photo(64, 48, format=form)())
        chosen = dice.sample(FIELDS, dice.randrange(4, len(FIELDS)))
        arguments = [_argument(field, dice) for field in chosen]
        if "GPS:GPSLatitude" in chosen:
            arguments += ["-GPS:GPSLongitude=105.9", "-GPSLatitudeRef=N", "-GPSLongitudeRef=E"]
        subprocess.run(
            [*WRITE, *arguments, str(path)],
            check=False,
            capture_output=True,
        )
        files.append(path)
    return files


def _argument(field: str, dice: random.Random) -> str:
    special = {
        "ExifIFD:DateTimeOriginal": "2024:09:05 07:30:00",
        "IFD0:Orientation": str(dice.randrange(1, 9)),
        "GPS:GPSLatitude": "20.9394",
        "XMP-plus:DataMining": "DMI-PROHIBITED",
        "XMP-iptcExt:DigitalSourceType": "http://cv.iptc.org/newscodes/digitalsourcetype/print",
    }
    text = special.get(field)
    if text is None:
        text = dice.choice(NAMES)
        text = unicodedata.normalize("NFD", text) if dice.random() < 0.4 else text
    mark = "#" if field in {"IFD0:Orientation", "XMP-plus:DataMining"} else ""
    return f"-{field}{mark}={text}"


def damaged(files: list[Path], rounds: int) -> Iterator[bytes]:
    """The files cut and with wrong bytes."""
    dice = random.Random(23)
    for path in files:
        whole = path.read_bytes()
        for _ in range(rounds):
            data = bytearray(whole[: dice.randrange(4, len(whole) + 1)])
            for _ in range(dice.randrange(12)):
                data[dice.randrange(len(data))] = dice.randrange(256)
            yield bytes(data)


def main() -> None:
    """Print the agreement, the differences, and how damaged files end."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, action="append", default=[])
    parser.add_argument("--made", type=int, default=40)
    parser.add_argument("--list", action="store_true")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        drawn = made(Path(name), args.made)
        files = [*drawn, *(p for d in args.data for p in sorted(d.rglob("*")) if p.is_file())]
        truth = theirs(files)
        count: Counter[str] = Counter()
        mojibake = 0
        for path in files:
            try:
                found = ours(read_metadata(read_header(path.read_bytes())))
            except BadHeader:
                count["unreadable"] += any(truth.get(str(path), {}).values())
                continue
            mojibake += sum(bool(MOJIBAKE.search(value)) for value in found.values())
            for field, value in found.items():
                other = truth.get(str(path), {}).get(field, "")
                kind = _kind(value, other)
                count[kind] += 1
                if args.list and kind not in {"same", "none"}:
                    print(kind, path.name, field, repr(value[:60]), repr(other[:60]))
        total = count["same"] + count["miss"] + count["different"] + count["extra"]
        print(f"{len(files)} files: {dict(count)}; agreement {count['same'] / max(total, 1):.2%}")
        print(f"values with mojibake: {mojibake}")
        ends: Counter[str] = Counter()
        for data in damaged(drawn, 200):
            try:
                read_metadata(read_header(data))
                ends["read"] += 1
            except BadHeader:
                ends["refused with a reason"] += 1
        print(f"damaged files: {dict(ends)}, no crash")


def _kind(value: str, other: str) -> str:
    if value == other:
        return "same" if value else "none"
    return "extra" if not other else "miss" if not value else "different"


if __name__ == "__main__":
    main()
