"""Callers over REST from addresses of their own: on Linux all of 127.0.0.0/8 is this machine."""

import asyncio
import json
import socket
from functools import cache
from ipaddress import IPv4Address
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.support import EXAMPLES

JSON = {"content-type": "application/json"}
CAT = EXAMPLES / "cat.jpg"
FIRST = IPv4Address("127.0.0.0")


def needs(address: str) -> None:
    """Skip a test where an address isn't this machine's: macOS has 127.0.0.1 alone."""
    if not _is_here(address):
        pytest.skip(f"{address} is not this machine's")


@cache
def _is_here(address: str) -> bool:
    try:
        socket.create_server((address, 0)).close()
    except OSError:
        return False
    return True


def visitor(url: str, number: int = 1, **options: Any) -> httpx.AsyncClient:
    """A client of its own address, 127.0.0.`number`, and so on beyond 255."""
    address = str(FIRST + number)
    needs(address)
    limits = httpx.Limits(max_connections=None, keepalive_expiry=2)  # before the server closes it
    way = httpx.AsyncHTTPTransport(verify=False, local_address=address, limits=limits)
    return httpx.AsyncClient(base_url=url, transport=way, **{"timeout": 120, **options})


async def upload(http: httpx.AsyncClient, path: Path = CAT) -> dict[str, Any]:
    """A picture as calls name it, once it is uploaded."""
    answer = await http.post("/gradio_api/upload", files={"files": path.read_bytes()})
    return {"path": answer.raise_for_status().json()[0], "meta": {"_type": "gradio.FileData"}}


async def called(http: httpx.AsyncClient, name: str, *data: Any, **more: Any) -> tuple[str, Any]:
    """A call's last event, `complete` or `error`, and what it holds."""
    body = json.dumps({"data": data, **more})  # in ASCII, lone surrogates too
    post = await http.post(f"/gradio_api/call/{name}", content=body, headers=JSON)
    if post.status_code != 200:
        return "refused", post.json()
    answer = await http.get(f"/gradio_api/call/{name}/{post.json()['event_id']}")
    event, said = answer.text.strip().splitlines()[-2:]
    return event.removeprefix("event: "), json.loads(said.removeprefix("data: "))


def together(*calls: Any) -> Any:
    """What calls that are made at once come to, in a loop of their own."""

    async def all_of_them() -> Any:
        return await asyncio.gather(*calls)

    return asyncio.run(all_of_them())
