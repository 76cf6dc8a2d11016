"""Addresses of databases get the driver that qc installs."""

from __future__ import annotations

import pytest

from qc.core.database_address import with_driver


@pytest.mark.parametrize(
    ("written", "used"),
    [
        ("mysql://doc:a@b@may/cong", "mysql+pymysql://doc:a@b@may/cong"),
        ("mariadb://may/cong", "mariadb+pymysql://may/cong"),
        ("postgres://may/cong", "postgresql+psycopg://may/cong"),
        ("postgresql://may/cong", "postgresql+psycopg://may/cong"),
        ("mysql+mysqldb://may/cong", "mysql+mysqldb://may/cong"),
        ("sqlite:///cong.db", "sqlite:///cong.db"),
        ("mysql", "mysql"),
        ("", ""),
    ],
)
def test_the_driver_is_named(written: str, used: str) -> None:
    assert with_driver(written) == used
