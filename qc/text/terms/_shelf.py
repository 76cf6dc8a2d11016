"""The shelf: many terms of which a text calls for a handful; each is unpacked when it is read.

Two thousand terms with all their forms take as long to make as a short draft to check. What the
search itself needs (the searched texts, profiles, dates) lies open, the rest is kept packed.
"""

from __future__ import annotations

import marshal
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import overload

from qc.text.terms._term import Term

GAP = "\n"  # in no form: a form is one line of folded text

Head = tuple[str, tuple[str, ...], str]  # id, profiles, last day
Form = tuple[str, Term, str, str]
Packed = tuple[list[Head], list[bytes], list[str], list[bytes]]


def pack(terms: Iterable[Term]) -> Packed:
    """Terms as plain data: heads, packed rows, and per term the texts and marks of its forms."""
    heads, rows, texts, split = [], [], [], []
    for term in terms:
        heads.append((term.id, tuple(term.profiles), term.expires))
        rows.append(marshal.dumps(list(term)))
        texts.append(GAP.join(form[0] for form in term.forms))
        split.append(bytes(split_forms(term)))
    return heads, rows, texts, split


def split_forms(term: Term) -> Iterator[bool]:
    """Which forms of a term are also looked for with their letters split apart: l.ồ.n"""
    evaded = len(term.forms) > (" " in term.term)
    return (evaded and kind == "" for _, _, kind in term.forms)


class Shelf(Sequence[Term]):
    """Packed terms, read like a tuple of them."""

    def __init__(self, packed: Packed) -> None:
        self.heads, self._rows, self._texts, self._split = packed
        self._unpacked: dict[int, Term] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, index: int) -> Term: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Term, ...]: ...
    def __getitem__(self, index: int | slice) -> Term | tuple[Term, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        term = self._unpacked.get(index)
        if term is None:
            term = self._unpacked[index] = Term._make(marshal.loads(self._rows[index]))
        return term

    def chosen(self, profile: str, expired: frozenset[str]) -> Shelf:
        """The terms of a profile, without the expired ones."""
        kept = [
            index
            for index, (id, profiles, _) in enumerate(self.heads)
            if profile in profiles and id not in expired
        ]
        columns = self.heads, self._rows, self._texts, self._split
        return Shelf(tuple([column[i] for i in kept] for column in columns))  # type: ignore[arg-type]

    def forms(self) -> Forms:
        """All forms of all terms, in order."""
        return Forms(self, self._texts, b"".join(self._split))


class Forms(Sequence[Form]):
    """(searched text, term, literal, kind) of every form of a shelf.

    `texts` are the searched texts, `split` the numbers of the forms of `split_forms`.
    """

    def __init__(self, shelf: Shelf, texts: Sequence[str], split: bytes) -> None:
        self._shelf = shelf
        self.split = [number for number, wanted in enumerate(split) if wanted]
        filled = [text for text in texts if text]
        self.texts = GAP.join(filled).split(GAP) if filled else []
        counts = (text.count(GAP) + 1 if text else 0 for text in texts)
        self._ends = list(accumulate(counts))

    def __len__(self) -> int:
        return len(self.texts)

    @overload
    def __getitem__(self, index: int) -> Form: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Form, ...]: ...
    def __getitem__(self, index: int | slice) -> Form | tuple[Form, ...]:
        if isinstance(index, slice):
            return tuple(self[each] for each in range(*index.indices(len(self))))
        if index >= len(self.texts):
            raise IndexError(index)
        owner = bisect_right(self._ends, index)
        term = self._shelf[owner]
        text, literal, kind = term.forms[index - (self._ends[owner - 1] if owner else 0)]
        return text, term, literal, kind

    def __iter__(self) -> Iterator[Form]:
        for term in self._shelf:
            for text, literal, kind in term.forms:
                yield text, term, literal, kind
