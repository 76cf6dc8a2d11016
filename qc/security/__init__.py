"""Checks of markup, links, attachments and personal data."""
