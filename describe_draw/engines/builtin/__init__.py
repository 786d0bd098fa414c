"""The engine that needs no token, no network and no GPU."""

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from describe_draw.access import TOKEN_PAGE, Caller
from describe_draw.engines.base import (
    BUILTIN,
    STYLES,
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Task,
    only_english,
)
from describe_draw.engines.builtin.describer import Describer
from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.options import ignored
from describe_draw.recipe import Recipe
from describe_draw.texts import listed, message
from describe_draw.threads import in_thread

FOLLOWED = frozenset({"negative_prompt", "width", "height", "seed"})


class Builtin:
    """Describes with small networks, draws by composing illustrations."""

    name = BUILTIN

    def __init__(self) -> None:
        self._describer = Describer()
        self._illustrator = Illustrator()

    def lacks(self, task: Task) -> str:
        """Nothing."""
        return ""

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        """Always set up, for everybody."""
        can = Capability(
            engine=BUILTIN,
            model=BUILTIN,
            styles=STYLES,
            options=FOLLOWED,
            missing=message("missing.large_model", link=TOKEN_PAGE),
        )
        return (can,)

    async def caption(self, picture: Image, style: str, call: Call) -> Caption:
        """Describe a picture; about 0.1 s."""
        text = await in_thread(self._describer.describe, picture, style, call.language)
        notes = () if call.language in self._describer.languages else only_english(call)
        return Caption(text, Credit(engine=BUILTIN, model=BUILTIN, notes=notes))

    def features(self, picture: Image) -> NDArray[np.float32]:
        """The classifier's 1280 pooled features of a picture. Blocking, about 0.02 s."""
        return self._describer.features(picture)

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe; about 0.3 s at 512 × 512."""
        drawn = await in_thread(
            self._illustrator.draw,
            recipe.prompt,
            recipe.negative_prompt,
            recipe.width,
            recipe.height,
            recipe.seed,
        )
        notes = (message("note.not_understood", words=listed(drawn.unknown)),)
        credit = Credit(
            engine=BUILTIN,
            model=BUILTIN,
            ignored=ignored(recipe.options(), FOLLOWED),
            notes=notes if drawn.unknown else (),
        )
        return GeneratedImage(drawn.image, credit, recipe.prompt)
