"""How many pictures are to be described."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from describe_draw.batch.rows import Item
from describe_draw.batch.wording import NAME
from describe_draw.names import stem_of


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked of each.

    Args:
        style: One that the model has.
        model: Which to ask, empty for the default.
        language: The captions', empty for English.
        instruction: What to say in the place of a style; `{name}` is the file's, without folders
            and ending.
    """

    style: str = "short"
    model: str = ""
    language: str = ""
    instruction: str = ""

    def instruction_for(self, item: Item) -> str:
        """The instruction for one picture."""
        return self.instruction.replace(NAME, stem_of(item.name))

    def items(self, items: Iterable[Item]) -> list[Item]:
        """The pictures, of which equal ones are none where each is asked by its own name."""
        return [replace(item, digest=b"") if NAME in self.instruction else item for item in items]
