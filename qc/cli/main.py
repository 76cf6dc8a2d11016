"""The entry point: a plain `qc check` takes the fast way, everything else goes through Typer."""

from __future__ import annotations

import gc
import os
import sys


def run() -> None:
    """Run qc and exit with its code."""
    code = main(sys.argv[1:])
    _keep_patterns()
    gc.freeze()  # nothing left is worth a search for cycles
    sys.exit(code)


def main(argv: list[str]) -> int:
    """Run qc with these arguments; gives the exit code."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(name, "1")  # read by numpy and OpenCV when they are first imported
    gc.set_threshold(500_000, 10, 10)  # loading makes many objects and hardly any garbage
    from qc.core.errors import QcError

    try:
        if argv[:1] == ["check"]:
            from qc.cli.arguments import parse_check

            arguments = parse_check(argv[1:])
            if arguments is not None:
                from qc.cli.check import run_check

                return run_check(arguments)
        if argv == ["--version"]:
            from qc import __version__

            print(f"qc {__version__}")
            return 0
        return _typer(argv)
    except QcError as error:
        from qc.cli.arguments import default_lang

        print(f"qc: {error.message(_asked_lang(argv) or default_lang())}", file=sys.stderr)
        return 2
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _keep_patterns() -> None:
    """Patterns compiled in this run are kept for the next one."""
    patterns = sys.modules.get("qc.core.patterns")
    if patterns is not None:
        patterns.STORE.save()


def _asked_lang(argv: list[str]) -> str | None:
    for index, word in enumerate(argv):
        if word == "--lang" and index + 1 < len(argv):
            return argv[index + 1]
        if word.startswith("--lang="):
            return word.removeprefix("--lang=")
    return None


def _typer(argv: list[str]) -> int:
    from qc.cli.app import app

    try:
        app(args=argv, prog_name="qc")
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else 0 if stop.code is None else 2
    return 0


if __name__ == "__main__":
    run()
