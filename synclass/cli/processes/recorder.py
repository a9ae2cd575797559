"""The recorder's process."""

from pathlib import Path

from recorder.process import RecorderSettings
from recorder.process import run as record

from ..config import SEAL, Config, from_environment, key
from . import run


async def recorder(config: Config) -> None:
    """Write what the media workers hand over, until cancelled."""
    settings = RecorderSettings(
        socket=config.recorder_at,
        data=config.data,
        seal=key(Path(config.data), SEAL),
        least_free=config.least_free_bytes,
    )
    await record(settings)


if __name__ == "__main__":
    run(recorder(from_environment()))
