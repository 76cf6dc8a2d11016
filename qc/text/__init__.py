"""Checks of Vietnamese text."""
