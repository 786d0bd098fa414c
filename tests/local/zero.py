"""ZeroGPU's device API on this machine, as far as `spaces` asks it: start, schedule, release."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import parse_qsl, urlsplit

PLACE = {"idle": False, "nvidiaIndex": 0, "nvidiaUUID": "GPU-0", "allowToken": "allowed"}
QUOTA = {"left": 3, "wait": "PT1H"}


class ZeroApi:
    """The server, from `with` to the end of the block.

    Attributes:
        calls: Path and parameters of every request, in order.
        places: How many calls the visitor's quota holds.
        url: Where it listens.
    """

    def __init__(self) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.places = 2
        api = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                address = urlsplit(self.path)
                api.calls.append((address.path, dict(parse_qsl(address.query))))
                scheduling = address.path == "/schedule"
                refused = scheduling and len(api.asked("/schedule")) > api.places
                body = json.dumps(QUOTA if refused else PLACE if scheduling else {}).encode()
                self.send_response(429 if refused else 200)
                self.send_header("content-type", "application/json")
                self.send_header("content-length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}"
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def asked(self, path: str) -> list[dict[str, str]]:
        """The parameters of the requests to a path."""
        return [parameters for asked, parameters in self.calls if asked == path]

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
