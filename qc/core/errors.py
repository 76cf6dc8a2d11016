"""Errors that qc raises: each tells what happened, where, and what to do about it."""

from __future__ import annotations


class QcError(Exception):
    """Base of all errors raised by qc.

    `what` happened, `where` (file, key, rule), and `remedy`: what the user can do. `vi` is the
    whole message in Vietnamese, for errors that an editor sees.
    """

    def __init__(self, what: str, *, where: str = "", remedy: str = "", vi: str = "") -> None:
        self.what = what
        self.where = where
        self.remedy = remedy
        self.vi = vi
        super().__init__(str(self))

    def __str__(self) -> str:
        head = f"{self.where}: {self.what}" if self.where else self.what
        return f"{head}. {self.remedy}" if self.remedy else head

    def message(self, lang: str) -> str:
        """The message in `lang`; in English where there is no Vietnamese one."""
        if lang == "vi" and self.vi:
            return f"{self.where}: {self.vi}" if self.where else self.vi
        return str(self)


class LoadError(QcError):
    """A document could not be read; the article still gets a report (`incomplete`)."""


class PolicyError(QcError):
    """A policy is wrong: nothing is checked until it is mended."""


class UsageError(QcError):
    """The caller asked for something that does not exist (path, format, rule)."""


class Unavailable(QcError):
    """A check cannot run here: a library, program or model is missing, or a limit was hit."""
