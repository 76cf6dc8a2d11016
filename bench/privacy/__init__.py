"""Benchmarks of personal data and lists of pupils."""
