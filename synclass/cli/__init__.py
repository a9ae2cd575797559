"""The `synclass` command: each part is a file beside this one, loaded when it is asked for."""

from importlib import import_module

import click

from ..errors import Malformed, Refused, Unavailable

PARTS = (
    *("admin", "backup", "bench", "check", "compliance", "export", "generate", "import", "pack"),
    *("photographs", "pupil", "restore", "robots", "serve"),
)

FILES = {"import": "bring"}
"""Of those whose name no file can have."""


class Commands(click.Group):
    """Finds a command in the file of its name, and says our errors in one line with their code."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(PARTS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in PARTS:
            return None
        file = FILES.get(cmd_name, cmd_name)
        command: click.Command = import_module(f"{__name__}.{file}").command
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except (Refused, Malformed, Unavailable) as error:
            raise click.ClickException(f"{error} [{error.code}]") from error


@click.group(cls=Commands)
@click.version_option(package_name="synclass")
def main() -> None:
    """One teacher's lesson, shared by many village classrooms."""
