"""Sends a file that cannot be sent as it lies: one range of it (RFC 9110 §14), or all."""

import asyncio
import io
import mimetypes
from typing import BinaryIO

from aiohttp import web

PIECE = 1 << 18  # bytes in memory at once


async def send(request: web.Request, file: BinaryIO, name: str) -> web.StreamResponse:
    """Closes the file.  A range that begins behind the end is answered with 416."""
    with file:
        size = file.seek(0, io.SEEK_END)
        begin, end, status = _span(request, size)
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        headers = {"Accept-Ranges": "bytes", "Cache-Control": "private, no-cache"}
        if status != 200:
            headers["Content-Range"] = f"bytes {begin}-{end - 1}/{size}"
        if status == 416:
            return web.Response(status=416, headers={"Content-Range": f"bytes */{size}"})
        response = web.StreamResponse(status=status, headers=headers)
        response.content_type, response.content_length = kind, end - begin
        await response.prepare(request)
        if request.method != "HEAD":
            file.seek(begin)
            while begin < end:
                piece = await asyncio.to_thread(file.read, min(PIECE, end - begin))
                begin += len(piece)
                await response.write(piece)
        return response


def _span(request: web.Request, size: int) -> tuple[int, int, int]:
    """Which bytes, and with what status; what is no range is none (RFC 9110 §14.2)."""
    if "Range" not in request.headers or "If-Range" in request.headers:
        return 0, size, 200
    try:
        wanted = request.http_range
    except ValueError:
        return 0, 0, 416
    begin, end, _ = wanted.indices(size)
    return (begin, end, 206) if begin < end else (0, 0, 416)
