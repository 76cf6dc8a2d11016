"""NukeViet: an article of its news module (rows and detail) as the JSON article that is checked.

Pure functions on rows, without a database: the side-car and the batch read the rows and call them.
Texts outside the body are kept escaped (`&#33;`), times are Unix times, pictures and files are
named below `uploads/MODULE/`; the body names them from the root of the web site.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta, timezone
from enum import IntEnum
from pathlib import Path
from typing import Any

from qc.core.lazy import regex
from qc.core.record import dataclass, field
from qc.documents._credit import credit_of
from qc.documents._media import REMOTE
from qc.documents._names import article_kind
from qc.documents.load import Source

VIETNAM = timezone(timedelta(hours=7))
LOCK = 21
"""What NukeViet adds to the state of an article while its category is locked."""
STATE_CHANGED = "change_status"
"""The key of a line of the log that says who gave an article which state."""
ROW_COLUMNS = (
    *("id", "catid", "listcatid", "author", "sourceid", "addtime", "edittime", "status"),
    *("publtime", "exptime", "title", "alias", "hometext", "homeimgfile", "homeimgalt"),
)
DETAIL_COLUMNS = ("bodyhtml", "sourcetext", "files", "keywords")
LINE_BREAK = regex(r"(?i)\s*<br\s*/?>\s*")
TAG = regex(r"<[^<>]*>")
PLAIN_TAG = regex(r"(?i)</?(?:br|p|b|i|u|em|strong|span|div)\s*/?>")
ADDRESS = regex(r"(?i)(\b(?:src|href|poster|data-src)\s*=\s*[\"']?)([^\s\"'>]+)")


class Status(IntEnum):
    """The states of an article."""

    INACTIVE = 0
    PUBLISHED = 1
    SCHEDULED = 2
    EXPIRED = 3
    DRAFT = 4
    REVIEW_ASKED = 5
    REVIEW_REFUSED = 6
    REVIEWING = 7
    PUBLICATION_ASKED = 8
    PUBLICATION_REFUSED = 9
    PUBLICATION_CHECKING = 10


@dataclass(frozen=True, slots=True)
class Module:
    """A news module of one language of one site, and where its files lie.

    `root` is the folder of the web site, which holds `uploads`; without it pictures and files are
    named by their address at the first of `hosts`, so that they count as not checked. `base` is
    the path at which the site is served; `hosts` its own addresses; `folder` the module's folder
    below `uploads`.
    """

    prefix: str = "nv4"
    lang: str = "vi"
    name: str = "news"
    root: Path | None = None
    base: str = "/"
    hosts: tuple[str, ...] = ()
    folder: str = ""

    def table(self, name: str) -> str:
        """The table of this module called `name`: rows, detail, cat, or the id of a category."""
        return f"{self.prefix}_{self.lang}_{self.name}_{name}"

    @property
    def uploads(self) -> str:
        """Where pictures and files lie, below the root of the site."""
        return f"uploads/{self.folder or self.name}"

    @property
    def base_path(self) -> str:
        """The path of the site with a slash at both ends."""
        return f"/{self.base.strip('/')}/".replace("//", "/")


@dataclass(frozen=True, slots=True)
class Related:
    """What other tables say about the articles of a module: names by id, already unescaped."""

    categories: Mapping[int, str] = field(default_factory=dict)
    sources: Mapping[int, str] = field(default_factory=dict)
    authors: Sequence[str] = ()
    tags: Sequence[str] = ()
    approved_by: str = ""


def unescaped(text: str | None) -> str:
    """A text that NukeViet keeps escaped, as readers see it."""
    return html.unescape(text or "").strip()


def person_of(user: Mapping[str, Any]) -> str:
    """The full name of a row of the users, or the name of the account."""
    full = f"{unescaped(user['last_name'])} {unescaped(user['first_name'])}".strip()
    return full or unescaped(user["username"])


def state_of(status: int) -> tuple[int, bool]:
    """The state of an article, and whether its category is locked."""
    return (status - LOCK, True) if status >= LOCK else (status, False)


def category_ids(row: Mapping[str, Any]) -> tuple[int, ...]:
    """The categories of an article, the main one first; each keeps a copy of its row."""
    listed = [int(each) for each in re.findall(r"\d+", str(row.get("listcatid") or ""))]
    main = int(row.get("catid") or 0)
    return tuple(dict.fromkeys(([main] if main else []) + listed))


def article_of(
    row: Mapping[str, Any], module: Module, related: Related | None = None
) -> dict[str, Any]:
    """The article in JSON (docs/article-json.md) of a row joined with its detail row."""
    related = related or Related()
    names = [related.categories.get(each, "") for each in category_ids(row)]
    sapo, lead = _summary(str(row.get("hometext") or ""))
    author = unescaped(row.get("author")) or ", ".join(related.authors)
    article: dict[str, Any] = {
        "title": unescaped(row.get("title")),
        "sapo": sapo,
        "author": author,
        "category": ", ".join(each for each in names if each),
        "kind": article_kind(names[0]) if names else None,
        "language": module.lang,
        "tags": list(related.tags) or _listed(unescaped(row.get("keywords"))),
        "approved_by": related.approved_by,
        **_dates(row),
        **_source(row, related),
        "body_format": "html",
        "body": _local_addresses(lead + str(row.get("bodyhtml") or ""), module),
        "images": _featured(row, module),
        "attachments": [
            {"path": _upload(each, module)} for each in _listed(unescaped(row.get("files")))
        ],
    }
    return {name: value for name, value in article.items() if value not in ("", None, [])}


def source_of(
    row: Mapping[str, Any], module: Module, related: Related | None = None, extra: str = ""
) -> Source:
    """The draft to inspect; the report names it by its table and id. `extra` follows the name."""
    data = json.dumps(article_of(row, module, related), ensure_ascii=False, indent=1).encode()
    name = f"{module.table('rows')}/{row['id']}{extra}"
    return Source(name, data=data, format="json", root=module.root)


def _summary(written: str) -> tuple[str, str]:
    """The summary as plain text; with markup of its own, the whole of it leads the body as well."""
    text = unescaped(TAG.sub("", LINE_BREAK.sub("\n", written)))
    own = TAG.search(PLAIN_TAG.sub("", written))
    return text, f"<div>{written}</div>\n" if own else ""


def _dates(row: Mapping[str, Any]) -> dict[str, str]:
    """Dates in Vietnamese time; an edit before the date of publication is no update."""
    published = int(row.get("publtime") or row.get("addtime") or 0)
    edited = int(row.get("edittime") or 0)
    times = {
        "published_at": published,
        "updated_at": edited if edited > published else 0,
        "expires_at": int(row.get("exptime") or 0),
    }
    return {name: _time(seconds) for name, seconds in times.items() if seconds > 0}


def _time(seconds: int) -> str:
    return f"{datetime.fromtimestamp(seconds, VIETNAM):%Y-%m-%dT%H:%M}"


def _source(row: Mapping[str, Any], related: Related) -> dict[str, str]:
    written = unescaped(row.get("sourcetext"))
    named = related.sources.get(int(row.get("sourceid") or 0), "")
    if REMOTE.match(written):
        return {"source": named, "source_url": written}
    return {"source": written or named}


def _featured(row: Mapping[str, Any], module: Module) -> list[dict[str, str]]:
    file = unescaped(row.get("homeimgfile"))
    if not file:
        return []
    said = unescaped(row.get("homeimgalt"))
    picture = {"path": _upload(file, module), "role": "featured"}
    if said:
        picture["alt"] = said
    credit = credit_of(said)
    return [picture | {"credit": credit}] if credit else [picture]


def _upload(file: str, module: Module) -> str:
    """A file that a row names below the module's folder; an address stays one."""
    if REMOTE.match(file) or file.startswith("/"):
        return _local(file, module)
    return _below(f"{module.uploads}/{file}", module)


def _local_addresses(body: str, module: Module) -> str:
    """The body with the files of the site named below its root, where they can be opened."""
    return ADDRESS.sub(lambda match: match[1] + _local(match[2], module), body)


def _local(address: str, module: Module) -> str:
    path = re.sub(r"(?i)^(?:https?:)?//([^/]+)", "", address)
    host = re.match(r"(?i)(?:https?:)?//([^/:]+)", address)
    if host is not None and host[1].lower() not in module.hosts:
        return address
    base = module.base_path
    below = path[len(base) :] if path.startswith(base) else ""
    return _below(below, module) if below.startswith("uploads/") else address


def _below(path: str, module: Module) -> str:
    """A path below the root, where it can be opened; else its address at the site."""
    if module.root is None and module.hosts:
        return f"https://{module.hosts[0]}{module.base_path}{path}"
    return path


def _listed(text: str) -> list[str]:
    return [each.strip() for each in text.split(",") if each.strip()]
