"""Devices: found by code while they wait and by id from then on, and forgotten if nobody came."""

import pytest
from msgspec import structs

from synclass.errors import Refused
from synclass.ports import Device, Registry

ONE = Device("d1", "hash-1", "123456", 1000.0)
OTHER = Device("d2", "hash-2", "654321", 1100.0)
PAIRED = structs.replace(ONE, code="", classroom="town-0", paired_at=1200.0, by="admin")


async def test_a_device_that_waits_is_found_by_its_code(registry: Registry) -> None:
    await registry.save_device(ONE)
    assert await registry.device_by_code("123456") == ONE
    assert await registry.device_by_code("") is None
    with pytest.raises(Refused) as refusal:
        await registry.save_device(structs.replace(OTHER, code="123456"))
    assert refusal.value.code == "code-taken"
    assert await registry.devices() == []


async def test_a_paired_device_is_found_by_its_id_until_it_is_removed(registry: Registry) -> None:
    for device in (ONE, PAIRED, structs.replace(OTHER, code="", classroom="x", paired_at=1300.0)):
        await registry.save_device(device)
    await registry.see_device("d1", 2000.0)
    seen = structs.replace(PAIRED, seen_at=2000.0)
    assert [device.id for device in await registry.devices()] == ["d2", "d1"]
    assert await registry.device("d1") == seen
    assert await registry.devices_named({"d1", "d9"}) == {"d1": seen}
    assert await registry.devices_named(()) == {}
    assert await registry.remove_device("d1")
    assert not await registry.remove_device("d1")
    assert await registry.device("d1") is None


async def test_who_was_not_paired_in_time_is_forgotten(registry: Registry) -> None:
    for device in (ONE, OTHER, structs.replace(PAIRED, id="d3", asked_at=1.0)):
        await registry.save_device(device)
    assert await registry.forget_waiting(1050.0) == 1
    assert await registry.device("d1") is None
    assert await registry.device("d2") == OTHER
    assert await registry.device("d3") is not None
