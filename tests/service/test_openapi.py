"""The OpenAPI description: well formed, with examples that work, and no input gives a 5xx."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings

from qc.service.api.openapi import ARTICLE_EXAMPLE
from qc.service.settings import Settings
from tests.service.running import in_thread


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The API as schemathesis reads it, with the service behind it running."""
    with in_thread(Settings(data=tmp_path_factory.mktemp("openapi"), workers=1)) as running:
        yield schemathesis.openapi.from_url(f"{running.url}/openapi.json")


def test_no_input_gives_a_server_error(api: Any) -> None:
    tried: set[str] = set()
    for found in api.get_all_operations():
        operation = found.ok()

        @given(case=operation.as_strategy())
        @settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
        def no_error(case: Any) -> None:
            answer = case.call(timeout=60)
            assert answer.status_code < 500, (case.formatted_path, answer.text[:300])
            assert "Traceback" not in answer.text
            tried.add(case.operation.label)

        no_error()
    assert {
        "POST /v1/check",
        "POST /v1/jobs",
        "POST /v2/check",
        "GET /v1/reports/{report_id}",
    } <= tried


def test_the_examples_work(service: TestClient) -> None:
    assert service.post("/v1/check", json=ARTICLE_EXAMPLE).status_code == 200
    picture = ARTICLE_EXAMPLE["media"]["anh/1.jpg"]["data"]  # type: ignore[index]
    assert base64.b64decode(picture, validate=True).startswith(b"\xff\xd8")


def test_every_route_says_what_it_is_for(service: TestClient) -> None:
    described = service.get("/openapi.json").json()
    for path, methods in described["paths"].items():
        if path.startswith("/v1/"):
            for method, said in methods.items():
                assert said.get("description"), (path, method)
                assert {"401", "429", "503"} <= said["responses"].keys(), (path, method)
    assert described["paths"]["/v1/check"]["post"]["requestBody"]["content"]["application/json"][
        "example"
    ]
