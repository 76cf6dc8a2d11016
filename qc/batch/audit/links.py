"""Internal links: which lead to a post that is not in the archive.

Only an address beside known posts is called dead. One elsewhere may be a page that an archive of
posts does not hold, so it is counted as not judged.
"""

from __future__ import annotations

from hashlib import blake2b
from urllib.parse import unquote, urlsplit

from qc.batch.audit.model import PostRef
from qc.core.record import dataclass

FILES = (
    "jpg jpeg png gif webp svg pdf doc docx xls xlsx ppt pptx zip rar mp4 mp3 txt csv odt ods xml"
).split()
MAX_KEPT = 200_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """A link whose target has not been seen yet."""

    post: PostRef
    href: str
    target: int
    folder: int


class LinkTally:
    """Collects addresses of posts and the links between them; eight bytes an address."""

    def __init__(self) -> None:
        self._posts: set[int] = set()
        self._folders: set[int] = {_hash("/")}
        self._alive: set[int] = {_hash("/")}
        self._waiting: list[Waiting] = []
        self.left_out = 0

    @property
    def judged(self) -> bool:
        """Whether the posts of the archive have addresses at all."""
        return bool(self._posts)

    def add(self, post: PostRef, url: str | None, links: tuple[str, ...]) -> None:
        """Take in the address of a post and its links."""
        if url:
            path = _path(url)
            self._posts.add(_hash(path))
            folder = _folder(path)
            self._folders.add(_hash(folder))
            while folder != "/":
                self._alive.add(_hash(folder))
                folder = _folder(folder)
        for href in links:
            path = _path(href)
            if path.rpartition(".")[2].lower() in FILES or _hash(path) in self._posts:
                continue
            if len(self._waiting) >= MAX_KEPT:
                self.left_out += 1
                continue
            self._waiting.append(Waiting(post, href, _hash(path), _hash(_folder(path))))

    def dead(self) -> list[Waiting]:
        """Links beside known posts that lead to none of them."""
        return [each for each in self._unknown() if each.folder in self._folders]

    def unknown(self) -> int:
        """Links to places of which the archive tells nothing."""
        return self.left_out + sum(
            1 for each in self._unknown() if each.folder not in self._folders
        )

    def _unknown(self) -> list[Waiting]:
        known = self._posts | self._alive
        return [each for each in self._waiting if each.target not in known]


def _path(address: str) -> str:
    """The part of an address that tells posts apart: path without slash at the end, and ?p=."""
    try:
        parts = urlsplit(address)
    except ValueError:
        return address
    path = unquote(parts.path).rstrip("/") or "/"
    return f"/?{parts.query}" if path == "/" and parts.query else path


def _folder(path: str) -> str:
    return path.rpartition("/")[0] or "/"


def _hash(text: str) -> int:
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big")
