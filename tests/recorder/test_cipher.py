"""A byte of a locked file opens by itself, wherever it lies and however it was written."""

from hypothesis import given
from hypothesis import strategies as st

from recorder.cipher import KEY, MARK, Cipher, mark, marked

KEYS = st.builds(Cipher, st.binary(min_size=KEY, max_size=KEY), st.binary(min_size=16, max_size=16))


@given(KEYS, st.binary(max_size=400), st.integers(0, 1 << 40), st.data())
def test_any_piece_opens_by_itself(
    cipher: Cipher, said: bytes, at: int, data: st.DataObject
) -> None:
    locked = cipher.turn(said, at)
    first = data.draw(st.integers(0, len(said)))
    last = data.draw(st.integers(first, len(said)))
    assert cipher.turn(locked[first:last], at + first) == said[first:last]


@given(KEYS, st.lists(st.binary(max_size=50), max_size=8), st.integers(0, 100))
def test_what_is_written_piece_by_piece_is_what_is_written_at_once(
    cipher: Cipher, pieces: list[bytes], at: int
) -> None:
    flow = cipher.flow(at)
    assert b"".join(map(flow, pieces)) == cipher.turn(b"".join(pieces), at)


@given(st.integers(0, 40), st.integers(1, 8))
def test_the_counter_goes_on_over_its_end(blocks: int, back: int) -> None:
    cipher = Cipher(bytes(KEY), ((1 << 128) - back).to_bytes(16))
    whole = cipher.turn(bytes(16 * 64), 0)
    assert cipher.turn(bytes(16), 16 * blocks) == whole[16 * blocks :][:16]


def test_it_is_aes_256_in_counter_mode() -> None:
    """NIST SP 800-38A, F.5.5."""
    key = bytes.fromhex("603deb1015ca71be2b73aef0857d77811f352c073b6108d72d9810a30914dff4")
    cipher = Cipher(key, bytes.fromhex("f0f1f2f3f4f5f6f7f8f9fafbfcfdfeff"))
    first, second = "6bc1bee22e409f96e93d7e117393172a", "ae2d8a571e03ac9c9eb76fac45af8e51"
    told = "601ec313775789a5b7a7f504bbf3d228" + "f443e3ca4d62b59aca84e990cacaf5c5"
    assert cipher.turn(bytes.fromhex(first + second), 0).hex() == told
    assert cipher.turn(bytes.fromhex(second), 16).hex() == told[32:]


def test_a_head_says_whether_its_file_is_locked() -> None:
    counter = bytes(range(16))
    assert marked(b"a head" + mark(counter)) == counter
    assert len(mark(counter)) == MARK
    assert [marked(head) for head in (b"", b"a head", mark(counter)[:-1])] == [None] * 3
