"""The page's own files: `page/static/<name>` is served at `/page/<name>`, beside the script."""

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
SCRIPT = "page.js"
"""The page's script, which is put together when the app starts."""

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


def script_address(script: str) -> str:
    """As `address`, of the page's script."""
    return f"page/{SCRIPT}?v={_digest(script.encode())}"


def _digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:8]


def add_to(app: FastAPI, script: str) -> None:
    """Have the app serve the files and the script, at whatever path a proxy has it."""
    files = StaticFiles(directory=FOLDER)
    lasting = script_address(script).partition("?v=")[2]

    async def serve_script(request: Request) -> Response:
        answer = Response(script, media_type="text/javascript")
        lasts = request.query_params.get("v") == lasting
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

    app.add_route(f"/page/{SCRIPT}", serve_script)
    app.add_route("/page/{name:path}", serve)
