"""Each round of a game against its start, by every measure that there is."""

from collections.abc import Callable
from dataclasses import dataclass

from describe_draw.game import sentences
from describe_draw.game.chain import Chain, Picture
from describe_draw.game.embedders import Clip, Missing, Vector, alike, sentences_alike

LOOK = "look of the built-in classifier, 1 - the dial"
MEANING = "meaning of captions, 1 - the dial"


@dataclass(frozen=True, slots=True)
class Measure:
    """How near a round is to the start, 1 for the same.

    Args:
        name: Its column.
        does: What it compares, by which model.
        on_drawing: Whether it looks at the round's drawing, else at its words.
        of: The value of a chain's last round; None where it isn't known. Blocking.
    """

    name: str
    does: str
    on_drawing: bool
    of: Callable[[Chain], float | None]


class Scoring:
    """The measures for games that begin with a picture, or with a sentence.

    The directions are those of arXiv 2509.04438: from pictures to pictures and to words where a
    picture begins, from words to words and to pictures where a sentence does.

    Args:
        begins: What games begin with.
        clip: The name of the model of pictures and words.
        device: Where that runs.

    Attributes:
        measures: Those that there are: the game's own first.
        missing: Those that there are not, and why.
    """

    def __init__(self, begins: str, clip: str, device: str) -> None:
        is_picture = begins == "picture"
        self.missing: dict[str, str] = {}
        self._is_from_picture = is_picture
        self.measures = [
            Measure("meaning", MEANING, False, lambda chain: 1 - chain.drift[-1].meaning),
            Measure("look", LOOK, True, lambda chain: 1 - chain.drift[-1].look),
        ]
        if not is_picture:
            self._add_sentences()
        self._add_clip(clip, device)

    def generation(self, measure: Measure, number: int) -> int:
        """The number of what a measure looks at in a round: each link of a chain is one."""
        comes_first = measure.on_drawing != self._is_from_picture
        return 2 * number - comes_first

    def of(self, chain: Chain) -> dict[str, float | None]:
        """The values of a chain's last round, by the measures' names. Blocking."""
        found = {measure.name: measure.of(chain) for measure in self.measures}
        return {name: None if v is None else round(v, 4) for name, v in found.items()}

    def _add_sentences(self) -> None:
        if not sentences.installed():
            self.missing["minilm_text_text"] = "install requirements-meaning.txt"
            return

        def words(chain: Chain) -> float | None:
            return sentences_alike(chain.words[0].text, chain.words[-1].text)

        does = f"cosine of {sentences.NAME}, first words and latest"
        self.measures.append(Measure("minilm_text_text", does, False, words))

    def _add_clip(self, name: str, device: str) -> None:
        start = "image" if self._is_from_picture else "text"
        try:
            clip = Clip(name, device)
        except Missing as missing:
            ends = ("image", "text") if self._is_from_picture else ("image",)
            self.missing |= {f"clip_{start}_{end}": str(missing) for end in ends}
            return

        def first(chain: Chain) -> Vector:
            link = chain.links[0]
            return clip.picture(link.path) if isinstance(link, Picture) else clip.text(link.text)

        def drawing(chain: Chain) -> float:
            return alike(first(chain), clip.picture(chain.pictures[-1].path))

        def words(chain: Chain) -> float:
            return alike(first(chain), clip.text(chain.words[-1].text))

        began = "picture" if self._is_from_picture else "sentence"
        does = f"cosine of {name}, the {began} it began with"
        self.measures.append(
            Measure(f"clip_{start}_image", f"{does} and the drawing", True, drawing)
        )
        if self._is_from_picture:
            self.measures.append(
                Measure("clip_image_text", f"{does} and the caption", False, words)
            )
