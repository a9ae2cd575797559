"""Which container takes which codec."""

from synclass.tape import Codec

from . import mp4, webm
from .containers import Container

WEBM: Container = webm
MP4: Container = mp4
BY_SUFFIX: dict[str, Container] = {form.SUFFIX: form for form in (WEBM, MP4)}
BY_CODEC: dict[Codec, Container] = {
    **dict.fromkeys(("opus", "VP8", "VP9", "AV1"), WEBM),
    "H264": MP4,
}
