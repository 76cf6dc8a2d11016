"""Attack cases 16-21, 56-60 and 62: workers that die, full queues and disks, and the network."""

from __future__ import annotations

import ast
import asyncio
import base64
import errno
import os
import shutil
import signal
import socket
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import pytest

from qc.service.errors import Refusal
from qc.service.intake.submission import new_submission
from qc.service.pool.pool import Pool
from qc.service.settings import Limits, Settings
from tests.service.running import ARTICLE, Running, in_thread, until

BODY = {"article": ARTICLE}


@pytest.fixture(scope="module")
def service_of_two(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """A service with two workers and a short queue."""
    limits = Limits(queue_size=3, check_timeout_s=20.0)
    data = tmp_path_factory.mktemp("two")
    with in_thread(Settings(data=data, workers=2, limits=limits)) as running:
        until(lambda: pool_of(running).ready == 2, 60)
        yield running


def pool_of(running: Running) -> Pool:
    assert running.app is not None
    pool: Pool = running.app.state.checker.pool
    return pool


@contextmanager
def stopped(running: Running) -> Iterator[list[int]]:
    """The workers, held by the system: whatever they are given stays unanswered."""
    until(lambda: pool_of(running).ready == 2, 60)
    pids = pool_of(running).pids
    for pid in pids:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield pids
    finally:
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGCONT)


def post(running: Running, path: str = "/v1/check") -> int:
    with running.client() as client:
        return client.post(path, json=BODY).status_code


def test_58_a_killed_worker_is_replaced_and_its_request_tried_again(
    service_of_two: Running,
) -> None:
    pool = pool_of(service_of_two)
    deaths = pool.deaths
    with ThreadPoolExecutor(4) as threads, stopped(service_of_two) as pids:
        answers = [threads.submit(post, service_of_two) for _ in range(2)]
        until(lambda: pool._turns.free == 0)
        os.kill(pids[0], signal.SIGKILL)
        os.kill(pids[1], signal.SIGCONT)
        codes = [each.result() for each in answers]
    assert codes == [200, 200]
    assert pool.deaths == deaths + 1
    until(lambda: pool.ready == 2, 60)
    assert pids[0] not in pool.pids
    assert pids[1] in pool.pids
    folders = list((service_of_two.data / "tmp").glob("worker-*"))
    assert len(folders) == 2


def test_58_a_request_that_kills_two_workers_is_refused(service_of_two: Running) -> None:
    pool = pool_of(service_of_two)
    until(lambda: pool.ready == 2, 60)
    with ThreadPoolExecutor(1) as threads, stopped(service_of_two) as pids:
        answer = threads.submit(post, service_of_two)
        until(lambda: pool._turns.free == 1)
        for pid in pids:
            os.kill(pid, signal.SIGKILL)
        code = answer.result()
    assert code in (200, 503)  # 200 where the second worker was already a new one
    assert post(service_of_two) == 200


def test_58_an_idle_worker_that_dies_is_replaced(service_of_two: Running) -> None:
    pool = pool_of(service_of_two)
    until(lambda: pool.ready == 2, 60)
    os.kill(pool.pids[0], signal.SIGKILL)
    assert post(service_of_two) == 200
    until(lambda: pool.ready == 2 and len(pool.pids) == 2, 60)


def test_56_a_full_queue_is_said_at_once(service_of_two: Running) -> None:
    with ThreadPoolExecutor(200) as threads:
        with stopped(service_of_two):
            answers = [threads.submit(post, service_of_two) for _ in range(200)]
            until(lambda: sum(each.done() for each in answers) >= 195, 60)
            refused = [each.result() for each in answers if each.done()]
            assert set(refused) == {503}
            with service_of_two.client() as client:
                assert client.get("/health").status_code == 200
                answer = client.post("/v1/check", json=BODY)
                assert answer.status_code == 503
                assert int(answer.headers["retry-after"]) > 0
        codes = [each.result() for each in answers]
    assert codes.count(200) == 5  # two at work, three waiting
    assert service_of_two.temporary() == []


def test_57_a_client_that_hangs_up_leaves_nothing_behind(service_of_two: Running) -> None:
    pool = pool_of(service_of_two)
    with stopped(service_of_two):
        for _ in range(4):
            with socket.create_connection(("127.0.0.1", service_of_two.port)) as connection:
                body = b'{"article": {"title": "Tin", "body": "a"}}'
                head = f"POST /v1/check HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(body)}"
                kind = "\r\ncontent-type: application/json\r\n\r\n"
                connection.sendall((head + kind).encode() + body)
                time.sleep(0.1)
        until(lambda: pool.waiting == 0 and service_of_two.temporary() == [])
    until(lambda: pool._turns.free == 2, 60)
    assert post(service_of_two) == 200


def test_59_no_space_is_a_typed_error(tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()

    def full(stream: BinaryIO) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with new_submission(tmp_path) as submission, pytest.raises(Refusal) as caught:
        submission.add("a.jpg", full)
    assert caught.value.status == 503
    assert "hết chỗ trống" in caught.value.vi
    assert list((tmp_path / "tmp").iterdir()) == []


def test_59_a_temporary_folder_that_cannot_be_written_is_a_typed_error(
    service_of_two: Running,
) -> None:
    place, aside = service_of_two.data / "tmp", service_of_two.data / "tmp-aside"
    os.rename(place, aside)
    try:
        place.write_text("not a folder")
        with service_of_two.client() as client:
            for path in ("/v1/check", "/v1/jobs"):
                answer = client.post(path, json=BODY | {"media": {"a.jpg": {"data": "AAAA"}}})
                assert answer.status_code == 503
                assert "hết chỗ trống" in answer.json()["error"]["message"]
    finally:
        place.unlink()
        os.rename(aside, place)
    assert post(service_of_two) == 200


def test_59_a_store_that_cannot_be_written_is_a_typed_error(service_of_two: Running) -> None:
    assert service_of_two.app is not None
    store = service_of_two.app.state.store
    with store.write() as connection:
        connection.exec_driver_sql("ALTER TABLE reports RENAME TO hidden")
    try:
        assert post(service_of_two) == 503
    finally:
        with store.write() as connection:
            connection.exec_driver_sql("ALTER TABLE hidden RENAME TO reports")
    assert post(service_of_two) == 200


def test_a_check_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    limits = Limits(check_timeout_s=1.0)
    with in_thread(Settings(data=tmp_path, workers=1, limits=limits)) as running:
        pid = pool_of(running).pids[0]
        os.kill(pid, signal.SIGSTOP)
        with running.client() as client:
            answer = client.post("/v1/check", json=BODY)
        assert answer.status_code == 503
        assert "/v1/jobs" in answer.json()["error"]["remedy"]
        until(lambda: pool_of(running).ready == 1 and pool_of(running).pids != [pid], 60)
        assert post(running) == 200


@pytest.fixture
def witness() -> Iterator[tuple[int, list[bytes]]]:
    """A server that notes every connection made to it."""
    seen: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))
    listening.settimeout(0.05)
    ended = threading.Event()

    def listen() -> None:
        while not ended.is_set():
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            with connection:
                seen.append(connection.recv(1000))

    thread = threading.Thread(target=listen)
    thread.start()
    yield listening.getsockname()[1], seen
    ended.set()
    thread.join()
    listening.close()


ADDRESSES = [
    "http://127.0.0.1:{port}/x",
    "//127.0.0.1:{port}/x",
    "http://[::ffff:127.0.0.1]:{port}/x",
    "http://2130706433:{port}/x",
    "http://0177.0.0.1:{port}/x",
    "http://0.0.0.0:{port}/x",
    "http://localhost:{port}/x",
    "http://169.254.169.254/latest/meta-data",
    "gopher://127.0.0.1:{port}/x",
    "ftp://127.0.0.1:{port}/x",
    "file:///etc/passwd",
    "data:image/png;base64,AAAA",
]


def test_16_to_20_nothing_is_fetched(
    service_of_two: Running, witness: tuple[int, list[bytes]]
) -> None:
    port, seen = witness
    urls = [each.format(port=port) for each in ADDRESSES]
    pictures = "".join(f'<img src="{url}" alt="x"><video src="{url}"></video>' for url in urls)
    links = "".join(f'<a href="{url}">a</a><iframe src="{url}"></iframe>' for url in urls)
    styles = "".join(f'<p style="background:url({url})">a</p>' for url in urls)
    playlist = f"#EXTM3U\n#EXTINF:1,\n{urls[0]}\n#EXT-X-ENDLIST\n".encode()
    svg = f'<svg xmlns="http://www.w3.org/2000/svg"><image href="{urls[0]}"/></svg>'.encode()
    media = {
        "clip.mp4": {"data": base64.b64encode(playlist).decode()},
        "a.svg": {"data": base64.b64encode(svg).decode()},
    }
    own = '<video src="clip.mp4"></video><img src="a.svg" alt="x">'
    article = {
        "title": "Tin",
        "body": pictures + links + styles + own,
        "images": urls,
        "source_url": urls[0],
        "featured_image": urls[0],
    }
    with service_of_two.client() as client:
        answer = client.post("/v1/check", json={"article": article, "media": media})
    assert answer.status_code == 200
    assert "root:x:0:0" not in answer.text
    assert seen == []


@pytest.mark.parametrize("url", ADDRESSES)
def test_16_to_21_media_are_sent_not_fetched(service_of_two: Running, url: str) -> None:
    with service_of_two.client() as client:
        for value in ({"url": url}, {"data": url}, url):
            sent = {"article": ARTICLE, "media": {"anh.jpg": value}}
            assert client.post("/v1/check", json=sent).status_code == 422


def test_18_a_worker_cannot_reach_the_network(witness: tuple[int, list[bytes]]) -> None:
    import subprocess
    import sys

    port, seen = witness
    code = (
        "import socket\n"
        "from qc.service.pool.isolation import forbid_network\n"
        "forbid_network()\n"
        f"for call in (lambda: socket.create_connection(('127.0.0.1', {port})),\n"
        "             lambda: socket.getaddrinfo('localhost', 80),\n"
        "             lambda: socket.socket(type=socket.SOCK_DGRAM)"
        f".sendto(b'x', ('127.0.0.1', {port}))):\n"
        "    try: call()\n"
        "    except PermissionError: print('refused')\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["refused"] * 3
    assert seen == []


def test_60_nothing_is_unpickled() -> None:
    forbidden = {"pickle", "cPickle", "marshal", "shelve", "dill", "cloudpickle", "joblib"}
    found = []
    shells = ("batch", "cli", "integrations")  # the service imports none of them
    # Plain data of the user's own cache, in files that nobody else may write (test_artefacts)
    caches = {
        (Path("qc/core/artefacts.py"), "marshal"),
        (Path("qc/text/terms/_shelf.py"), "marshal"),
    }
    for path in Path("qc").rglob("*.py"):
        if path.parts[1] in shells:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [node.module or ""]
            found += [(path, name) for name in names if name.split(".")[0] in forbidden]
    assert set(found) <= caches


def test_60_a_crafted_data_folder_is_no_code(tmp_path: Path) -> None:
    import pickle

    (tmp_path / "tmp").mkdir()
    mark = tmp_path / "ran"
    crafted = pickle.dumps(_Crafted(str(mark)))
    for name in ("tmp/cache.pkl", "instance", "spool"):
        (tmp_path / name).write_bytes(crafted)
    shutil.copy(tmp_path / "instance", tmp_path / "qc.sqlite3")
    with pytest.raises((Refusal, OSError, ValueError, AssertionError)):
        asyncio.run(_once(Settings(data=tmp_path, workers=1)))
    assert not mark.exists()


class _Crafted:
    def __init__(self, path: str) -> None:
        self.path = path

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (self.path,)


async def _once(settings: Settings) -> None:
    from qc.service.app import create_app

    app = create_app(settings)
    async with app.router.lifespan_context(app):
        pass
