"""The robots' parts: a client of a lesson in Python, its voice and picture, and what they teach."""
