"""Inline Markdown: emphasis, code, links, images and HTML inside a paragraph."""

from __future__ import annotations

import re
from collections.abc import Mapping

from qc.core.lazy import regex
from qc.core.record import dataclass
from qc.documents._collector import Collector
from qc.documents._tokens import Attr, Token, decode, tokens

SPECIAL = regex(r"\\[!-/:-@\[-`{-~]|`+|!?\[|\]|<|(?P<run>[*_]+|~~)|(?P<url>https?://[^\s<>*|]+)")
DESTINATION = regex(
    r"\(\s*(?:<(?P<angle>[^<>\n]*)>|(?P<bare>[^\s()<]*(?:\([^\s()]*\)[^\s()]*)*))"
    r"(?:\s+(?:\"(?P<d>[^\"]*)\"|'(?P<s>[^']*)'))?\s*\)"
)
REFERENCE = regex(r"\[(?P<label>[^\]\[\n]{0,200})\]")
AUTOLINK = regex(r"<(?P<url>[a-zA-Z][a-zA-Z0-9+.-]{1,31}:[^\s<>]*|[^\s<>@]+@[^\s<>@]+)>")
HARD_BREAK = regex(r"(?: {2,}|\\)\n")


@dataclass(slots=True)
class _Delimiter:
    """A run of * _ or ~~ ; `left` characters of it are still unmatched text."""

    start: int
    mark: str
    left: int
    opens: bool
    closes: bool


class Inline:
    """Sends one stretch of inline Markdown, text[start:end] of a file, through a collector."""

    def __init__(self, text: str, references: Mapping[str, Attr], collector: Collector) -> None:
        self.text = text
        self.references = references
        self.collector = collector
        self.raw: list[tuple[int, int]] = []  # where raw HTML stands in the text

    def send(self, start: int, end: int, *, last: bool = False) -> None:
        """Walk text[start:end]. Nothing follows the `last` piece of a block: its end is bare."""
        if SPECIAL.search(self.text, start, end) is None:
            self._plain(start, self._bare_end(start, end) if last else end)
            return
        drops = self._emphasis(start, end)
        closers = _brackets(self.text, start, end)
        self._walk(start, end, drops, closers)

    def _walk(self, start: int, end: int, drops: dict[int, int], closers: dict[int, int]) -> None:
        text = self.text
        ends: dict[int, int] = {}
        position = start
        while position < end:
            if position in ends:
                self.collector.close("a")
                position = ends.pop(position)
                continue
            match = SPECIAL.search(text, position, end)
            if match is None:
                self._plain(position, end)
                return
            self._plain(position, match.start())
            at, mark = match.start(), match[0]
            if at in ends:
                position = at
                continue
            position = match.end()
            if at in drops and match["run"]:
                kept = drops[at]
                if kept:
                    self._plain(position - kept, position)
                self.collector.open("em", {}, at, at)
                self.collector.close("em")
            elif mark.startswith("\\"):
                self._plain(at + 1, position)
            elif mark.startswith("`"):
                position = self._code(at, position, end)
            elif mark in ("[", "!["):
                position = self._bracket(at, position, closers, ends)
            elif mark == "<":
                position = self._angle(at, end)
            elif match["url"]:
                position = self._bare_url(at, position)
            else:
                self._plain(at, position)
        if end in ends:
            self.collector.close("a")

    def _bare_end(self, start: int, end: int) -> int:
        """Where text[start:end] ends without its line end, unless that is a hard break."""
        bare = end
        while bare > start and self.text[bare - 1] in "\r\n":
            bare -= 1
        return end if self.text[bare - 1] in " \\" else bare

    def _plain(self, start: int, end: int) -> None:
        """Text between marks; a hard break is two spaces or a backslash at the end of a line."""
        find = self.text.find
        if find("  \n", start, end) < 0 and find("\\\n", start, end) < 0:
            self._decoded(start, end)
            return
        for match in HARD_BREAK.finditer(self.text, start, end):
            self._decoded(start, match.start())
            self.collector.open("br", {}, match.start(), match.end())
            start = match.end()
        self._decoded(start, end)

    def _decoded(self, start: int, end: int) -> None:
        if start < end:
            self.collector.text(*decode(self.text[start:end], start))

    def _code(self, at: int, position: int, end: int) -> int:
        fence = self.text[at:position]
        close = re.compile(rf"(?<!`){fence}(?!`)").search(self.text, position, end)
        if close is None:
            self._decoded(at, position)
            return position
        inside = self.text[position : close.start()]
        self.collector.text(inside, [(0, len(inside), position, close.start())])
        return close.end()

    def _bracket(
        self, at: int, position: int, closers: dict[int, int], ends: dict[int, int]
    ) -> int:
        close = closers.get(position - 1)
        if close is None:
            self._decoded(at, position)
            return position
        target = self._target(position, close)
        if target is None:
            self._decoded(at, position)
            return position
        href, title, after = target
        if self.text[at] == "!":
            self._image(at, position, close, target)
            return after
        attributes = {"href": href, **({"title": title} if title else {})}
        self.collector.open("a", attributes, at, after)
        ends[close] = after
        return position

    def _target(self, position: int, close: int) -> tuple[Attr, Attr | None, int] | None:
        match = DESTINATION.match(self.text, close + 1)
        if match is not None:
            group = "angle" if match["angle"] is not None else "bare"
            href = Attr(match[group], match.start(group), match.end(group))
            quote = "d" if match["d"] is not None else "s" if match["s"] is not None else None
            title = Attr(match[quote], match.start(quote), match.end(quote)) if quote else None
            return href, title, match.end()
        reference = REFERENCE.match(self.text, close + 1)
        label = reference["label"] if reference and reference["label"] else None
        label = label or self.text[position:close]
        known = self.references.get(" ".join(label.lower().split()))
        return (known, None, reference.end() if reference else close + 1) if known else None

    def _image(
        self, at: int, position: int, close: int, target: tuple[Attr, Attr | None, int]
    ) -> None:
        source, title, after = target
        alt = self.text[position:close]
        attributes = {"src": source, "alt": Attr(alt, position, close)}
        self.collector.open("img", attributes, at, after)
        if title is not None and title.value.strip():
            self.collector.title_as_caption(title)

    def _angle(self, at: int, end: int) -> int:
        autolink = AUTOLINK.match(self.text, at, end)
        if autolink is not None:
            self._linked(autolink["url"], autolink.start("url"), (at, autolink.end()))
            return autolink.end()
        token = next(tokens(self.text, at, end), None)
        if token is None or token.start != at or token.kind == "text":
            self._decoded(at, at + 1)
            return at + 1
        self.raw.append((token.start, token.end))
        self._html(token)
        return token.end

    def _html(self, token: Token) -> None:
        from qc.documents.html import send

        send(self.text, token, self.collector)

    def _bare_url(self, at: int, position: int) -> int:
        while self.text[position - 1] in ".,;:!?)\"'":
            position -= 1
        self._linked(self.text[at:position], at, (at, position))
        return position

    def _linked(self, url: str, at: int, tag: tuple[int, int]) -> None:
        href = f"mailto:{url}" if "@" in url and ":" not in url else url
        self.collector.open("a", {"href": Attr(href, at, at + len(url))}, *tag)
        self.collector.text(url, [(0, len(url), at, at + len(url))])
        self.collector.close("a")

    def _emphasis(self, start: int, end: int) -> dict[int, int]:
        """Delimiter runs that are marks, by offset, with how many of their characters stay text."""
        runs: list[_Delimiter] = []
        open_runs: dict[str, list[_Delimiter]] = {"*": [], "_": [], "~~": []}
        for match in SPECIAL.finditer(self.text, start, end):
            if not match["run"]:
                continue
            run = self._delimiter(match.start(), match["run"], start, end)
            runs.append(run)
            waiting = open_runs[run.mark]
            while run.closes and run.left and waiting:
                opener = waiting[-1]
                used = min(opener.left, run.left)
                opener.left -= used
                run.left -= used
                if not opener.left:
                    waiting.pop()
            if run.opens and run.left:
                waiting.append(run)
        width = {run.start: len(_run_text(self.text, run)) for run in runs}
        return {run.start: run.left for run in runs if run.left < width[run.start]}

    def _delimiter(self, at: int, run: str, start: int, end: int) -> _Delimiter:
        before = self.text[at - 1] if at > start else " "
        after = self.text[at + len(run)] if at + len(run) < end else " "
        mark = "~~" if run == "~~" else run[0]
        opens, closes = not after.isspace(), not before.isspace()
        if mark == "_":
            opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
        elif opens and closes and before.isalnum() and not after.isalnum():
            opens = False
        return _Delimiter(at, mark, len(run), opens, closes)


def _run_text(text: str, run: _Delimiter) -> str:
    match = SPECIAL.match(text, run.start)
    return match[0] if match else ""


def _brackets(text: str, start: int, end: int) -> dict[int, int]:
    """Offsets of matching [ and ], in one pass."""
    pairs: dict[int, int] = {}
    waiting: list[int] = []
    position = start
    for match in re.compile(r"\\.|[\[\]]", re.S).finditer(text, position, end):
        if match[0] == "[":
            waiting.append(match.start())
        elif match[0] == "]" and waiting:
            pairs[waiting.pop()] = match.start()
    return pairs
