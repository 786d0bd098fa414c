"""Loads models onto the device, and runs them: transformers describe, diffusers draw.

Whatever is imported here takes seconds: import it in a thread, or at the start on ZeroGPU.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import signature
from pathlib import Path
from typing import Any

import torch
from PIL.Image import Image
from transformers import (
    AutoModelForImageTextToText,
    AutoProcessor,
    StoppingCriteria,
    StoppingCriteriaList,
)

from describe_draw.engines.local.gpu import IS_ZERO
from describe_draw.engines.local.results import Drawn
from describe_draw.engines.model_families import is_distilled, never_used, steps_of
from describe_draw.options import ignored
from describe_draw.recipe import OPTIONS, Recipe

SHORT_OF_MEMORY = 8 * 1024**3
"""A device with less, in bytes, computes attention in slices."""

ROOM = 1.3
"""Times its weights that a model takes while it works."""

PARAMETERS = {name: option.upstream for name, option in OPTIONS.items()} | {"seed": "generator"}
"""Each option's name in diffusers' pipelines."""

Step = Callable[[int], None]


class WrongKind(Exception):
    """The model can't do the task."""


@contextmanager
def _kind_checked(name: str) -> Iterator[None]:
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


class CaptionModel:
    """BLIP and its kind, or a vision-language model that chats.

    Args:
        name: A Hub id or a folder.
        device: Where it runs.

    Raises:
        WrongKind: The model doesn't describe pictures.
        OSError: It isn't there.
    """

    def __init__(self, name: str, device: str) -> None:
        self._precision = precision_of(device)
        with _kind_checked(name):
            self._processor = AutoProcessor.from_pretrained(name)
            model = AutoModelForImageTextToText.from_pretrained(name, dtype=self._precision)
        self._model = model.to(device).eval()
        self._device = device
        self.chats = bool(getattr(self._processor, "chat_template", None))

    def describe(self, picture: Image, prompt: str, tokens: int, step: Step) -> str:
        """Describe a picture; the prompt is for those that chat."""
        if self.chats:
            content = [{"type": "image", "image": picture}, {"type": "text", "text": prompt}]
            inputs = self._processor.apply_chat_template(
                [{"role": "user", "content": content}],
                add_generation_prompt=True,
                tokenize=True,
                return_dict=True,
                return_tensors="pt",
            )
        else:
            inputs = self._processor(images=picture, return_tensors="pt")
        inputs = inputs.to(self._device, self._precision)
        with torch.inference_mode():
            said = self._model.generate(
                **inputs,
                max_new_tokens=tokens,
                do_sample=False,
                stopping_criteria=StoppingCriteriaList([_Counting(step)]),
            )
        asked = inputs["input_ids"].shape[1] if self.chats else 0
        text: str = self._processor.decode(said[0][asked:], skip_special_tokens=True)
        return text


class _Counting(StoppingCriteria):
    """Counts tokens; what is told of them may end it all by raising."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._count = 0

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        self._count += 1
        self._step(self._count)
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)


class DiffusionModel:
    """Any of diffusers' text-to-image pipelines.

    Args:
        name: A Hub id or a folder.
        device: Where it runs.

    Raises:
        WrongKind: The model doesn't draw.
        OSError: It isn't there.
    """

    def __init__(self, name: str, device: str) -> None:
        from diffusers import AutoPipelineForText2Image

        with _kind_checked(name):
            pipeline = AutoPipelineForText2Image.from_pretrained(name, dtype=precision_of(device))
        pipeline.set_progress_bar_config(disable=True)
        self._pipeline = _placed(pipeline, device)
        kind = f"{name} {type(pipeline).__name__}"
        taken = signature(pipeline.__call__).parameters
        self._kind = kind
        self._unused = never_used(kind) | {o for o in OPTIONS if PARAMETERS[o] not in taken}

    def draw(self, recipe: Recipe, step: Step) -> Drawn:
        """Draw a recipe, as far as the pipeline takes its options."""
        steps = steps_of(self._kind, recipe.steps)
        values = recipe.options() | {
            "negative_prompt": recipe.negative_prompt or None,
            "steps": steps,
            "seed": torch.Generator("cpu").manual_seed(recipe.seed),  # the same on every device
        }
        asked = {PARAMETERS[o]: v for o, v in values.items() if o not in self._unused}
        if is_distilled(self._kind):
            asked["guidance_scale"] = 0.0

        def told(_: Any, number: int, __: Any, tensors: dict[str, Any]) -> dict[str, Any]:
            step(number + 1)
            return tensors

        with torch.inference_mode():
            answer = self._pipeline(recipe.prompt, callback_on_step_end=told, **asked)
        blacked = any(getattr(answer, "nsfw_content_detected", None) or ())
        unused = ignored(recipe.options(), frozenset(OPTIONS) - self._unused)
        return Drawn(answer.images[0].convert("RGB"), unused, steps, blacked)


def _placed(pipeline: Any, device: str) -> Any:
    """The pipeline on its device, in a way that fits its memory."""
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


def _weight(pipeline: Any) -> int:
    """Bytes of all of a pipeline's weights."""
    parts = (part for part in pipeline.components.values() if isinstance(part, torch.nn.Module))
    return sum(w.numel() * w.element_size() for part in parts for w in part.parameters())
