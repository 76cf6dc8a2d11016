"""`python -m qc`."""

from qc.cli.main import run

run()
