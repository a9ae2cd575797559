"""Pre-class: what happens before the bell. A file put here is a channel."""
