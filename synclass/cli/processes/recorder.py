"""The recorder's process."""

from recorder.process import RecorderSettings
from recorder.process import run as record

from ..config import Config, from_environment
from . import run


async def recorder(config: Config) -> None:
    """Write what the media workers hand over, until cancelled."""
    await record(RecorderSettings(socket=config.recorder_at, data=config.data))


if __name__ == "__main__":
    run(recorder(from_environment()))
