"""Draws prompts: the built-in engine's painter."""

from dataclasses import dataclass
from random import Random
from threading import Lock

from PIL import Image

from .editing import THEN, understood
from .painter import paint
from .parser import parse, sides
from .scene import Scene


@dataclass(frozen=True)
class Illustration:
    """A picture and what of its prompt it leaves out.

    Attributes:
        image: RGB, of exactly the size asked for.
        unknown: Words of the prompt that were not understood, or that name more than a picture
            holds.
        instead: Words of the prompt, each with what is drawn for it, where that is something else.
    """

    image: Image.Image
    unknown: tuple[str, ...]
    instead: tuple[tuple[str, str], ...] = ()


class Illustrator:
    """Draws prompts without a network or a model.

    Nothing is loaded until the first `draw`. One instance serves many threads.
    """

    def __init__(self) -> None:
        self._first = Lock()
        self._ready = False

    def draw(
        self,
        prompt: str,
        negative_prompt: str = "",
        width: int = 512,
        height: int = 512,
        seed: int = 0,
    ) -> Illustration:
        """Draws a prompt; the same arguments give the same picture, bit for bit.

        Args:
            prompt: What to draw, in English or Chinese; any text is accepted. After each `THEN`
                it says what to change; the layout is that of what stands before the first.
            negative_prompt: What must not appear.
            width: Pixels, a multiple of 64 from 64 to 1024.
            height: Pixels, likewise.
            seed: Chooses the layout and all that the prompt leaves open.

        Returns:
            The picture and the words that were not drawn.
        """
        self._load()
        first, then, more = prompt.partition(THEN)
        everything = f"{seed}\0{first.strip()}\0{'' if then else negative_prompt}\0{width}x{height}"
        rng = Random(everything.encode("utf-8", "surrogatepass"))
        parts = [f"{side}{then}{more}" for side in sides(first)]
        scenes = [understood(part, negative_prompt) for part in parts]
        image, hidden = _side_by_side(scenes, width, height, rng)
        unknown = dict.fromkeys([word for scene in scenes for word in scene.unknown] + hidden)
        instead = dict(pair for scene in scenes for pair in scene.instead)
        return Illustration(image, tuple(unknown), tuple(instead.items()))

    def _load(self) -> None:
        """Reads the data once, however many threads come first."""
        if not self._ready:
            with self._first:
                parse("")
                self._ready = True


def _side_by_side(
    scenes: list[Scene], width: int, height: int, rng: Random
) -> tuple[Image.Image, list[str]]:
    """One picture of all scenes, parted by a white seam, and the words for what is not seen."""
    if len(scenes) == 1:
        return paint(scenes[0], width, height, rng)
    sheet, seam = Image.new("RGB", (width, height), "white"), max(width, height) // 128
    across, down = (width // 2, 0) if width >= height else (0, height // 2)
    hidden: list[str] = []
    for n, scene in enumerate(scenes):
        part, words = paint(scene, across or width, down or height, rng)
        hidden += words
        sheet.paste(part, (n * (across and across + seam), n * (down and down + seam)))
    return sheet, hidden
