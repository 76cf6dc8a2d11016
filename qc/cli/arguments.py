"""The arguments of `qc check`, read without Typer: a plain check must start fast."""

from __future__ import annotations

import os

from qc.core.record import dataclass, field

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
    "--baseline": "baseline",
    "--write-baseline": "write_baseline",
    "--config": "config",
}


@dataclass(slots=True)
class CheckArguments:
    """What `qc check` was asked to do."""

    paths: list[str] = field(default_factory=list)
    policy: str = ""
    format: str = ""
    output: str | None = None
    lang: str = ""
    date: str | None = None
    fail_on: str = ""
    baseline: str | None = None
    write_baseline: str | None = None
    config: str | None = None
    timings: bool = False
    thorough: bool = False

    def settled(self) -> CheckArguments:
        """With what the command line leaves open taken from the configuration."""
        from qc.cli.config import read_config

        config = read_config(self.config)
        return CheckArguments(
            paths=self.paths,
            policy=self.policy or config.get("policy", "co-so"),
            format=self.format or config.get("format", "text"),
            output=self.output,
            lang=self.lang or config.get("lang") or default_lang(),
            date=self.date,
            fail_on=self.fail_on or config.get("fail-on", "block"),
            baseline=self.baseline or config.get("baseline"),
            write_baseline=self.write_baseline,
            config=self.config,
            timings=self.timings,
            thorough=self.thorough,
        )


def parse_check(argv: list[str]) -> CheckArguments | None:
    """Arguments of a plain `qc check …`; None where Typer must explain or refuse them."""
    arguments = CheckArguments()
    position = 0
    while position < len(argv):
        word = argv[position]
        position += 1
        if word == "--":
            arguments.paths += argv[position:]
            break
        if word in ("--timings", "--thorough"):
            setattr(arguments, word[2:], True)
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
        and arguments.format in ("", *FORMATS)
        and arguments.lang in ("", *LANGUAGES)
        and arguments.fail_on in ("", *FAIL_ON)
    )
