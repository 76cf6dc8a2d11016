"""`qc recheck --compare`: which verdicts change between two policies or two dates, and why."""

from __future__ import annotations

import csv
import json
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from qc.batch.parts import FINDINGS, POSTS, read_rows
from qc.batch.recheck import VERDICTS, WORDS, RecheckArguments, chosen_policy, recheck
from qc.core.errors import UsageError
from qc.core.record import dataclass, replace
from qc.report.table import neutral

POST_COLUMNS = ("source", "seq", "id", "url", "title", "verdict", "date", "unchecked")
POST_NAMES = ("seq", "id", "url", "title", "verdict", "date", "unchecked")
FINDING_COLUMNS = ("seq", "rule", "severity", "message", "waived", "fingerprint")
WORST = 15
SCHEMA = """
CREATE TABLE row (side INTEGER, source TEXT, seq INTEGER, id TEXT, url TEXT, title TEXT,
  verdict TEXT, date TEXT, unchecked TEXT);
CREATE TABLE finding (side INTEGER, seq INTEGER, fingerprint TEXT, rule TEXT, severity TEXT,
  message TEXT, PRIMARY KEY (side, seq, fingerprint)) WITHOUT ROWID;
"""
NUMBERED = """
CREATE TABLE post AS SELECT *, row_number() OVER (PARTITION BY side, source ORDER BY seq) AS nth
  FROM row;
CREATE UNIQUE INDEX place ON post (side, source, nth);
"""
"""Posts of one archive that share an id are told apart by their order."""
CHANGED = """
SELECT a.id, coalesce(b.url, a.url), coalesce(b.title, a.title), a.verdict, b.verdict,
       a.seq, b.seq, a.date, b.date, a.unchecked, b.unchecked
FROM post a JOIN post b ON b.side = 1 AND b.source = a.source AND b.nth = a.nth
WHERE a.side = 0 AND a.verdict <> b.verdict ORDER BY b.seq
"""
ALONE = """
SELECT count(*) FROM post a WHERE a.side = ? AND NOT EXISTS
  (SELECT 1 FROM post b WHERE b.side = ? AND b.source = a.source AND b.nth = a.nth)
"""
HEADS = {
    "vi": ("Bài", "Địa chỉ", "Tiêu đề", "Trước", "Sau", "Điểm mới", "Điểm không còn", "Đổi mức"),
    "en": ("Post", "URL", "Title", "Before", "After", "New", "Gone", "Other severity"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """A post whose verdict changes, with the findings that made it change."""

    id: str
    url: str | None
    title: str | None
    before: str
    after: str
    new: list[dict[str, str]]
    gone: list[dict[str, str]]
    regraded: list[dict[str, str]]
    unchecked: dict[str, str | None]
    law_dates: tuple[str | None, str | None]


@dataclass(slots=True)
class Comparison:
    """How often verdicts change, by what they were and are, and the rules that did it."""

    moves: Counter[tuple[str, str]]
    rules: Counter[tuple[str, str]]
    only_before: int = 0
    only_after: int = 0


def run_compare(arguments: RecheckArguments, before: str, after: str) -> int:
    """Check under both, write what changes to compare.jsonl and compare.csv, print a summary."""
    folders = [_results(arguments, spec, side) for side, spec in ((0, before), (1, after))]
    arguments.folder.mkdir(parents=True, exist_ok=True)
    found = compare(folders[0], folders[1], arguments.folder, arguments.lang)
    _print(found, (before, after), arguments)
    return 0


def compare(before: Path, after: Path, out: Path, lang: str = "vi") -> Comparison:
    """Compare two results folders; posts are matched by archive and id."""
    found = Comparison(Counter(), Counter())
    with (
        closing(sqlite3.connect("")) as db,  # a temporary file: memory stays flat
        (out / "compare.jsonl").open("w", encoding="utf-8") as lines,
        (out / "compare.csv").open("w", encoding="utf-8-sig", newline="") as table,
    ):
        db.executescript(SCHEMA)
        for side, folder in enumerate((before, after)):
            _read(db, side, folder)
        db.executescript(NUMBERED)
        cells = csv.writer(table, lineterminator="\r\n")
        cells.writerow(HEADS[lang])
        for change in _changes(db):
            found.moves[change.before, change.after] += 1
            for word, rules in (("+", change.new), ("-", change.gone), ("~", change.regraded)):
                found.rules.update({(word, each["rule"]) for each in rules})
            lines.write(json.dumps(_as_data(change), ensure_ascii=False) + "\n")
            cells.writerow([neutral(each) for each in _cells(change, lang)])
        (found.only_before,) = db.execute(ALONE, (0, 1)).fetchone()
        (found.only_after,) = db.execute(ALONE, (1, 0)).fetchone()
    return found


def _results(arguments: RecheckArguments, spec: str, side: int) -> Path:
    """The results folder of one side: one that is there, or that of a run made now."""
    if (Path(spec) / "run.json").is_file():
        state = json.loads((Path(spec) / "run.json").read_text(encoding="utf-8"))
        if not state.get("complete"):
            raise UsageError(
                "the run in this folder has not come to its end",
                where=spec,
                remedy="Run it again first.",
                vi="lần chạy trong thư mục này chưa xong; hãy chạy lại trước",
            )
        return Path(spec)
    name, _, day = spec.rpartition("@") if "@" in spec else ("", "", "")
    try:
        law_date: date | None = date.fromisoformat(day or spec)
        policy = name or arguments.policy
    except ValueError as error:
        if day or not spec.strip("0123456789/.-"):  # 31/12/2023 is no policy
            day = day or spec
            vi = f"“{day}” không phải là ngày; hãy viết như 2024-07-18"
            raise UsageError(f"{day} is not a date", where="--compare", vi=vi) from error
        law_date, policy = arguments.law_date, spec
    chosen = chosen_policy(policy, law_date, arguments.only)
    folder = arguments.folder / ("before", "after")[side]
    recheck(replace(arguments, policy=policy, law_date=law_date), chosen, folder)
    return folder


def _read(db: sqlite3.Connection, side: int, folder: Path) -> None:
    def posts() -> Iterator[tuple[Any, ...]]:
        for row in read_rows(folder, POSTS, POST_COLUMNS):
            yield (side, row["source"], *(row[name] for name in POST_NAMES))

    def findings() -> Iterator[tuple[Any, ...]]:
        for row in read_rows(folder, FINDINGS, FINDING_COLUMNS):
            if row["waived"] is None:
                yield (
                    *(side, row["seq"], row["fingerprint"]),
                    *(row["rule"], row["severity"], row["message"]),
                )

    db.executemany("INSERT INTO row VALUES (?,?,?,?,?,?,?,?,?)", posts())
    db.executemany("INSERT OR REPLACE INTO finding VALUES (?,?,?,?,?,?)", findings())
    db.commit()


def _changes(db: sqlite3.Connection) -> Iterator[Change]:
    for row in db.execute(CHANGED):
        identity, url, title, before, after, seq_a, seq_b, day_a, day_b, un_a, un_b = row
        old, new = (_findings(db, side, seq) for side, seq in ((0, seq_a), (1, seq_b)))
        regraded = [
            {**new[mark], "before": old[mark]["severity"]}
            for mark in new.keys() & old.keys()
            if new[mark]["severity"] != old[mark]["severity"]
        ]
        yield Change(
            id=identity,
            url=url,
            title=title,
            before=before,
            after=after,
            new=[each for mark, each in new.items() if mark not in old],
            gone=[each for mark, each in old.items() if mark not in new],
            regraded=sorted(regraded, key=lambda each: each["rule"]),
            unchecked={"before": un_a, "after": un_b} if un_a != un_b else {},
            law_dates=(day_a, day_b),
        )


def _findings(db: sqlite3.Connection, side: int, seq: int) -> dict[str, dict[str, str]]:
    rows = db.execute(
        "SELECT fingerprint, rule, severity, message FROM finding WHERE side = ? AND seq = ? "
        "ORDER BY rule, message",
        (side, seq),
    )
    return {mark: {"rule": r, "severity": s, "message": m} for mark, r, s, m in rows}


def _as_data(change: Change) -> dict[str, Any]:
    return {name: getattr(change, name) for name in Change.__slots__}


def _cells(change: Change, lang: str) -> list[str]:
    words = dict(zip(VERDICTS, WORDS[lang], strict=True))
    lists = [
        "; ".join(f"{each['message']} [{each['rule']}]" for each in found)
        for found in (change.new, change.gone, change.regraded)
    ]
    head = [change.id, change.url or "", change.title or ""]
    return [*head, words[change.before], words[change.after], *lists]


def _print(found: Comparison, specs: tuple[str, str], arguments: RecheckArguments) -> None:
    vi = arguments.lang == "vi"
    words = dict(zip(VERDICTS, WORDS[arguments.lang], strict=True))
    total = sum(found.moves.values())
    head = f"{total} bài đổi kết luận" if vi else f"{total} posts change their verdict"
    lines = [f"{head}: {specs[0]} → {specs[1]}"]
    for (before, after), count in sorted(found.moves.items(), key=lambda each: (-each[1], each[0])):
        lines.append(f"  {words[before]} → {words[after]}: {count}")
    signs = (
        {"+": "thêm", "-": "bớt", "~": "đổi mức"}
        if vi
        else {"+": "new", "-": "gone", "~": "other severity"}
    )
    for (sign, rule), count in sorted(found.rules.items(), key=lambda each: (-each[1], each[0]))[
        :15
    ]:
        lines.append(f"  {signs[sign]} {rule}: {count}")
    for count, word_vi, word_en in (
        (found.only_before, "bài chỉ có ở lần trước", "posts only before"),
        (found.only_after, "bài chỉ có ở lần sau", "posts only after"),
    ):
        if count:
            lines.append(f"  {word_vi if vi else word_en}: {count}")
    lines.append(f"{arguments.folder / 'compare.csv'}, {arguments.folder / 'compare.jsonl'}")
    sys.stdout.write("\n".join(lines) + "\n")
