"""Addresses of databases as people write them, with the driver that qc installs."""

from __future__ import annotations

DRIVERS = {
    "mysql": "mysql+pymysql",
    "mariadb": "mariadb+pymysql",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
}


def with_driver(address: str) -> str:
    """`mysql://…` as `mysql+pymysql://…`; an address that names its driver stays as it is."""
    scheme, mark, rest = address.partition("://")
    return f"{DRIVERS.get(scheme, scheme)}{mark}{rest}" if mark else address
