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


def place_of(error: BaseException) -> str:
    """Module and line where an error was raised; empty where it was not."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return ""
    return f"{trace.tb_frame.f_globals.get('__name__', '?')}:{trace.tb_lineno}"


def crash_of(error: BaseException) -> str:
    """What broke and where, without the text of the error, which may hold that of an article."""
    place = place_of(error)
    return f"{type(error).__name__} ({place})" if place else type(error).__name__
