"""Models that stand in for those that nobody serves, where the visitor chose none."""

from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import replace
from typing import TypeVar

from describe_draw.engines.base import Call, Caption, Credit, GeneratedImage
from describe_draw.engines.calling.failures import NotServed
from describe_draw.engines.calling.streams import Pieces
from describe_draw.engines.hub.calls import HubCall
from describe_draw.problems import EngineProblem
from describe_draw.texts import Message, message

Answer = TypeVar("Answer", Caption, GeneratedImage)


def candidates(call: Call, models: Sequence[str]) -> Sequence[str]:
    """The models to ask, in this order: the one that was chosen alone, else those after it too."""
    begin = models.index(call.model) if call.model in models else 0
    return models[begin : begin + 1] if call.is_chosen else models[begin:]


async def first_served(
    answer: Callable[[HubCall], Awaitable[Answer]], models: Sequence[str], upstream: HubCall
) -> Answer:
    """The answer of the first model that is served, with a note where it isn't the first of all.

    Raises:
        EngineProblem: None is served, or the one that is failed.
    """
    for model in models:
        try:
            answered = await answer(replace(upstream, model=model))
        except NotServed:
            continue
        return with_notes(answered, _notes(models[0], model))
    raise EngineProblem("not_served", model=models[0])


async def first_writing(
    begin: Callable[[HubCall], Pieces],
    models: Sequence[str],
    upstream: HubCall,
    credited: Callable[[Credit], None],
) -> Pieces:
    """What the first model that is served writes; `credited` is told where it isn't the first."""
    for model in models:
        is_begun = False
        try:
            async with aclosing(begin(replace(upstream, model=model))) as pieces:
                async for piece in pieces:
                    if not is_begun and model != models[0]:
                        notes = _notes(models[0], model)
                        credited(Credit(engine="hub", model=model, notes=notes))
                    is_begun = True
                    yield piece
        except NotServed:
            continue
        return
    raise EngineProblem("not_served", model=models[0])


def with_notes(answered: Answer, notes: tuple[Message, ...]) -> Answer:
    """An answer with notes before its own."""
    credit = replace(answered.credit, notes=notes + answered.credit.notes)
    return replace(answered, credit=credit)


def _notes(asked: str, answering: str) -> tuple[Message, ...]:
    if asked == answering:
        return ()
    return (message("note.answered_instead", model=asked, instead=answering),)
