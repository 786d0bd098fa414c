"""The engine that needs no token, no network and no GPU."""

from dataclasses import replace

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
    Source,
    Task,
    only_english,
)
from describe_draw.engines.builtin.describer import Describer
from describe_draw.engines.builtin.illustrator import THEN, Illustrator
from describe_draw.options import ignored
from describe_draw.recipe import Edit, Recipe
from describe_draw.texts import listed, message
from describe_draw.threads import in_thread

FOLLOWED = frozenset({"negative_prompt", "width", "height", "seed"})
LONGEST = 1500
"""In characters: of what was changed so often, only what is to be seen is taken up."""

ANEW = 0.9
"""With so much strength, what is known of a picture's layout is left behind."""


class Builtin:
    """Describes with two small networks, draws by composing illustrations."""

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
            options=FOLLOWED | {"strength"} if task == "edit" else FOLLOWED,
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
        return await self._draw(recipe, recipe.prompt)

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """Read a picture's scene, apply the words, and draw it anew.

        Where its file says what it was drawn from, it keeps its layout, but for the most strength.
        """
        if not recipe.strength:
            return GeneratedImage(source.picture, Credit(engine=BUILTIN, model=BUILTIN))
        known = source.prompt if len(source.prompt) < LONGEST else ""
        seen = known or await in_thread(self._describer.describe, source.picture)
        keeps = bool(known) and recipe.strength < ANEW
        followed = FOLLOWED - {"seed"} if keeps else FOLLOWED
        drawn = await self._draw(
            replace(recipe, seed=source.seed) if keeps else recipe,
            f"{seen.rstrip('.')} {THEN} {recipe.prompt}",
            followed | {"strength"} if known else followed,
        )
        notes = (message("note.drawn_anew"), *drawn.credit.notes)
        credit = replace(drawn.credit, notes=notes)
        return replace(drawn, credit=credit, seed=source.seed if keeps else None)

    async def _draw(
        self, recipe: Recipe, words: str, followed: frozenset[str] = FOLLOWED
    ) -> GeneratedImage:
        drawn = await in_thread(
            self._illustrator.draw,
            words,
            recipe.negative_prompt,
            recipe.width,
            recipe.height,
            recipe.seed,
        )
        notes = (message("note.not_understood", words=listed(drawn.unknown)),)
        credit = Credit(
            engine=BUILTIN,
            model=BUILTIN,
            ignored=ignored(recipe.options(), followed),
            notes=notes if drawn.unknown else (),
        )
        return GeneratedImage(drawn.image, credit, words)
