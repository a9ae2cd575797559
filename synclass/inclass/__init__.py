"""In-class: what happens between the bells. A file put here is a channel."""
