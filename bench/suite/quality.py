"""Quality beside speed: the same labelled texts through qc and through its peers.

Peers run in the environment of bench/suite/install.sh. Labelled texts lie in the data folder
(`--data DIR` or QC_DATA); without it only what the project itself holds is measured.
"""

from __future__ import annotations

import json
import random
import re
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bench.suite.inputs import articles, digest
from bench.suite.measure import Asked, Score, skipped_score, told

PEERS = Path(__file__).resolve().parents[1] / ".peers"
INSTALL = "is not installed (bench/suite/install.sh)"
NO_DATA = "no folder of labelled texts (--data DIR)"
AFF = Path("/usr/share/hunspell/vi_VN.aff")
JUDGE = """
import json, sys, time
asked = json.load(sys.stdin)
{setup}
begin = time.process_time()
answers = [{answer} for text in asked["texts"]]
json.dump({{"answers": answers, "cpu_s": time.process_time() - begin}}, sys.stdout)
"""
BADWORDS = (
    "from viet_badwords_filter.filter import VNBadwordsFilter\n"
    "judge = VNBadwordsFilter()\n"
    'if asked["list"]: judge.badwords = set(asked["list"])'
)
VIPII = "from vipii import PIIDetector\njudge = PIIDetector(score_threshold=0.0)"
SENTENCES = 400
ARTICLES = 60


def measure_spelling(asked: Asked) -> Iterator[Score]:
    """Labelled documents of Wikipedia through the speller and word lists (bench.spelling)."""
    from bench.spelling.compare import Find, by_word, peers
    from qc.core.data import data_dir
    from qc.text.spelling._evaluation import read_labelled, score
    from qc.text.spelling._speller import load_speller

    task = "spelling"
    if asked.data is None:
        yield skipped_score("qc and peers", task, NO_DATA)
        return
    documents = read_labelled(asked.data / "spelling" / "viwiki_dev.jsonl")
    documents = documents[:8] if asked.quick else documents

    def scored(
        name: str, find: Find, least: float = 0.0, note: str = "", *, here: bool = True
    ) -> Score:
        """`here`: the work is done in this process, so that its speed can be told."""
        begin = time.process_time()
        found = [find(each.text) for each in documents]
        spent = max(time.process_time() - begin, 1e-9)
        result = score(documents, found, least)
        alarms = f"{result.false_per_1000:.2f} per 1,000 words"
        speed = sum(len(each.text) for each in documents) / spent if here else None
        return told(Score(name, task, result.precision, result.recall, alarms, speed, note))

    speller = load_speller(data_dir() / "spelling")
    speller.find(documents[0].text)
    for number, (level, least) in enumerate(speller.thresholds.items()):
        yield scored(
            f"qc, {level}",
            lambda text, least=least: speller.find(text, least),
            least,
            "the shipped calibration was fitted on these documents",
            here=not number,  # all levels cost the same, but the second knows the texts already
        )
    for name, find in peers(AFF if AFF.exists() else None, None, documents):
        if name.startswith("cspell"):
            continue  # below, as it is installed
        if isinstance(find, str):
            yield skipped_score(name, task, find)
        else:
            yield scored(name, find, note=_one_word(name), here=not name.startswith("hunspell"))
    unknown = _cspell(documents)
    if unknown is None:
        yield skipped_score("cspell dict-vi-vn", task, f"cspell does not run, or {INSTALL}")
    else:
        find = by_word(unknown.__contains__)
        yield scored("cspell dict-vi-vn", find, note=_one_word("cspell"), here=False)


def measure_terms(asked: Asked) -> Iterator[Score]:
    """Written evasions of listed terms, and clean articles that mention none."""
    from bench.terms.compare_peers import qc_judge
    from bench.terms.evasion import SEED_TEST, cases
    from bench.terms.measure_evasion import TERMS

    task = "listed terms, written to evade"
    terms = [line for line in TERMS.read_text(encoding="utf-8").split("\n") if line]
    rows = [row for row in cases(terms, SEED_TEST) if not row[0].startswith("html")]
    written = [row[-1] for row in random.Random(1).sample(rows, min(SENTENCES, len(rows)))]
    exact = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, terms))})(?!\w)")
    clean = [text for text in _clean(asked) if not exact.search(text.lower())]

    def scored(name: str, found: list[bool], cpu_s: float) -> Score:
        hits, flagged = found[: len(written)], found[len(written) :]
        alarms = f"{sum(flagged)} of {len(clean)} clean articles"
        right = sum(hits)
        precision = right / max(right + sum(flagged), 1)
        speed = sum(map(len, written + clean)) / max(cpu_s, 1e-9)
        return told(Score(name, task, precision, right / len(written), alarms, speed))

    judge = qc_judge(terms)
    judge(written[0])
    begin = time.process_time()
    found = [judge(text) for text in written + clean]
    yield scored("qc", found, time.process_time() - begin)
    for name, own in (("its own list", []), ("the same list", terms)):
        label = f"viet-badwords-filter, {name}"
        answer = _asked_peer(BADWORDS, "bool(judge.is_profane(text))", written + clean, own)
        if isinstance(answer, str):
            yield skipped_score(label, task, answer)
        else:
            yield scored(label, answer["answers"], answer["cpu_s"])


def measure_privacy(asked: Asked) -> Iterator[Score]:
    """Labelled personal data, and texts that hold none."""
    from bench.privacy.measure_peer import KINDS
    from qc.security.personal._recognise import find_personal

    task = "personal data"
    if asked.data is None:
        yield skipped_score("qc and vipii", task, NO_DATA)
        return
    path = asked.data / "privacy" / "pii_dev.jsonl"
    rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
    texts = [row["text"] for row in rows]
    find_personal(texts[0])
    begin = time.process_time()
    ours = [[(hit.start, hit.end, str(hit.kind)) for hit in find_personal(text)] for text in texts]
    spent = time.process_time() - begin
    yield _scored_spans("qc", task, rows, ours, spent)
    answer = _asked_peer(
        VIPII, "[(m.start, m.end, m.label) for m in judge.detect(text)]", texts, []
    )
    if isinstance(answer, str):
        yield skipped_score("vipii", task, answer)
        return
    theirs = [
        [(start, end, KINDS.get(label.lower(), label)) for start, end, label in found]
        for found in answer["answers"]
    ]
    yield _scored_spans("vipii", task, rows, theirs, answer["cpu_s"])


def inputs(asked: Asked) -> dict[str, str]:
    """Names the labelled texts in the results."""
    if asked.data is None:
        return {}
    names = ("spelling/viwiki_dev.jsonl", "privacy/pii_dev.jsonl")
    return {
        name: digest([(asked.data / name).read_text("utf-8")])
        for name in names
        if (asked.data / name).exists()
    }


def _scored_spans(
    name: str, task: str, rows: list[dict[str, Any]], found: list[list[Any]], cpu_s: float
) -> Score:
    from bench.privacy.measure_pii import SKIPPED, compare

    right = missed = wrong = flagged = negatives = 0
    for row, spans in zip(rows, found, strict=True):
        wanted = [(s["start"], s["end"], s["type"]) for s in row["spans"]]
        hit, miss, false = compare([s for s in wanted if s[2] not in SKIPPED], spans)
        right, missed, wrong = right + len(hit), missed + len(miss), wrong + len(false)
        negatives += not wanted
        flagged += bool(spans) and not wanted
    alarms = f"{flagged} of {negatives} texts without any"
    speed = sum(len(row["text"]) for row in rows) / max(cpu_s, 1e-9)
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return told(Score(name, task, precision, recall, alarms, speed))


def _one_word(name: str) -> str:
    return f"{name.split(maxsplit=1)[0]} judges each lower-case word by itself"


def _clean(asked: Asked) -> list[str]:
    """Clean articles: of the corpus of news, or drawn where there is none."""
    if asked.data is None:
        return articles(ARTICLES, dirty=0)
    from bench.terms._inputs import groups

    path = asked.data / "corpus" / "news_vntc.txt.xz"
    found = groups(path, 400_000_000, 5_000_000)
    return ["\n".join(group) for _, group in zip(range(ARTICLES), found, strict=False)]


def _asked_peer(setup: str, answer: str, texts: list[str], terms: list[str]) -> Any:
    """What a library of the peers' environment says of texts, or why it cannot be asked."""
    python = PEERS / "venv" / "bin" / "python"
    if not python.exists():
        return f"the peers' environment {INSTALL}"
    code = JUDGE.format(setup=setup, answer=answer)
    done = subprocess.run(
        [str(python), "-c", code],
        input=json.dumps({"texts": texts, "list": terms}),
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        return (done.stderr.strip().splitlines() or ["it failed"])[-1][:200]
    return json.loads(done.stdout)


def _cspell(documents: list[Any]) -> set[str] | None:
    """The distinct lower-case words of the documents that cspell does not know."""
    from qc.text.spelling._tokens import PIECE

    modules = PEERS / "node_modules"
    if shutil.which("node") is None or not (modules / "cspell").is_dir():
        return None
    distinct = {word for each in documents for word in PIECE.findall(each.text) if word.islower()}
    vietnamese = str(modules / "@cspell" / "dict-vi-vn" / "cspell-ext.json")
    settings = {"import": [vietnamese], "language": "vi", "minWordLength": 1}
    command = ["node", str(modules / "cspell" / "bin.mjs"), "lint", "--no-progress", "--no-cache"]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "words.txt").write_text("\n".join(sorted(distinct)) + "\n", encoding="utf-8")
        (folder / "cspell.json").write_text(json.dumps(settings), encoding="utf-8")
        command += ["--no-summary", "--words-only", "--unique", "-c", str(folder / "cspell.json")]
        command.append(str(folder / "words.txt"))
        done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    unknown = set(done.stdout.split()) & distinct
    return unknown if done.returncode in (0, 1) else None
