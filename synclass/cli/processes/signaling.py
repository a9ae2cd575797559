"""The signaling process and what it is joined from: shelf, registry, directory."""

import platform
from pathlib import Path

from recorder.eraser import FileEraser
from recorder.film.studio import FilmStudio
from recorder.offsite import Offsite
from recorder.paper.press import FilePress
from recorder.porter import FilePorter
from recorder.shelf import FileShelf
from signaling.app import App, Outside, Settings, serve
from signaling.provider import Oidc

from ...adapters.memory import MemoryDirectory
from ...adapters.redis import RedisDirectory
from ...adapters.registry import SqlRegistry
from ...ports import Directory
from ..config import SEAL, Config, from_environment, key, ssl
from ..pack import PAGE
from . import run


async def signaling(config: Config) -> None:
    data = Path(config.data)
    registry = await SqlRegistry.open(config.registry)
    offsite = Offsite.at(data, config.offsite) if config.offsite else None
    shelf = FileShelf(data, least_free=config.least_free_bytes, offsite=offsite)
    settings = settings_of(config)
    app = App(
        settings,
        Outside(
            shelf=shelf,
            registry=registry,
            directory=directory_of(config),
            press=FilePress(data),
            porter=FilePorter(data, PAGE),
            films=FilmStudio(data),
            eraser=FileEraser(data, offsite),
            offsite=offsite,
        ),
    )
    await serve(app, settings, ssl(config))


def settings_of(config: Config) -> Settings:
    return Settings(
        host=config.host,
        port=config.port,
        node=f"{platform.node()}:{config.port}",
        key=key(Path(config.data)),
        seal=key(Path(config.data), SEAL),
        workers=config.workers_at,
        turn_urls=config.turn_url,
        turn_secret=config.turn_secret,
        behind_proxy=config.behind_proxy,
        webhooks_to=config.webhooks_to,
        oidc=oidc_of(config),
    )


def oidc_of(config: Config) -> Oidc | None:
    """Another login where one is named."""
    told = config.oidc_client, config.oidc_secret, config.oidc_name, config.oidc_claim
    return Oidc(config.oidc_issuer, *told) if config.oidc_issuer else None


def directory_of(config: Config) -> Directory:
    """Redis where one is named; a node that is alone remembers by itself."""
    return RedisDirectory.at(config.redis) if config.redis else MemoryDirectory()


if __name__ == "__main__":
    run(signaling(from_environment()))
