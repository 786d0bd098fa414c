"""The model APIs that people run, on this machine: each as its documentation says.

`ModelServer` answers as the tutorial's API (`/describe_image`, `/generate`, `/draw`), as Ollama, as
OpenAI's servers and as AUTOMATIC1111's web UI do, and records what it was asked::

    with ModelServer() as server:
        server.next(Response("no", 500))
        ...
        assert server.calls[-1].json["image"]
"""

from tests.apis.held import Held
from tests.apis.server import MODEL, TOKEN, ModelServer

__all__ = ["MODEL", "TOKEN", "Held", "ModelServer"]
