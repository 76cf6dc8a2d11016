"""The worker pool: processes with warm models that do the checking."""
