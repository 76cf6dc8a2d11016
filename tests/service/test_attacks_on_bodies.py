"""Attack cases 1-8, 54 and 55: bodies that are too large, slow, deep, wrong or smuggled."""

from __future__ import annotations

import gzip
import json
import socket
from collections.abc import Iterator

import pytest

from qc.service.settings import Limits, Settings
from tests.service.running import ARTICLE, Running, in_thread

LIMIT = 400_000
OTHER = "https://portal.example"


@pytest.fixture(scope="module")
def tight(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with narrow limits and one origin beside its own."""
    limits = Limits(
        max_body_bytes=LIMIT, max_json_bytes=LIMIT, max_media_files=5, body_timeout_s=1.0
    )
    data = tmp_path_factory.mktemp("tight")
    settings = Settings(data=data, workers=1, limits=limits, origins=(OTHER,))
    with in_thread(settings) as running:
        yield running


def head(*lines: str, path: str = "/v1/check") -> bytes:
    kind = "content-type: application/json"
    written = [f"POST {path} HTTP/1.1", "host: localhost", kind, *lines, "", ""]
    return "\r\n".join(written).encode()


def status(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1])


def body_of(answer: bytes) -> dict[str, dict[str, str]]:
    parsed: dict[str, dict[str, str]] = json.loads(answer.split(b"\r\n\r\n", 1)[1])
    return parsed


@pytest.mark.parametrize("path", ["/v1/check", "/v1/jobs", "/v1/words"])
def test_1_a_length_above_the_limit_is_refused_unread(tight: Running, path: str) -> None:
    answer = tight.raw(head(f"content-length: {LIMIT + 1}", path=path))
    assert status(answer) == 413
    assert b"connection: close" in answer.lower()
    assert body_of(answer)["error"]["message"].startswith("Dữ liệu gửi lên vượt quá")


def test_1_a_length_at_the_limit_is_read(tight: Running) -> None:
    filler = json.dumps({"article": ARTICLE}).encode()
    body = filler + b" " * (LIMIT - len(filler))
    answer = tight.raw(head(f"content-length: {LIMIT}", "connection: close") + body)
    assert status(answer) == 200


def test_2_a_chunked_body_above_the_limit_is_cut_off(tight: Running) -> None:
    chunks = [b"%x\r\n" % size + b" " * size + b"\r\n" for size in (LIMIT, 1)]
    answer = tight.raw(head("transfer-encoding: chunked") + b"".join(chunks))
    assert status(answer) == 413
    assert b"connection: close" in answer.lower()


def test_3_a_slow_body_is_given_up(tight: Running) -> None:
    answer = tight.raw(head("content-length: 1000") + b'{"article":')
    assert status(answer) == 408


def test_3_a_slow_head_holds_no_worker(tight: Running) -> None:
    with socket.create_connection(("127.0.0.1", tight.port)) as slow, tight.client() as client:
        slow.sendall(b"POST /v1/check HTTP/1.1\r\nhost: local")
        assert client.post("/v1/check", json={"article": ARTICLE}).status_code == 200


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "br", "GZIP"])
def test_4_a_compressed_body_is_not_taken(tight: Running, encoding: str) -> None:
    bomb = gzip.compress(b" " * 10_000_000)
    with tight.client() as client:
        headers = {"content-encoding": encoding, "content-type": "application/json"}
        answer = client.post("/v1/check", content=bomb, headers=headers)
    assert answer.status_code == 415


DEEP = b"[" * 100_000
ILL_FORMED = {
    "empty": b"",
    "5-deep": DEEP,
    "5-deep-article": b'{"article": ' + DEEP,
    "5-deep-closed": b'{"article": ' + b'{"a":' * 50_000 + b"1" + b"}" * 50_001,
    "6-key-twice": b'{"article": {}, "article": {}}',
    "6-nan": b'{"article": {"body": NaN}}',
    "6-infinity": b'{"article": {"body": -Infinity}}',
    "6-comma": b'{"article": {},}',
    "6-more": b'{"article": {}} {}',
    "6-no-object": b"[1]",
    "7-no-utf-8": b'{"article": {"body": "\xff\xfe"}}',
    "7-utf-16": '{"article": {}}'.encode("utf-16"),
    "7-nul": b'{"article": {"body": "\0"}}',
    "7-only-nul": b"\0" * 100,
}


@pytest.mark.parametrize("name", ILL_FORMED)
def test_5_6_7_what_is_no_json_is_refused(tight: Running, name: str) -> None:
    with tight.client() as client:
        headers = {"content-type": "application/json"}
        answer = client.post("/v1/check", content=ILL_FORMED[name], headers=headers)
    assert answer.status_code == 400, answer.text
    assert set(answer.json()["error"]) == {"what", "where", "remedy", "message"}


UNREADABLE = {
    "6-key-twice": '{"title": "a", "title": "b", "body": "c"}',
    "6-many-keys": json.dumps({f"k{n}": n for n in range(20_000)}),
    "7-lone-surrogate": '{"title": "a", "body": "\\ud800"}',
    "7-escaped-nul": '{"title": "a", "body": "\\u0000"}',
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_6_7_an_article_that_cannot_be_read_has_a_report(tight: Running, name: str) -> None:
    with tight.client() as client:
        body = f'{{"article": {UNREADABLE[name]}}}'.encode()
        answer = client.post(
            "/v1/check", content=body, headers={"content-type": "application/json"}
        )
    assert answer.status_code == 200
    assert answer.headers["x-qc-verdict"] != "pass"


UNFIT = {
    "no-article": {},
    "article-null": {"article": None},
    "unknown-key": {"article": {}, "polcy": "co-so"},
    "policy": {"article": ARTICLE, "policy": "co-soo"},
    "policy-path": {"article": ARTICLE, "policy": "/etc/passwd"},
    "policy-file": {"article": ARTICLE, "policy": "../x.yaml"},
    "lang": {"article": ARTICLE, "lang": "fr"},
    "date": {"article": ARTICLE, "date": "2024-13-01"},
    "date-number": {"article": ARTICLE, "date": 5},
    "source-lines": {"article": ARTICLE, "source": "a\nb"},
    "media-list": {"article": ARTICLE, "media": []},
    "media-many": {"article": ARTICLE, "media": {f"{n}.jpg": {"data": ""} for n in range(6)}},
    "media-data": {"article": ARTICLE, "media": {"a.jpg": {"data": "%%%"}}},
}


@pytest.mark.parametrize("name", UNFIT)
def test_values_of_no_use_are_refused(tight: Running, name: str) -> None:
    with tight.client() as client:
        answer = client.post("/v1/check", json=UNFIT[name])
        assert answer.status_code == 422, answer.text
        assert client.post("/v1/jobs", json=UNFIT[name]).status_code == 422
    assert tight.temporary() == []


PATHS = [
    "../a.jpg",
    "/etc/a.jpg",
    "a/../../b.jpg",
    "a\\b.jpg",
    "C:a.jpg",
    "a//b.jpg",
    "",
    ".",
    "./a.jpg",
]
PATHS += ["a\nb.jpg", "a\0b.jpg", "x" * 300 + ".jpg", ".qc-waivers.yaml", "a/.qc-waivers.yaml"]


@pytest.mark.parametrize("path", PATHS)
def test_a_media_path_stays_in_its_folder(tight: Running, path: str) -> None:
    with tight.client() as client:
        media = {path: {"data": ""}}
        answer = client.post("/v1/check", json={"article": ARTICLE, "media": media})
    assert answer.status_code == 422


def test_8_ten_thousand_parts_are_refused(tight: Running) -> None:
    part = b'--b\r\ncontent-disposition: form-data; name="f"\r\n\r\nx\r\n'
    for count, wanted in ((10_000, 413), (21, 413)):
        body = part * count + b"--b--\r\n"
        with tight.client() as client:
            headers = {"content-type": "multipart/form-data; boundary=b"}
            answer = client.post("/v1/check", content=body[: LIMIT - 1], headers=headers)
        assert answer.status_code == wanted


def test_8_many_files_are_refused(tight: Running) -> None:
    with tight.client() as client:
        files = [("files", (f"{n}.jpg", b"x")) for n in range(6)]
        assert client.post("/v1/check", files=files).status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--b",
        b"--b\r\n\r\n\r\n",
        b'--b\r\ncontent-disposition: form-data; name="files"\r\n\r\nx',
    ],
    ids=["empty", "cut", "no-name", "unfinished"],
)
def test_8_a_broken_multipart_body_is_refused(tight: Running, body: bytes) -> None:
    with tight.client() as client:
        headers = {"content-type": "multipart/form-data; boundary=b"}
        assert client.post("/v1/check", content=body, headers=headers).status_code in (400, 422)
        no_boundary = {"content-type": "multipart/form-data"}
        assert client.post("/v1/check", content=body, headers=no_boundary).status_code in (400, 422)


def test_8_two_articles_are_refused(tight: Running) -> None:
    with tight.client() as client:
        files = [("files", (name, b"x")) for name in ("a.md", "b.md")]
        assert client.post("/v1/check", files=files).status_code == 422
        assert client.post("/v1/check", files=[("files", ("a.jpg", b"x"))]).status_code == 422


def test_other_content_types_are_not_taken(tight: Running) -> None:
    with tight.client() as client:
        for kind in ("text/plain", "application/xml", "application/x-www-form-urlencoded"):
            answer = client.post("/v1/check", content=b"x", headers={"content-type": kind})
            assert answer.status_code == 415
        assert client.post("/v1/check").status_code == 415


@pytest.mark.parametrize(
    ("lines", "rest"),
    [
        (("content-length: 2", "content-length: 3"), b"{}x"),
        (("content-length: 2", "transfer-encoding: chunked"), b"2\r\n{}\r\n0\r\n\r\n"),
        (("content-length: +2",), b"{}"),
        (("content-length: -1",), b""),
        (("transfer-encoding: xchunked",), b"0\r\n\r\n"),
        (("transfer-encoding : chunked",), b"0\r\n\r\n"),
    ],
)
def test_55_smuggling_shapes_are_refused(
    tight: Running, lines: tuple[str, ...], rest: bytes
) -> None:
    answer = tight.raw(head(*lines) + rest)
    assert status(answer) in (400, 501)
    assert answer.count(b"HTTP/1.1") == 1


def test_54_a_foreign_host_is_refused(tight: Running) -> None:
    with tight.client() as client:
        for host in ("evil.example", "127.0.0.1.evil.example", "localhost.evil.example:80"):
            assert client.get("/health", headers={"host": host}).status_code == 400
        for host in ("localhost", "127.0.0.1:99", "[::1]:99", "LOCALHOST"):
            assert client.get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "origin", ["https://evil.example", "null", "http://localhost.evil.example"]
)
def test_54_a_foreign_page_is_refused(tight: Running, origin: str) -> None:
    with tight.client() as client:
        headers = {"origin": origin}
        answer = client.post("/v1/check", json={"article": ARTICLE}, headers=headers)
        assert answer.status_code == 403
        asked = headers | {"access-control-request-method": "POST"}
        preflight = client.options("/v1/check", headers=asked)
        assert preflight.status_code == 403
    for each in (answer, preflight):
        assert "access-control-allow-origin" not in each.headers


def test_54_pages_of_named_origins_and_its_own_may_ask(tight: Running) -> None:
    with tight.client() as client:
        asked = {"origin": OTHER, "access-control-request-method": "POST"}
        preflight = client.options("/v1/check", headers=asked)
        assert preflight.status_code == 204
        assert preflight.headers["access-control-allow-origin"] == OTHER
        for origin in (OTHER, tight.url):
            answer = client.post("/v1/check", json={"article": ARTICLE}, headers={"origin": origin})
            assert answer.status_code == 200
            assert answer.headers.get("access-control-allow-origin") == (
                OTHER if origin == OTHER else None
            )


def test_54_only_this_machine_is_served_unless_told() -> None:
    assert Settings().host == "127.0.0.1"
    assert Settings().loopback
    assert not Settings(host="0.0.0.0").loopback
    assert not Settings(hosts=("qc.portal.example",)).loopback
