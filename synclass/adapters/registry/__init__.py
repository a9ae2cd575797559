"""The registry in SQL: a SQLite file, or PostgreSQL by its URL; the same tables in both."""

from .registry import SqlRegistry

__all__ = ["SqlRegistry"]
