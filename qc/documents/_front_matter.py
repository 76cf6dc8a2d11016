"""Front matter: the YAML head of a Markdown draft, with the place of every value."""

from __future__ import annotations

import re
from typing import Any

from qc.core.errors import LoadError
from qc.core.lazy import regex
from qc.core.offsets import OffsetMap
from qc.documents._values import Raw, Value

HEAD = regex(r"---[ \t]*\r?\n")
END = regex(r"(?m)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)")
MAX_NODES = 5000
COLON = ":\u00a0"
PLAIN_LINE = regex(
    r"(?m)^(?P<name>[^\s#:'\"\[{&*!|>%@`-][^:\n]*:[ \t]+)(?P<value>[^\s'\"\[{&*!|>%@`#][^\n]*)$"
)

WORDS = regex(
    r"(?P<name>[^\W\d_](?:[\w ]*\w)?):[ ]+"
    r"(?P<value>[^\W_](?:[\w .,/()–—\-;!?+“”…]*[\w.,/()–—\-;!?+“”…])?)[ ]*(?:\n|\Z)"
)

FOLDED = regex(
    r"(?P<name>[^\W\d_](?:[\w ]*\w)?):[ ]+(?P<value>>-\n(?P<indent>[ ]+)(?P<lines>"
    r"{line}(?:\n(?P=indent){line})*)(?:\n|\Z))".format(
        line=r"[^\W_](?:[\w .,/()–—\-;:!?+'\"&%“”…]*[\w.,/()–—\-;:!?+'\"&%“”…])?"
    )
)


def split_front_matter(text: str) -> tuple[dict[str, Raw], int]:
    """The fields of the front matter and the offset at which the body begins.

    Raises LoadError for YAML that cannot be read, with its line.
    """
    head = HEAD.match(text)
    if head is None:
        return {}, 0
    end = END.search(text, head.end())
    if end is None:
        return {}, 0
    written = text[head.end() : end.start()]
    fields = read_plain(written, head.end())
    if fields is None:
        fields = _read(written, head.end())
    return fields, end.end()


def read_plain(yaml_text: str, offset: int) -> dict[str, Raw] | None:
    """The fields of a head that holds nothing but `name: words`, or `name: >-` and lines of words.

    None where it takes YAML.
    """
    fields: dict[str, Raw] = {}
    position = 0
    while position < len(yaml_text):
        match = WORDS.match(yaml_text, position)
        folded = None if match else FOLDED.match(yaml_text, position)
        match = match or folded
        if match is None or match["value"].lower() == "null" or len(fields) >= MAX_NODES // 2:
            return None
        value, (start, end) = match["value"], match.span("value")
        if folded is not None:
            lines = folded["lines"].split("\n" + folded["indent"])
            value = " ".join(lines)
            if len(lines) == 1:
                start, end = folded.span("lines")
        fields[match["name"]] = Value(
            value, OffsetMap.of([(0, len(value), offset + start, offset + end)])
        )
        position = match.end()
    return fields


def _read(yaml_text: str, offset: int) -> dict[str, Raw]:
    import yaml

    try:
        node = yaml.compose(
            _with_colons(yaml_text), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f"dòng {mark.line + 2}" if mark is not None else "phần đầu bài"
        reason = getattr(error, "problem", None) or str(error)
        raise LoadError(
            f"the front matter cannot be read ({line}): {reason}",
            remedy="Write `name: value` on each line between the two --- lines.",
            vi=f"không đọc được phần đầu bài ({line}); mỗi dòng cần có dạng tên: giá trị",
        ) from error
    if node is None:
        return {}
    if not isinstance(node, yaml.MappingNode):
        raise LoadError(
            "the front matter is not a list of `name: value` lines",
            remedy="Write `name: value` on each line between the two --- lines.",
        )
    return _mapping(node, yaml_text, offset, [MAX_NODES])


def _with_colons(yaml_text: str) -> str:
    """The text with colons inside plain values made harmless: "tiêu đề: Thông báo: lịch nghỉ".

    YAML takes a second colon for a new mapping; an editor does not. The length stays the same.
    """

    def masked(match: re.Match[str]) -> str:
        return match["name"] + match["value"].replace(": ", COLON)

    return PLAIN_LINE.sub(masked, yaml_text)


def _mapping(node: Any, text: str, offset: int, budget: list[int]) -> dict[str, Raw]:
    fields: dict[str, Raw] = {}
    for key, value in node.value:
        fields[str(key.value)] = _raw(value, text, offset, budget)
    return fields


def _raw(node: Any, text: str, offset: int, budget: list[int]) -> Raw:
    budget[0] -= 1
    if budget[0] < 0:
        raise LoadError("the front matter holds too many values", remedy="Shorten it.")
    if node.id == "mapping":
        return _mapping(node, text, offset, budget)
    if node.id == "sequence":
        return [_raw(each, text, offset, budget) for each in node.value]
    if node.tag == "tag:yaml.org,2002:null":
        return Value("")
    start, end = node.start_mark.index, node.end_mark.index
    written = text[start:end]
    if node.style in ("'", '"') and written[1:-1] == node.value:
        start, end = start + 1, end - 1
    elif written not in (node.value, node.value.replace(COLON, ": ")):
        at = written.find(node.value) if node.value else -1
        if at >= 0:
            start, end = start + at, start + at + len(node.value)
    value = str(node.value)
    if not node.style and value == written.replace(": ", COLON):
        value = written
    return Value(value, OffsetMap.of([(0, len(value), offset + start, offset + end)]))
