"""The archive index: hashes of the pictures that a portal has published, in one SQLite file.

Each picture is kept as a few 64-bit hashes, its own and those of its likely cuts. A hash that
differs in at most MAX_BITS bits agrees in at least one of MAX_BITS + 1 bands, so looking the
bands up finds it without a walk through the archive. No pixels are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from qc.core.article import Image
from qc.core.errors import Unavailable, UsageError
from qc.core.record import dataclass
from qc.media._pixels import Pixels, pixels_of

if TYPE_CHECKING:
    import sqlite3

MAX_BITS = 6
BANDS = tuple((64 * band // 7, 64 * (band + 1) // 7) for band in range(MAX_BITS + 1))
# Stored cuts of one picture differ by more bits than this: nearer ones are found anyway.
SPREAD_BITS = 1
MIN_CONTRAST = 6.0
# Rows of a smooth picture (a dune, a sky) are alike, so many pictures share its hash: where
# fewer bits than this differ between the rows, only PLAIN_BITS may differ from the archive.
MIN_TURNS = 12
PLAIN_BITS = 2
VERSION = 1
SCHEMA = """
CREATE TABLE picture (id INTEGER PRIMARY KEY, path TEXT NOT NULL);
CREATE TABLE band (band INTEGER, part INTEGER, hash BLOB, own INTEGER, picture INTEGER,
  PRIMARY KEY (band, part, hash, picture)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """A picture of the archive and the number of bits that differ from it."""

    bits: int
    path: str


def write_archive(target: Path, pictures: Iterable[tuple[str, Image]]) -> tuple[int, int]:
    """Index pictures by name into a new file; gives how many are in it and how many are not.

    Plain pictures, drawings, animations and files that cannot be read have no hash.
    """
    import sqlite3

    draft = target.with_name(f"{target.name}.part")
    draft.unlink(missing_ok=True)
    kept = left_out = 0
    try:
        with closing(sqlite3.connect(draft)) as index, index:
            index.executescript(f"{SCHEMA}PRAGMA user_version = {VERSION};")
            for path, image in pictures:
                if _add(index, path, image):
                    kept += 1
                else:
                    left_out += 1
        draft.replace(target)
    except (sqlite3.Error, OSError) as error:
        draft.unlink(missing_ok=True)
        raise UsageError(f"cannot write the index: {error}", where=str(target)) from error
    return kept, left_out


def matches(archive: Path, pixels: Pixels, max_bits: int = MAX_BITS) -> list[Match]:
    """Pictures of the archive that look the same, the nearest first, each once."""
    import sqlite3

    from qc.media._measures.hashes import contrast_of, fingerprint, variants

    if contrast_of(pixels.gray) < MIN_CONTRAST:
        return []
    own = fingerprint(pixels)
    if _turns(own) < MIN_TURNS:
        max_bits = min(max_bits, PLAIN_BITS)
    nearest: dict[str, int] = {}
    try:
        with closing(sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)) as index:
            if index.execute("PRAGMA user_version").fetchone()[0] != VERSION:
                raise sqlite3.DatabaseError("written by another version")
            for wanted in {own, *variants(pixels)}:
                for path, bits in _near(index, wanted, wanted == own):
                    if bits <= max_bits:
                        nearest[path] = min(bits, nearest.get(path, 64))
    except sqlite3.Error as error:
        raise Unavailable(
            f"the archive index cannot be read: {error}",
            where=str(archive),
            remedy="Write it again with `qc images index`.",
            vi="không đọc được chỉ mục ảnh đã đăng; hãy tạo lại bằng lệnh qc images index",
        ) from error
    return sorted(Match(bits, path) for path, bits in nearest.items())


def _add(index: sqlite3.Connection, path: str, image: Image) -> bool:
    from qc.media._measures.hashes import contrast_of, cuts, fingerprint

    try:
        pixels = pixels_of(image)
    except Unavailable:
        return False
    if pixels is None or contrast_of(pixels.gray) < MIN_CONTRAST:
        return False
    number = index.execute("INSERT INTO picture (path) VALUES (?)", (path,)).lastrowid
    own = fingerprint(pixels)
    kept = [own]
    for cut in cuts(pixels):
        if all((cut ^ other).bit_count() > SPREAD_BITS for other in kept):
            kept.append(cut)
    rows = [
        (band, part, value.to_bytes(8, "big"), value == own, number)
        for value in kept
        for band, part in enumerate(_parts(value))
    ]
    index.executemany("INSERT OR IGNORE INTO band VALUES (?, ?, ?, ?, ?)", rows)
    return True


def _near(index: sqlite3.Connection, wanted: int, own: bool) -> list[tuple[str, int]]:
    """Path and differing bits of hashes that share a band.

    A cut or mirrored form is compared with whole pictures only: two cuts may always be alike.
    """
    only = "" if own else " AND own"
    query = (
        "SELECT path, hash FROM band JOIN picture ON picture.id = picture"
        f" WHERE band = ? AND part = ?{only}"
    )
    return [
        (path, (int.from_bytes(value, "big") ^ wanted).bit_count())
        for band, part in enumerate(_parts(wanted))
        for path, value in index.execute(query, (band, part))
    ]


def _turns(value: int) -> int:
    """Bits of a hash that differ from those of the row below."""
    return ((value ^ (value >> 8)) & ((1 << 56) - 1)).bit_count()


def _parts(value: int) -> list[int]:
    return [(value >> low) & ((1 << (high - low)) - 1) for low, high in BANDS]
