"""Citations: labelled list, and 500 generated ones of which half are kept apart from tuning.

    python -m bench.law.citations --data DIR [--half kept]

Well-formed citations are drawn from the grammar (all forms, years, issuers and date styles, in
sentences); malformed ones are well-formed ones with one mutation each. A citation counts as found
when any defect of form, number or date is reported on it.
"""

from __future__ import annotations

import argparse
import lzma
import os
import random
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

from qc.documents.load import Source, load
from qc.text.citations._reader import read_citations
from qc.text.citations.force import citation_identity
from qc.text.citations.form import citation_form

TODAY = date(2026, 11, 24)
MINISTRIES = ("BGDĐT", "BNV", "BTC", "BYT", "BCA", "BQP", "BKHCN", "BVHTTDL", "BTTTT", "BLĐTBXH")
SCHOOLS = ("THPC", "THCSVG", "MNHS", "HH1", "THPTVG", "PGDĐT", "SGDĐT", "UBND")
SENTENCES = (
    "Căn cứ {c} của cơ quan có thẩm quyền, nhà trường thông báo.",
    "Thực hiện {c}; các tổ chuyên môn lập kế hoạch.",
    "{c} quy định rõ việc này.",
    "Nội dung theo điểm a khoản 2 Điều 9 {c}.",
    "(Theo {c})",
    "Xem thêm:\n\n{c}\n\nvà các phụ lục.",
)


def well_formed(draw: random.Random) -> str:
    """One citation as it should be written."""
    year = draw.randrange(2008, 2025)
    number = draw.randrange(1, 160)
    padded = f"{number:02d}"
    ministry = draw.choice(MINISTRIES)
    kinds: list[Callable[[], str]] = [
        lambda: f"Thông tư số {padded}/{year}/TT-{ministry}",
        lambda: f"Nghị định số {padded}/{year}/NĐ-CP",
        lambda: f"Thông tư liên tịch số {padded}/{min(year, 2015)}/TTLT-{ministry}-BTP",
        lambda: f"Quyết định số {padded}/{year}/QĐ-TTg",
        lambda: f"Quyết định số {number + 200}/QĐ-{draw.choice(SCHOOLS)}",
        lambda: f"Kế hoạch số {padded}/KH-{draw.choice(SCHOOLS)}",
        lambda: f"Tờ trình số {padded}/TTr-{draw.choice(SCHOOLS)}",
        lambda: f"Công văn số {number + 100}/{draw.choice(SCHOOLS)}-GDPT",
        lambda: f"Nghị quyết số {padded}-NQ/TW",
        lambda: f"Chỉ thị số {padded}-CT/TU",
        lambda: f"Nghị quyết số {padded}/{year}/NQ-HĐND",
        lambda: f"Luật số {padded}/{year}/QH{_term(year)}",
        lambda: f"Văn bản hợp nhất số {padded}/VBHN-{ministry}",
        lambda: f"TCVN {number + 1000}:{year}",
    ]
    citation = draw.choice(kinds)()
    if str(year) in citation and "TCVN" not in citation and draw.random() < 0.6:
        day = date(year, 1, 1) + timedelta(days=draw.randrange(0, 360))
        month = f"{day.month:02d}" if day.month < 3 else str(day.month)
        style = draw.choice(("{0:%d/%m/%Y}", "{0.day:02d} tháng {1} năm {0.year}"))
        citation += draw.choice((" ngày ", " ngày\n", ", ngày ")) + style.format(day, month)
    return citation


def _term(year: int) -> int:
    return 12 if year <= 2011 else 13 if year < 2016 else 14 if year < 2021 else 15


def _swap(old: str, new: str) -> Callable[[str], str]:
    return lambda text: text.replace(old, new, 1)


MUTATIONS: dict[str, Callable[[str], str]] = {
    "foreign-d": lambda t: t.replace("Đ", "Ð") if "/" in t else t,
    "lost-d": _swap("NĐ-", "ND-"),
    "lost-d-decision": _swap("/QĐ-", "/QD-"),
    "lost-d-ministry": _swap("BGDĐT", "BGDDT"),
    "en-dash": lambda t: "–".join(t.rsplit("-", 1)),
    "space-hyphen": lambda t: " - ".join(t.rsplit("-", 1)) if "/" in t else t,
    "space-slash": _swap("/20", " /20"),
    "lower-case": lambda t: t.replace("NĐ-CP", "nđ-cp").replace("QĐ-TTg", "QĐ-TTG"),
    "ampersand": _swap("TT-BGDĐT", "TT-BGD&ĐT"),
    "school-issuer": _swap("TT-BGDĐT", "TT-GD&ĐT"),
    "kind": lambda t: t.replace("Thông tư số", "Nghị định số") if "/TT-" in t else t,
    "kind-decision": lambda t: t.replace("Quyết định số", "Thông tư số"),
    "no-year": lambda t: re.sub(r"/20\d\d/(TT|NĐ)-", r"/\1-", t),
    "year-twice": lambda t: re.sub(r"/(20\d\d)/", r"/\1/\1/", t),
    "no-kind-sign": lambda t: t.replace("/TT-", "/", 1),
    "hyphens": lambda t: t.replace("/", "-") if "/TT-" in t else t,
    "underscore": lambda t: t.replace("NĐ-CP", "NĐ_CP"),
    "term": lambda t: re.sub(r"QH1\d", "QH10", t),
    "party": lambda t: re.sub(r"-NQ/TW", "/NQ-TW", t),
    "unpadded": lambda t: re.sub(r"số 0(\d)/(20)", r"số \1/\2", t),
    "zeros": lambda t: re.sub(r"số (\d\d)/20", r"số 0\1/20", t),
    "bad-day": lambda t: re.sub(r"ngày\s\d\d/\d\d/", "ngày 31/11/", t),
    "other-year": lambda t: re.sub(r"(\d\d/\d\d/)(20\d\d)", lambda m: f"{m[1]}{int(m[2]) + 1}", t),
    "iso-date": lambda t: re.sub(r"(\d\d)/(\d\d)/(20\d\d)$", r"\3-\2-\1", t),
    "short-year": lambda t: re.sub(r"năm 20(\d\d)$", r"năm \1", t),
}


def generated(count: int, seed: int) -> list[tuple[str, bool, str]]:
    """(sentence, well formed, kind of mutation), half and half."""
    draw = random.Random(seed)
    rows: list[tuple[str, bool, str]] = []
    while len(rows) < count:
        citation = well_formed(draw)
        name = "none"
        if len(rows) % 2:
            name = draw.choice(list(MUTATIONS))
            changed = MUTATIONS[name](citation)
            if changed == citation:
                continue
            citation = changed
        rows.append((draw.choice(SENTENCES).format(c=citation), name == "none", name))
    return rows


def flagged(text: str) -> list[str]:
    """The rules that a text raises."""
    article = load(Source("c.txt", data=text.encode(), format="text"), TODAY)
    checks = (citation_form, citation_identity)
    found = [f for c in checks for f in c.run(article, c.options())]
    return [finding.rule.id for finding in found]


def read_corpus(path: Path, most: int) -> None:
    """Every citation of a corpus that is flagged, and how many there are."""
    total = bad = size = 0
    with lzma.open(path, "rt", encoding="utf-8", errors="replace") as file:
        for line in file:
            text = unicodedata.normalize("NFC", line)
            size += len(text)
            if size > most:
                break
            for citation in read_citations(text):
                total += 1
                kinds = [d.kind for d in citation.defects if d.kind != "date-padding"]
                bad += bool(kinds)
                if kinds:
                    print(kinds, text[max(citation.start - 30, 0) : citation.end + 20].strip())
    print(f"{path.name}: {total} citations, {bad} flagged")


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("QC_DATA", "data")))
    parser.add_argument("--half", choices=("tuning", "kept"), default="tuning")
    parser.add_argument(
        "--read", help="a corpus: news_vntc, wikipedia or law; print what is flagged"
    )
    parser.add_argument("--megabytes", type=int, default=40)
    arguments = parser.parse_args()
    if arguments.read:
        read_corpus(
            arguments.data / "corpus" / f"{arguments.read}.txt.xz", arguments.megabytes * 1_000_000
        )
        return
    labelled = (arguments.data / "citations.tsv").read_text(encoding="utf-8").splitlines()[1:]
    right = 0
    for line in labelled:
        text, valid, _ = line.split("\t")
        right += (not flagged(text)) == (valid == "yes")
    print(f"labelled list: {right} of {len(labelled)}")
    rows = generated(250, 11 if arguments.half == "tuning" else 7919)
    missed: Counter[str] = Counter()
    false: list[str] = []
    for text, valid, name in rows:
        found = flagged(text)
        if valid and found:
            false.append(f"{text!r} {found}")
        if not valid and not found:
            missed[name] += 1
            print("missed", name, repr(text))
    bad = sum(not valid for _, valid, _ in rows)
    print(f"{arguments.half}: {bad - sum(missed.values())} of {bad} malformed found;", end=" ")
    print(f"{len(false)} of {len(rows) - bad} well-formed flagged", *false, sep="\n  ")


if __name__ == "__main__":
    main()
