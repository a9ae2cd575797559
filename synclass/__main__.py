"""`python -m synclass` is the `synclass` command."""

from .cli import main

main()
