"""Every route that the server answers, and what a request to it may bring; all others are shut.

The app needs these of Gradio's. Its other routes fetch addresses, act with the operator's token,
write files that nobody deletes, or serve components that aren't here.
"""

import re
from dataclasses import dataclass
from typing import Literal

Body = Literal["none", "small", "call", "upload", "mcp"]
API = "/gradio_api"


@dataclass(frozen=True, slots=True)
class Route:
    """One route.

    Args:
        methods: What it may be asked with, separated by spaces.
        path: An expression for all of its paths.
        does: What it does, in a few words.
        body: What it may be sent: nothing, a few KB, a call, files, or an agent's message.
    """

    methods: str
    path: str
    does: str
    body: Body = "none"

    def answers(self, method: str, path: str) -> bool:
        asked = method in self.methods.split() or method == "OPTIONS"
        return asked and re.fullmatch(self.path, path) is not None


READ = "GET HEAD"
ROUTES = (
    Route(READ, "/", "the page"),
    Route("GET", "/many/?", "the page of many pictures"),
    Route(READ, "(/gradio_api)?/(config|theme\\.css)/?", "how the page is built"),
    Route(READ, "/(static|assets|svelte)/.+", "Gradio's own scripts, styles and fonts"),
    Route(READ, "/page(/[\\w-]+)+\\.\\w+", "the page's own pictures"),
    Route(READ, "/(favicon\\.ico|robots\\.txt|manifest\\.json|pwa_icon)", "for browsers"),
    Route("GET", "/login/(huggingface|callback)", "sign in with the Hub"),
    Route("GET", "/logout", "sign out"),
    Route("GET", f"{API}/(info|openapi\\.json)/?", "the endpoints' descriptions"),
    Route("GET", "/monitoring/summary", "tells the endpoints' page that nothing is counted"),
    Route("GET", f"{API}/(app_id|startup-events|user|login_check)/?", "what clients ask first"),
    Route("POST", f"{API}/call/(v2/)?[\\w-]+/?", "a call over REST", "call"),
    Route("GET", f"{API}/call/(v2/)?[\\w-]+/[0-9a-f]+", "its answer"),
    Route("POST", f"{API}/queue/join", "a call of the page or a client", "call"),
    Route("POST", f"{API}/(run|api)/[\\w-]+/?", "a call that waits in no queue: Stop", "small"),
    Route("GET", f"{API}/queue/(data|status)", "the answers, as they come"),
    Route("POST", f"{API}/(cancel|reset)/?", "the end of a call", "small"),
    Route("GET", f"{API}/heartbeat/[\\w-]+", "tells when a page is closed"),
    Route("POST", f"{API}/upload", "files come in", "upload"),
    Route("GET", f"{API}/upload_progress", "how far an upload is"),
    Route(READ, f"{API}/file=(?!\\s*[\\w+.-]{{2,}}:/).+", "a file that the app made"),
    Route("GET POST DELETE", f"{API}/mcp(/|/http/?|/schema|/sse|/messages/?)?", "agents", "mcp"),
)


def route_of(method: str, path: str) -> Route | None:
    """The route that a request is for, None where it is shut."""
    return next((route for route in ROUTES if route.answers(method, path)), None)
