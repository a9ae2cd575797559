"""The codecs we forward."""

from typing import Literal

Codec = Literal["opus", "VP8", "H264"]
CLOCK_HZ = {"opus": 48000, "VP8": 90000, "H264": 90000, "audio": 48000, "video": 90000}
"""RTP units a second, of a codec or a kind."""
