"""What whoever has a film made, and the child that makes it, agree upon; nothing here draws."""

NAME, CAPTIONS = "film.mp4", "chat.vtt"
RESERVE = 2 * 1024 * 1024 * 1024  # bytes of the disk that stay free for what is recorded
REFUSED, LATER = 3, 4
"""Exit codes that say: a code and a sentence are on stderr; and whether to try again."""
