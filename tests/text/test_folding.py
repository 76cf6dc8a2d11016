"""Folded texts, made from kept words, are those that whole texts give."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from qc.security.personal._fold import fold as fold_private
from qc.security.personal._fold import folded
from qc.text._letters import FOLD, JOINT, SPACE
from qc.text._view import fold

TEXTS = st.text(st.sampled_from("aabb  !..,0@1é\u2029\n\u00a0жcb\u0301\u200bĐ"), max_size=24)
RUN = re.compile(r"([a-z ~])\1+")
RUN_IGNORED = re.compile(r"([a-z ~\n])\x00*(?:\1\x00*)+|\x00+")
BANG = re.compile(r"(?<=[^\W\d_])!(?=[^\W\d_]|[@$€0])|(?<=[@$€])!|(?<=[^\W\d_]0)!|(?<=[@$€]0)!")


@settings(deadline=None)
@given(TEXTS)
def test_runs_are_shortened_and_the_way_back_is_known(original: str) -> None:
    ours = fold(original)
    read = BANG.sub("¡", original)
    shape = read.translate(FOLD)
    source = f" {shape.replace(JOINT, SPACE)} "
    spans = [
        (run.start() + (run.lastindex or 0), run.end())
        for run in (RUN_IGNORED if "\x00" in source else RUN).finditer(source)
    ]
    left = "".join(
        character
        for place, character in enumerate(source)
        if not any(start <= place < end for start, end in spans)
    )
    assert (ours.original, ours.shape, ours.text) == (read, shape, left)
    kept = [p for p in range(len(source)) if not any(a <= p < b for a, b in spans)]
    assert [ours.start(index) + 1 for index in range(len(left))] == kept


@settings(deadline=None)
@given(TEXTS)
def test_what_is_dropped_may_stand_in_any_word(original: str) -> None:
    view = fold_private(original)
    assert view.text == "".join(folded(character) for character in original)
    assert len(view.text) == len(original) - len(re.findall("[\u0301\u200b]", original))
