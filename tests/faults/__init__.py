"""Faults: what dies, fills up or misbehaves in a whole real server, and what a class notices."""
