"""Loads a model of transformers that describes pictures, and runs it.

What is imported here takes seconds: import it in a thread, or at the start on ZeroGPU.
"""

from collections.abc import Callable
from typing import Any

import torch
from PIL.Image import Image
from transformers import (
    AutoImageProcessor,
    AutoModelForImageTextToText,
    AutoProcessor,
    AutoTokenizer,
    StoppingCriteria,
    StoppingCriteriaList,
)

from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.calling.model_prompts import caption_prompt, caption_tokens
from describe_draw.engines.local.devices import kind_checked, precision_of
from describe_draw.engines.local.kinds import CAPTIONERS, SHORT, TASK_PROMPTS, styles_of_kind

Step = Callable[[int], None]


class CaptionModel:
    """One that captions, one that knows a few tasks, or a vision-language model that chats.

    Args:
        name: A Hub id or a folder.
        device: Where it runs.

    Attributes:
        styles: The caption styles it has.
        chats: Whether it can be told in words how to describe.

    Raises:
        WrongKind: The model doesn't describe pictures.
        ImportError: It needs a package that isn't there.
        OSError: The model isn't there.
    """

    def __init__(self, name: str, device: str) -> None:
        self._precision = precision_of(device)
        with kind_checked(name):
            model = AutoModelForImageTextToText.from_pretrained(name, dtype=self._precision)
            kind = model.config.model_type
            if kind == "vision-encoder-decoder":  # whose AutoProcessor is the tokenizer alone
                self._processor = AutoImageProcessor.from_pretrained(name)
                self._tokenizer = AutoTokenizer.from_pretrained(name)
            else:
                self._processor = self._tokenizer = AutoProcessor.from_pretrained(name)
        self._model = model.to(device).eval()
        self._device = device
        self._tasks = TASK_PROMPTS.get(kind, {})
        self.chats = bool(getattr(self._processor, "chat_template", None))
        can_chat = self.chats or self._tasks or kind in CAPTIONERS
        self.styles = styles_of_kind(kind) if can_chat else SHORT

    def describe(self, picture: Image, asked: CaptionOptions, step: Step) -> str:
        """Describe a picture in one of the model's styles; where it chats, also otherwise."""
        inputs = self._inputs(picture, asked).to(self._device, self._precision)
        with torch.inference_mode():
            said = self._model.generate(
                **inputs,
                max_new_tokens=caption_tokens(asked),
                do_sample=False,
                stopping_criteria=StoppingCriteriaList([_Counting(step)]),
            )
        repeats = "input_ids" in inputs and not self._model.config.is_encoder_decoder
        begin = inputs["input_ids"].shape[1] if repeats else 0
        text: str = self._tokenizer.decode(said[0][begin:], skip_special_tokens=True)
        return text

    def _inputs(self, picture: Image, asked: CaptionOptions) -> Any:
        if self._tasks:
            return self._processor(
                images=picture, text=self._tasks[asked.style], return_tensors="pt"
            )
        if not self.chats:
            return self._processor(images=picture, return_tensors="pt")
        told = {"type": "text", "text": caption_prompt(asked)}
        return self._processor.apply_chat_template(
            [{"role": "user", "content": [{"type": "image", "image": picture}, told]}],
            add_generation_prompt=True,
            tokenize=True,
            return_dict=True,
            return_tensors="pt",
        )


class _Counting(StoppingCriteria):
    """Counts tokens; what is told of them may end it all by raising."""

    def __init__(self, step: Step) -> None:
        self._step = step
        self._count = 0

    def __call__(self, input_ids: Any, scores: Any, **_: Any) -> Any:
        self._count += 1
        self._step(self._count)
        return torch.zeros(input_ids.shape[0], dtype=torch.bool, device=input_ids.device)
