"""A picture that comes in: what the caller named, as it was said; nothing is opened yet."""

import binascii
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import gradio as gr
from gradio.data_classes import ListFiles

from describe_draw.fetching import LONGEST_URL, Fetcher
from describe_draw.problems import Problem
from describe_draw.store import Store, full
from describe_draw.turns import Turns

BY_PATH: dict[str, Any] = {"type": "filepath", "image_mode": None}
"""A picture's options that keep Gradio from decoding and encoding it again."""

DATA = re.compile(r"data:[\w.+/-]{0,100}(?:;[\w.=+-]{1,100}){0,4},")
PIECE = 2**20
"""Base64 is decoded in pieces of this many characters, a multiple of four."""

MOST = 10_001
"""Files that are looked at in one call: one more than any run takes."""

FILE = "/gradio_api/file="
ADDRESS = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Named:
    """A picture as a caller names it, by a path, an address, or a problem with either.

    Its name is what they call the file.
    """

    path: str = ""
    address: str = ""
    problem: Problem | None = None
    name: str = ""


class NamesPicture:
    """A component whose value names a picture, which isn't even opened before a handler sees it."""

    def preprocess(self, payload: Any) -> None:
        """Refused: what Gradio makes of a picture reads files, see `named`."""
        raise Problem("wrong_kind")

    def named(self, payload: Any, store: Store) -> Named | None:
        """What the caller named. Only what it sends along, a data: URL, is written to a file.

        Blocking.
        """
        if isinstance(payload, dict):
            payload = payload.get("path") or payload.get("url")
        if payload is None or payload == "":
            return None
        if not isinstance(payload, str):
            return Named(problem=Problem("not_a_picture"))
        if payload[:5].lower() == "data:":
            return _sent_along(payload, store)
        return Named(address=payload) if ADDRESS.match(payload) else Named(path=payload)


class Picture(NamesPicture, gr.Image):
    """An upload that an endpoint takes."""

    is_template = True


class NamesFiles(NamesPicture):
    """A component whose value names several files, in the same way."""

    def named(self, payload: Any, store: Store) -> list[Named]:  # type: ignore[override]
        """What the caller named, and what they call each. Blocking."""
        if payload is None or payload == "":
            return []
        files = payload if isinstance(payload, list) else [payload]
        return [self._one(file, store) for file in files[:MOST]]

    def _one(self, file: Any, store: Store) -> Named:
        named = super().named(file, store) or Named(problem=Problem("no_picture"))
        called = file.get("orig_name") if isinstance(file, dict) else None
        path = named.path or re.split(r"[?#]", unquote(named.address[:LONGEST_URL]))[0]
        return replace(named, name=called if isinstance(called, str) else Path(path).name)


class Files(NamesFiles, gr.File):
    """Several uploads that an endpoint takes."""

    is_template = True

    def api_info(self) -> dict[str, Any]:
        """What callers are told: whole, as Gradio's server for agents leaves references open."""
        told = ListFiles.model_json_schema()
        kinds = told.pop("$defs")
        told["items"] = kinds["FileData"]
        told["items"]["properties"]["meta"] = kinds["FileDataMeta"]
        return told


class Intake:
    """Turns what callers name into files that may be read.

    Args:
        store: Where uploads are.
        fetcher: Gets pictures by their addresses.
    """

    def __init__(self, store: Store, fetcher: Fetcher) -> None:
        self._store = store
        self._fetcher = fetcher
        self._turns = Turns(8, each=2, most=8)

    async def file(self, named: Named | None) -> Path | None:
        """The file of a picture, None where none was named.

        Raises:
            Problem: It isn't among the uploads, its address gives no picture, or what was sent
                along is none.
        """
        if named is None:
            return None
        if named.problem:
            raise named.problem
        if named.address:
            if own := self._store.held(_own_path(named.address)):
                return own
            path = self._store.new() / "picture"
            async with self._turns.turn():
                await self._fetcher.fetch(named.address, path)
            return path
        found = self._store.held(named.path)
        if found is None:  # the same for what is gone, was never there, or is somebody else's
            raise Problem("picture_gone")
        return found


def _own_path(address: str) -> str:
    """The path in an address of one of the app's own files, at whatever host it is reached.

    Agents hand on the address of a drawing, which at home is one that can't be fetched.
    """
    return unquote(re.split(r"[?#]", address[:LONGEST_URL])[0].partition(FILE)[2])


def _sent_along(url: str, store: Store) -> Named:
    """The file of a data: URL. Blocking."""
    head = DATA.match(url[:1000])
    if not head or not head[0].lower().endswith(";base64,"):
        return Named(problem=Problem("not_a_picture"))
    try:
        path = store.new() / "picture"
        with path.open("wb") as file:
            for begin in range(head.end(), len(url), PIECE):
                file.write(binascii.a2b_base64(url[begin : begin + PIECE], strict_mode=True))
    except ValueError:  # no Base64
        return Named(problem=Problem("not_a_picture"))
    except Problem as problem:
        return Named(problem=problem)
    except OSError as error:
        return Named(problem=full(error))
    return Named(path=str(path))
