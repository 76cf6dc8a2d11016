"""Databases through SQLAlchemy: WordPress, NukeViet, or the rows of a query.

Rows are read in pages by key, so that neither the driver nor qc holds a table in memory and a
long run keeps no transaction open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from qc.batch.records import Record, as_time, record_of
from qc.batch.sources.files import shown
from qc.batch.sources.options import ReadOptions
from qc.core.database_address import with_driver
from qc.core.errors import UsageError
from qc.core.record import replace
from qc.documents import nukeviet, wordpress
from qc.documents.posts import unix_time
from qc.documents.rows import post_of_row

if TYPE_CHECKING:
    from sqlalchemy import Connection

PAGE_ROWS = 500
TYPES = ("post", "page")
Row = Mapping[str, Any]


def database_records(address: str, options: ReadOptions) -> Iterator[Record]:
    """The posts of a database. Raises UsageError where it cannot be reached or is unknown."""
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    name = urlsplit(address).path.rsplit("/", 1)[-1] or "database"
    try:
        engine = create_engine(with_driver(address))
        with engine.connect() as connection:
            if options.query:
                yield from _query(connection, options, name)
            else:
                yield from _known(connection, options, name)
    except (SQLAlchemyError, ImportError) as error:
        reason = str(getattr(error, "orig", None) or error).splitlines()[0]
        raise UsageError(
            f"the database cannot be read: {reason}",
            where=name,
            remedy="Check address, rights and driver.",
            vi=f"không đọc được cơ sở dữ liệu: {reason}",
        ) from error
    finally:
        if "engine" in locals():
            engine.dispose()


def _query(connection: Connection, options: ReadOptions, name: str) -> Iterator[Record]:
    from sqlalchemy import text

    found = connection.execution_options(stream_results=True, max_row_buffer=PAGE_ROWS)
    rows = found.execute(text(str(options.query))).mappings()
    for number, row in enumerate(rows, 1):
        post = post_of_row(dict(row), number, options.media)
        if shown(post, options):
            yield record_of(post, name)


def _known(connection: Connection, options: ReadOptions, name: str) -> Iterator[Record]:
    from sqlalchemy import inspect

    tables = set(inspect(connection).get_table_names())
    wanted = options.tables or ""
    for table in sorted(tables):
        if table.endswith("posts") and f"{table[:-5]}term_relationships" in tables:
            if table.startswith(wanted):
                yield from _wordpress(connection, table[:-5], options, name)
                return
        elif table.endswith("_rows") and f"{table[:-5]}_detail" in tables:
            prefix, _, rest = table[:-5].partition("_")
            lang, _, module = rest.partition("_")
            if table.startswith(wanted) and lang and module:
                yield from _nukeviet(connection, (prefix, lang, module), options, name)
                return
    raise UsageError(
        "holds neither the tables of WordPress nor those of NukeViet",
        where=name,
        remedy="Give --query 'SELECT …' with common column names, or --tables PREFIX.",
        vi="không có bảng của WordPress hay NukeViet; hãy thêm --query hoặc --tables",
    )


def _pages(connection: Connection, statement: str, key: str) -> Iterator[Sequence[Row]]:
    """Pages of rows; the statement takes `:after` and `:limit` and is ordered by `key`."""
    from sqlalchemy import text

    after = 0
    while True:
        values = {"after": after, "limit": PAGE_ROWS}
        rows = [dict(row) for row in connection.execute(text(statement), values).mappings()]
        connection.rollback()  # ends the read transaction
        if not rows:
            return
        yield rows
        after = int(rows[-1][key])


def _wordpress(
    connection: Connection, prefix: str, options: ReadOptions, name: str
) -> Iterator[Record]:
    site = wordpress.Site(options.media, options.hosts)
    state = "" if options.all_states else "AND p.post_status = 'publish' "
    statement = (
        'SELECT p.ID AS "ID", p.post_title, p.post_content, p.post_excerpt, p.post_status, '
        "p.post_type, p.post_date, p.post_modified, p.guid, u.display_name AS author "
        f"FROM {prefix}posts p LEFT JOIN {prefix}users u ON u.ID = p.post_author "
        "WHERE p.ID > :after AND p.post_type IN ('post', 'page') "
        f"AND p.post_status NOT IN ('auto-draft', 'inherit') {state}ORDER BY p.ID LIMIT :limit"
    )
    for rows in _pages(connection, _quoted(connection, statement), "ID"):
        keys = [int(row["ID"]) for row in rows]
        terms = _terms(connection, prefix, keys)
        pictures = _pictures(connection, prefix, keys)
        fields = _custom_fields(connection, prefix, keys)
        for row in rows:
            key = int(row["ID"])
            picture = pictures.get(key, (None, None))
            related = wordpress.Related(
                author=row["author"],
                categories=tuple(terms.get((key, "category"), ())),
                tags=tuple(terms.get((key, "post_tag"), ())),
                featured=picture[0],
                featured_alt=picture[1],
                meta=fields.get(key, {}),
            )
            yield record_of(wordpress.post_of(row, site, related), name)


def _quoted(connection: Connection, statement: str) -> str:
    """MySQL quotes names with backquotes."""
    mysql = connection.dialect.name in ("mysql", "mariadb")
    return statement.replace('"', "`") if mysql else statement


def _in(connection: Connection, statement: str, keys: Sequence[int]) -> Iterator[Row]:
    from sqlalchemy import bindparam, text

    if keys:
        query = text(statement).bindparams(bindparam("keys", expanding=True))
        for row in connection.execute(query, {"keys": list(keys)}).mappings():
            yield dict(row)


def _terms(
    connection: Connection, prefix: str, keys: Sequence[int]
) -> dict[tuple[int, str], list[str]]:
    statement = (
        f"SELECT r.object_id AS post, x.taxonomy, t.name FROM {prefix}term_relationships r "
        f"JOIN {prefix}term_taxonomy x ON x.term_taxonomy_id = r.term_taxonomy_id "
        f"JOIN {prefix}terms t ON t.term_id = x.term_id "
        "WHERE r.object_id IN :keys ORDER BY r.object_id, t.term_id"
    )
    found: dict[tuple[int, str], list[str]] = {}
    for row in _in(connection, statement, keys):
        found.setdefault((int(row["post"]), row["taxonomy"]), []).append(row["name"])
    return found


def _pictures(
    connection: Connection, prefix: str, keys: Sequence[int]
) -> dict[int, tuple[str | None, str | None]]:
    """Address and alternative text of the featured picture of each post."""
    statement = (
        f"SELECT m.post_id AS post, a.guid, d.meta_value AS alt, f.meta_value AS file "
        f"FROM {prefix}postmeta m JOIN {prefix}posts a ON a.ID = m.meta_value "
        f"LEFT JOIN {prefix}postmeta d ON d.post_id = a.ID "
        "AND d.meta_key = '_wp_attachment_image_alt' "
        f"LEFT JOIN {prefix}postmeta f ON f.post_id = a.ID AND f.meta_key = '_wp_attached_file' "
        "WHERE m.meta_key = '_thumbnail_id' AND m.post_id IN :keys"
    )
    found: dict[int, tuple[str | None, str | None]] = {}
    for row in _in(connection, statement, keys):
        file = f"wp-content/uploads/{row['file']}" if row["file"] else row["guid"]
        found[int(row["post"])] = (file, row["alt"])
    return found


def _custom_fields(
    connection: Connection, prefix: str, keys: Sequence[int]
) -> dict[int, dict[str, str]]:
    """The custom fields of each post that name who approved it."""
    names = ", ".join(f"'{each}'" for each in (*wordpress.APPROVERS, wordpress.PASSED))
    statement = (
        f"SELECT post_id AS post, meta_key AS name, meta_value AS written FROM {prefix}postmeta "
        f"WHERE post_id IN :keys AND meta_key IN ({names}) ORDER BY meta_id"
    )
    found: dict[int, dict[str, str]] = {}
    for row in _in(connection, statement, keys):
        found.setdefault(int(row["post"]), {})[row["name"]] = row["written"] or ""
    return found


def _nukeviet(
    connection: Connection, names: tuple[str, str, str], options: ReadOptions, name: str
) -> Iterator[Record]:
    prefix, lang, news = names
    module = nukeviet.Module(prefix, lang, news, root=options.media, hosts=options.hosts)
    common = nukeviet.Related(
        categories=_titles(connection, module.table("cat"), "catid"),
        sources=_titles(connection, module.table("sources"), "sourceid"),
    )
    columns = ", ".join(
        [f"r.{each}" for each in nukeviet.ROW_COLUMNS]
        + [f"d.{each}" for each in nukeviet.DETAIL_COLUMNS]
    )
    state = "" if options.all_states else "AND r.status = 1 "
    statement = (
        f"SELECT {columns} FROM {module.table('rows')} r "
        f"LEFT JOIN {module.table('detail')} d ON d.id = r.id "
        f"WHERE r.id > :after {state}ORDER BY r.id LIMIT :limit"
    )
    has_log = _has_log(connection, module)
    for rows in _pages(connection, statement, "id"):
        keys = [int(row["id"]) for row in rows]
        passed = _passed_by(connection, module, keys) if has_log else {}
        for row in rows:
            related = replace(common, approved_by=passed.get(int(row["id"]), ""))
            edited = unix_time(row["edittime"]) or unix_time(row["addtime"])
            source = nukeviet.source_of(row, module, related)
            yield Record(str(row["id"]), source, as_time(edited), _alias(row, module))


def _has_log(connection: Connection, module: nukeviet.Module) -> bool:
    from sqlalchemy import inspect

    tables = set(inspect(connection).get_table_names())
    return {module.table("logs"), f"{module.prefix}_users"} <= tables


def _passed_by(
    connection: Connection, module: nukeviet.Module, keys: Sequence[int]
) -> dict[int, str]:
    """Who published each article, or asked for its publication: the last one in the log."""
    states = (nukeviet.Status.PUBLISHED, nukeviet.Status.PUBLICATION_ASKED)
    statement = (
        "SELECT l.sid AS article, u.username, u.first_name, u.last_name "
        f"FROM {module.table('logs')} l JOIN {module.prefix}_users u ON u.userid = l.userid "
        f"WHERE l.sid IN :keys AND l.log_key = '{nukeviet.STATE_CHANGED}' "
        f"AND l.status IN ({', '.join(str(int(each)) for each in states)}) ORDER BY l.id"
    )
    rows = _in(connection, statement, keys)
    return {int(row["article"]): nukeviet.person_of(row) for row in rows}


def _alias(row: Row, module: nukeviet.Module) -> str | None:
    """The address of an article, where the site is known."""
    if not module.hosts or not row["alias"]:
        return None
    return (
        f"https://{module.hosts[0]}{module.base_path}{module.name}/{row['alias']}-{row['id']}.html"
    )


def _titles(connection: Connection, table: str, key: str) -> dict[int, str]:
    from sqlalchemy import text
    from sqlalchemy.exc import SQLAlchemyError

    try:
        rows = connection.execute(text(f"SELECT {key} AS number, title FROM {table}")).mappings()
        return {int(row["number"]): nukeviet.unescaped(row["title"]) for row in rows}
    except SQLAlchemyError:
        connection.rollback()
        return {}  # a table that this version of the module does not have
