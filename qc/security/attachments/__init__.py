"""Attached files: what they are, what they hide, and the text in them."""
