"""What the side-car is asked to do, and where the site's own settings say how to reach it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qc.core.errors import UsageError
from qc.core.record import dataclass

SETTING = re.compile(r"""^\s*\$(\w+)\['(\w+)'\]\s*=\s*'((?:\\.|[^'\\])*)'""", re.MULTILINE)
COMMENT = re.compile(r"/\*.*?\*/|^\s*(?://|#).*?$", re.DOTALL | re.MULTILINE)
DRIVERS = {"mysql": "mysql+pymysql", "mysqli": "mysql+pymysql"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """`modules` are pairs of language and table name; empty: every news module that is found.

    `fail_on` is the verdict from which an article is sent back; `userid` signs the log of NukeViet;
    `interval_s` is the pause between two rounds; `reports` a folder for whole reports.
    """

    database: str
    prefix: str = "nv4"
    root: Path | None = None
    hosts: tuple[str, ...] = ()
    base: str = "/"
    modules: tuple[tuple[str, str], ...] = ()
    policy: str = "co-so"
    fail_on: str = "block"
    dry_run: bool = False
    userid: int = 0
    lang: str = "vi"
    interval_s: float = 60.0
    reports: Path | None = None

    def require_media(self) -> None:
        """Raise UsageError where pictures could neither be opened nor be told to be the site's."""
        if self.root is None and not self.hosts:
            raise UsageError(
                "the pictures of the site cannot be found",
                where="--root",
                remedy="Give --root; or --host, and pictures count as not checked.",
                vi="không biết ảnh của trang nằm đâu; hãy thêm --root, hoặc --host để ảnh được "
                "tính là chưa kiểm tra",
            )
        if self.root is not None and not (self.root / "uploads").is_dir():
            raise UsageError(
                "holds no folder uploads",
                where=str(self.root),
                remedy="Give the folder of the web site.",
                vi="không có thư mục uploads; hãy chỉ đúng thư mục của trang",
            )


def site_settings(root: Path) -> dict[str, Any]:
    """`database`, `prefix` and `hosts` from the config.php of a site. Raises UsageError."""
    path = root / "config.php"
    try:
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {type(error).__name__}",
            where=str(path),
            remedy="Give --database, or the folder of the site with --root.",
            vi="không đọc được; hãy thêm --database, hoặc chỉ đúng thư mục của trang bằng --root",
        ) from error
    known = {(name, key): _unquoted(value) for name, key, value in SETTING.findall(text)}
    settings = {key: value for (name, key), value in known.items() if name == "db_config"}
    missing = [each for each in ("dbhost", "dbname", "dbuname") if not settings.get(each)]
    driver = DRIVERS.get(settings.get("dbtype", "mysql"))
    if missing or driver is None:
        raise UsageError(
            f"names no database that can be reached ({', '.join(missing) or 'dbtype'})",
            where=str(path),
            remedy="Give --database.",
            vi="không ghi cơ sở dữ liệu dùng được; hãy thêm --database",
        )
    return {
        "database": _address(driver, settings),
        "prefix": settings.get("prefix") or "nv4",
        "hosts": _hosts(known.get(("global_config", "site_domain"), "")),
    }


def module_of(written: str) -> tuple[str, str]:
    """`vi:news` as language and table name. Raises UsageError."""
    lang, colon, name = written.partition(":")
    if not colon or not re.fullmatch(r"[a-z]{2}", lang) or not re.fullmatch(r"[a-z0-9_]+", name):
        raise UsageError(
            f"{written!r} is not LANGUAGE:MODULE",
            where="--module",
            remedy="Write vi:news.",
            vi=f"{written!r} không phải NGÔN_NGỮ:MÔ_ĐUN, ví dụ vi:news",
        )
    return lang, name


def _address(driver: str, settings: dict[str, str]) -> str:
    from sqlalchemy import URL

    port = settings.get("dbport", "")
    address = URL.create(
        driver,
        settings["dbuname"],
        settings.get("dbpass") or None,
        settings["dbhost"],
        int(port) if port.isdecimal() else None,
        settings["dbname"],
        {"charset": "utf8mb4"},
    )
    return address.render_as_string(hide_password=False)


def _hosts(domains: str) -> tuple[str, ...]:
    found = [
        urlsplit(each if "//" in each else f"//{each}").hostname for each in domains.split(",")
    ]
    return tuple(each.lower() for each in found if each)


def _unquoted(value: str) -> str:
    return re.sub(r"\\(['\\])", r"\1", value)
