"""Make the context model of the spelling check from the corpora of the table.

    python -m scripts.context_model CORPUS... --slips CORPUS... --out context.model

CORPUS is FILE:REPEAT:HELD_OUT, as for `qc spelling train`. The rates of slips are counted with the
shipped table and calibration, the vectors are trained by context_model.c, which is compiled here.
One core needs about an hour.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from qc.cli.spelling import source_of
from qc.core.data import data_dir
from qc.text.spelling._context import HIDDEN, NEAR, RATE_STEPS, SIDE, SIZE, SURE_STEPS
from qc.text.spelling._counting import Source, kept_lines, stream_of
from qc.text.spelling._slips import count_slips, rates
from qc.text.spelling._speller import Speller, load_speller
from qc.text.spelling._table import Table, write_table
from qc.text.spelling._tokens import FIRST_WORD

BLOCKS = 200  # the corpora are mixed in so many blocks
FREQUENT = 2e-3  # as in context_model.c
HALVES = 2


def mixed(streams: list[tuple[Any, int]]) -> Any:
    """One stream of all corpora in turn, so that no corpus is learned last.

    A corpus that counts several times is cut into blocks anew each time.
    """
    parts = []
    for half in range(HALVES):
        cut = [
            np.array_split(stream if repeat > 1 else np.array_split(stream, HALVES)[half], BLOCKS)
            for stream, repeat in streams
        ]
        for block in range(BLOCKS):
            parts += [blocks[block] for blocks in cut]
    return np.concatenate(parts).astype(np.uint16)


def trained(table: Table, ids: Any, updates: int) -> Iterator[tuple[str, Any]]:
    """Compile and run the trainer; columns of the model."""
    compiler = shutil.which("cc")
    if compiler is None:
        sys.exit("no C compiler: install one, the trainer is a C program")
    counts = np.where(np.arange(len(table.vocabulary)) < FIRST_WORD, 0, table.unigrams)
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "context_model")
        source = Path(__file__).with_suffix(".c")
        flags = ["-O3", "-march=native", "-ffast-math", "-std=c11"]
        subprocess.run([compiler, *flags, str(source), "-o", str(program), "-lm"], check=True)
        ids.tofile(Path(folder, "ids.bin"))
        table.candidate_starts.astype(np.uint32).tofile(Path(folder, "starts.bin"))
        table.candidates.astype(np.uint16).tofile(Path(folder, "candidates.bin"))
        counts.astype(np.float32).tofile(Path(folder, "counts.bin"))
        subprocess.run([str(program), folder, str(updates)], check=True)
        weights = np.fromfile(Path(folder, "weights.bin"), np.float32)
    yield from columns_of(weights, counts)


def columns_of(weights: Any, counts: Any) -> Iterator[tuple[str, Any]]:
    """The trainer's numbers as columns: vectors as bytes with a scale a row."""
    words = len(counts)
    sizes = dict.fromkeys(("near", "far", "out"), words * SIZE)
    sizes |= {"bias": words, "place": 2 * SIDE * SIZE, "hidden": 2 * NEAR * SIZE * HIDDEN}
    sizes |= {"hidden_bias": HIDDEN, "hidden_out": HIDDEN * SIZE}
    ends = np.cumsum(list(sizes.values()))
    for name, part in zip(sizes, np.split(weights, ends[:-1]), strict=True):
        if name in ("near", "far", "out"):
            rows = part.reshape(words, SIZE)
            scale = np.maximum(np.abs(rows).max(1) / 127, 1e-12)
            yield name, np.rint(rows / scale[:, None]).astype(np.int8)
            yield f"{name}_scale", scale.astype(np.float32)
        else:
            yield name, part
    share = FREQUENT * counts.sum() / np.maximum(counts, 1)
    drawn = np.minimum(np.minimum(np.sqrt(share), 1) + 0.05, 1)  # chance of a far word to be drawn
    yield "weight", np.where(counts > 0, drawn, 0).astype(np.float32)


def counted(speller: Speller, sources: list[Source]) -> Iterator[tuple[str, Any]]:
    """The rates of the slips as columns of bytes."""
    lines = (line for source in sources for line in kept_lines(source))
    slip, pair, sure = rates(speller.table, count_slips(speller, lines))
    yield "slip_rate", np.clip(np.rint(-slip * RATE_STEPS), 0, 255).astype(np.uint8)
    yield "pair_rate", np.clip(np.rint(-pair * RATE_STEPS), 0, 255).astype(np.uint8)
    share = np.rint(sure * (SURE_STEPS + 1) - 0.5)
    yield "sureness", np.clip(share, 0, SURE_STEPS).astype(np.uint8)


def main() -> None:
    """Read the arguments, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("corpora", nargs="+")
    parser.add_argument("--slips", nargs="+", required=True, help="corpora to count slips in")
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--updates", type=int, default=30_000_000)
    arguments = parser.parse_args()
    speller = load_speller(data_dir() / "spelling")
    sources = [source_of(corpus) for corpus in arguments.corpora]
    streams = [(stream_of(source, speller.table.index), source.weight) for source in sources]
    columns = dict(trained(speller.table, mixed(streams), arguments.updates))
    columns |= dict(counted(speller, [source_of(corpus) for corpus in arguments.slips]))
    names = {source.path.name: source.weight for source in sources}
    facts = {"table": speller.table.digest, "corpora": names, "updates": arguments.updates}
    print(f"{arguments.out}: {write_table(arguments.out, columns, facts)} bytes")


if __name__ == "__main__":
    main()
