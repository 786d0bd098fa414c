"""The engine that needs no token, no network and no GPU."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from describe_draw.access import TOKEN_PAGE, Caller
from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import (
    BUILTIN,
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
from describe_draw.engines.builtin.describer.length import within, words_in
from describe_draw.engines.builtin.describer.questions import understood
from describe_draw.engines.builtin.illustrator import THEN, Illustrator
from describe_draw.options import ignored
from describe_draw.problems import Problem
from describe_draw.recipe import Edit, Recipe
from describe_draw.styles import unstyled
from describe_draw.texts import listed, message
from describe_draw.threads import in_thread

FOLLOWED = frozenset({"negative_prompt", "width", "height", "seed"})
LONGEST = 1500
"""In characters: of what was changed so often, only what is to be seen is taken up."""

ANEW = 0.9
"""With so much strength, what is known of a picture's layout is left behind."""
_CREDIT = Credit(engine=BUILTIN, model=BUILTIN)
UNSTYLED = frozenset({"photo"})
"""The styles of drawings that it hasn't."""


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
            answers=task == "describe",
            purposes=("text",) if task == "describe" else (),
            options=FOLLOWED | {"strength"} if task == "edit" else FOLLOWED,
            unstyled=UNSTYLED,
            missing=message("missing.large_model", link=TOKEN_PAGE),
        )
        return (can,)

    def understands(self, instruction: str) -> bool:
        """Whether an instruction asks what it can look for, or for one of its styles."""
        return understood(instruction) is not None

    async def caption(self, picture: Image, asked: CaptionOptions, call: Call) -> Caption:
        """Describe a picture, or answer a question about it; about 0.1 s."""
        question = understood(asked.instruction) if asked.instruction else None
        written = ""
        if asked.instruction and question is None:
            raise Problem("only_questions", model=BUILTIN)
        if question:
            language = asked.language or question.language
            text = await in_thread(self._describer.answer, picture, question, language)
        else:
            written = await in_thread(self._written, picture) if asked.is_of_text else ""
            text = written or await in_thread(
                self._describer.describe, picture, asked.style, asked.language
            )
        if question or asked.style == "detailed":
            text = within(text, asked.max_words)
        native = bool(written) or asked.language in self._describer.languages
        notes = () if native else only_english(asked)
        credit = replace(_CREDIT, ignored=_ignored(asked, text, written), notes=notes)
        return Caption(text, credit)

    def _written(self, picture: Image) -> str:
        text, more = self._describer.lettering(picture).within(LONGEST)
        return f"{text} …" if more and text else text

    def features(self, picture: Image) -> NDArray[np.float32]:
        """The classifier's 1280 pooled features of a picture. Blocking, about 0.02 s."""
        return self._describer.features(picture)

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe; about 0.3 s at 512 × 512."""
        return await self._draw(recipe)

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """Read a picture's scene, apply the words, and draw it anew.

        Where its file says what it was drawn from, it keeps its layout, but for the most strength.
        """
        if not recipe.strength:
            return GeneratedImage(source.picture, _CREDIT)
        known = source.prompt if len(source.prompt) < LONGEST else ""
        seen = _worded(Recipe(known))[0] or await in_thread(
            self._describer.describe, source.picture
        )
        keeps = bool(known) and recipe.strength < ANEW
        seed = source.seed if keeps else recipe.seed
        before = f"{seen.rstrip('.')} {THEN} "
        drawn = await self._draw(replace(recipe, seed=seed), before)
        followed = FOLLOWED - {"seed"} if keeps else FOLLOWED
        followed |= {"strength"} if known else set()
        credit = replace(drawn.credit, ignored=ignored(recipe.options(), followed))
        return GeneratedImage(
            drawn.picture,
            credit.noting(message("note.drawn_anew")),
            before + recipe.prompt,
            seed,
        )

    async def _draw(self, recipe: Recipe, before: str = "") -> GeneratedImage:
        """A recipe's drawing, by the words that it comes to here."""
        asked = (*_worded(recipe, before), recipe.width, recipe.height, recipe.seed)
        drawn = await in_thread(self._illustrator.draw, *asked)
        pairs = [f"{word} → {art}" for word, art in drawn.instead]
        told = (("note.drawn_as", pairs), ("note.not_understood", drawn.unknown))
        notes = [message(key, words=listed(words)) for key, words in told if words]
        unheard = ignored(recipe.options(), FOLLOWED)
        credit = replace(_CREDIT, ignored=unheard, notes=tuple(notes))
        return GeneratedImage(drawn.image, credit, recipe.prompt)


def _ignored(asked: CaptionOptions, text: str, written: str) -> tuple[str, ...]:
    """What it doesn't follow: it leaves out sentences where they are too many, no words."""
    cut = bool(asked.instruction) or asked.style == "detailed"
    held = cut and words_in(text) <= asked.max_words
    followed = {"max_words": held, "purpose": bool(written)}
    return tuple(name for name in asked.told if not followed.get(name))


def _worded(recipe: Recipe, before: str = "") -> tuple[str, str]:
    """A recipe's prompt with its style by its name, and its negative prompt."""
    own, style = unstyled(recipe)
    return ", ".join(filter(None, (before + own.prompt, style))), own.negative_prompt
