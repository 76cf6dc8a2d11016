"""Pictures in a batch: the same picture is measured once, and threads change nothing."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from qc.batch.records import record_of
from qc.batch.rows import read_payload
from qc.batch.run import make_setup
from qc.batch.work import Worker, unpacked
from qc.core.blob import BlobPool
from qc.documents.rows import post_of_row
from qc.media import _pixels
from qc.policy.model import Policy
from tests.batch.archives import post

TODAY = date(2026, 11, 24)


def picture(seed: int) -> bytes:
    stream = io.BytesIO()
    values = bytes((x * seed + y * 7) % 256 for y in range(120) for x in range(160))
    Image.frombytes("L", (160, 120), values).convert("RGB").save(stream, "JPEG")
    return stream.getvalue()


@pytest.fixture
def records(tmp_path: Path) -> list[Any]:
    """Ten posts with two pictures each: a logo under two names, and one of their own."""
    found = []
    for number in range(10):
        logo = f"logo-{number % 2}.jpg"
        (tmp_path / logo).write_bytes(picture(3))
        (tmp_path / f"{number}.jpg").write_bytes(picture(number + 5))
        images = [{"path": logo, "alt": "Biểu trưng"}, {"path": f"{number}.jpg"}]
        found.append(record_of(post_of_row(post(number, images=images), number, tmp_path), "a"))
    return found


def test_a_picture_that_many_posts_show_is_decoded_once(
    records: list[Any], policy: Policy, monkeypatch: pytest.MonkeyPatch
) -> None:
    decoded: list[int] = []
    real = _pixels._decode

    def counted(data: bytes, picture: Any) -> Any:
        decoded.append(len(data))
        return real(data, picture)

    monkeypatch.setattr(_pixels, "_decode", counted)
    Worker(make_setup(policy, today=TODAY, threads=1)).check_all(records)
    assert len(decoded) == 11


def test_threads_change_nothing(records: list[Any], policy: Policy) -> None:
    one, three = (
        Worker(make_setup(policy, today=TODAY, threads=threads)).check_all(records)
        for threads in (1, 3)
    )
    assert [each.digest for each in one] == [each.digest for each in three]
    rules = {row[0] for each in one for row in read_payload(unpacked(each.packed))[1]}
    assert any(rule.startswith("image-") for rule in rules)
    assert all(len(each.media) == 2 for each in one)


def test_the_pool_of_blobs_keeps_the_last(tmp_path: Path) -> None:
    pool = BlobPool(limit=2)
    paths = [tmp_path / name for name in ("a", "b", "c", "again")]
    for path, content in zip(paths, (b"1", b"2", b"3", b"1"), strict=True):
        path.write_bytes(content)
    first = pool.blob_of(paths[0])
    assert pool.blob_of(paths[3]) is first
    for path in paths[1:3]:
        pool.blob_of(path)
    assert pool.blob_of(paths[0]) is not first
    assert pool.blob_of(tmp_path / "none").path == tmp_path / "none"
