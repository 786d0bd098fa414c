"""Playing: one link after the other, each shown as soon as it is there."""

from dataclasses import dataclass
from pathlib import Path

from describe_draw import pictures
from describe_draw.access import ANONYMOUS, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.drawings import Drawing
from describe_draw.engines.base import Caption
from describe_draw.game import rest
from describe_draw.game.chain import Chain, Picture, See, Words
from describe_draw.problems import Problem
from describe_draw.recipe import MAX_SEED, RANDOM_SEED, Recipe, check_prompt, check_seed
from describe_draw.reports import Report, ignore_progress, without_words
from describe_draw.store import Store, full
from describe_draw.studio import Studio
from describe_draw.threads import in_thread

LONGEST = 100
"""How many links a game may have: all of them stay in memory."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round: a picture's caption and what was drawn from it."""

    caption: Caption
    drawing: Drawing


async def play_round(
    studio: Studio,
    image: str | Path | None,
    *,
    seed: int = -1,
    caller: Caller = ANONYMOUS,
    language: str = "",
) -> Round:
    """Describe a picture and draw what was said.

    Args:
        studio: Who describes and draws.
        image: The picture's file.
        seed: The drawing's seed, -1 for a random one.
        caller: Who asks.
        language: The caption's, see `Studio.describe`.

    Raises:
        Problem: As `Studio.describe` and `Studio.draw`.
    """
    caption = await studio.describe(image, CaptionOptions(language=language), caller=caller)
    side = min(512, studio.settings.max_side)
    recipe = Recipe(caption.text, width=side, height=side, seed=seed)
    return Round(caption, await studio.draw(recipe, caller))


def _side(pixels: float, longest: int) -> int:
    return min(max(64, round(pixels / 64) * 64), longest)


class Game:
    """Plays with whichever engines answer the caller.

    Args:
        studio: Who describes and draws.
        see: A picture's features, for the look dial. Blocking.
        store: Where the pictures that games begin with are kept, and all of a game in one file.
    """

    def __init__(self, studio: Studio, see: See, store: Store) -> None:
        self.studio = studio
        self._see = see
        self.store = store

    async def begin(self, image: str | Path | None = None, sentence: str = "") -> Chain:
        """A chain of one link: a picture file, or else a sentence.

        The picture is kept as PNG, upright, of at most 1024 pixels a side and without whatever
        else its file held.

        Raises:
            Problem: There is neither, or it can't be used.
        """
        if image:
            return Chain((await in_thread(self._opening, image),))
        if not sentence.strip():
            raise Problem("no_beginning")
        return Chain((Words(check_prompt(sentence, self.studio.settings)),))

    async def step(
        self,
        chain: Chain,
        seed: int = RANDOM_SEED,
        model: str = "",
        caller: Caller = ANONYMOUS,
        report: Report = ignore_progress,
        language: str = "",
        drawer: str | None = None,
    ) -> Chain:
        """The chain with its next link.

        A caption that the game had before is asked for more than that. Where there is no more the
        story has come to rest (see `rest.is_at_rest`), and whoever plays may end it.

        Args:
            chain: The game so far.
            seed: The game's, -1 for random ones; the first drawing has it, each next one more.
            model: As in `Recipe`; who describes, and draws.
            caller: Who asks.
            report: Told how the call goes.
            language: The captions', see `Studio.describe`.
            drawer: Who draws, where that is another than describes.

        Raises:
            Problem: The game is too long, or as `Studio.describe` and `Studio.draw`.
        """
        if len(chain.links) >= LONGEST:
            raise Problem("game_too_long", limit=LONGEST)
        last = chain.links[-1]
        self.store.use(picture.path for picture in chain.pictures)
        if isinstance(last, Picture):
            seen = last.pixels or last.path

            async def describe(asked: CaptionOptions) -> Caption:
                return await self.studio.describe(seen, asked, model, caller, quietly)

            quietly = without_words(report)
            asked = CaptionOptions(language=language)
            _, can = self.studio.captioner(asked, model, caller)
            caption = await rest.told(chain, describe, asked, can)
            return await in_thread(chain.followed_by, Words(caption.text, caption.credit))
        if seed != RANDOM_SEED:
            seed = (check_seed(seed) + len(chain.drawings)) % (MAX_SEED + 1)
        width, height = self._size(chain)
        drawn_by = model if drawer is None else drawer
        recipe = Recipe(last.text, width=width, height=height, seed=seed, model=drawn_by)
        drawn = await self.studio.draw(recipe, caller, report)
        pixels = await in_thread(pictures.load, drawn.path, self.studio.settings)
        features = await in_thread(self._see, pixels)
        picture = Picture(drawn.path, pixels.size, features, drawn.recipe, drawn.credit, pixels)
        return await in_thread(chain.followed_by, picture)

    def _size(self, chain: Chain) -> tuple[int, int]:
        """As much as 512 × 512 in the shape of the first picture, at most twice as long as wide."""
        width, height = chain.pictures[0].size if chain.pictures else (1, 1)
        root = min(max(width / height, 0.5), 2) ** 0.5
        longest = self.studio.settings.max_side
        return _side(512 * root, longest), _side(512 / root, longest)

    def _opening(self, image: str | Path) -> Picture:
        picture = pictures.load(image, self.studio.settings)
        path = self.store.new() / "start.png"
        try:
            path.write_bytes(pictures.png(picture))
        except OSError as error:
            raise full(error) from error
        return Picture(path, picture.size, self._see(picture), pixels=picture)
