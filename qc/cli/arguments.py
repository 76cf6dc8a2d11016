"""The arguments of `qc check`, read without Typer: a plain check must start fast."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

FORMATS = ("text", "json", "jsonl", "html", "sarif", "junit", "github", "rdjson", "csv", "xlsx")
LANGUAGES = ("vi", "en")
FAIL_ON = ("review", "block")
_WITH_VALUE = {
    "--policy": "policy",
    "-p": "policy",
    "--format": "format",
    "-f": "format",
    "--output": "output",
    "-o": "output",
    "--lang": "lang",
    "--date": "date",
    "--fail-on": "fail_on",
}


@dataclass(slots=True)
class CheckArguments:
    """What `qc check` was asked to do."""

    paths: list[str] = field(default_factory=list)
    policy: str = "co-so"
    format: str = "text"
    output: str | None = None
    lang: str = ""
    date: str | None = None
    fail_on: str = "block"
    timings: bool = False


def parse_check(argv: list[str]) -> CheckArguments | None:
    """Arguments of a plain `qc check …`; None where Typer must explain or refuse them."""
    arguments = CheckArguments(lang=default_lang())
    position = 0
    while position < len(argv):
        word = argv[position]
        position += 1
        if word == "--":
            arguments.paths += argv[position:]
            break
        if word == "--timings":
            arguments.timings = True
        elif word.startswith("-"):
            name, equals, value = word.partition("=")
            attribute = _WITH_VALUE.get(name)
            if attribute is None:
                return None
            if not equals:
                if position >= len(argv):
                    return None
                value = argv[position]
                position += 1
            setattr(arguments, attribute, value)
        else:
            arguments.paths.append(word)
    return arguments if _valid(arguments) else None


def default_lang() -> str:
    """QC_LANG, else English where the locale says so, else Vietnamese."""
    asked = os.environ.get("QC_LANG", "")
    if asked in LANGUAGES:
        return asked
    locale = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG", "")
    return "en" if locale.startswith("en") else "vi"


def _valid(arguments: CheckArguments) -> bool:
    return bool(
        arguments.paths
        and arguments.format in FORMATS
        and arguments.lang in LANGUAGES
        and arguments.fail_on in FAIL_ON
    )
