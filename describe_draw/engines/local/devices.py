"""Where models run, how precisely, and what of them fits there."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import torch

from describe_draw.engines.local.gpu import IS_ZERO
from describe_draw.engines.local.kinds import WrongKind

SHORT_OF_MEMORY = 8 * 1024**3
"""A device with less, in bytes, computes attention in slices."""

ROOM = 1.3
"""Times its weights that a model takes while it works."""


@contextmanager
def kind_checked(name: str) -> Iterator[None]:
    """Tells a model that is of another kind from one that isn't there."""
    try:
        yield
    except (ValueError, KeyError, AttributeError, TypeError, OSError) as error:
        if isinstance(error, OSError) and not Path(name).is_dir():
            raise
        raise WrongKind(name) from error


def device_of(chosen: str) -> str:
    """The device to use: the chosen one; for `auto` the best there is."""
    if chosen != "auto":
        return chosen
    if torch.cuda.is_available():
        return "cuda"
    return "mps" if torch.backends.mps.is_available() else "cpu"


def precision_of(device: str) -> torch.dtype:
    """Half precision on GPUs, bfloat16 where they have it; CPUs are slower with it."""
    if device.startswith("cuda"):
        return torch.bfloat16 if IS_ZERO or torch.cuda.is_bf16_supported() else torch.float16
    return torch.float16 if device == "mps" else torch.float32


def placed(pipeline: Any, device: str) -> Any:
    """A pipeline on its device, in a way that fits its memory."""
    if device.startswith("cuda") and not IS_ZERO:
        free, total = torch.cuda.mem_get_info(device)
        if total < SHORT_OF_MEMORY:
            pipeline.enable_attention_slicing()
        if ROOM * _weight(pipeline) > free:
            pipeline.enable_model_cpu_offload(device=device)
            return pipeline
    elif device == "mps":
        pipeline.enable_attention_slicing()
    return pipeline.to(device)


def placed_as(pipeline: Any, other: Any, device: str) -> Any:
    """A pipeline of the parts of another one that is placed already."""
    if device.startswith("cuda") and other.device.type == "cpu":  # offloaded, part by part
        pipeline.enable_model_cpu_offload(device=device)
    return pipeline


def _weight(pipeline: Any) -> int:
    """Bytes of all of a pipeline's weights."""
    parts = (part for part in pipeline.components.values() if isinstance(part, torch.nn.Module))
    return sum(w.numel() * w.element_size() for part in parts for w in part.parameters())
