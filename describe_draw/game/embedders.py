"""Embedders by which pictures and words are compared across rounds, where they are installed."""

from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from describe_draw.game import sentences

CLIP = "openai/clip-vit-base-patch32"
"""The one that the authors of arXiv 2509.04438 use."""

REMEMBERED = 256

Vector = npt.NDArray[np.float32]


class Missing(Exception):
    """An embedder that isn't there, and why."""


class Clip:
    """CLIP, or another model of transformers with features of texts and pictures. Blocking.

    Args:
        name: A folder, or a model of the Hub's that was downloaded before.
        device: Where it runs.

    Raises:
        Missing: It isn't there.
    """

    def __init__(self, name: str, device: str) -> None:
        if device == "none":
            raise Missing("LOCAL_DEVICE=none keeps local models from running")
        if not all(find_spec(package) for package in ("torch", "transformers")):
            raise Missing("install requirements-local.txt")
        import torch  # noqa: PLC0415  (it takes seconds)
        from transformers import AutoModel, AutoProcessor  # noqa: PLC0415

        from describe_draw.engines.local.devices import device_of  # noqa: PLC0415

        self._torch, self._device = torch, device_of(device)
        try:
            self._processor = AutoProcessor.from_pretrained(name, local_files_only=True)
            model, loaded = AutoModel.from_pretrained(
                name, local_files_only=True, output_loading_info=True
            )
        except (OSError, ValueError):
            raise Missing(f"{name} isn't downloaded: hf download {name}") from None
        if not hasattr(model, "get_text_features") or loaded["missing_keys"]:
            raise Missing(f"{name} doesn't compare pictures with words")
        self._model = model.to(self._device).eval()
        self.text = lru_cache(REMEMBERED)(self._text)
        self.picture = lru_cache(REMEMBERED)(self._picture)

    def _text(self, text: str) -> Vector:
        """The vector of a text, of length 1; what is too long for the model is cut."""
        given = self._processor(text=[text], return_tensors="pt", padding=True, truncation=True)
        return self._vector(self._model.get_text_features, given)

    def _picture(self, path: Path) -> Vector:
        """The vector of one of a game's pictures, of length 1."""
        with Image.open(path) as opened:
            given = self._processor(images=opened.convert("RGB"), return_tensors="pt")
        return self._vector(self._model.get_image_features, given)

    def _vector(self, features: Any, given: Any) -> Vector:
        with self._torch.inference_mode():
            found = features(**given.to(self._device))
        vector = getattr(found, "pooler_output", found)[0].float().cpu().numpy()
        unit: Vector = vector / np.linalg.norm(vector)
        return unit


def sentences_alike(first: str, last: str) -> float | None:
    """How near two texts are to the sentence model, None where it doesn't know the language."""
    apart = sentences.apart(first, last)
    return None if apart is None else 1 - apart


def alike(one: Vector, other: Vector) -> float:
    """The cosine of two vectors of length 1."""
    return float(np.dot(one, other))
