"""The platform's proxy before a Space: https://owner-name.hf.space leads to an app here.

It adds what the real one adds: the visitor's address to X-Forwarded-For, and the scheme, without
which Gradio would give addresses of another one.
"""

from typing import TYPE_CHECKING

import httpx
from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route, Router

if TYPE_CHECKING:
    from tests.standin.server import StandIn

DOMAIN = "hf.space"
VISITOR_ADDRESS = "203.0.113.7"


async def proxied(request: Request) -> Response:
    """Hand a request on, and its answer back as it comes."""
    standin: StandIn = request.app.state.standin
    app = standin.apps[f"{request.path_params['name']}.{DOMAIN}"]
    sent = [(key, value) for key, value in request.headers.raw if key != b"connection"]
    sent += [
        (b"x-forwarded-for", VISITOR_ADDRESS.encode()),
        (b"x-forwarded-proto", b"https"),
    ]
    client = httpx.AsyncClient(trust_env=False, timeout=None)
    path = httpx.URL(request.url.path, query=request.url.query.encode())
    asked = client.build_request(
        request.method, f"{app}{path}", headers=sent, content=request.stream()
    )
    answer = await client.send(asked, stream=True)
    response = StreamingResponse(
        answer.aiter_raw(), answer.status_code, background=BackgroundTask(client.aclose)
    )
    response.raw_headers = answer.headers.raw
    return response


EVERYTHING = ["GET", "HEAD", "POST", "DELETE", "OPTIONS"]
spaces = Router([Route("/{path:path}", proxied, methods=EVERYTHING)])
