"""What a sample archive is made of: the school, its posts, and what was planted in them."""

from __future__ import annotations

from datetime import date

from qc.core.record import dataclass, field

LEVELS = ("mam-non", "tieu-hoc", "thcs", "thpt")


@dataclass(frozen=True, slots=True)
class School:
    """A school that does not exist. `host` is that of its portal."""

    name: str
    level: str
    host: str
    authors: tuple[str, ...]
    approver: str

    @property
    def mailbox(self) -> str:
        """The address of its office."""
        return f"vanphong@{self.host}"


@dataclass(frozen=True, slots=True)
class Order:
    """What is asked for at startup: how many posts, over which years, with what share of defects.

    The same order gives the same archive, byte for byte.
    """

    count: int
    seed: int = 1
    level: str = "tieu-hoc"
    until: date = date(2026, 10, 31)
    years: int = 5
    defects: float = 0.25
    pictures: int = 40

    @property
    def first_year(self) -> int:
        """The first school year: 2022 stands for 2022-2023."""
        return school_year(self.until) - self.years + 1


@dataclass(slots=True)
class Picture:
    """A drawn picture of a post; the same scene gives the same file.

    `scaled` is the same scene saved again smaller, `small` far too small, `lost` not saved at all.
    """

    path: str
    alt: str | None
    caption: str
    credit: str
    scene: int
    scaled: bool = False
    small: bool = False
    lost: bool = False


@dataclass(slots=True)
class SamplePost:
    """One post or static page (`page`) as the portal holds it; `body` is HTML."""

    id: int
    day: date
    topic: str
    category: str
    kind: str
    title: str
    sapo: str
    body: str
    author: str | None
    approver: str | None
    url: str = ""
    page: bool = False
    expires: date | None = None
    source: str | None = None
    ai: bool = False
    document: dict[str, str] = field(default_factory=dict)
    attachments: list[tuple[str, str]] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Planted:
    """A defect and where it stands: `text` is what was put into `place`; empty: all of it.

    `also` are rules that the same defect may raise beside its own.
    """

    rule: str
    place: str = "body"
    text: str = ""
    also: tuple[str, ...] = ()


def school_year(day: date) -> int:
    """The school year of a day, by its first calendar year; it begins on 1 August."""
    return day.year if day.month >= 8 else day.year - 1
