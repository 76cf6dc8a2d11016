"""The compact map: every key gives its value, foreign keys are refused."""

from __future__ import annotations

import numpy as np
import pytest

from qc.text.spelling._fuse import build


@pytest.mark.parametrize("size", [1, 2, 7, 500, 20_000])
@pytest.mark.parametrize(("value_bits", "fingerprint_bits"), [(6, 10), (8, 16)])
def test_every_key_gives_its_value(size: int, value_bits: int, fingerprint_bits: int) -> None:
    keys = np.arange(size, dtype=np.uint64) * np.uint64(7919)
    values = np.arange(size) % (1 << value_bits)
    fuse = build(keys, values, value_bits, fingerprint_bits)
    assert (fuse.find(keys) == values + 1).all()
    foreign = np.arange(1, 20_001, dtype=np.uint64) * np.uint64(7919) + np.uint64(3)
    assert (fuse.find(foreign) > 0).mean() < 4 / 2**fingerprint_bits or size < 500
    few = [*keys[:200].tolist(), *foreign[:200].tolist(), 2**64 - 1]
    assert [fuse.find_one(key) for key in few] == fuse.find(np.array(few, np.uint64)).tolist()
