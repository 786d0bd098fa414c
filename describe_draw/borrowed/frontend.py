"""What the page borrows from Gradio's front end: updates without the server, and addresses."""

import json
from pathlib import Path
from typing import Any, Literal

import gradio as gr
from gradio.utils import get_upload_folder

HIDDEN: Literal["hidden"] = "hidden"
"""Not shown, but on the page: what is not there yet misses updates that follow soon."""


def visibilities(*shown: bool) -> str:
    """JavaScript that shows or hides an event's outputs, in their order, without the server."""
    updates = [{"__type__": "update", "visible": is_shown} for is_shown in shown]
    return f"() => {json.dumps(updates)}"


def cancels(running: list[dict[str, Any]]) -> gr.Number:
    """A hidden number: when it changes, Gradio cancels those events that wait for their turn."""
    number = gr.Number(0, visible=HIDDEN)
    number.change(None, cancels=running, api_visibility="private")
    return number


def address_of(path: Path) -> str:
    """A file's address on the page, relative so that it holds behind any proxy."""
    return f"gradio_api/file={path}"


def upload_folder() -> Path:
    """Where Gradio looks for uploads, and keeps the files of the page itself."""
    return Path(get_upload_folder())
