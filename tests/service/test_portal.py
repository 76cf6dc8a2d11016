"""Words, waivers and approvals of a portal, and reports in every format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from zipfile import is_zipfile

import pytest
from fastapi.testclient import TestClient

from qc.cli.arguments import CheckArguments
from qc.cli.check import run_check
from qc.service.api.reports import ReportFormat
from qc.service.app import create_app
from qc.service.settings import Settings

POLICY = """
id: truong-hoa-sen
title: {vi: Trường Tiểu học Hoa Sen, en: Hoa Sen primary school}
extends: tieu-hoc
rules:
  field-approver-unknown: {options: {board: [Lê Văn Cường]}}
waiving:
  roles: [Tổng biên tập]
  never: ["secret-*"]
"""
FIELDS = {
    "title": "Trường Tiểu học Hoa Sen mở thư viện",
    "sapo": "Sáng 21/4, trường mở thư viện mới.",
    "author": "Trần Thị Bình",
    "approved_by": "Lê Văn Cường",
    "category": "Tin tức",
    "published_at": "2026-04-22T09:00",
    "body_format": "html",
}
ARTICLE = FIELDS | {"body": "<p>Nhà trường đã bổ xung thêm phòng đọc cho các em.</p>"}


@pytest.fixture(scope="module")
def portal(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service with a policy of its own."""
    folder = tmp_path_factory.mktemp("portal")
    (folder / "truong.yaml").write_text(POLICY, encoding="utf-8")
    settings = Settings(data=folder / "data", workers=1, policies=(folder / "truong.yaml",))
    with TestClient(create_app(settings), base_url="http://localhost") as client:
        yield client


def findings(portal: TestClient, policy: str = "co-so") -> list[dict[str, object]]:
    answer = portal.post("/v1/check", json={"article": ARTICLE, "policy": policy})
    found: list[dict[str, object]] = answer.json()["reports"][0]["findings"]
    return found


def test_a_policy_of_the_portal_is_known_by_its_id(portal: TestClient) -> None:
    names = [each["id"] for each in portal.get("/v1/policies").json()["policies"]]
    assert "truong-hoa-sen" in names
    answer = portal.post("/v1/check", json={"article": ARTICLE, "policy": "truong-hoa-sen"})
    assert answer.json()["policy"]["id"] == "truong-hoa-sen"
    rules = portal.get("/v1/rules", params={"policy": "truong-hoa-sen"}).json()
    assert rules["policy"] == "truong-hoa-sen"
    assert portal.get("/v1/rules", params={"policy": "nope"}).status_code == 422


def test_a_rule_tells_why_and_how(portal: TestClient) -> None:
    rule = portal.get("/v1/rules/spelling-confusion").json()
    assert rule["why"]["vi"]
    assert rule["fix"]["en"]
    assert rule["basis"]
    assert portal.get("/v1/rules/spelling-nope").status_code == 404


def test_a_waiver_holds_until_it_is_ended(portal: TestClient) -> None:
    waiver = {
        "rule": "spelling-confusion",
        "author": "Lê Văn Cường",
        "reason": "Trích nguyên văn",
        "expires": "2099-12-31",
        "policy": "co-so",
    }
    before = [each["waived"] for each in findings(portal) if each["rule"] == waiver["rule"]]
    assert before == [None]
    made = portal.post("/v1/waivers", json=waiver)
    assert made.status_code == 201
    (waived,) = [each["waived"] for each in findings(portal) if each["rule"] == waiver["rule"]]
    assert isinstance(waived, dict)
    assert (waived["author"], waived["origin"]) == ("Lê Văn Cường", "file")
    assert [e["rule"] for e in portal.get("/v1/waivers").json()["waivers"]] == [waiver["rule"]]
    path = f"/v1/waivers/{made.json()['id']}"
    assert portal.delete(path).status_code == 204
    assert portal.delete(path).status_code == 404
    after = [each["waived"] for each in findings(portal) if each["rule"] == waiver["rule"]]
    assert after == [None]


@pytest.mark.parametrize(
    "change",
    [
        {"rule": "no-such-rule"},
        {"reason": "ừ"},
        {"expires": "mai"},
        {"author": ""},
        {"more": 1},
        {"policy": "nope"},
        {"policy": "truong-hoa-sen"},
        {"policy": "truong-hoa-sen", "role": "Cộng tác viên"},
        {"policy": "truong-hoa-sen", "role": "Tổng biên tập", "rule": "secret-password"},
    ],
)
def test_a_waiver_that_may_not_be_is_refused(portal: TestClient, change: dict[str, str]) -> None:
    waiver = {
        "rule": "spelling-confusion",
        "author": "Lê Văn Cường",
        "reason": "Trích nguyên văn",
        "expires": "2099-12-31",
        "policy": "co-so",
    }
    assert portal.post("/v1/waivers", json=waiver | change).status_code == 422


def test_a_word_of_the_portal_is_accepted(portal: TestClient) -> None:
    odd = "Lớp học kĩ năng vui nhộn cùng câu lạc bộ rôbôtik của trường."
    article = FIELDS | {"body": f"<p>{odd}</p>"}

    def words() -> list[str]:
        report = portal.post("/v1/check", json={"article": article}).json()["reports"][0]
        return [f["location"].get("excerpt", "") for f in report["findings"]]

    policy = portal.post("/v1/check", json={"article": article}).json()["policy"]["digest"]
    before = words()
    made = portal.post("/v1/words", json={"word": "rôbôtik"})
    assert made.status_code == 201
    assert len(words()) <= len(before)
    changed = portal.post("/v1/check", json={"article": article}).json()["policy"]["digest"]
    assert changed != policy  # what judged is not the policy as it comes
    assert portal.delete(f"/v1/words/{made.json()['id']}").status_code == 204
    again = portal.post("/v1/check", json={"article": article}).json()["policy"]["digest"]
    assert again == policy


def test_an_approval_is_that_of_the_command(portal: TestClient) -> None:
    article = FIELDS | {"body": "<p>Sáng 21/4, trường mở thư viện mới cho học sinh.</p>"}
    checked = portal.post("/v1/check", json={"article": article})
    report = checked.headers["x-qc-report-id"]
    asked = {"report": report, "approver": "Trần Thị Bình"}
    own = portal.post("/v1/approvals", json=asked)
    if checked.headers["x-qc-verdict"] in ("block", "incomplete"):
        pytest.fail(checked.text)
    assert own.status_code == 422
    assert "không được tự duyệt" in own.json()["error"]["message"]
    other = asked | {"approver": "tran thi binh"}
    assert portal.post("/v1/approvals", json=other).status_code == 422
    made = portal.post("/v1/approvals", json=asked | {"approver": "Lê Văn Cường"})
    assert made.status_code == 201
    digest = made.json()["digest"]
    found = portal.get("/v1/approvals", params={"digest": digest}).json()["approvals"]
    assert [each["approver"] for each in found] == ["Lê Văn Cường"]
    assert digest == checked.json()["reports"][0]["digest"]


def test_a_board_approves_alone(portal: TestClient) -> None:
    article = FIELDS | {"body": "<p>Sáng 21/4, trường mở thư viện mới cho học sinh.</p>"}
    checked = portal.post("/v1/check", json={"article": article, "policy": "truong-hoa-sen"})
    asked = {"report": checked.headers["x-qc-report-id"], "approver": "Đỗ Thị Mai"}
    assert portal.post("/v1/approvals", json=asked).status_code == 422


def test_a_blocked_article_is_not_approved(portal: TestClient) -> None:
    article = FIELDS | {"body": "<p>Tin</p><script>alert(1)</script>"}
    checked = portal.post("/v1/check", json={"article": article})
    assert checked.headers["x-qc-verdict"] == "block"
    asked = {"report": checked.headers["x-qc-report-id"], "approver": "Lê Văn Cường"}
    assert portal.post("/v1/approvals", json=asked).status_code == 422
    unknown = asked | {"report": "0" * 32}
    assert portal.post("/v1/approvals", json=unknown).status_code == 404


@pytest.mark.parametrize("format", [each.value for each in ReportFormat])
def test_a_report_comes_again_in_every_format(
    portal: TestClient, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, format: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = json.dumps(ARTICLE, ensure_ascii=False)
    (tmp_path / "bai.json").write_text(text, encoding="utf-8")
    body = f'{{"article": {text}, "source": "bai.json"}}'.encode()
    checked = portal.post("/v1/check", content=body, headers={"content-type": "application/json"})
    path = f"/v1/reports/{checked.headers['x-qc-report-id']}"
    answer = portal.get(path, params={"format": format})
    assert answer.status_code == 200
    if format == "xlsx":
        assert is_zipfile(BytesIO(answer.content))
    elif format == "html":  # the article itself is not stored, so it is not shown
        assert "script" not in answer.headers["content-security-policy"]
        assert "spelling-confusion" in answer.text
    elif format not in ("github", "rdjson"):  # these count bytes in the file, which is not at hand
        output = tmp_path / "out"
        run_check(CheckArguments(paths=["bai.json"], format=format, output=str(output)))
        assert answer.content == output.read_bytes()
    assert portal.get(path, params={"format": "exe"}).status_code == 422


def test_a_source_that_names_a_file_opens_none(portal: TestClient) -> None:
    sent = {"article": ARTICLE, "source": "/etc/passwd"}
    checked = portal.post("/v1/check", json=sent)
    path = f"/v1/reports/{checked.headers['x-qc-report-id']}"
    for format in ReportFormat:
        assert b"root:x:0:0" not in portal.get(path, params={"format": format.value}).content
