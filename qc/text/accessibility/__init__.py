"""Accessibility: what readers who do not see, hear or hold a mouse need from an article."""
