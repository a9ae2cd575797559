"""The processes of one server, one file each, so that each loads only what it is made of."""

import asyncio
from collections.abc import Callable, Coroutine
from contextlib import suppress
from signal import SIGINT, SIGTERM

from ..supervisor import die_with_parent


def run(
    work: Coroutine[None, None, None],
    loop: Callable[[], asyncio.AbstractEventLoop] = asyncio.new_event_loop,
) -> None:
    """Be this process until told to end, and not longer than the supervisor."""
    die_with_parent()
    with suppress(asyncio.CancelledError), asyncio.Runner(loop_factory=loop) as runner:
        runner.run(_until_told(work))


async def _until_told(work: Coroutine[None, None, None]) -> None:
    """The supervisor says TERM: a file that is being written is finished first."""
    task = asyncio.ensure_future(work)
    for told in (SIGTERM, SIGINT):
        asyncio.get_running_loop().add_signal_handler(told, task.cancel)
    await task
