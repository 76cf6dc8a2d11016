"""Betting domains: recall of the pattern on domains not in the list, false alarms on others.

The list is split by brand (letters of the label), so that no brand stands on both sides; the
pattern was written looking at half `dev` only. Run:
    python -m bench.markup.gambling --data DIR [--show]
"""

from __future__ import annotations

import argparse
import hashlib
import os
import re
from pathlib import Path

from qc.security.links._addresses import registrable, split_host
from qc.security.links._gambling import THRESHOLD, domain_score

_DOMAIN = re.compile(
    r"\b(?:[a-z0-9-]+\.)+(?:com|net|org|vn|edu|gov|info|biz|tv|me|io|co|uk|fr|de|jp|ru|us|au|asia)\b",
    re.IGNORECASE,
)
_CORPORA = ("news_vntc", "wikipedia", "law")


def half(domain: str) -> str:
    """`dev` or `test`, the same for all domains of one brand."""
    stem = re.sub(r"[\d-]+", "", split_host(domain)[1]) or "digits" + domain
    return "dev" if hashlib.sha256(stem.encode()).digest()[0] % 2 else "test"


def main() -> None:
    """Print recall by half and the false-alarm rate on domains of news, wiki and schools."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", default=os.environ.get("QC_DATA", ""), required=False)
    parser.add_argument("--show", action="store_true")
    arguments = parser.parse_args()
    data = Path(arguments.data)
    listed = (data / "security" / "gambling_domains_vn.txt").read_text("utf-8").splitlines()
    domains = sorted({registrable(line.strip()) for line in listed if line[:1] != "#"} - {""})
    for name in ("dev", "test"):
        part = [each for each in domains if half(each) == name]
        missed = [each for each in part if domain_score(each) < THRESHOLD]
        print(f"{name}: {len(part)} domains, recall {1 - len(missed) / len(part):.3f}")
        if arguments.show and name == "dev":
            print("  missed:", " ".join(missed))
    schools = Path(__file__).with_name("clean_domains.txt").read_text("utf-8").split()
    groups = {"schools and news (own list)": {each for each in schools if each[0] != "#"}}
    for name in _CORPORA:
        groups[name] = corpus_domains(data / "corpus" / f"{name}.txt.xz")
    for name, found in groups.items():
        clean = sorted({registrable(each) for each in found} - {""} - set(domains))
        wrong = [each for each in clean if domain_score(each) >= THRESHOLD]
        rate = len(wrong) / max(len(clean), 1)
        print(f"{name}: {len(clean)} domains, flagged {len(wrong)} ({rate:.4f}) {wrong[:40]}")


def corpus_domains(path: Path) -> set[str]:
    """The domains that a corpus names."""
    import lzma

    found: set[str] = set()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if "." in line:
                found.update(match[0].lower() for match in _DOMAIN.finditer(line))
    return found


if __name__ == "__main__":
    main()
