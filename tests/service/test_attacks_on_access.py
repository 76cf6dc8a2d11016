"""Attack cases 48, 51-53 and 61: tokens, rates, the things of others, personal data, traces."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import httpx
import pytest

from qc.service.errors import Refusal
from qc.service.gate.guard import Bucket, Guard
from qc.service.logs import JsonLines
from qc.service.settings import Limits, Settings
from qc.service.store.engine import open_store
from qc.service.store.tokens import NewToken, Principal, add_token, list_tokens, revoke_token
from tests.service.running import ARTICLE, Running, in_thread, until

CCCD = "001099012345"
PHONE = "0912 345 678"
BODY = {"article": ARTICLE}


class Tokens:
    """A running service with tokens, and ways to make and end them."""

    def __init__(self, running: Running) -> None:
        self.running = running

    def add(self, **values: object) -> str:
        store = open_store(None, self.running.data)
        with store.write() as connection:
            made = add_token(connection, NewToken(name="cổng", **values))  # type: ignore[arg-type]
        store.close()
        self.forget()
        return made

    def revoke(self, token: str) -> None:
        store = open_store(None, self.running.data)
        with store.write() as connection:
            revoke_token(connection, token.split("_")[1])
        store.close()

    def forget(self) -> None:
        assert self.running.app is not None
        self.running.app.state.guard.forget()

    def client(self, token: str | None) -> httpx.Client:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return self.running.client(headers=headers)


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tokens]:
    """A service that asks for tokens."""
    data = tmp_path_factory.mktemp("tokens")
    with in_thread(Settings(data=data, workers=1, require_token=True)) as running:
        yield Tokens(running)


CLOSED = [
    ("POST", "/v1/check"),
    ("POST", "/v1/jobs"),
    ("GET", "/v1/jobs/x"),
    ("DELETE", "/v1/jobs/x"),
    ("GET", "/v1/reports/x"),
    ("GET", "/v1/rules"),
    ("GET", "/v1/policies"),
    ("GET", "/v1/audit"),
    ("POST", "/v1/words"),
    ("GET", "/v2/check?text=a&language=vi"),
    ("POST", "/v2/check"),
    ("POST", "/check"),
    ("GET", "/check?text=a&language=vi"),
    ("GET", "/metrics"),
    ("POST", "/anything"),
    ("POST", "//v1/check"),
    ("GET", "/v1/%6aobs/x"),
]


@pytest.mark.parametrize(("method", "path"), CLOSED)
def test_51_nothing_is_told_without_a_token(tokens: Tokens, method: str, path: str) -> None:
    good = tokens.add()
    wrong = [None, "", "x", good[:-1], good + "x", "qc_000000000000_" + good.split("_", 2)[2]]
    for token in wrong:
        with tokens.client(token) as client:
            answer = client.request(method, path)
            assert answer.status_code == 401
            assert answer.headers["www-authenticate"] == "Bearer"


def test_51_a_token_in_the_address_does_not_count(tokens: Tokens) -> None:
    good = tokens.add()
    with tokens.client(None) as client:
        for name in ("token", "access_token", "api_key", "authorization"):
            assert client.get("/v1/rules", params={name: good}).status_code == 401
        basic = {"authorization": f"Basic {good}"}
        assert client.get("/v1/rules", headers=basic).status_code == 401


def test_51_a_token_opens_and_a_revoked_one_closes(tokens: Tokens) -> None:
    good = tokens.add()
    with tokens.client(good) as client:
        assert client.post("/v1/check", json=BODY).status_code == 200
        tokens.revoke(good)
        until(lambda: client.get("/v1/policies").status_code == 401, 10)


def test_51_health_is_open(tokens: Tokens) -> None:
    with tokens.client(None) as client:
        assert client.get("/health").status_code == 200


def test_51_a_token_for_checks_changes_nothing(tokens: Tokens) -> None:
    with tokens.client(tokens.add()) as client:
        for method, path, body in (
            ("POST", "/v1/words", {"word": "Hoa Sen"}),
            ("POST", "/v1/approvals", {"report": "0" * 32, "approver": "Lê Văn Cường"}),
            ("DELETE", "/v1/words/x", None),
            ("GET", "/v1/audit", None),
        ):
            assert client.request(method, path, json=body).status_code == 403
    with tokens.client(tokens.add(scope="approve")) as client:
        assert client.post("/v1/words", json={"word": "Hoa Sen"}).status_code == 201
        assert client.get("/v1/audit").status_code == 403
    with tokens.client(tokens.add(scope="admin")) as client:
        entries = client.get("/v1/audit").json()["entries"]
        assert "word-added" in [each["action"] for each in entries]


def test_52_a_token_has_its_rate(tokens: Tokens) -> None:
    with tokens.client(tokens.add(rate_per_minute=3)) as client:
        answers = [client.get("/v1/policies") for _ in range(5)]
        assert [each.status_code for each in answers] == [200, 200, 200, 429, 429]
        assert 0 < int(answers[-1].headers["retry-after"]) <= 60
        assert client.get("/health").status_code == 200
    with tokens.client(tokens.add()) as client:
        assert client.get("/v1/policies").status_code == 200


def test_52_a_token_has_its_quota(tokens: Tokens) -> None:
    with tokens.client(tokens.add(checks_per_day=2)) as client:
        codes = [client.post("/v1/check", json=BODY).status_code for _ in range(3)]
        assert codes == [200, 200, 429]
        assert client.post("/v1/jobs", json=BODY).status_code == 429
        assert client.get("/v1/policies").status_code == 200


def test_52_what_was_used_comes_back_with_time(tmp_path: Path) -> None:
    moment = [0.0]
    store = open_store(None, tmp_path)
    guard = Guard(Settings(data=tmp_path), store, clock=lambda: moment[0])
    asker = Principal(id="a", scope="check", rate_per_minute=60)
    guard._buckets["a"] = Bucket(left=0.0, at=0.0)
    for moment[0], allowed in ((0.5, False), (1.0, True), (1.5, False), (100.0, True)):
        with nullcontext() if allowed else pytest.raises(Refusal):
            guard._spend(asker)
    assert guard._buckets["a"].left == 59
    store.close()


def test_53_what_belongs_to_another_is_not_there(tokens: Tokens) -> None:
    with tokens.client(tokens.add()) as one, tokens.client(tokens.add()) as other:
        job = one.post("/v1/jobs", json=BODY).headers["location"]
        report = f"/v1/reports/{one.post('/v1/check', json=BODY).headers['x-qc-report-id']}"
        for path in (job, report):
            assert one.get(path).status_code == 200
            assert other.get(path).status_code == 404
        assert other.delete(job).status_code == 404
        unknown = other.get("/v1/jobs/00000000000000000000000000000000")
        assert unknown.json() == other.get(job).json()
    with tokens.client(tokens.add(scope="admin")) as admin:
        assert admin.get(report).status_code == 200


def test_48_51_logs_and_counters_hold_no_token_and_no_text(
    tokens: Tokens, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    good = tokens.add(scope="admin")
    body = f"<p>Em Nguyễn Văn An, số CCCD {CCCD}, điện thoại {PHONE}.</p>"
    article = {"title": f"Học sinh {CCCD}", "body": body}
    media = {f"{CCCD}.jpg": {"data": "AAAA"}}
    with tokens.client(good) as client:
        sent = {"article": article, "media": media, "source": f"{CCCD}.json"}
        answer = client.post("/v1/check", json=sent)
        assert answer.status_code == 200
        for each in (CCCD, PHONE, PHONE.replace(" ", "")):
            for finding in answer.json()["reports"][0]["findings"]:
                assert each not in finding["message"]
                assert each not in json.dumps(finding["facts"], ensure_ascii=False)
        wrong = {"article": article, CCCD: 1}
        refused = client.post("/v1/check", json={"article": {}, "policy": CCCD})
        assert client.post("/v1/check", json=wrong).status_code == 422
        client.get(f"/v1/jobs/{CCCD}")
        client.get(f"/{CCCD}?text={CCCD}")
        counters = client.get("/metrics").text
        audit = client.get("/v1/audit").text
    assert refused.status_code == 422
    formatter = JsonLines()
    logged = "\n".join(
        formatter.format(record) for record in caplog.records if record.name.startswith("qc.")
    )
    assert '"route": "/v1/check"' in logged
    assert 'route="/v1/check"' in counters
    for text in (logged, counters, audit):
        assert CCCD not in text
        assert PHONE not in text
        assert good not in text
        assert good.split("_", 2)[2] not in text


def test_48_personal_data_are_masked_in_the_report(tokens: Tokens) -> None:
    body = f"<p>Em Nguyễn Văn An, số CCCD {CCCD}, điện thoại {PHONE}.</p>"
    with tokens.client(tokens.add()) as client:
        answer = client.post("/v1/check", json={"article": {"title": "Tin", "body": body}})
    found = [f for f in answer.json()["reports"][0]["findings"] if f["rule"].startswith("privacy-")]
    assert found
    assert not any(CCCD in json.dumps(each) for each in found)


def test_61_no_trace_leaves_the_service(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    assert tokens.running.app is not None
    checker = tokens.running.app.state.checker

    def broken() -> None:
        raise RuntimeError(f"secret {CCCD}")

    monkeypatch.setattr(checker, "describe", broken)
    with tokens.client(tokens.add()) as client:
        answer = client.get("/v1/policies")
    assert answer.status_code == 500
    assert set(answer.json()["error"]) == {"what", "where", "remedy", "message"}
    for text in (answer.text, caplog.text):
        assert "Traceback" not in text
        assert CCCD not in text
    assert any(record.getMessage() == "unexpected" for record in caplog.records)


def test_61_a_failing_check_is_a_plain_answer(
    tokens: Tokens, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert tokens.running.app is not None
    checker = tokens.running.app.state.checker
    # a policy whose file is gone: the worker's own error comes back as an answer
    monkeypatch.setitem(checker.policies, "co-so", str(tokens.running.data / "gone.yaml"))
    with tokens.client(tokens.add()) as client:
        answer = client.post("/v1/check", json=BODY)
    assert answer.status_code == 500
    assert "gone.yaml" not in answer.text
    assert "Traceback" not in answer.text


def test_the_limits_of_all_tokens_hold_where_a_token_has_none(tmp_path: Path) -> None:
    settings = Settings(
        data=tmp_path, workers=1, limits=Limits(rate_per_minute=2, checks_per_day=1)
    )
    with in_thread(settings) as running, running.client() as client:
        codes = [client.post("/v1/check", json=BODY).status_code for _ in range(3)]
        assert codes == [200, 429, 429]


def test_the_service_asks_for_tokens_once_there_is_one(tmp_path: Path) -> None:
    with in_thread(Settings(data=tmp_path, workers=1)) as running, running.client() as client:
        assert client.get("/v1/policies").status_code == 200
        made = Tokens(running).add()
        until(lambda: client.get("/v1/policies").status_code == 401, 10)
        store = open_store(None, tmp_path)
        with store.read() as connection:
            assert [each["name"] for each in list_tokens(connection)] == ["cổng"]
        store.close()
        headers = {"authorization": f"Bearer {made}"}
        assert client.get("/v1/policies", headers=headers).status_code == 200
