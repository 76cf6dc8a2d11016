"""The recogniser: a text in, the spans of personal data in it out."""

from __future__ import annotations

from qc.security.personal._addresses import find_addresses
from qc.security.personal._births import find_births
from qc.security.personal._codes import find_codes
from qc.security.personal._contacts import find_contacts
from qc.security.personal._context import Context, context
from qc.security.personal._hits import Hit, Kind

_RANK = {kind: rank for rank, kind in enumerate(Kind)}


def find_personal(text: str) -> list[Hit]:
    """Spans of personal data in `text`, in order, without overlaps, in its own offsets."""
    return find_in(context(text))


def find_in(prepared: Context) -> list[Hit]:
    """The same on a prepared text; offsets are those of the source text."""
    hits = [
        *find_codes(prepared),
        *find_contacts(prepared),
        *find_births(prepared),
        *find_addresses(prepared),
    ]
    hits.sort(key=lambda hit: (not hit.cued, hit.start - hit.end, _RANK[hit.kind]))
    chosen: list[Hit] = []
    taken = bytearray(len(prepared.text) + 1)
    for hit in hits:
        if any(taken[hit.start : hit.end]):
            continue
        taken[hit.start : hit.end] = b"\x01" * (hit.end - hit.start)
        chosen.append(hit)
    view = prepared.view
    placed = (
        Hit(*view.original(hit.start, hit.end), hit.kind, hit.value, hit.cued) for hit in chosen
    )
    return sorted(placed)
