"""Post-class: what happens after the bell. A file put here is a channel."""
