"""How long after opening a page of 500 words all of it is underlined in LibreOffice Writer.

    python -m bench.writer.opening [--words 500] [--runs 5]

Starts `qc serve` with one worker and a headless LibreOffice of its own for each run. Writer asks
about one paragraph after the other, in the background; the time is from the start of opening, and
from the moment the document stands open, to the answer to the last paragraph. A recorder that
passes the requests on stands between the two, so its cost is part of the time.
"""

from __future__ import annotations

import argparse
import json
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.request import urlopen
from xml.sax.saxutils import escape

from bench.writer.recorder import Recorder

CLIENT = Path(__file__).with_name("client.py")
SENTENCES = (
    "Sáng nay, nhà trường tổ chức lễ khai giảng năm học mới trong không khí vui tươi, phấn khởi.",
    "Thầy hiệu trưởng đã bổ xung hai phòng học và một phòng thí nghiệm cho học sinh khối {n}.",
    "Hội phụ huynh tặng {n} suất quà cho học sinh có hoàn cảnh khó khăn, vượt lên trong học tập.",
    "Các em hứa sẽ chăm ngoan, học giỏi, xứng đáng với niềm tin của thầy cô và cha mẹ.",
)
PAGE = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document '
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3" '
    'office:mimetype="application/vnd.oasis.opendocument.text"><office:body><office:text>'
    "{}</office:text></office:body></office:document>"
)


def page(words: int) -> tuple[str, int]:
    """A page of at least so many words, in paragraphs of four sentences; and its paragraphs."""
    paragraphs: list[str] = []
    while sum(len(each.split()) for each in paragraphs) < words:
        number = len(paragraphs) + 1
        paragraphs.append(" ".join(sentence.format(n=number) for sentence in SENTENCES))
    body = "".join(f"<text:p>{escape(each)}</text:p>" for each in paragraphs)
    return PAGE.format(body), len(paragraphs)


def serve(folder: Path) -> tuple[subprocess.Popen[bytes], str]:
    """A running service and its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "qc", "serve", "--port", str(port), "--workers", "1"]
    process = subprocess.Popen([*command, "--data", str(folder)], start_new_session=True)
    address = f"http://127.0.0.1:{port}"
    end = time.monotonic() + 60
    while time.monotonic() < end:
        try:
            with urlopen(f"{address}/v2/healthcheck", timeout=5):
                return process, address
        except OSError:  # not there yet, or not warm
            time.sleep(0.1)
    process.kill()
    raise SystemExit("qc serve did not start")


def measure(address: str, draft: Path, paragraphs: int) -> tuple[float, float]:
    """Seconds to the last answer: from the start of opening, and from the document being open."""
    with Recorder(address) as recorder:
        command = ["/usr/bin/python3", str(CLIENT), recorder.address, "open", str(draft), "5"]
        done = subprocess.run(command, check=True, capture_output=True, timeout=150)
        opened = json.loads(done.stdout)
        checks = recorder.checks()
    asked = {each.body for each in checks}
    if len(asked) != paragraphs:
        raise SystemExit(f"Writer asked about {len(asked)} of {paragraphs} paragraphs")
    last = max(each.answered for each in checks)
    return last - opened["began"], last - opened["opened"]


def main() -> None:
    """Print one line per run, and the medians."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=500)
    parser.add_argument("--runs", type=int, default=5)
    arguments = parser.parse_args()
    if shutil.which("soffice") is None:
        raise SystemExit("LibreOffice Writer is not installed (`make setup-cms`)")
    text, paragraphs = page(arguments.words)
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder, "bai.fodt")
        draft.write_text(text, encoding="utf-8")
        process, address = serve(Path(folder, "data"))
        try:
            for _ in range(arguments.runs):
                rows.append(measure(address, draft, paragraphs))
                print(f"from opening {rows[-1][0]:.2f} s, from open {rows[-1][1]:.2f} s")
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
    opening, opened = (statistics.median(column) for column in zip(*rows, strict=True))
    print(f"{paragraphs} paragraphs: median {opening:.2f} s from opening, {opened:.2f} s from open")


if __name__ == "__main__":
    main()
