"""What an engine drew: encoded once, with the recipe in the file of each who asked for it."""

from dataclasses import dataclass, replace
from pathlib import Path

from describe_draw import __version__, pictures
from describe_draw.engines.base import Credit, GeneratedImage
from describe_draw.recipe import Recipe
from describe_draw.store import Store, full
from describe_draw.texts import message
from describe_draw.threads import in_thread


@dataclass(frozen=True, slots=True)
class Drawing:
    """The PNG file of a drawn picture, whose text chunks hold the recipe."""

    path: Path
    recipe: Recipe
    credit: Credit


@dataclass(frozen=True, slots=True)
class Asked:
    """What a visitor asked for beside a recipe.

    Args:
        prompt: Their own words, before anything was added to them.
        style: One of `styles.styles`, empty for none.
        private: Whether the recipe stays out of the file and its name.
    """

    prompt: str
    style: str = ""
    private: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing as it is remembered, for the files of all who ask for the same."""

    png: bytes
    credit: Credit
    prompt: str
    seed: int

    @property
    def size(self) -> int:
        """What it takes to remember it, in bytes."""
        return len(self.png)

    @property
    def lasts(self) -> bool:
        """Whether it is the one that its seed stands for, by the model that was asked."""
        return "seed" not in self.credit.ignored and not self.credit.is_makeshift

    def kept(self, recipe: Recipe, asked: Asked, store: Store) -> Drawing:
        """A file of it. Blocking.

        Raises:
            Problem: There is no room for it.
        """
        recipe = replace(recipe, prompt=self.prompt, seed=self.seed, model=self.credit.model)
        name = pictures.file_name(asked.prompt, recipe.seed)
        chunks = recipe.chunks(
            engine=self.credit.engine,
            provider=self.credit.provider,
            asked=asked.prompt,
            style=asked.style,
            ignored=self.credit.ignored,
            version=__version__,
        )
        if asked.private:
            name, chunks = "drawing.png", {}
        path = store.new() / name
        try:
            path.write_bytes(pictures.with_texts(self.png, chunks))
        except OSError as error:
            raise full(error) from error
        return Drawing(path, recipe, self.credit)


async def drawn(generated: GeneratedImage, recipe: Recipe) -> Drawn:
    """What an engine drew, encoded; a safety filter's black is told."""
    credit = generated.credit
    if await in_thread(pictures.is_black, generated.picture):
        note = message("note.blacked_out", model=credit.model)
        credit = replace(credit, notes=(*credit.notes, note))
    png = await in_thread(pictures.png, generated.picture)
    seed = recipe.seed if generated.seed is None else generated.seed
    return Drawn(png, credit, generated.final_prompt or recipe.prompt, seed)
