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

Of the models that edit, where the client's `image_to_image` passes on whatever it is given:

- fal-ai: https://fal.ai/models/fal-ai/flux-kontext/dev/llms.txt (steps 10 to 50; its size is the
  picture's), …/qwen-image-edit/llms.txt (steps 2 to 50), …/flux-2-dev/llms.txt (steps 4 to 50, 512
  to 2048 a side)
- replicate: https://replicate.com/black-forest-labs/flux-kontext-dev (steps 4 to 50, `guidance` 0
  to 10, `go_fast`; its shape is the picture's) and …/flux-2-dev (neither steps nor guidance, and
  square unless `aspect_ratio` says `match_input_image`)
- together: https://docs.together.ai/docs/inference/images/parameters ("the Kontext family use
  aspect_ratio to set the output size"), …/reference-images
- wavespeed: https://wavespeed.ai/docs/docs-api/wavespeed-ai/flux-kontext-dev (steps 1 to 50),
  …/flux-2-dev-edit (`images`, size and seed alone), …/qwen-image-edit (`image`, size and seed)
"""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from describe_draw.recipe import EDIT_OPTIONS, OPTIONS

Values = dict[str, Any]
_RATIOS = ("1:1", "16:9", "21:9", "3:2", "2:3", "4:5", "5:4", "3:4", "4:3", "9:16", "9:21")
_HALF_A_MEGAPIXEL = 500_000
_SIDES = ("width", "height")


def _as_the_client(asked: Values) -> Values:
    """In the client's own words, which it makes the provider's."""
    return {EDIT_OPTIONS[name].upstream: value for name, value in asked.items()}


def _sizeless(asked: Values) -> Values:
    """Without the sides, which are those of the picture that is edited."""
    return _as_the_client({n: value for n, value in asked.items() if n not in _SIDES})


def _with_target_size(asked: Values) -> Values:
    """With the two sides in one, as the client has them for pictures that are edited."""
    return {**_sizeless(asked), "target_size": {side: asked[side] for side in _SIDES}}


def _size(asked: Values) -> Values:
    """Wavespeed's size, e.g. `1024*512`, which the client doesn't make of the two sides."""
    return {"size": f"{asked['width']}*{asked['height']}"}


def _with_size(asked: Values) -> Values:
    return {**_sizeless(asked), "extra_body": _size(asked)}


def _edited_at_wavespeed(asked: Values) -> Values:
    return _sizeless(asked) | _size(asked)


def _as_flux_at_replicate(asked: Values) -> Values:
    """With the nearest of the shapes and sizes that there are, and a seed that counts."""
    is_large = asked["width"] * asked["height"] > _HALF_A_MEGAPIXEL
    more = {
        "aspect_ratio": _shape(asked),
        "megapixels": "1" if is_large else "0.25",
        "go_fast": False,
        "output_format": "png",
    }
    if "guidance" in asked:
        more["guidance"] = asked["guidance"]
    said = {name: value for name, value in asked.items() if name in ("steps", "seed")}
    return {**_as_the_client(said), "extra_body": more}


def _edited_at_replicate(asked: Values) -> Values:
    """In the picture's shape, and with a seed that counts."""
    more = {"aspect_ratio": "match_input_image", "go_fast": False, "output_format": "png"}
    if "guidance" in asked:
        more["guidance"] = asked["guidance"]
    said = {name: value for name, value in asked.items() if name != "guidance"}
    return _sizeless(said) | more


def _edited_by_kontext_at_together(asked: Values) -> Values:
    return {**_sizeless(asked), "aspect_ratio": _shape(asked)}


def _shape(asked: Values) -> str:
    """The nearest of the shapes that there are."""
    shape = asked["width"] / asked["height"]
    return min(_RATIOS, key=lambda ratio: _distance(ratio, shape))


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
        least: The smallest.
        sides: The smallest and largest width and height.
        worded: Makes the client's arguments of the options' values.
        listed: What takes the picture that is edited, in a list, where the client has no such
            argument.
    """

    models: str = ""
    lost: frozenset[str] = frozenset()
    most: Mapping[str, float] = field(default_factory=dict)
    least: Mapping[str, float] = field(default_factory=dict)
    sides: tuple[int, int] | None = None
    worded: Callable[[Values], Values] = _as_the_client
    listed: str = ""

    def bounded(self, asked: Values) -> Values:
        """The options that it takes, each within what it doesn't refuse."""
        taken = {name: value for name, value in asked.items() if name not in self.lost}
        taken |= {n: min(taken[n], most) for n, most in self.most.items() if n in taken}
        taken |= {n: max(taken[n], least) for n, least in self.least.items() if n in taken}
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


_STRENGTH = frozenset({"strength"})
_EDITED_AT_WAVESPEED: Any = {"sides": (512, 1536), "worded": _edited_at_wavespeed}

EDIT_TERMS: dict[str, tuple[Terms, ...]] = {
    "fal-ai": (
        Terms(
            models=r"kontext",
            lost=_STRENGTH,
            least={"steps": 10},
            most={"steps": 50},
            worded=_sizeless,
        ),
        Terms(
            models=r"flux\.2",
            lost=_STRENGTH,
            least={"steps": 4},
            most={"steps": 50},
            sides=(512, 2048),
            worded=_with_target_size,
        ),
        Terms(least={"steps": 2}, most={"steps": 50}, worded=_with_target_size),
    ),
    "replicate": (
        Terms(models=r"flux\.2", lost=_SIZE_AND_SEED | _STRENGTH, worded=_edited_at_replicate),
        Terms(
            lost=_STRENGTH,
            least={"steps": 4},
            most={"steps": 50, "guidance": 10},
            worded=_edited_at_replicate,
        ),
    ),
    "together": (
        Terms(
            models=r"kontext",
            lost=_STRENGTH,
            most={"steps": 50},
            worded=_edited_by_kontext_at_together,
        ),
        Terms(lost=_STRENGTH, most={"steps": 50}),
    ),
    "wavespeed": (
        Terms(
            models=r"kontext",
            lost=_STRENGTH | {"negative_prompt"},
            most={"steps": 50},
            **_EDITED_AT_WAVESPEED,
        ),
        Terms(
            models=r"flux\.2|image-edit-\d",
            lost=_SIZE_AND_SEED | _STRENGTH,
            listed="images",
            **_EDITED_AT_WAVESPEED,
        ),
        Terms(lost=_SIZE_AND_SEED | _STRENGTH, **_EDITED_AT_WAVESPEED),
    ),
}
"""As `TERMS`, of the models that edit."""


def terms_of(provider: str, model: str, *, edits: bool = False) -> Terms:
    """How a provider, whose name may be `auto`, takes a model's options."""
    found = (EDIT_TERMS if edits else TERMS).get(provider, ())
    fits = (terms for terms in found if re.search(terms.models, model, re.IGNORECASE))
    return next(fits, Terms(worded=_with_target_size if edits else _as_the_client))
