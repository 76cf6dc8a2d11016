"""Read the word list of a cspell dictionary (`vi.trie.gz` of the npm package @cspell/dict-vi-vn).

A TrieXv3 file spells out a depth-first walk: a letter goes down, `$` ends a word and goes up one
step, `<` goes up one step, a number after either says how many steps; `#n;` stands for the node
with that number, counted in the order of the walk without the leaves, in the base of the head.
"""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Node = dict[str, Any]
_STEP = re.compile(r"([$<])(\d*)|#(\w+);|\\(.)|(.)")
END = ""


def read_words(path: Path) -> list[str]:
    """All words of a dictionary, in the order of the walk."""
    head, _, data = gzip.decompress(path.read_bytes()).decode("utf-8").partition("__DATA__\n")
    base = re.search(r"^base=(\d+)$", head, re.MULTILINE)
    if not head.startswith("#!/usr/bin/env cspell-trie") or base is None:
        raise ValueError(f"{path} is no cspell dictionary of the form TrieXv3")
    root: Node = {}
    numbered, walk, letters = [root], [root], [""]
    for up, steps, reference, escaped, plain in _STEP.findall(data):
        if up:
            if up == "$":
                if not walk[-1] and numbered[-1] is walk[-1]:
                    numbered.pop()  # a leaf has no number
                walk[-1][END] = {}
            for _ in range(int(steps or 1)):
                walk.pop()
                letters.pop()
        elif reference:
            if numbered[-1] is walk[-1]:
                numbered.pop()
            walk[-1] = walk[-2][letters[-1]] = numbered[int(reference, int(base[1]))]
        else:
            letters.append(escaped or plain)
            walk.append({})
            walk[-2][letters[-1]] = walk[-1]
            numbered.append(walk[-1])
    return list(_words(root, ""))


def _words(node: Node, start: str) -> Iterator[str]:
    for letter, following in node.items():
        if letter == END:
            yield start
        else:
            yield from _words(following, start + letter)
