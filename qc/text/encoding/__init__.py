"""Checks of how text is encoded: Unicode forms, old encodings, invisible or broken letters."""
