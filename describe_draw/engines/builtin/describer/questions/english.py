"""Answers in English."""

from collections.abc import Sequence

from .. import styles
from ..observation import MANY, Observation
from ..phrases import counted, listed, plural, sentence, spelled, with_article
from ..tables import seeing
from .looking import Found
from .question import table

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six")
_UNCOUNTED = ("grass", "water", "sand", "ground")


class English:
    """Says what is seen in one picture."""

    def __init__(self, seen: Observation) -> None:
        """Speaks of one picture."""
        self._seen = seen

    def say(self, key: str, **values: str) -> str:
        """A sentence, with its capital."""
        said: str = table()["said"][key].format(**values)
        return sentence(said)

    def things(self, found: Sequence[Found]) -> str:
        """Such as "Two cows and a dog"."""
        return listed([self._thing(one) for one in found])

    def _thing(self, found: Found) -> str:
        if found.count >= MANY and found.noun == "person":
            return "many people"
        noun = _called(found.noun)
        if found.count == 1 and found.doubt:
            return f"what looks like {with_article(noun)}"
        said = counted(noun, found.count)
        a, _, rest = said.partition(" ")
        return f"one {rest}" if a in ("a", "an") else said

    def number(self, count: int) -> str:
        """Such as "Two"."""
        return _NUMBERS[count] if count < len(_NUMBERS) else str(count)

    def several(self, noun: str) -> str:
        """Such as "Cows"."""
        return plural(_called(noun))

    def one(self, noun: str) -> str:
        """Such as "A cow"."""
        return with_article(_called(noun))

    def the(self, noun: str, count: int) -> str:
        """Such as "The cows"."""
        return f"the {plural(_called(noun)) if count > 1 else spelled(_called(noun))}"

    def bare(self, noun: str) -> str:
        """Such as "Cow"."""
        return spelled(_called(noun))

    def surfaces(self, nouns: Sequence[str]) -> str:
        """Such as "Grass and the sky"."""
        return listed([self._seen_as(noun) for noun in nouns])

    def _seen_as(self, noun: str) -> str:
        if noun in _UNCOUNTED:
            return noun
        if noun in ("tree", "mountain", "building", "plant"):
            return plural(noun)
        return f"the {noun}" if noun in ("sky", "sea") else with_article(noun)

    def surface(self, noun: str) -> str:
        """Such as "The sky"."""
        return f"the {noun}"

    def colours(self, colours: Sequence[str]) -> str:
        """Such as "Black and white"."""
        return listed(colours)

    def places(self, places: Sequence[str]) -> str:
        """Such as "On the left and in the middle"."""
        return listed([seeing()["places"][place] for place in places])

    def medium(self, medium: str) -> str:
        """Such as "A photo"."""
        return with_article(medium)

    def scenery(self, words: Sequence[str]) -> str:
        """Such as "Trees and the sea"."""
        return listed(words)

    def caption(self, style: str) -> str:
        """What the picture shows."""
        return styles.STYLES[style](self._seen)


def _called(noun: str) -> str:
    """What is said for a noun: "table" for "dining table"."""
    called: dict[str, str] = table()["called"]
    return called.get(noun, noun)
