"""What families of drawing models have in common, wherever one of them runs.

By their model cards at the Hub: black-forest-labs/FLUX.1-schnell and FLUX.2-klein-4B (4 steps),
Tongyi-MAI/Z-Image-Turbo (8), stabilityai/sdxl-turbo and sd-turbo (1 to 4, "does not make use of
guidance_scale or negative_prompt"), stable-diffusion-3.5-large-turbo (4),
ByteDance/SDXL-Lightning (8 at most), SimianLuo/LCM_Dreamshaper_v7 and latent-consistency/lcm-sdxl
(8 at most, with guidance). Z-Image-Turbo, Qwen/Qwen-Image and zai-org/GLM-Image read Chinese.
FLUX.1-Kontext, FLUX.2 and Qwen-Image-Edit change a picture as they are told: their pipelines in
diffusers 0.42 know no strength.
"""

import re
from dataclasses import dataclass

from describe_draw.engines.calling.scripts import is_chinese


@dataclass(frozen=True, slots=True)
class Distilled:
    """A family that is made for a few steps.

    Args:
        names: What its models are called.
        steps: The most that it has a use for.
        is_guided: Whether it follows a guidance scale.
    """

    names: re.Pattern[str]
    steps: int
    is_guided: bool = False


def _called(names: str) -> re.Pattern[str]:
    return re.compile(names, re.IGNORECASE)


FAMILIES = (
    Distilled(_called(r"flux.*schnell|flux\.?2-klein-\d"), 4),
    Distilled(_called(r"z-image-turbo"), 8),
    Distilled(_called(r"\b(?:sdxl|sd|stable-diffusion-3\.5-large)-turbo"), 4),
    Distilled(_called(r"xl.*lightning"), 8),
    Distilled(_called(r"(?<![a-z])lcm(?![a-z])"), 8, is_guided=True),
)


_READS_CHINESE = _called(r"z-image|qwen-image|glm-image")

_FOLLOWS_INSTRUCTIONS = _called(r"flux.*kontext|flux\.?2|qwen-image-edit")


def reads(model: str, prompt: str) -> bool:
    """Whether a model reads a prompt that isn't in English as it is."""
    return is_chinese(prompt) and _READS_CHINESE.search(model) is not None


def never_used(model: str) -> frozenset[str]:
    """The options that a model has no use for, whoever serves it."""
    unused = set()
    if "flux" in model.lower():
        unused.add("negative_prompt")
    if _FOLLOWS_INSTRUCTIONS.search(model):
        unused.add("strength")
    if is_distilled(model):  # what is to be avoided is avoided by guidance
        unused |= {"guidance", "negative_prompt"}
    return frozenset(unused)


def is_distilled(model: str) -> bool:
    """Whether a model is made for a few steps, without guidance."""
    family = _family(model)
    return family is not None and not family.is_guided


def steps_of(model: str, asked: int) -> int:
    """The inference steps that a model is asked for, where a person asked for so many."""
    family = _family(model)
    return min(asked, family.steps) if family else asked


def _family(model: str) -> Distilled | None:
    return next((family for family in FAMILIES if family.names.search(model)), None)
