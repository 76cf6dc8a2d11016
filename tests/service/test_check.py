"""POST /v1/check gives the bytes of `qc check --format json`."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qc.cli.arguments import CheckArguments
from qc.cli.check import run_check

ARTICLE = (
    '{"title": "Trường THCS Nguyễn Du tổ chức Ngày hội đọc sách", "body": "<p>Nhà trường đã bổ'
    ' xung thêm phòng đọc.</p><img src=\\"anh/1.png\\" alt=\\"Học sinh đọc sách\\">"}'
)
PIXEL = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def cli(folder: Path, name: str, **options: Any) -> bytes:
    """What `qc check NAME --format json` writes in a folder."""
    output = folder / "report.out"
    run_check(CheckArguments(paths=[name], format="json", output=str(output), **options))
    return output.read_bytes()


@pytest.mark.parametrize("options", [{}, {"policy": "thcs"}, {"lang": "en", "date": "2024-09-05"}])
def test_json_gives_the_bytes_of_the_command(
    service: TestClient,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    options: dict[str, str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bai.json").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "anh").mkdir()
    (tmp_path / "anh" / "1.png").write_bytes(PIXEL)
    media = {"anh/1.png": {"data": base64.b64encode(PIXEL).decode()}}
    rest = json.dumps({"source": "bai.json", "media": media} | options)
    body = f'{{"article": {ARTICLE}, {rest[1:]}'
    answer = service.post(
        "/v1/check", content=body.encode(), headers={"content-type": "application/json"}
    )
    assert answer.status_code == 200
    assert answer.content == cli(tmp_path, "bai.json", **options)
    assert answer.headers["x-qc-verdict"] == answer.json()["reports"][0]["verdict"]
    assert answer.headers["x-qc-report-id"]


@pytest.mark.parametrize("name", ["loi-khai-giang.docx", "loi-vien-dan-van-ban.md"])
def test_files_give_the_bytes_of_the_command(
    service: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    draft = (Path("samples") / name).read_bytes()
    monkeypatch.chdir(tmp_path)
    (tmp_path / name).write_bytes(draft)
    answer = service.post("/v1/check", files=[("files", (name, draft))])
    assert answer.status_code == 200
    assert answer.content == cli(tmp_path, name)


def test_an_article_of_a_cms_keeps_its_places(service: TestClient) -> None:
    article = {"title": "Tin", "body": "<p>Nhà trường đã bổ xung thêm phòng đọc.</p>"}
    report = service.post("/v1/check", json={"article": article}).json()["reports"][0]
    found = [each for each in report["findings"] if each["rule"] == "spelling-confusion"]
    assert [each["location"]["excerpt"] for each in found] == ["xung"]
    assert report["source"] == "article.json"


@pytest.mark.parametrize("name", ["x.docx", "x.html", "Tin số 5"])
def test_the_name_in_reports_does_not_say_how_a_file_is_read(
    service: TestClient, name: str
) -> None:
    files = [("files", ("bai.json", ARTICLE.encode()))]
    named = service.post("/v1/check", files=files, data={"source": name}).json()["reports"][0]
    plain = service.post("/v1/check", files=files).json()["reports"][0]
    assert named.pop("source") == name
    assert plain.pop("source") == "bai.json"
    assert named == plain


def test_a_name_in_reports_is_printable(service: TestClient) -> None:
    files = [("files", ("bai.json", ARTICLE.encode()))]
    answer = service.post("/v1/check", files=files, data={"source": "a\x1b[2J"})
    assert answer.status_code == 422
    assert answer.json()["error"]["where"] == "source"
