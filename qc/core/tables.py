"""Tables: rows of a tab-separated file of policies/, read strictly and cheaply.

A spreadsheet opens them, a diff shows one row per line, and 4,000 rows load in milliseconds.
"""

from __future__ import annotations

from qc.core.data import data_dir
from qc.core.errors import PolicyError


def read_table(name: str, columns: tuple[str, ...]) -> list[list[str]]:
    """The rows of `policies/NAME`, without the head; lines that begin with `#` are notes.

    PolicyError where the file is missing, the head is another one, or a row has another
    number of cells.
    """
    path = data_dir() / name
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(str(error), where=name, remedy="Install qc again.") from error
    rows: list[list[str]] = []
    head: list[str] | None = None
    for number, line in enumerate(lines, 1):
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if head is None:
            head = cells
            if cells != list(columns):
                raise PolicyError(
                    f"the columns are {cells}",
                    where=f"{name}:{number}",
                    remedy=f"They must be {list(columns)}.",
                )
            continue
        if len(cells) != len(columns):
            raise PolicyError(
                f"{len(cells)} cells, not {len(columns)}",
                where=f"{name}:{number}",
                remedy="Separate the cells by one tab each.",
            )
        rows.append(cells)
    return rows
