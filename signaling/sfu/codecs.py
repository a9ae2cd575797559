"""The codecs we forward."""

from typing import Literal

Codec = Literal["opus", "VP8", "H264", "VP9", "AV1"]
_SOUND, _PICTURE = 48000, 90000
CLOCK_HZ = {
    **{"opus": _SOUND, "audio": _SOUND},
    **dict.fromkeys(("VP8", "H264", "VP9", "AV1", "video"), _PICTURE),
}
"""RTP units a second, of a codec or a kind."""
