"""Which regular expressions may be run on every article: those whose cost grows with the text only.

`re` tries every way in which a pattern may match, from every place of a text. So repeats need an
upper limit, and the steps from one place are counted on the parse tree, as if all of them were
taken. Groups that are referred back to have no such limit.
"""

from __future__ import annotations

import re
from re import _constants as op  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

MOST_STEPS = 20_000
"""Steps from one place of the text."""
LONGEST = 1_000
"""Characters of a pattern as it is written."""
REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
UNBOUNDED = "“*”, “+” và “{n,}” không có giới hạn; hãy ghi giới hạn, như \\d{1,20} thay cho \\d+"


class Steps(NamedTuple):
    """The most steps that a piece takes from one place, and the ways in which it may end."""

    steps: int
    ends: int


def refuse_unbounded(source: str, flags: int = 0) -> None:
    """Raise ValueError, in Vietnamese, for a pattern that is wrong or may take too long."""
    if len(source) > LONGEST:
        raise ValueError(f"mẫu dài quá {LONGEST} ký tự")
    try:
        tree = _parser.parse(source, flags)
    except (re.error, OverflowError, RecursionError) as error:
        raise ValueError(f"mẫu viết sai: {error}") from error
    if tree.getwidth()[0] == 0:
        raise ValueError("mẫu khớp cả chỗ không có chữ nào; hãy ghi ít nhất một ký tự phải có")
    steps = _sequence(tree).steps
    if steps > MOST_STEPS:
        raise ValueError(
            "mẫu có quá nhiều cách khớp từ một chỗ, bài dài sẽ rất chậm; hãy thu hẹp các khoảng "
            "lặp, hoặc tách thành nhiều mẫu"
        )


def _sequence(nodes: Any) -> Steps:
    steps, ends = 0, 1
    for node in nodes:
        each = _node(*node)
        steps += ends * each.steps
        ends *= each.ends
        if steps > MOST_STEPS:
            break  # enough is known; the numbers would grow without limit
    return Steps(steps, min(ends, MOST_STEPS + 1))


def _node(code: Any, value: Any) -> Steps:
    if code in REPEATS:
        return _repeat(*value)
    if code is op.BRANCH:
        choices = [_sequence(each) for each in value[1]]
        return Steps(sum(each.steps for each in choices) + 1, sum(each.ends for each in choices))
    if code is op.SUBPATTERN:
        return _sequence(value[-1])
    if code is op.ATOMIC_GROUP:
        return Steps(_sequence(value).steps, 1)
    if code in (op.ASSERT, op.ASSERT_NOT):
        return Steps(_sequence(value[1]).steps + 1, 1)
    if code in (op.GROUPREF, op.GROUPREF_EXISTS):
        raise ValueError("mẫu không được nhắc lại nhóm (như \\1); hãy viết rõ các trường hợp")
    return Steps(1, 1)


def _repeat(least: int, most: Any, nodes: Any) -> Steps:
    if most is op.MAXREPEAT:
        raise ValueError(UNBOUNDED)
    one = _sequence(nodes)
    steps, ends, ways = 0, 0, 1
    for count in range(int(most) + 1):
        if count >= least:
            ends += ways
        if count < most:
            steps += ways * max(one.steps, 1)
            ways *= one.ends
        if steps > MOST_STEPS or ends > MOST_STEPS:
            break
    return Steps(steps, max(ends, 1))
