"""The database of a NukeViet site: what waits for review, what belongs to it, and writing back.

Tables are MyISAM in older versions, so nothing rests on transactions: the state in `rows` changes
last and only if nobody else changed the article, and everything before it can be done again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from qc.core.database_address import with_driver
from qc.core.errors import UsageError
from qc.core.record import dataclass
from qc.documents.nukeviet import (
    DETAIL_COLUMNS,
    ROW_COLUMNS,
    STATE_CHANGED,
    Module,
    Related,
    Status,
    category_ids,
    person_of,
    unescaped,
)
from qc.integrations.nukeviet.options import Options

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

WAITING = (Status.REVIEW_ASKED, Status.PUBLICATION_ASKED)
NOTE_LENGTH = 255


@dataclass(frozen=True, slots=True)
class Change:
    """A new state of an article: `reason` is HTML for `detail`, `note` short text for the log."""

    status: int
    reason: str
    note: str
    time: int


def connect(options: Options) -> Engine:
    """The engine of a database. Raises UsageError where it cannot be reached."""
    from sqlalchemy import create_engine, text
    from sqlalchemy.exc import ArgumentError, SQLAlchemyError

    try:
        engine = create_engine(with_driver(options.database), pool_pre_ping=True, pool_recycle=600)
        with engine.connect() as connection:
            connection.execute(text("SELECT 1"))
    except (ArgumentError, SQLAlchemyError, ImportError) as error:
        raise unreachable(error) from None  # the original may carry the address with its password
    return engine


def unreachable(error: Exception) -> UsageError:
    """The error of a database, without the address that stands in the original."""
    kind = type(getattr(error, "orig", None) or error).__name__
    return UsageError(
        f"the database cannot be used ({kind})",
        where="--database",
        remedy="Check the address, the account and that the server runs.",
        vi=f"không dùng được cơ sở dữ liệu ({kind}); hãy xem lại địa chỉ, tài khoản, máy chủ",
    )


class Portal:
    """The news modules of one site, over one connection."""

    def __init__(self, connection: Connection, options: Options) -> None:
        from sqlalchemy import inspect

        self.connection = connection
        self.options = options
        self.tables = frozenset(inspect(connection).get_table_names())
        self._columns: dict[str, frozenset[str]] = {}

    def modules(self) -> list[Module]:
        """The modules to watch. Raises UsageError for one that does not exist, or if none does."""
        pattern = re.compile(rf"{re.escape(self.options.prefix)}_([a-z]{{2}})_([a-z0-9_]+)_rows")
        found = [
            match.groups() for each in sorted(self.tables) if (match := pattern.fullmatch(each))
        ]
        known = [(lang, name) for lang, name in found if self._is_news(lang, name)]
        wanted = list(self.options.modules) or known
        for lang, name in wanted:
            if (lang, name) not in known:
                raise UsageError(
                    f"there is no news module {lang}:{name} with the prefix {self.options.prefix}",
                    where="--module",
                    vi=f"không có mô-đun tin {lang}:{name} với tiền tố {self.options.prefix}",
                )
        if not wanted:
            raise UsageError(
                f"holds no news module with the prefix {self.options.prefix}",
                where="--database",
                remedy="Check --prefix.",
                vi=f"không có mô-đun tin nào với tiền tố {self.options.prefix}; xem lại --prefix",
            )
        return [self._module(lang, name) for lang, name in wanted]

    def waiting(self, module: Module, size: int = 50) -> Iterator[dict[str, Any]]:
        """The articles in review, oldest first, read in pages; each with its detail row."""
        from sqlalchemy import select

        rows = _table(module.table("rows"), *ROW_COLUMNS)
        detail = _table(module.table("detail"), "id", *self._detail_columns(module))
        last = 0
        while True:
            columns = [*rows.c, *(each for each in detail.c if each.name != "id")]
            query = (
                select(*columns)
                .select_from(rows.outerjoin(detail, rows.c.id == detail.c.id))
                .where(rows.c.status.in_([int(each) for each in WAITING]), rows.c.id > last)
                .order_by(rows.c.id)
                .limit(size)
            )
            page = self.connection.execute(query).mappings().all()
            self.connection.commit()
            if not page:
                return
            yield from (dict(each) for each in page)
            last = int(page[-1]["id"])

    def related(self, module: Module, row: Mapping[str, Any]) -> Related:
        """Names of categories, source, authors and tags, and who passed the article on."""
        number = int(row["id"])
        categories = self._pairs(module.table("cat"), "catid", "title", category_ids(row))
        sources = self._pairs(module.table("sources"), "sourceid", "title", [row["sourceid"] or 0])
        return Related(
            categories=categories,
            sources=sources,
            authors=self._listed(module.table("authorlist"), "pseudonym", number),
            tags=self._listed(module.table("tags_id"), "keyword", number),
            approved_by=self._reviewer(module, number),
        )

    def write(self, module: Module, row: Mapping[str, Any], change: Change) -> bool:
        """Give an article its new state; False where it was changed meanwhile.

        The reason and the copies in the tables of its categories come first, `rows` last and only
        if state and time of edit are still those that were read; then the log.
        """
        from sqlalchemy import update

        number = int(row["id"])
        rows = _table(module.table("rows"), "id", "status", "edittime")
        read = {"id": number, "status": row["status"], "edittime": row["edittime"]}
        same = [rows.c[name] == value for name, value in read.items()]
        if self.connection.execute(rows.select().where(*same)).first() is None:
            self.connection.rollback()
            return False
        if "reject_reason" in self._names(module.table("detail")):
            detail = _table(module.table("detail"), "id", "reject_reason")
            reason = joined(str(row.get("reject_reason") or ""), change.reason)
            self.connection.execute(
                update(detail).where(detail.c.id == number).values(reject_reason=reason)
            )
        self._copies(module, row, change.status)
        done = self.connection.execute(update(rows).where(*same).values(status=change.status))
        if done.rowcount != 1:
            self.connection.rollback()
            self._mirror(module, row)
            return False
        self._log(module, number, change)
        self.connection.commit()
        return True

    def _is_news(self, lang: str, name: str) -> bool:
        table = Module(self.options.prefix, lang, name).table
        needed = {"id", "catid", "listcatid", "status", "edittime", "hometext"}
        return (
            table("detail") in self.tables
            and table("cat") in self.tables
            and needed <= self._names(table("rows"))
        )

    def _module(self, lang: str, name: str) -> Module:
        options = self.options
        registered = f"{options.prefix}_{lang}_modules"
        folder = self._pairs(registered, "module_data", "module_upload", [name]).get(name, "")
        return Module(
            prefix=options.prefix,
            lang=lang,
            name=name,
            root=options.root,
            base=options.base,
            hosts=options.hosts,
            folder=folder,
        )

    def _copies(self, module: Module, row: Mapping[str, Any], status: int) -> None:
        from sqlalchemy import update

        for each in category_ids(row):
            name = module.table(str(each))
            if name in self.tables:
                copy = _table(name, "id", "status")
                number = int(row["id"])
                self.connection.execute(
                    update(copy).where(copy.c.id == number).values(status=status)
                )

    def _mirror(self, module: Module, row: Mapping[str, Any]) -> None:
        """The copies follow `rows` again, after somebody else was faster."""
        rows = _table(module.table("rows"), "id", "status")
        now = self.connection.execute(rows.select().where(rows.c.id == int(row["id"]))).first()
        if now is not None:
            self._copies(module, row, int(now.status))
        self.connection.commit()

    def _log(self, module: Module, number: int, change: Change) -> None:
        from sqlalchemy import insert

        name = module.table("logs")
        if name not in self.tables:
            return
        logs = _table(name, "sid", "userid", "log_key", "status", "note", "set_time")
        self.connection.execute(
            insert(logs).values(
                sid=number,
                userid=self.options.userid,
                log_key=STATE_CHANGED,
                status=change.status,
                note=change.note[:NOTE_LENGTH],
                set_time=change.time,
            )
        )

    def _reviewer(self, module: Module, number: int) -> str:
        """Who asked for the publication of an article, as the log of NukeViet knows."""
        logs, users = module.table("logs"), f"{module.prefix}_users"
        if not {logs, users} <= self.tables:
            return ""
        log = _table(logs, "id", "sid", "status", "userid", "log_key")
        query = log.select().where(
            log.c.sid == number,
            log.c.status == int(Status.PUBLICATION_ASKED),
            log.c.log_key == STATE_CHANGED,
        )
        entry = self.connection.execute(query.order_by(log.c.id.desc()).limit(1)).first()
        if entry is None:
            return ""
        user = _table(users, "userid", "username", "first_name", "last_name")
        query = user.select().where(user.c.userid == entry.userid)
        named = self.connection.execute(query).mappings().first()
        return person_of(dict(named)) if named is not None else ""

    def _pairs(self, name: str, key: str, value: str, keys: Sequence[Any]) -> dict[Any, str]:
        if name not in self.tables or not {key, value} <= self._names(name):
            return {}
        found = _table(name, key, value)
        rows = self.connection.execute(found.select().where(found.c[key].in_(list(keys))))
        return {each[0]: unescaped(each[1]) for each in rows}

    def _listed(self, name: str, column: str, number: int) -> tuple[str, ...]:
        if name not in self.tables:
            return ()
        found = _table(name, "id", column)
        rows = self.connection.execute(found.select().where(found.c.id == number))
        return tuple(sorted(unescaped(each[1]) for each in rows))

    def _detail_columns(self, module: Module) -> tuple[str, ...]:
        names = self._names(module.table("detail"))
        return tuple(each for each in (*DETAIL_COLUMNS, "reject_reason") if each in names)

    def _names(self, table: str) -> frozenset[str]:
        from sqlalchemy import inspect

        if table not in self._columns:
            columns = inspect(self.connection).get_columns(table)
            self._columns[table] = frozenset(each["name"] for each in columns)
        return self._columns[table]


MARK = "[qc]"


def joined(written: str, own: str) -> str:
    """What people wrote as reason, followed by what the check says; an older check is replaced."""
    kept = written.partition(MARK)[0].removesuffix("<br />").rstrip()
    return f"{kept}<br />{own}" if kept and own else kept or own


def _table(name: str, *columns: str) -> Any:
    from sqlalchemy import column, table

    return table(name, *(column(each) for each in columns))
