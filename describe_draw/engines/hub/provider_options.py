"""In what terms each provider takes the drawing options, and of which models: the one table.

What huggingface_hub 2.4 makes of them is in its `inference/_providers/`: it drops nscale's steps,
joins width and height for fal-ai, nscale and zai-org, and merges `extra_body` into all the rest.
What the providers take of that is in their own documentation, as it was in 2026:

- fal-ai: https://fal.ai/models/fal-ai/flux/schnell/llms.txt (steps 1 to 12), …/flux/dev (1 to 50),
  https://fal.ai/docs/model-api-reference/image-generation-api/z-image-turbo (1 to 8)
- nscale: https://docs.nscale.com/api-reference/inferencing/create-image (model, prompt, size, n)
- replicate: https://replicate.com/black-forest-labs/flux-schnell and …/flux-dev (`aspect_ratio`,
  `megapixels`, `guidance` 0 to 10, and `go_fast`, by default on: "outputs will not be deterministic
  when this is enabled, even if you set a seed"), https://replicate.com/prunaai/z-image-turbo
- together: https://docs.together.ai/reference/post-images-generations, …/docs/images-overview
  (steps 1 to 50)
- wavespeed: https://wavespeed.ai/docs-api/flux-dev (`size` of 512 to 1536 a side, steps 1 to 50,
  guidance 0 to 10), …/docs/docs-api/wavespeed-ai/flux-schnell and …/z-image-base (neither)
- zai-org: https://docs.z.ai/api-reference/image/generate-image-async (size alone, 1024 to 2048 a
  side)
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from describe_draw.recipe import OPTIONS

Values = dict[str, Any]
_RATIOS = ("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21")
_HALF_A_MEGAPIXEL = 500_000


def _as_the_client(asked: Values) -> Values:
    """In the client's own words, which it makes the provider's."""
    return {OPTIONS[name].upstream: value for name, value in asked.items()}


def _with_size(asked: Values) -> Values:
    """With wavespeed's size, e.g. `1024*512`, which the client doesn't make of the two sides."""
    others = {name: value for name, value in asked.items() if name not in ("width", "height")}
    size = f"{asked['width']}*{asked['height']}"
    return {**_as_the_client(others), "extra_body": {"size": size}}


def _as_flux_at_replicate(asked: Values) -> Values:
    """With the nearest of the shapes and sizes that there are, and a seed that counts."""
    width, height = asked["width"], asked["height"]
    more = {
        "aspect_ratio": min(_RATIOS, key=lambda ratio: _distance(ratio, width / height)),
        "megapixels": "1" if width * height > _HALF_A_MEGAPIXEL else "0.25",
        "go_fast": False,
        "output_format": "png",
    }
    if "guidance" in asked:
        more["guidance"] = asked["guidance"]
    said = {name: value for name, value in asked.items() if name in ("steps", "seed")}
    return {**_as_the_client(said), "extra_body": more}


def _distance(ratio: str, shape: float) -> float:
    wide, high = ratio.split(":")
    return abs(math.log(int(wide) / int(high) / shape))


def _scaled(width: int, height: int, low: int, high: int) -> Values:
    """The sides within their limits, in much the same shape, in multiples of 32."""
    scale = min(max(1, low / min(width, height)), high / max(width, height))
    sides = {"width": width, "height": height}
    return {n: min(max(32 * round(s * scale / 32), low), high) for n, s in sides.items()}


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """How a provider takes the options of some models.

    Args:
        models: Which ones, a pattern of their names at the Hub; all by default.
        lost: The options that it doesn't take.
        most: The largest numbers that it doesn't refuse, by option.
        sides: The smallest and largest width and height.
        worded: Makes the client's arguments of the options' values.
    """

    models: str = ""
    lost: frozenset[str] = frozenset()
    most: Mapping[str, float] = field(default_factory=dict)
    sides: tuple[int, int] | None = None
    worded: Callable[[Values], Values] = _as_the_client

    def bounded(self, asked: Values) -> Values:
        """The options that it takes, each within what it doesn't refuse."""
        taken = {name: value for name, value in asked.items() if name not in self.lost}
        taken |= {n: min(taken[n], most) for n, most in self.most.items() if n in taken}
        if self.sides:
            taken |= _scaled(taken["width"], taken["height"], *self.sides)
        return taken


_SIZE_ALONE = frozenset(OPTIONS) - {"width", "height"}
_SIZE_AND_SEED = _SIZE_ALONE - {"seed"}
_WAVESPEED: Any = {"sides": (512, 1536), "worded": _with_size}
_FLUX_AT_REPLICATE: Any = {"worded": _as_flux_at_replicate}

TERMS: dict[str, tuple[Terms, ...]] = {
    "fal-ai": (
        Terms(models=r"flux.*schnell", most={"steps": 12}),
        Terms(models=r"z-image-turbo", most={"steps": 8}),
        Terms(most={"steps": 50}),
    ),
    "nscale": (Terms(lost=_SIZE_ALONE),),
    "replicate": (
        Terms(models=r"flux\.1-schnell", most={"steps": 4}, **_FLUX_AT_REPLICATE),
        Terms(
            models=r"flux\.1-(krea-)?dev", most={"steps": 50, "guidance": 10}, **_FLUX_AT_REPLICATE
        ),
        Terms(models=r"z-image-turbo", most={"steps": 50}),
    ),
    "together": (Terms(most={"steps": 50}),),
    "wavespeed": (
        Terms(models=r"flux\.1-schnell|z-image-turbo", lost=_SIZE_AND_SEED, **_WAVESPEED),
        Terms(models=r"z-image", lost=_SIZE_AND_SEED - {"negative_prompt"}, **_WAVESPEED),
        Terms(most={"steps": 50, "guidance": 10}, **_WAVESPEED),
    ),
    "zai-org": (Terms(lost=_SIZE_ALONE, sides=(1024, 2048)),),
}
"""By provider, the first that fits a model counts; hf-inference takes everything as it is."""


def terms_of(provider: str, model: str) -> Terms:
    """How a provider, whose name may be `auto`, takes a model's options."""
    found = TERMS.get(provider, ())
    fits = (terms for terms in found if re.search(terms.models, model, re.IGNORECASE))
    return next(fits, Terms())
