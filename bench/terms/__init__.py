"""Benchmarks of the term matcher."""
