"""A manifest is believed as it was signed, and not with a byte of it changed."""

import pytest
from msgspec import structs

from recorder import manifest
from recorder.manifest import File, Manifest, Segment
from synclass.errors import Malformed

SEAL = bytes(range(32))
PAGE = "ab" * 32 + ".webp"
FILES = [File("media/t.voice.1.webm", 9, "00" * 32), File(f"pages/{PAGE}", 7, "11" * 32)]
WHOLE = Manifest(
    kind="synclass manifest",
    version=1,
    lesson="l1",
    ended=1_800_000_000.0,
    reason="teacher",
    signed=1_800_000_000.5,
    log=[Segment("000001.log", 100, 3, "22" * 16)],
    files=FILES,
    key=manifest.public(SEAL),
)


def test_what_was_signed_is_read_again() -> None:
    assert manifest.read(manifest.sign(WHOLE, SEAL)) == WHOLE


def test_it_is_not_believed_with_one_byte_changed_or_cut_anywhere() -> None:
    data = manifest.sign(WHOLE, SEAL)
    for at in range(len(data)):
        flipped = bytearray(data)
        flipped[at] ^= 4
        for bad in (bytes(flipped), data[:at]):
            with pytest.raises(Malformed):
                print(manifest.read(bad))


def test_anothers_signature_under_our_key_is_refused() -> None:
    with pytest.raises(Malformed, match="signature is wrong"):
        manifest.read(manifest.sign(WHOLE, bytes(32)))


def test_a_later_version_is_called_so() -> None:
    with pytest.raises(Malformed, match="version 2"):
        manifest.read(manifest.sign(structs.replace(WHOLE, version=2), SEAL))


def test_fields_of_a_later_time_are_passed_over() -> None:
    later = {**structs.asdict(WHOLE), "weather": "rain"}
    data = manifest.sign(later, SEAL)  # type: ignore[arg-type]
    assert manifest.read(data) == WHOLE


@pytest.mark.parametrize(
    "name",
    [
        "media/../../secret.key",
        "media//etc/passwd",
        "/etc/passwd",
        "../l2/media/t.voice.1.webm",
        "media/t.voice.1.webm/../x",
        "log/000001.log",
        "pages/../log/000001.log",
        "media/t.voice.1.webm\x00",
        "",
    ],
)
def test_a_name_that_leads_elsewhere_is_refused(name: str) -> None:
    bad = structs.replace(WHOLE, files=[File(name, 1, "00" * 32)])
    with pytest.raises(Malformed):
        manifest.read(manifest.sign(bad, SEAL))


def test_a_segment_of_another_folder_and_a_file_named_twice_are_refused() -> None:
    strange = structs.replace(WHOLE, log=[Segment("../000001.log", 1, 1, "22" * 16)])
    twice = structs.replace(WHOLE, files=[FILES[0], FILES[0]])
    for bad in (strange, twice):
        with pytest.raises(Malformed):
            manifest.read(manifest.sign(bad, SEAL))


def test_a_manifest_without_end_is_not_read() -> None:
    with pytest.raises(Malformed, match="longest"):
        manifest.read(bytes(manifest.LONGEST + 1))
