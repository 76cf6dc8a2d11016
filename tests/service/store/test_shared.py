"""Two servers that share one PostgreSQL database, each with a data folder of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from qc.service.settings import Settings
from tests.service.running import ARTICLE, in_thread, until

BODY = {"article": ARTICLE}


@pytest.mark.parametrize("url", ["postgresql"], indirect=True)
def test_reports_jobs_and_words_are_shared(url: str, tmp_path: Path) -> None:
    settings = [Settings(data=tmp_path / name, workers=1, database=url) for name in ("a", "b")]
    with (
        in_thread(settings[0]) as first,
        in_thread(settings[1]) as second,
        first.client() as one,
        second.client() as two,
    ):
        checked = one.post("/v1/check", json=BODY)
        report = f"/v1/reports/{checked.headers['x-qc-report-id']}"
        assert two.get(report).content == checked.content
        job = one.post("/v1/jobs", json=BODY).headers["location"]
        until(lambda: two.get(job).json()["state"] == "done", 60)
        assert two.get(two.get(job).json()["report"]).content == checked.content
        digest = checked.json()["policy"]["digest"]
        made = one.post("/v1/words", json={"word": "rôbôtik"}).json()["id"]
        until(lambda: two.post("/v1/check", json=BODY).json()["policy"]["digest"] != digest, 30)
        assert two.delete(f"/v1/words/{made}").status_code == 204
        assert [each["action"] for each in one.get("/v1/audit").json()["entries"]][:2] == [
            "word-ended",
            "word-added",
        ]
