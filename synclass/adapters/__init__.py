"""The outside world behind the ports: memory, files, SQLite, Redis."""
