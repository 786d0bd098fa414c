"""What an engine is: a protocol for each task, and what passes between them and their callers."""

from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from describe_draw.access import ANONYMOUS, Caller, Who
from describe_draw.caption_options import CaptionOptions
from describe_draw.recipe import Edit, Recipe
from describe_draw.reports import Report, ignore_progress
from describe_draw.texts import Message, message

Task = Literal["describe", "draw", "edit", "write"]
TASKS: tuple[Task, ...] = ("describe", "draw", "edit", "write")
BUILTIN = "builtin"
MAKESHIFT = frozenset({"note.answered_instead", "note.asked_twice", "note.not_translated"})
"""What is noted where another model answered, an answer was lost, or nobody could translate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capability:
    """What an engine would answer a task with by one of its models, known before it is asked.

    Args:
        engine: Its name, e.g. `builtin`.
        model: The model that answers.
        styles: The caption styles it has (describe).
        instructs: Whether it is told in words: follows an instruction in the place of a style, and
            whatever else of `CaptionOptions.told` (describe).
        answers: Whether it answers plain questions about a picture, where it isn't told in words:
            it is an `Answerer` then (describe).
        purposes: What alt texts may be for, of `caption_options.PURPOSES`, where it isn't told in
            words (describe).
        options: The drawing options it follows, of `recipe.EDIT_OPTIONS` (draw, edit).
        unstyled: The styles of drawings that it can't follow, of `styles.styles` (draw, edit).
        payer: Who pays: `visitor`, `operator` or `nobody`.
        missing: What a better answer needs, None where nothing is missing.
    """

    engine: str
    model: str
    styles: tuple[str, ...] = ()
    instructs: bool = False
    answers: bool = False
    purposes: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    unstyled: frozenset[str] = frozenset()
    payer: Who = "nobody"
    missing: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Credit:
    """Who answered.

    Args:
        engine: The engine's name.
        model: The model that answered.
        provider: The provider that ran it, where there is one.
        seconds: How long it took, filled in by the studio.
        ignored: The options that were not followed.
        notes: What else a person should know.
    """

    engine: str
    model: str
    provider: str = ""
    seconds: float = 0.0
    ignored: tuple[str, ...] = ()
    notes: tuple[Message, ...] = ()

    def noting(self, *notes: Message) -> "Credit":
        """With notes before its own."""
        return replace(self, notes=notes + self.notes)

    @property
    def is_makeshift(self) -> bool:
        """Whether things went another way than they usually do."""
        return any(note.key in MAKESHIFT for note in self.notes)


@dataclass(frozen=True, slots=True)
class Caption:
    """A picture in words."""

    text: str
    credit: Credit

    @property
    def size(self) -> int:
        """What it takes to remember it, in bytes."""
        return len(self.text.encode())

    @property
    def lasts(self) -> bool:
        """Whether it says the same of the picture at any time, whichever model saw it."""
        return True


@dataclass(frozen=True, slots=True)
class GeneratedImage:
    """Words in a picture.

    Args:
        picture: RGB.
        credit: Who drew it, and how.
        final_prompt: The prompt that the model was given in the end.
        seed: The seed it was drawn with, where that isn't the recipe's.
    """

    picture: Image
    credit: Credit
    final_prompt: str = ""
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """A picture that another is drawn from.

    Args:
        picture: Upright RGB.
        prompt: What it was drawn from itself, by its own file; empty where that says nothing.
        seed: The seed that belongs to that.
    """

    picture: Image
    prompt: str = ""
    seed: int = 0


Translate = Callable[[str], Awaitable[tuple[str, tuple[Message, ...]]]]
"""Puts a prompt into English where it needs that, and tells what was done to it."""


async def as_it_is(prompt: str) -> tuple[str, tuple[Message, ...]]:
    """Translates nothing."""
    return prompt, ()


def ignore_credit(credit: Credit) -> None:
    """For calls whose answer brings its own credit."""


@dataclass(frozen=True, slots=True)
class Call:
    """One call.

    Args:
        model: The model to ask.
        caller: Who asks.
        report: Told how it goes.
        in_english: For models that read nothing else.
        is_chosen: Whether the visitor named a model that isn't the default: then no other answers.
        credited: Told who writes, before the first piece, where it isn't the model that was asked.
    """

    model: str
    caller: Caller = ANONYMOUS
    report: Report = ignore_progress
    in_english: Translate = as_it_is
    is_chosen: bool = False
    credited: Callable[[Credit], None] = ignore_credit


def only_english(asked: CaptionOptions) -> tuple[Message, ...]:
    """What is noted where a caption is in English whichever language was asked for."""
    return (message("note.only_english"),) if asked.language else ()


@runtime_checkable
class Engine(Protocol):
    """What all engines have; each adds the methods of the tasks it can do."""

    name: str

    def lacks(self, task: Task) -> str:
        """What the operator has to set up for the task, empty where nothing is missing."""

    def capabilities(self, task: Task, caller: Caller) -> Sequence[Capability]:
        """What it would answer the task with for this visitor, the default model first."""


@runtime_checkable
class Captioner(Engine, Protocol):
    """An engine that describes."""

    async def caption(self, picture: Image, asked: CaptionOptions, call: Call) -> Caption:
        """Describe an upright RGB picture of at most 1024 pixels a side, in one of its styles."""


@runtime_checkable
class Answerer(Protocol):
    """An engine that describes, and answers some questions instead, apart from the tasks."""

    def understands(self, instruction: str) -> bool:
        """Whether an instruction is one of those."""


@runtime_checkable
class ImageGenerator(Engine, Protocol):
    """An engine that draws."""

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a checked recipe, whose seed is chosen."""


@runtime_checkable
class ImageEditor(Engine, Protocol):
    """An engine that draws from pictures."""

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """Draw a checked recipe, whose seed and size are chosen, from a picture of that size."""


@runtime_checkable
class Writer(Engine, Protocol):
    """An engine that writes."""

    def write(self, prompt: str, call: Call, *, system: str = "") -> AsyncIterator[str]:
        """Answer a prompt, piece by piece."""


@runtime_checkable
class FeatureExtractor(Protocol):
    """An engine that sees how pictures look, apart from the tasks."""

    def features(self, picture: Image) -> NDArray[np.float32]:
        """Features of an RGB picture by which alike ones are near. Blocking."""


PROTOCOLS: dict[Task, Any] = {
    "describe": Captioner,
    "draw": ImageGenerator,
    "edit": ImageEditor,
    "write": Writer,
}
