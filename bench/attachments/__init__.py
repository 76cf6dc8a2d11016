"""Benchmarks of attachments."""
