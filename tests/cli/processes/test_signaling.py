import pytest

from synclass.adapters.memory import MemoryDirectory
from synclass.adapters.redis import RedisDirectory
from synclass.cli.config import Config
from synclass.cli.processes.signaling import directory_of


@pytest.mark.parametrize(("url", "kind"), [("", MemoryDirectory), ("redis://x", RedisDirectory)])
async def test_the_directory_is_redis_only_where_one_is_named(url: str, kind: type) -> None:
    config = Config("data", "/tmp", "0.0.0.0", 8080, 7000, ["127.0.0.1"], 1, redis=url)
    assert isinstance(directory_of(config), kind)
