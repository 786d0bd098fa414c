"""A caption read into things: what they are, how many, how they look, and where."""

from dataclasses import dataclass, field, replace
from itertools import pairwise

from describe_draw.engines.builtin.illustrator.chinese import is_chinese, said_as
from describe_draw.english import is_plural
from describe_draw.game.pieces import LONGEST, Piece, pieces

MOST = 40
"""Things that are read of a caption."""

MOST_ATTRIBUTES = 5
"""How many words may describe a thing; a heap of nouns is no name."""

SEVERAL = 3
"""How many a plural stands for that says no number."""


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a caption, or several alike.

    Args:
        name: The noun, as its singular.
        text: As the caption says it, with what describes it: "two black dogs".
        count: How many.
        attributes: Colours, materials, size and whatever else describes it.
        relation: Where it is, seen from what was named before: "on", "inside"; or "".
    """

    name: str
    text: str
    count: int = 1
    attributes: frozenset[str] = frozenset()
    relation: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """What a caption tells.

    Args:
        things: In their order; the first is the subject.
        actions: What is done, as plain verbs.
    """

    things: tuple[Thing, ...]
    actions: frozenset[str]


def read(caption: str) -> Told:
    """What a caption in English or Chinese tells. It never raises, whatever the text."""
    reader = _Reader(caption[:LONGEST])
    for piece, after in pairwise([*pieces(caption), Piece("end", "")]):
        if len(reader.things) == MOST:
            break
        reader.take(piece, after)
    reader.end()
    return Told(tuple(reader.things), frozenset(reader.actions))


@dataclass
class _Reader:
    """Reads pieces from left to right into things."""

    caption: str
    things: list[Thing] = field(default_factory=list)
    actions: set[str] = field(default_factory=set)
    attributes: list[Piece] = field(default_factory=list)  # read so far of the next thing
    count: Piece | None = None
    relation: str = ""

    def take(self, piece: Piece, after: Piece) -> None:
        match piece.kind:
            case "end":
                self.end()
            case "count":
                self.count = piece
            case "relation":
                self.end()
                self.relation = piece.value
            case "verb":
                self.actions.add(piece.value)
            case "attribute":
                self.attributes.append(piece)
            case "noun" if after.kind == "noun":
                self.attributes.append(piece)  # "apple pie" is a pie
            case "noun":
                self._add(piece)

    def end(self) -> None:
        """What describes nothing yet describes the last thing: "a cat that is orange"."""
        if self.attributes and self.things:
            last = self.things[-1]
            more = [piece.value for piece in self.attributes[-MOST_ATTRIBUTES:]]
            found = last.attributes.union(more)
            self.things[-1] = replace(last, attributes=found)
        self.attributes, self.count, self.relation = [], None, ""

    def _add(self, noun: Piece) -> None:
        described = self.attributes[-MOST_ATTRIBUTES:]
        said = [piece for piece in (self.count, *described, noun) if piece]
        several = SEVERAL if noun.text != noun.value and not is_plural(noun.value) else 1
        thing = Thing(
            noun.value,
            _as_said(" ".join(piece.text for piece in said).split(), self.caption),
            int(self.count.value) if self.count else several,
            frozenset(piece.value for piece in described),
            self.relation,
        )
        self.attributes, self.count = [], None
        if self.relation != "without":
            self.things.append(thing)
            self.relation = ""


def _as_said(words: list[str], caption: str) -> str:
    """Words of a piece in the caption's own language and letters."""
    found, at = list[str](), 0
    while at < len(words):
        for end in range(len(words), at, -1):
            phrase = " ".join(words[at:end])
            if said := said_as(phrase, caption):
                break
        found.append(said or _spelled(phrase, caption))
        at = end
    return ("" if any(map(is_chinese, found)) else " ").join(found)


def _spelled(word: str, caption: str) -> str:
    """A word with the capitals that it has in a caption."""
    at = caption.lower().find(word)
    return caption[at : at + len(word)] if at >= 0 else word
