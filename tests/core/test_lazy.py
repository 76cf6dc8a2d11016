"""Patterns compiled on first use behave as compiled ones do."""

from __future__ import annotations

import copy
import pickle
import re

import pytest

from qc.core.lazy import regex


@pytest.mark.parametrize("call", ["search", "match", "fullmatch", "findall", "split"])
def test_methods_are_those_of_the_compiled_pattern(call: str) -> None:
    lazy, real = regex(r"(a+)b", re.IGNORECASE), re.compile(r"(a+)b", re.IGNORECASE)
    for text in ("AAb", "xaab", "", "b"):
        ours, theirs = getattr(lazy, call)(text), getattr(real, call)(text)
        assert repr(ours) == repr(theirs)
    assert lazy.sub("-", "xAbx") == "x-x"
    assert [match.span() for match in lazy.finditer("abab")] == [(0, 2), (2, 4)]
    assert (lazy.pattern, lazy.groups, lazy.flags) == (real.pattern, real.groups, real.flags)


def test_bytes_positions_and_copies() -> None:
    lazy = regex(rb"\d+")
    assert lazy.search(b"12 34", 2, 4)[0] == b"3"  # type: ignore[index]
    assert pickle.loads(pickle.dumps(regex("a", re.I))) == re.compile("a", re.I)
    assert copy.deepcopy(regex("a")).search("a")


def test_a_wrong_pattern_is_refused_at_its_first_use() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.search("a")
    with pytest.raises(AttributeError):
        regex("a").nothing  # type: ignore[attr-defined]  # noqa: B018
