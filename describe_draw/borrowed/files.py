"""The store's files, which Gradio hands out from where they are, and looks at no more than once."""

from typing import Any

from gradio import processing_utils
from gradio.context import LocalContext
from gradio.data_classes import FileData, GradioModel
from gradio.route_utils import API_PREFIX
from gradio_client.utils import encode_file_path, is_file_obj_with_meta

_moved = processing_utils.async_move_files_to_cache


async def _in_place(data: Any, block: Any, postprocess: bool = False, **more: Any) -> Any:
    """A value for a visitor with the address of its file.

    Gradio's own way finds out twice for every file whether it lies where files may be handed out,
    by some hundred looks at the disk.
    """
    store = getattr(LocalContext.blocks.get(None), "store", None)
    known = data.model_dump() if isinstance(data, GradioModel) else data
    if postprocess and store and is_file_obj_with_meta(known) and store.has(known["path"]):
        address = f"{API_PREFIX}/file={encode_file_path(known['path'])}"
        return FileData(**known | {"url": address}).model_dump()
    return await _moved(data, block, postprocess, **more)


def use() -> None:
    """Have Gradio hand out the store's files in this way."""
    processing_utils.async_move_files_to_cache = _in_place  # type: ignore[assignment]
