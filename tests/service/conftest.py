"""Fixtures of the service: one running application for the tests that do not end workers."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from qc.service.app import create_app
from qc.service.settings import Settings


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A running service with one worker and no tokens."""
    data = tmp_path_factory.mktemp("service")
    app = create_app(Settings(data=data, workers=1))
    with TestClient(app, base_url="http://localhost") as client:
        yield client
