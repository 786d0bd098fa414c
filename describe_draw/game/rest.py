"""When a story stands still: more is asked for; where that brings nothing new, it is at rest."""

from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import replace

from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Capability, Caption
from describe_draw.game.chain import Chain, Words
from describe_draw.game.meaning import told_apart
from describe_draw.game.things import read
from describe_draw.problems import Problem
from describe_draw.texts import message
from describe_draw.threads import in_thread

MORE = (
    'This was said of the picture before: "{caption}" Say it again in one plain sentence, with one '
    "detail of the picture that it leaves out. Answer with the sentence alone."
)
"""For models that are told in words how to describe."""

LONGEST = 500
"""In characters: what they are told of the caption."""

Describe = Callable[[CaptionOptions], Awaitable[Caption]]


def is_at_rest(chain: Chain) -> bool:
    """Whether the last link is a caption, and says the same as the caption before it."""
    last, before = chain.links[-1], chain.words[-2:-1]
    if not isinstance(last, Words) or not last.credit:
        return False
    return any(words.credit and _same(words.text, last.text) for words in before)


async def told(chain: Chain, describe: Describe, asked: CaptionOptions, can: Capability) -> Caption:
    """The caption that goes on with the chain: one that is new, if the describer has one.

    Args:
        chain: The game so far, a picture last.
        describe: Describes that picture.
        asked: How.
        can: What the one who describes can do.

    Raises:
        Problem: As `Studio.describe`, of the first asking.
    """
    caption = await describe(asked)
    if not await in_thread(_repeats, chain, caption.text):
        return caption
    if closer := _closer(asked, can, caption.text):
        with suppress(Problem):  # the first caption stays, whatever became of the second
            more = await describe(closer)
            if not await in_thread(_repeats, chain, more.text):
                return replace(more, credit=more.credit.noting(message("note.asked_for_more")))
    return replace(caption, credit=caption.credit.noting(message("note.nothing_new")))


def _closer(asked: CaptionOptions, can: Capability, caption: str) -> CaptionOptions | None:
    """How to ask for more; None where nothing more can be had."""
    if can.instructs:
        return replace(asked, instruction=MORE.format(caption=caption[:LONGEST]))
    return replace(asked, style="detailed") if "detailed" in can.styles else None


def _repeats(chain: Chain, text: str) -> bool:
    """Whether the game had the same caption; what people wrote may be said again. Blocking."""
    return any(words.credit and _same(words.text, text) for words in chain.words)


def _same(one: str, other: str) -> bool:
    """Whether two captions say the same, also in another order of words."""
    if _bare(one) == _bare(other):
        return True
    first, last = read(one), read(other)
    return bool(first.things) and told_apart(first, last) == 0


def _bare(text: str) -> str:
    """A caption's words, whatever else is about them."""
    return " ".join(text.casefold().split()).rstrip(".。!！")
