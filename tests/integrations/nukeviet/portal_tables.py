"""A portal in the tables that NukeViet's news module is documented to have; for tests."""

from __future__ import annotations

import html
from typing import Any

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, Text, insert, select

CLEAN = (
    "<p>Sáng nay, các em học sinh khối 6 cùng thầy cô trồng cây trong sân trường. Hoạt động diễn "
    "ra trong hai giờ, với sự tham gia của đông đảo phụ huynh.</p>"
)
BANNED = (
    "<p>Link vào nhà cái uy tín số 1, đăng ký ngay nhận thưởng 100k, nổ hũ đổi thưởng, casino "
    "trực tuyến.</p>"
)
PERSONAL = "<p>Đồ chó đẻ. Số căn cước của em là 001204012345, gọi 0912345678.</p>"
SAPO = (
    "Sáng nay, học sinh khối 6 cùng thầy cô trồng cây trong sân trường, mở đầu năm học mới với "
    "nhiều việc làm có ích."
)
TIME = 1_790_000_000
MISSING = object()


class PortalTables:
    """The tables of some news modules; `reasons` is whether detail has reject_reason."""

    def __init__(
        self,
        engine: Engine,
        *,
        prefix: str = "nv4",
        modules: tuple[tuple[str, str], ...] = (("vi", "news"),),
        reasons: bool = True,
    ) -> None:
        self.engine = engine
        self.prefix = prefix
        self.meta = MetaData()
        self.kind = {"mysql_engine": "InnoDB" if reasons else "MyISAM", "mysql_charset": "utf8mb4"}
        self._table(f"{prefix}_users", "userid:key", "username", "first_name", "last_name")
        for lang in dict.fromkeys(lang for lang, _ in modules):
            names = ("title:key", "module_file", "module_data", "module_upload")
            self._table(f"{prefix}_{lang}_modules", *names)
        for lang, name in modules:
            self._module(lang, name, reasons)
        self.meta.create_all(engine)
        for lang, name in modules:
            upload = name.replace("_", "-")
            self.add(f"{prefix}_{lang}_modules", title=name, module_data=name, module_upload=upload)
            for catid, title in ((1, "Tin tức"), (2, "Thông báo"), (3, "Tuyển sinh")):
                self.add(f"{prefix}_{lang}_{name}_cat", catid=catid, title=title)

    def _module(self, lang: str, name: str, reasons: bool) -> None:
        table = f"{self.prefix}_{lang}_{name}"
        for each in ("rows", "1", "2", "3"):
            self._table(
                f"{table}_{each}",
                *("id:int", "catid:int", "listcatid", "admin_id:int", "author", "sourceid:int"),
                *("addtime:int", "edittime:int", "status:int", "publtime:int", "exptime:int"),
                *("title", "alias", "hometext:text", "homeimgfile", "homeimgalt"),
            )
        detail = ["id:int", "titlesite", "description:text", "bodyhtml:text", "keywords"]
        detail += ["sourcetext", "files:text", *(["reject_reason:text"] if reasons else [])]
        self._table(f"{table}_detail", *detail)
        self._table(f"{table}_cat", "catid:int", "title")
        self._table(f"{table}_sources", "sourceid:int", "title", "link")
        self._table(f"{table}_authorlist", "id:int", "aid:int", "pseudonym")
        self._table(f"{table}_tags_id", "id:int", "tid:int", "keyword")
        self._table(
            f"{table}_logs",
            *("id:key", "sid:int", "userid:int", "log_key", "status:int", "note", "set_time:int"),
        )

    def _table(self, name: str, *columns: str) -> None:
        made = []
        for each in columns:
            column, _, kind = each.partition(":")
            if kind == "key":
                numeric = column != "title"
                type_ = Integer() if numeric else String(50)
                made.append(Column(column, type_, primary_key=True, autoincrement=numeric))
            elif kind == "int":
                made.append(Column(column, Integer, nullable=False, server_default="0"))
            else:
                made.append(Column(column, Text() if kind == "text" else String(255)))
        Table(name, self.meta, *made, **self.kind)  # type: ignore[arg-type]

    def add(self, table: str, **values: Any) -> None:
        """Insert a row."""
        with self.engine.begin() as connection:
            connection.execute(insert(self.meta.tables[table]).values(**values))

    def article(
        self,
        number: int,
        status: int,
        body: str = CLEAN,
        *,
        module: str = "vi_news",
        **changed: Any,
    ) -> None:
        """An article with its copies in the tables of its categories."""
        table = f"{self.prefix}_{module}"
        row = {
            "id": number,
            "catid": 1,
            "listcatid": "1,2",
            "admin_id": 3,
            "author": "Trần Thị Bình",
            "addtime": TIME,
            "edittime": TIME,
            "publtime": TIME,
            "status": status,
            "title": html.escape("Học sinh khối 6 trồng cây: “Vì sân trường xanh”"),
            "alias": "hoc-sinh-trong-cay",
            "hometext": html.escape(SAPO),
        }
        reason = changed.pop("reject_reason", MISSING)
        files = changed.pop("files", "")
        row |= changed
        for each in ("rows", *str(row["listcatid"]).split(",")):
            self.add(f"{table}_{each}", **row)
        more = {} if reason is MISSING else {"reject_reason": reason}
        self.add(f"{table}_detail", id=number, bodyhtml=body, files=files, **more)

    def states(self, number: int, module: str = "vi_news", cats: str = "12") -> list[int]:
        """The state of an article in rows and in the copies of its categories."""
        names = [f"{self.prefix}_{module}_{each}" for each in ("rows", *cats)]
        return [self.column(name, "status", number) for name in names]

    def column(self, table: str, column: str, number: int, key: str = "id") -> Any:
        """One value."""
        found = self.meta.tables[table]
        with self.engine.connect() as connection:
            query = select(found.c[column]).where(found.c[key] == number)
            return connection.execute(query).scalar()

    def reason(self, number: int, module: str = "vi_news") -> str:
        """The reason as NukeViet shows it."""
        return str(self.column(f"{self.prefix}_{module}_detail", "reject_reason", number) or "")

    def logs(self, module: str = "vi_news") -> list[tuple[int, int, int, str]]:
        """Article, state, user and note of every log entry."""
        found = self.meta.tables[f"{self.prefix}_{module}_logs"]
        with self.engine.connect() as connection:
            rows = connection.execute(select(found).order_by(found.c.id)).all()
        return [(each.sid, each.status, each.userid, each.note) for each in rows]
