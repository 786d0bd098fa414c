"""What agents get of an answer: texts, small pictures, and the addresses of the whole files."""

import base64
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gradio_client.utils import encode_file_path, is_file_obj_with_meta
from mcp.types import ImageContent, TextContent

from describe_draw.previews import preview
from describe_draw.store import Store

LONGEST = 30_000
"""What a value takes at most, in characters: agents read all of it, again and again."""

Content = TextContent | ImageContent


@dataclass(frozen=True, slots=True)
class Shown:
    """A file of an answer.

    Args:
        path: Where it is.
        said: What is said of it, of a picture maybe nothing.
    """

    path: str
    said: str

    @property
    def is_picture(self) -> bool:
        return self.path.endswith(".png")


def content(outputs: list[tuple[str, Any]], root: str, store: Store) -> list[Content]:
    """An answer's outputs as an agent gets them. Blocking: it reads and encodes pictures.

    The addresses are texts, as some that are widely used refuse or drop links to resources
    (github.com/modelcontextprotocol/modelcontextprotocol/issues/1638).

    Args:
        outputs: Each with its name; files as Gradio hands them out.
        root: The app's address.
        store: Where the pictures are.
    """
    parts: list[Shown | str] = []
    for name, value in outputs:
        begins = f"{name}: " if len(outputs) > 1 else ""
        files = [*_files(name, value)]
        parts += files or [begins + _text(value)]
    pictures = [part for part in parts if isinstance(part, Shown) and part.is_picture]
    told: list[Content] = []
    for part in parts:
        if isinstance(part, str):
            told.append(TextContent(type="text", text=part))
        else:
            told += _shown(part, len(pictures), root, store)
    return told


def _shown(part: Shown, among: int, root: str, store: Store) -> Iterable[Content]:
    """A file's address, and before it a picture itself, as long as it is there."""
    address = f"{root}/gradio_api/file={encode_file_path(part.path)}"
    if not part.is_picture:
        yield TextContent(type="text", text=f"{part.said}: {address}")
        return
    settings = ""
    if kept := store.held(part.path):
        webp, recipe = preview(kept, among)
        data = base64.b64encode(webp).decode()
        yield ImageContent(type="image", data=data, mimeType="image/webp")
        *_, settings = recipe.split("\n")  # of which the seed may be news
    lines = (part.said, f"Image URL: {address}", settings)
    yield TextContent(type="text", text="\n".join(line for line in lines if line))


def _files(name: str, value: Any) -> Iterable[Shown]:
    """The files in a value: one, or those of a gallery, which have captions."""
    if is_file_obj_with_meta(value):
        said = "" if value["path"].endswith(".png") else name
        yield Shown(value["path"], said)
    elif isinstance(value, list):
        for number, item in enumerate(value, 1):
            if isinstance(item, dict) and is_file_obj_with_meta(item.get("image")):
                yield Shown(item["image"]["path"], f"{number}. {item['caption']}")


def _text(value: Any) -> str:
    """A value in words, or as JSON, of a list as much as there is room for."""
    if isinstance(value, str):
        return value if len(value) <= LONGEST else value[:LONGEST] + "…"
    if not isinstance(value, list):
        return _json(value)
    room = LONGEST
    for kept, item in enumerate(value):
        room -= len(_json(item)) + 2
        if room < 0:
            return _json([*value[:kept], {"left_out": len(value) - kept}])
    return _json(value)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)
