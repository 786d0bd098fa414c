"""The API of the tutorials: a picture in, `description` out; a prompt in, `response` out."""

import base64
import binascii
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from tests.standin import art


async def describe_image(request: Request) -> Response:
    """`{"image": base64}` as JSON or as a form, or the picture as an uploaded file."""
    if request.headers["content-type"].startswith("application/json"):
        sent = (await request.json())["image"]
    else:
        sent = (await request.form())["image"]
    try:
        picture = (
            await sent.read() if hasattr(sent, "read") else base64.b64decode(sent, validate=True)
        )
    except binascii.Error:
        return JSONResponse({"error": "image must be base64"}, 400)
    return JSONResponse({"description": art.describe(picture)})


async def generate(request: Request) -> Response:
    """`{"prompt": text}` → `{"response": text}`; the prompt in the query with GET."""
    asked = request.query_params if request.method == "GET" else await request.json()
    return JSONResponse({"response": f"You said: {asked['prompt']}"})


async def draw(request: Request) -> Response:
    """`{"prompt": text, "as": form}` → a picture in any of the forms that APIs send.

    With `image` (Base64, a data URL or an uploaded file), it is drawn from that, in its size.
    """
    is_json = request.headers["content-type"].startswith("application/json")
    asked: Any = await (request.json() if is_json else request.form())
    if sent := asked.get("image"):
        is_text = isinstance(sent, str)
        source = base64.b64decode(sent.rpartition(",")[2]) if is_text else await sent.read()
        png = art.redraw(source, asked["prompt"], *art.size(source), 1)
    else:
        png = art.draw(asked["prompt"], 64, 64, 1)
    if asked.get("as") == "bytes":
        return Response(png, media_type="image/png")
    if asked.get("as") == "url":
        return JSONResponse({"image": "/files/drawing.png"})
    data = base64.b64encode(png).decode()
    prefix = "data:image/png;base64," if asked.get("as") == "data" else ""
    return JSONResponse({"image": prefix + data})


async def drawing(request: Request) -> Response:
    return Response(art.draw("a file", 64, 64, 1), media_type="image/png")


async def moved(request: Request) -> Response:
    return RedirectResponse("/describe_image", 307)


ROUTES = {
    "/describe_image": (describe_image, ["POST", "PUT"]),
    "/generate": (generate, ["POST", "GET"]),
    "/draw": (draw, ["POST"]),
    "/files/drawing.png": (drawing, ["GET"]),
    "/moved": (moved, ["POST"]),
}
