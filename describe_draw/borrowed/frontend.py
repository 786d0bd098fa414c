"""What the page borrows from Gradio's front end: what isn't shown, and addresses."""

from pathlib import Path
from typing import Literal

from gradio.utils import get_upload_folder

HIDDEN: Literal["hidden"] = "hidden"
"""Not shown, but on the page: what is not there yet misses updates that follow soon."""


def address_of(path: Path) -> str:
    """A file's address on the page, relative so that it holds behind any proxy."""
    return f"gradio_api/file={path}"


def upload_folder() -> Path:
    """Where Gradio looks for uploads, and keeps the files of the page itself."""
    return Path(get_upload_folder())
