"""Migrations of the store, run by alembic when the store is opened."""
