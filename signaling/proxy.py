"""Behind a reverse proxy: who asked, and how, as the proxy says it."""

from aiohttp import web

from .api import Handler


@web.middleware
async def believe(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Take the client's address and scheme from X-Forwarded-For and -Proto (the last entries).

    Only for a server that none but its proxy can reach: anybody else could write them.
    """
    address = request.headers.get("X-Forwarded-For", "").rpartition(",")[2].strip()
    scheme = request.headers.get("X-Forwarded-Proto", "").rpartition(",")[2].strip()
    changed = request.clone(
        remote=address or request.remote or "",
        scheme=scheme if scheme in ("http", "https") else request.scheme,
    )
    return await handler(changed)
