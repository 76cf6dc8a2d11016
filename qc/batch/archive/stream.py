"""The stream of a sample archive: posts in order of their day, with links, pictures and defects.

Nothing grows with the number of posts: the archive is written as it is made.
"""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from qc.batch.archive.calendar import FILL, Calendar, calendar_of
from qc.batch.archive.defects import ON_PICTURES, Maker, add, on_text
from qc.batch.archive.model import Order, Planted, SamplePost, school_year
from qc.batch.archive.writing import school_of, write_post

FILLING = frozenset(name for name, _ in FILL)
NEWS_SHARE = 0.55
LINKED = 0.2
REMEMBERED = 40


class SampleArchive:
    """One archive. `tell` is given one line of truth after the other."""

    def __init__(self, order: Order, tell: Callable[[dict[str, Any]], None]) -> None:
        self.order = order
        self.school = school_of(order)
        self.calendar: Calendar = calendar_of(order)
        self._tell = tell
        self._recent: deque[tuple[str, str]] = deque(maxlen=REMEMBERED)
        self._scenes: deque[tuple[str, int]] = deque(maxlen=REMEMBERED)
        self._decks = {"text": _deck(order, on_text()), "picture": _deck(order, ON_PICTURES)}
        self._news = 0
        self._drawn = 0
        self._copies = 0

    def posts(self) -> Iterator[SamplePost]:
        """Every post, once; then what is true of the whole site has been told too."""
        seen: dict[str, set[int]] = {"news": set(), "document": set()}
        last: date | None = None
        for number, entry in enumerate(self.calendar.entries(), 1):
            post = write_post(self.order, self.school, number, entry)
            if post.topic in seen:
                seen[post.topic].add(entry.year)
            if last and last < self.calendar.gap[0] <= self.calendar.gap[1] < post.day:
                self._tell(_site(rule="site-gap", last=last.isoformat(), next=post.day.isoformat()))
            last = post.day
            self._finish(post, entry.topic)
            yield post
        self._tell_states(seen)

    def _finish(self, post: SamplePost, topic: str) -> None:
        dice = random.Random(f"{self.order.seed}:finish:{post.id}")
        self._choose_pictures(post, dice)
        if topic in FILLING:
            if self._recent and dice.random() < LINKED:
                url, title = dice.choice(self._recent)
                add(post, f'<p>Xem thêm: <a href="{urlsplit(url).path}">{title}</a></p>')
            if dice.random() < self.order.defects:
                self._plant(post, dice)
        self._recent.append((post.url, post.title))

    def _choose_pictures(self, post: SamplePost, dice: random.Random) -> None:
        """Draw a picture for so many news as were asked for, evenly over the archive."""
        if not post.pictures:
            return
        self._news += 1
        share = self.order.pictures / max(self.calendar.fill * NEWS_SHARE, 1)
        if self._drawn >= self.order.pictures or self._news * share < self._drawn + 1 - 1e-9:
            post.pictures = []
            return
        self._drawn += 1

    def _plant(self, post: SamplePost, dice: random.Random) -> None:
        planted: Planted | None = None
        if post.pictures:
            planted = self._on_picture(post, dice)
        if planted is None:
            planted = _next(self._decks["text"], post, dice, self.school)
        line: dict[str, Any] = {"post": str(post.id), "url": post.url, "rule": planted.rule}
        self._tell(line | {"place": planted.place, "text": planted.text, "also": planted.also})

    def _on_picture(self, post: SamplePost, dice: random.Random) -> Planted | None:
        picture = post.pictures[0]
        self._copies += 1
        if self._scenes and self._copies % 2 == 0:
            first, picture.scene = dice.choice(self._scenes)
            picture.scaled = self._copies % 4 == 0
            return Planted("site-picture-repeated", picture.path, first)
        planted = _next(self._decks["picture"], post, dice, self.school)
        if not (picture.lost or picture.small):
            self._scenes.append((picture.path, picture.scene))
        return planted

    def _tell_states(self, seen: dict[str, set[int]]) -> None:
        states = dict(self.calendar.states)
        for topic, section in (("news", "section-news"), ("document", "section-documents")):
            for year in range(self.order.first_year, school_year(self.order.until) + 1):
                states[section, year] = "present" if year in seen[topic] else "missing"
        for (requirement, year), state in sorted(states.items()):
            self._tell(_site(requirement=requirement, year=year, state=state))


def _site(**facts: Any) -> dict[str, Any]:
    return {"post": None, **facts}


def _deck(order: Order, makers: tuple[Maker, ...]) -> deque[Maker]:
    shuffled = list(makers)
    random.Random(f"{order.seed}:deck").shuffle(shuffled)
    return deque(shuffled)


def _next(deck: deque[Maker], post: SamplePost, dice: random.Random, school: Any) -> Planted:
    """The defect whose turn it is, or the next one that this post can have."""
    for turn in range(len(deck)):
        maker = deck[turn]
        planted = maker(post, dice, school)
        if planted is not None:
            del deck[turn]
            deck.append(maker)
            return planted
    raise AssertionError("some defect fits every post")
