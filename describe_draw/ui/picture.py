"""A picture that comes in as it was sent."""

from typing import Any

import gradio as gr
from gradio.data_classes import ImageData
from gradio.processing_utils import save_base64_to_cache

from describe_draw.problems import Problem

BY_PATH: dict[str, Any] = {"type": "filepath", "image_mode": None}
"""A picture's options that keep Gradio from decoding and encoding it again."""


class Picture(gr.Image):
    """An upload by its path, not even opened before a handler sees it."""

    is_template = True

    def preprocess(self, payload: ImageData | None) -> str | None:
        """The upload's path; Gradio's own way would open it, and fail without a sentence."""
        if payload is None:
            return None
        if payload.url and payload.url.startswith("data:"):
            try:
                return save_base64_to_cache(payload.url, self.GRADIO_CACHE)
            except ValueError:
                raise gr.Error(str(Problem("not_a_picture")), print_exception=False) from None
        return payload.path
