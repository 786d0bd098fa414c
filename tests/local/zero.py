"""ZeroGPU's device API on this machine, as far as `spaces` asks it: start, schedule, release."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qsl, urlsplit

QUOTA = {"left": 3, "wait": "PT1H"}


class ZeroApi:
    """The server, from `with` to the end of the block.

    A GPU serves one call at a time. Whoever comes while none is free waits; a worker whose call
    ended well is idle afterwards, and the next call on its GPU may have it.

    Args:
        gpus: How many there are.

    Attributes:
        calls: Path and parameters of every request, in order.
        places: How many calls the visitor's quota holds, None for any number.
        url: Where it listens.
    """

    def __init__(self, gpus: int = 1) -> None:
        self.calls: list[tuple[str, dict[str, str]]] = []
        self.places: int | None = None
        self._change = threading.Condition()
        self._free = list(range(gpus))
        self._idle: set[int] = set()
        self._serving: dict[str, int] = {}
        api = self

        class Handler(BaseHTTPRequestHandler):
            disable_nagle_algorithm = True  # else an answer's body waits 40 ms behind its head

            def do_POST(self) -> None:
                address = urlsplit(self.path)
                parameters = dict(parse_qsl(address.query))
                api.calls.append((address.path, parameters))
                status, answer = api._answer(address.path, parameters)
                body = json.dumps(answer).encode()
                self.send_response(status)
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

    def _answer(self, path: str, parameters: dict[str, str]) -> tuple[int, dict[str, Any]]:
        if path == "/schedule":
            if self.places is not None and len(self.asked(path)) > self.places:
                return 429, QUOTA
            return 200, self._place()
        if path == "/release":
            with self._change:
                gpu = self._serving.pop(parameters["allowToken"])
                if parameters["fail"] == "false":
                    self._idle.add(gpu)
                self._free.append(gpu)
                self._change.notify()
        return 200, {}

    def _place(self) -> dict[str, Any]:
        with self._change:
            self._change.wait_for(lambda: self._free, timeout=60)
            gpu = self._free.pop(0)
            token = f"allowed-{len(self.calls)}-{gpu}"
            self._serving[token] = gpu
            is_idle = gpu in self._idle
            self._idle.discard(gpu)
            uuid = f"GPU-{gpu}"
            return {"idle": is_idle, "nvidiaIndex": gpu, "nvidiaUUID": uuid, "allowToken": token}

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
