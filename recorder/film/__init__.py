"""A lesson as a film: its board drawn over time, its voices mixed, for any player."""
