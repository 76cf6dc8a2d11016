"""Errors that qc raises: each tells what happened, where, and what to do about it."""

from __future__ import annotations


class QcError(Exception):
    """Base of all errors raised by qc.

    `what` happened, `where` (file, key, rule), and `remedy`: what the user can do.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.remedy}" if self.remedy else head


class LoadError(QcError):
    """A document could not be read; the article still gets a report (`incomplete`)."""


class PolicyError(QcError):
    """A policy is wrong: nothing is checked until it is mended."""


class UsageError(QcError):
    """The caller asked for something that does not exist (path, format, rule)."""


class Unavailable(QcError):
    """A check cannot run here: a library, program or model is missing, or a limit was hit."""
