"""Every codec that can be recorded has its kind of file, and no file is taken for another."""

from typing import get_args

from recorder.formats import BY_CODEC, BY_SUFFIX
from recorder.frames import Setup
from recorder.h264 import configuration
from recorder.names import MediaName, media_name
from synclass.tape import Codec
from synclass.words import ParticipantId

PRIVATE = configuration(b"\x67\x42\xc0\x1fxx", b"\x68yy")
HEADS = {
    "webm": BY_SUFFIX["webm"].head(Setup("VP8", 320, 240)),
    "mp4": BY_SUFFIX["mp4"].head(Setup("H264", 320, 240, private=PRIVATE)),
}


def test_every_codec_of_the_tape_has_a_container_that_its_file_name_tells() -> None:
    assert set(BY_CODEC) == set(get_args(Codec))
    for form in BY_CODEC.values():
        name = str(MediaName(ParticipantId("wang"), "camera", 1, form.SUFFIX))
        assert BY_SUFFIX[media_name(name).suffix] is form


def test_no_container_takes_another_ones_file_for_its_own() -> None:
    for suffix, form in BY_SUFFIX.items():
        sizes = {other: form.head_size(memoryview(head)) for other, head in HEADS.items()}
        assert sizes == dict.fromkeys(HEADS, 0) | {suffix: len(HEADS[suffix])}


def test_a_player_is_told_the_container_and_the_codec() -> None:
    setups = {
        "opus": Setup("opus", channels=1),
        "VP8": Setup("VP8", 320, 240),
        "H264": Setup("H264", 320, 240, private=PRIVATE),
        "VP9": Setup("VP9", 320, 240),
        "AV1": Setup("AV1", 320, 240, private=b"\x81\x05\x0c\x00"),
    }
    for codec, form in BY_CODEC.items():
        kind, _, codecs = form.mime(setups[codec]).partition("; codecs=")
        assert kind == f"{'audio' if codec == 'opus' else 'video'}/{form.SUFFIX}"
        assert codecs.strip('"').startswith(
            {"H264": "avc1.", "AV1": "av01.0.05M.08"}.get(codec, codec.lower())
        )
