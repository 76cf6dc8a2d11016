"""The level of the school: as given, else as its name or its posts say it."""

from __future__ import annotations

import re
from collections import Counter

from qc.batch.audit.requirements import folded

WORDS = (
    ("so-gddt", re.compile(r"(?<!\w)sở (?:giáo dục và đào tạo|gd&đt|gdđt)(?!\w)")),
    ("mam-non", re.compile(r"(?<!\w)(?:trường )?(?:mầm non|mẫu giáo|mn)(?!\w)")),
    ("tieu-hoc", re.compile(r"(?<!\w)(?:trường )?(?:tiểu học|th)(?!\w)")),
    ("thcs", re.compile(r"(?<!\w)(?:trường )?(?:trung học cơ sở|thcs)(?!\w)")),
    ("thpt", re.compile(r"(?<!\w)(?:trường )?(?:trung học phổ thông|thpt)(?!\w)")),
)
IN_TEXT = tuple(
    (level, re.compile(pattern))
    for level, pattern in (
        ("mam-non", r"(?<!\w)trường (?:mầm non|mẫu giáo)(?!\w)"),
        ("tieu-hoc", r"(?<!\w)trường (?:tiểu học|th)(?!\w)(?! và)"),
        ("thcs", r"(?<!\w)trường (?:trung học cơ sở|thcs)(?!\w)"),
        ("thpt", r"(?<!\w)trường (?:trung học phổ thông|thpt)(?!\w)"),
    )
)
ENOUGH = 5
MAJORITY = 0.8


def level_of_name(name: str) -> str | None:
    """The level that the name of a school says; None where it says none or two."""
    found = [level for level, pattern in WORDS if pattern.search(folded(name))]
    return found[0] if len(found) == 1 else None


class LevelTally:
    """Counts what titles say; a clear majority is the level."""

    def __init__(self) -> None:
        self._counts: Counter[str] = Counter()

    def add(self, title: str) -> None:
        """Take in the title of a post."""
        text = folded(title)
        self._counts.update(level for level, pattern in IN_TEXT if pattern.search(text))

    def level(self) -> str | None:
        """The level named most; None without a clear majority."""
        total = sum(self._counts.values())
        if total < ENOUGH:
            return None
        level, count = self._counts.most_common(1)[0]
        return level if count >= MAJORITY * total else None
