"""`python -m qc.cli`."""

from qc.cli.main import run

run()
