"""Archives for measuring: posts of about 3 KB out of a corpus, or out of the generator."""

from __future__ import annotations

import json
import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET_BYTES = 2900


def write_posts(count: int, path: Path, data: Path | None) -> Path:
    """A JSON Lines archive of `count` different posts; from `data`/corpus, else generated."""
    if data is None:
        folder = path.with_suffix("")
        command = [sys.executable, "-m", "qc", "sample-archive", str(count), "-o", str(folder)]
        years = "20" if count >= 20_000 else "1"
        subprocess.run([*command, "--pictures", "0", "--years", years], check=True)
        return folder / "posts.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        for number, lines in enumerate(_bodies(data, count)):
            post = {
                "id": number,
                "title": lines[0][:80],
                "sapo": lines[0][:150],
                "author": "Nguyễn Thị Lan",
                "category": "Tin tức",
                "published_at": f"2024-04-{number % 28 + 1:02}T09:00",
                "approved_by": "Lê Văn Cường",
                "body": "".join(f"<p>{line}</p>" for line in lines),
            }
            stream.write(json.dumps(post, ensure_ascii=False) + "\n")
    return path


def data_folder(asked: str | None) -> Path | None:
    """The folder of measuring data: as asked, or by QC_DATA."""
    written = asked or os.environ.get("QC_DATA")
    return Path(written) if written else None


def _bodies(data: Path, count: int) -> Iterator[list[str]]:
    """Stretches of the corpus of about 3 KB; it starts again, one line shifted, at its end."""
    made = 0
    for start in range(1000):
        lines: list[str] = []
        size = 0
        with lzma.open(data / "corpus" / "news_vntc.txt.xz", "rt", encoding="utf-8") as stream:
            for _ in range(start):
                next(stream, None)
            for line in stream:
                lines.append(line.strip())
                size += len(line.encode())
                if size < TARGET_BYTES:
                    continue
                yield lines
                made += 1
                if made == count:
                    return
                lines, size = [], 0
