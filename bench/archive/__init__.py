"""Measurements on sample archives: what is found of what was planted, and at what cost."""
