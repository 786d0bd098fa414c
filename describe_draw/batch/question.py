"""How many pictures are to be described."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from describe_draw.batch.rows import Item
from describe_draw.batch.wording import NAME
from describe_draw.caption_options import CaptionOptions
from describe_draw.names import stem_of


@dataclass(frozen=True, slots=True)
class Question:
    """What an engine is asked of each.

    Args:
        asked: How they are described; `{name}` in the instruction is the file's, without folders
            and ending.
        model: Which to ask, empty for the default.
    """

    asked: CaptionOptions = field(default_factory=CaptionOptions)
    model: str = ""

    def about(self, item: Item) -> CaptionOptions:
        """What is asked of one picture."""
        instruction = self.asked.instruction.replace(NAME, stem_of(item.name))
        return replace(self.asked, instruction=instruction)

    def items(self, items: Iterable[Item]) -> list[Item]:
        """The pictures, of which equal ones are none where each is asked by its own name."""
        by_name = NAME in self.asked.instruction
        return [replace(item, digest=b"") if by_name else item for item in items]
