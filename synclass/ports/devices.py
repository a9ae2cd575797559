"""Devices that stand in classrooms, and which of them an admin has said to belong there."""

from collections.abc import Collection
from typing import Protocol

from msgspec import Struct


class Device(Struct, frozen=True):
    """A classroom's computer: it waits to be paired, or opens its classroom's lessons."""

    id: str
    secret: str
    """A hash of what the device keeps, never that itself."""
    code: str
    """What its screen shows until it is paired, "" from then on."""
    asked_at: float
    classroom: str = ""
    paired_at: float = 0.0
    by: str = ""
    """The account of who paired it."""
    seen_at: float = 0.0


class Devices(Protocol):
    """Devices that stand in classrooms."""

    async def device(self, id_: str) -> Device | None: ...
    async def device_by_code(self, code: str) -> Device | None: ...
    async def save_device(self, device: Device) -> None:
        """Add or replace by id; raises Refused("code-taken") where another shows the code."""

    async def see_device(self, id_: str, at: float) -> None:
        """It was there at that time."""

    async def remove_device(self, id_: str) -> bool:
        """Whether there was one."""

    async def forget_waiting(self, before: float) -> int:
        """Forget those that asked before and were not paired; says how many still wait."""

    async def devices(self) -> list[Device]:
        """Those that are paired, the newest first."""

    async def devices_named(self, ids: Collection[str]) -> dict[str, Device]:
        """Those of these ids that there are."""
