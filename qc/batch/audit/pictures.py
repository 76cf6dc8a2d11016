"""Pictures used again: the same file, or one that looks the same, in more than one post."""

from __future__ import annotations

from qc.batch.audit.model import PostRef
from qc.batch.audit.observation import SeenPicture
from qc.core.record import dataclass

MAX_BITS = 4
BANDS = MAX_BITS + 1
SHOWN = 4


@dataclass(slots=True)
class Group:
    """A picture and where it stands; `places` are the first (post, path)."""

    posts: int
    places: list[tuple[PostRef, str]]


class PictureTally:
    """Groups pictures by content and by look; a look that differs in few bits is the same."""

    def __init__(self) -> None:
        self._by_file: dict[str, int] = {}
        self._bands: dict[tuple[int, int], list[tuple[int, int]]] = {}
        self._groups: list[Group] = []
        self.seen = 0

    def add(self, post: PostRef, pictures: tuple[SeenPicture, ...]) -> None:
        """Take in the pictures of a post; a picture counts once for each post."""
        counted: set[int] = set()
        for picture in pictures:
            self.seen += 1
            number = self._group_of(picture)
            if number in counted:
                continue
            counted.add(number)
            group = self._groups[number]
            group.posts += 1
            if len(group.places) < SHOWN:
                group.places.append((post, picture.path))

    def repeated(self) -> list[Group]:
        """Pictures in more than one post, the most used first."""
        found = [group for group in self._groups if group.posts > 1]
        return sorted(found, key=lambda group: (-group.posts, group.places[0][1]))

    def _group_of(self, picture: SeenPicture) -> int:
        number = self._by_file.get(picture.sha256)
        if number is None:
            number = self._alike(picture.look)
        if number is None:
            number = len(self._groups)
            self._groups.append(Group(0, []))
        self._by_file.setdefault(picture.sha256, number)
        if picture.look is not None:
            for key in _bands(picture.look):
                entries = self._bands.setdefault(key, [])
                if (picture.look, number) not in entries[:50]:
                    entries.append((picture.look, number))
        return number

    def _alike(self, look: int | None) -> int | None:
        if look is None:
            return None
        best: tuple[int, int] | None = None
        for key in _bands(look):
            for other, number in self._bands.get(key, ()):
                bits = (look ^ other).bit_count()
                if bits <= MAX_BITS and (best is None or (bits, number) < best):
                    best = (bits, number)
        return best[1] if best else None


def _bands(look: int) -> list[tuple[int, int]]:
    """Pieces of a hash: two hashes that differ in MAX_BITS bits share at least one."""
    edges = [64 * index // BANDS for index in range(BANDS + 1)]
    return [
        (index, (look >> edges[index]) & ((1 << (edges[index + 1] - edges[index])) - 1))
        for index in range(BANDS)
    ]
