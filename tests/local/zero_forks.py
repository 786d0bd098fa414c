"""Forks while a client for ZeroGPU's device API is being made; run by test_zero.py."""

import spaces  # isort: skip  # noqa: F401  # first, as in app.py

import os
import threading
from typing import Any

import httpx
from spaces.zero import client

from describe_draw.engines.local import gpu
from tests.local.answers import tell
from tests.waiting import wait_until

assert gpu.IS_ZERO
begun, go_on, forked = threading.Event(), threading.Event(), threading.Event()


class Slow(httpx.Client):
    """Takes its time to be made, as where OpenSSL gathers randomness."""

    def __init__(self, **options: Any) -> None:
        begun.set()
        go_on.wait()
        super().__init__(**options)


def fork() -> None:
    child = os.fork()
    if not child:
        os._exit(0)
    os.waitpid(child, 0)
    forked.set()


httpx.Client = Slow  # type: ignore[misc]
making = threading.Thread(target=client.api_client)
making.start()
begun.wait()
forking = threading.Thread(target=fork)
forking.start()
early = forked.wait(0.3)
go_on.set()
wait_until(forked.is_set)
tell({"while_a_client_was_made": early, "afterwards": forked.is_set()})
