"""Batches: archives of posts checked again, and the audit of a whole portal."""
