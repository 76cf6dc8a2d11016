"""The routes: what each client calls, with and without the prefix, and who may ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from qc.service.app import create_app
from qc.service.languagetool.body import MAX_BODY_BYTES
from qc.service.languagetool.request import MAX_TEXT
from qc.service.languagetool.route import is_allowed
from qc.service.settings import Settings
from qc.service.store.tokens import NewToken, add_token

TYPO = "Nhà trường đã bổ xung hai phòng học."
FORM = {"content-type": "application/x-www-form-urlencoded"}
PREFIXES = ["/v2", "", "/policies/tieu-hoc/v2", "/policies/co-so"]

# Bodies as the clients send them; {} is the place of the text.
RECORDED = [
    ("LibreOffice 7.4.7", f"text=A & B: {TYPO}&language=vi-VN", 7 + 17),
    ("LibreOffice 7.4.7, account", f"text={TYPO}&language=vi-VN&username=u&apiKey=k", 17),
    (
        "language-tool-python 3.4",
        "language=vi&text=Nh%C3%A0+tr%C6%B0%E1%BB%9Dng+%C4%91%C3%A3+b%E1%BB%95+xung+hai",
        17,
    ),
    (
        "pyLanguagetool 0.11",
        "text=Nh%C3%A0+tr%C6%B0%E1%BB%9Dng+%C4%91%C3%A3+b%E1%BB%95+xung+hai&language=vi",
        17,
    ),
    (
        "browser add-on",
        "disabledRules=WHITESPACE_RULE&allowIncompleteResults=true&enableHiddenRules=true"
        "&useragent=webextension-chrome-ng&language=auto&noopLanguages=vi%2Cen"
        "&preferredLanguages=vi%2Cen&preferredVariants=en-US%2Cde-DE&mode=allButTextLevelOnly"
        "&text=Nh%C3%A0%20tr%C6%B0%E1%BB%9Dng%20%C4%91%C3%A3%20b%E1%BB%95%20xung",
        17,
    ),
    (
        "LTeX",
        "language=vi&level=picky&data=%7B%22annotation%22%3A%5B%7B%22text%22%3A%22Nh%C3%A0+tr%C6%B0%E1"
        "%BB%9Dng+%C4%91%C3%A3+b%E1%BB%95+%22%7D%2C%7B%22markup%22%3A%22%5C%5Cemph%7B%22%2C"
        "%22interpretAs%22%3A%22%22%7D%2C%7B%22text%22%3A%22xung%22%7D%2C%7B%22markup%22%3A%22"
        "%7D%22%7D%5D%7D",
        17 + len("\\emph{"),
    ),
]


@pytest.mark.parametrize(
    ("body", "offset"), [r[1:] for r in RECORDED], ids=[r[0] for r in RECORDED]
)
def test_recorded_requests_are_answered(service: TestClient, body: str, offset: int) -> None:
    answer = service.post("/v2/check", content=body.encode(), headers=FORM)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "application/json"
    (match,) = answer.json()["matches"]
    assert (match["offset"], match["length"]) == (offset, 4)
    assert match["replacements"] == [{"value": "sung"}]


@pytest.mark.parametrize("prefix", PREFIXES)
def test_every_route_stands_under_every_prefix(service: TestClient, prefix: str) -> None:
    assert service.get(f"{prefix}/languages").json() == [
        {"name": "Vietnamese", "code": "vi", "longCode": "vi-VN"}
    ]
    assert service.get(f"{prefix}/info").json()["software"]["apiVersion"] == 1
    assert service.get(f"{prefix}/healthcheck").text == "OK"
    assert service.get(f"{prefix}/maxtextlength").text == str(MAX_TEXT)
    found = service.get(f"{prefix}/check", params={"text": TYPO, "language": "vi"}).json()
    assert [match["rule"]["id"] for match in found["matches"]] == ["SPELLING_CONFUSION"]
    rules = service.get(f"{prefix}/configinfo", params={"language": "vi"}).json()["rules"]
    named = {rule["ruleId"]: rule for rule in rules}
    assert not named["SPELLING_CONFUSION"]["isDefaultOff"]
    assert named["SPELLING_HINT"]["isDefaultOff"]
    assert "FIELD_TITLE_MISSING" not in named


def test_the_policy_in_the_address_counts(service: TestClient) -> None:
    answer = service.post("/policies/khong-co/v2/check", data={"text": TYPO, "language": "vi"})
    assert answer.status_code == 422
    assert answer.text.startswith("Error: Không có chính sách này. Các chính sách: ")


REFUSED: list[tuple[str, dict[str, Any], int, str]] = [
    ("nothing", {"content": b""}, 400, "'text' hoặc 'data'"),
    ("English", {"data": {"text": "a", "language": "en-US"}}, 400, "chỉ kiểm tra tiếng Việt"),
    ("bytes", {"content": b"text=\xff&language=vi"}, 400, "không phải là UTF-8"),
    ("JSON", {"json": {"text": "a", "language": "vi"}}, 400, "'text' hoặc 'data'"),
    ("long text", {"data": {"text": "a" * (MAX_TEXT + 1), "language": "vi"}}, 413, "vượt giới hạn"),
    ("long body", {"content": b"text=" + b"a" * MAX_BODY_BYTES}, 413, "lớn hơn 4 MB"),
]


@pytest.mark.parametrize(
    ("request_", "status", "words"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED]
)
def test_refusals_are_plain_text(
    service: TestClient, request_: dict[str, Any], status: int, words: str
) -> None:
    answer = service.post("/v2/check", **request_)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.text.startswith("Error: ")
    assert words in answer.text


def test_the_longest_text_is_checked(service: TestClient) -> None:
    text = ((TYPO + "\n\n") * 3000)[:MAX_TEXT]
    answer = service.post("/v2/check", data={"text": text, "language": "vi"})
    assert answer.status_code == 200
    assert len(answer.json()["matches"]) == text.count("bổ xung")


@pytest.mark.parametrize(
    "path", ["/v2/check", "/check", "/v2/languages", "/policies/co-so/v2/check"]
)
def test_add_ons_may_ask(service: TestClient, path: str) -> None:
    origin = "moz-extension://0b2c7c3e-1111-4222-8333-444455556666"
    headers = {"origin": origin, "access-control-request-method": "POST"}
    answer = service.options(path, headers=headers)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-origin"] == origin
    assert "POST" in answer.headers["access-control-allow-methods"]
    assert "content-type" in answer.headers["access-control-allow-headers"]


def test_answers_and_refusals_carry_the_origin(service: TestClient) -> None:
    headers = {"origin": "chrome-extension://oldceeleldhonbafppcapldpdifcinji"}
    for form, status in (({"text": TYPO, "language": "vi"}, 200), ({}, 400)):
        answer = service.post("/v2/check", data=form, headers=headers)
        assert answer.status_code == status
        assert answer.headers["access-control-allow-origin"] == headers["origin"]
        assert answer.headers["vary"] == "origin"


def test_a_foreign_page_may_not_ask(service: TestClient) -> None:
    headers = {"origin": "https://evil.example"}
    for answer in (
        service.options("/v2/check", headers=headers),
        service.post("/v2/check", data={"text": TYPO, "language": "vi"}, headers=headers),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers


ORIGINS = [
    ("http://localhost:3000", Settings(), True),
    ("http://127.0.0.1", Settings(), True),
    ("http://[::1]:80", Settings(), True),
    ("http://localhost:3000", Settings(hosts=("qc.truong.edu.vn",)), False),
    ("http://localhost.evil.example", Settings(), False),
    ("https://chrome-extension.example", Settings(), False),
    ("null", Settings(), False),
    ("http://[", Settings(), False),
    ("https://cms.truong.edu.vn", Settings(), False),
    ("https://cms.truong.edu.vn", Settings(origins=("https://cms.truong.edu.vn",)), True),
    ("https://cms.truong.edu.vn", Settings(origins=("*",)), True),
]


@pytest.mark.parametrize(("origin", "settings", "allowed"), ORIGINS)
def test_origins(origin: str, settings: Settings, allowed: bool) -> None:
    assert is_allowed(origin, settings) is allowed


@pytest.fixture(scope="module")
def closed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, str]]:
    """A service that asks for tokens, and a token."""
    settings = Settings(
        data=tmp_path_factory.mktemp("closed"), workers=1, require_token=True, policy="tieu-hoc"
    )
    app = create_app(settings)
    with TestClient(app, base_url="http://localhost") as client:
        with app.state.store.write() as connection:
            token = add_token(connection, NewToken(name="Word"))
        yield client, token


def test_a_token_is_taken_from_the_body_or_the_header(closed: tuple[TestClient, str]) -> None:
    client, token = closed
    form = {"text": TYPO, "language": "vi-VN"}
    raw = f"text={TYPO}&language=vi-VN&username=u&apiKey={token}"
    assert client.post("/v2/check", content=raw.encode(), headers=FORM).status_code == 200
    assert client.post("/check", data=form | {"apiKey": token}).status_code == 200
    bearer = {"authorization": f"Bearer {token}"}
    assert client.post("/v2/check", data=form, headers=bearer).status_code == 200
    assert client.get("/v2/check", params=form, headers=bearer).status_code == 200


def test_without_a_valid_token_nothing_is_checked(closed: tuple[TestClient, str]) -> None:
    client, token = closed
    form = {"text": TYPO, "language": "vi"}
    for answer in (
        client.post("/v2/check", data=form),
        client.post("/v2/check", data=form | {"apiKey": token + "x"}),
        client.get("/v2/check", params=form | {"apiKey": token}),  # never in the address
    ):
        assert answer.status_code == 401
        assert answer.text.startswith("Error: Cần mã truy cập còn hiệu lực")
        assert token not in answer.text


def test_what_every_client_asks_first_needs_no_token(closed: tuple[TestClient, str]) -> None:
    client, _ = closed
    assert client.get("/policies/co-so/v2/languages").status_code == 200
    assert client.get("/v2/healthcheck").text == "OK"


def test_words_are_accepted_from_the_next_check_on(service: TestClient) -> None:
    form = {"text": "Các em vẽ kế hoặch cho lớp.", "language": "vi"}
    before = service.post("/v2/check", data=form).json()["matches"]
    assert [match["rule"]["id"] for match in before] == ["SPELLING_CONFUSION"]
    assert service.post("/v2/words/add", data={"word": "kế hoặch"}).json() == {"added": True}
    assert service.post("/v2/words/add", data={"word": "kế hoặch"}).json() == {"added": False}
    assert service.get("/v2/words").json() == {"words": ["kế hoặch"]}
    assert service.get("/words", params={"offset": 1}).json() == {"words": []}
    assert service.get("/policies/thcs/v2/words").json() == {"words": []}
    assert service.post("/v2/check", data=form).json()["matches"] == []
    assert service.post("/v2/words/delete", data={"word": "kế hoặch"}).json() == {"deleted": True}
    assert service.post("/v2/words/delete", data={"word": "kế hoặch"}).json() == {"deleted": False}
    assert service.post("/v2/check", data=form).json()["matches"] == before


@pytest.mark.parametrize("word", ["", "a", "a" * 101, "hai\ndòng"])
def test_what_is_no_word_is_refused(service: TestClient, word: str) -> None:
    answer = service.post("/v2/words/add", data={"word": word})
    assert answer.status_code == 400
    assert answer.text.startswith("Error: 'word' là")


def test_a_token_for_checks_adds_no_word(closed: tuple[TestClient, str]) -> None:
    client, token = closed
    answer = client.post("/v2/words/add", data={"word": "kế hoặch", "apiKey": token})
    assert answer.status_code == 403
    assert client.get("/v2/words").status_code == 401
