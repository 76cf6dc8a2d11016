"""The commands that this shell adds to qc."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    """Add this shell's commands to the Typer application."""
    from qc.batch.archive.command import sample_archive
    from qc.batch.audit.command import audit_command
    from qc.batch.cache_command import cache_app
    from qc.batch.recheck_command import recheck_command

    app.command("audit")(audit_command)
    app.add_typer(cache_app, name="cache")
    app.command("recheck")(recheck_command)
    app.command("sample-archive")(sample_archive)
