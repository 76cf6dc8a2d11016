"""Tables of a run for people: the rows of the parts, in files that office programs open."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from qc.batch import tables
from qc.batch.parts import FINDINGS, POSTS, read_rows
from qc.cli.main import main
from qc.report.table import RISKY
from tests.batch import test_run
from tests.batch.archives import post, write_jsonl


@pytest.fixture(autouse=True)
def one_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Checks are made in this process."""
    monkeypatch.setattr("qc.batch.recheck.make_engine", lambda a, setup: test_run.Serial(setup))


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    posts = [post(n) for n in range(1, 5)]
    posts[1] |= {"title": "=HYPERLINK(1;2)", "body": "<p>Trường có xxx phòng học mới.</p>"}
    path = write_jsonl(tmp_path / "a.jsonl", posts)
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"title": \n')
    return path


def run(archive: Path, out: Path, *words: str) -> int:
    return main(["recheck", str(archive), "-o", str(out), "--lang", "vi", *words])


def read_csv(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.DictReader(stream))


def test_csv_holds_the_rows_of_the_parts(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(archive, out, "--format", "csv") == 3
    assert (out / "posts.csv").read_bytes().startswith(b"\xef\xbb\xbfSTT,")
    posts, found = read_csv(out / "posts.csv"), read_csv(out / "findings.csv")
    rows = list(read_rows(out, POSTS))
    assert [each["Mã bài"] for each in posts] == [row["id"] for row in rows]
    assert [int(each["Lỗi"]) for each in posts] == [row["errors"] for row in rows]
    assert posts[1]["Kết luận"] == "chưa được đăng"
    assert posts[-1]["Kết luận"] == "chưa kiểm tra xong"
    assert posts[-1]["Chưa kiểm tra được"]
    marks = [(row["id"], row["rule"]) for row in read_rows(out, FINDINGS)]
    assert [(each["Mã bài"], each["Mã quy tắc"]) for each in found] == marks
    placeholder = next(each for each in found if each["Mã quy tắc"] == "hygiene-placeholder")
    assert placeholder["Mức"] == "lỗi"
    assert placeholder["Chỗ"].startswith("nội dung")
    assert placeholder["Cách sửa"]


def test_no_cell_is_a_formula(archive: Path, tmp_path: Path) -> None:
    run(archive, tmp_path / "out", "-f", "csv")
    for name in ("posts.csv", "findings.csv"):
        for row in read_csv(tmp_path / "out" / name):
            assert not any(cell.startswith(RISKY) for cell in row.values())
    titles = [row["Tiêu đề"] for row in read_csv(tmp_path / "out/posts.csv")]
    assert titles[1] == "'=HYPERLINK(1;2)"


def test_json_lines_hold_every_column(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archive, out, "-f", "jsonl")
    lines = [json.loads(line) for line in (out / "posts.jsonl").read_text().splitlines()]
    assert lines == list(read_rows(out, POSTS))
    lines = [json.loads(line) for line in (out / "findings.jsonl").read_text().splitlines()]
    rows = list(read_rows(out, FINDINGS))
    assert [each["fingerprint"] for each in lines] == [row["fingerprint"] for row in rows]
    assert all(isinstance(each["facts"], dict) for each in lines)


def test_a_workbook_goes_on_in_another_sheet(
    archive: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="reads workbooks")
    monkeypatch.setattr(tables, "MAX_ROWS", 3)
    run(archive, tmp_path / "out", "-f", "xlsx")
    book = openpyxl.load_workbook(tmp_path / "out/results.xlsx")
    assert book.sheetnames[:3] == ["Bài", "Bài 2", "Điểm"]
    cells = [row[1].value for name in ("Bài", "Bài 2") for row in book[name].iter_rows(min_row=2)]
    assert cells == [row["id"] for row in read_rows(tmp_path / "out", POSTS)]


def test_tables_of_an_earlier_run_do_not_stay(archive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    run(archive, out, "-f", "csv", "-f", "jsonl")
    before = (out / "posts.csv").read_bytes()
    run(archive, out, "-f", "csv")
    assert (out / "posts.csv").read_bytes() == before
    assert not (out / "posts.jsonl").exists()
    run(archive, out)
    assert not (out / "posts.csv").exists()


def test_another_format_is_refused(
    archive: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(archive, tmp_path / "out", "-f", "docx") == 2
    assert "không có dạng kết quả “docx”" in capsys.readouterr().err
    assert not (tmp_path / "out").exists()
