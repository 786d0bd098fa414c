"""The page's own files: `page/static/<name>` at `/page/<name>`, and its script and styles there."""

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from http import HTTPStatus
from mimetypes import MimeTypes
from pathlib import Path

from fastapi import FastAPI
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

FOLDER = Path(__file__).parent / "page" / "static"
TYPES = MimeTypes()
"""Python's own table: the system's differ, and lack WebP."""

TYPES.add_type("image/webp", ".webp")
TYPES.add_type("text/markdown; charset=utf-8", ".md")  # which some take for Latin-1 otherwise
MADE = {".js": "text/javascript", ".css": "text/css"}
"""What is put together when the app starts: the pages' scripts and styles."""

FOR_EVER = f"public, max-age={365 * 24 * 3600}, immutable"


@cache
def version(name: str) -> str:
    """What changes whenever a file does.

    Args:
        name: The file's path within the folder.
    """
    return _digest((FOLDER / name).read_bytes())


def address(name: str) -> str:
    """A file's address, relative to the page's root, under which it may be kept for ever."""
    return f"page/{name}?v={version(name)}"


def made_address(name: str, content: str) -> str:
    """As `address`, of what is put together when the app starts."""
    return f"page/{name}?v={_digest(content.encode())}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]


def add_to(app: FastAPI, made: Mapping[str, str]) -> None:
    """Have the app serve the files, and what was made, at whatever path a proxy has it.

    Args:
        app: The app.
        made: The contents by their names, which end as those of `MADE`.
    """
    files = StaticFiles(directory=FOLDER)

    async def serve_made(request: Request) -> Response:
        name = request.url.path.rsplit("/", 1)[-1]
        answer = Response(made[name], media_type=MADE[Path(name).suffix])
        lasts = request.query_params.get("v") == _digest(made[name].encode())
        answer.headers["cache-control"] = FOR_EVER if lasts else "no-cache"
        answer.headers["x-content-type-options"] = "nosniff"
        return answer

    async def serve(request: Request) -> Response:
        name = request.path_params["name"]
        answer = await files.get_response(name, request.scope)
        lasts = request.query_params.get("v") == version(name)
        answer.headers["cache-control"] = FOR_EVER if lasts else "no-cache"
        answer.headers["x-content-type-options"] = "nosniff"
        if answer.status_code != HTTPStatus.NOT_MODIFIED:
            kind, _ = TYPES.guess_type(name)
            answer.headers["content-type"] = kind or "application/octet-stream"
        return answer

    for name in made:
        app.add_route(f"/page/{name}", serve_made)
    app.add_route("/page/{name:path}", serve)
