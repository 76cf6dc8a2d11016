"""Measurements of `qc recheck`."""
