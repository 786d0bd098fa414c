"""Help with a prompt: made richer, or put into English, by whichever engine writes."""

import asyncio
from dataclasses import dataclass

from describe_draw.access import ANONYMOUS, Caller
from describe_draw.engines import Engines
from describe_draw.engines.base import Call, Credit
from describe_draw.engines.calling.model_text import plain
from describe_draw.engines.calling.scripts import is_foreign
from describe_draw.problems import to_problem
from describe_draw.recipe import check_prompt
from describe_draw.reports import Report, ignore_progress
from describe_draw.settings import Settings
from describe_draw.texts import Message, message

TRANSLATION_SECONDS = 30
TRANSLATE = (
    "Translate the user's text-to-image prompt into English. Keep its meaning and add nothing. "
    "Answer with the translation alone."
)
IMPROVE = (
    "You improve prompts for text-to-image models. Rewrite the user's prompt in English, in at "
    "most 60 words: keep its subject, counts, colours and mood, and add fitting detail on the "
    "setting, light, composition and style. Answer with the prompt alone."
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A prompt to draw from, and what was done to it."""

    prompt: str
    note: Message


async def improve(
    prompt: str,
    engines: Engines,
    settings: Settings,
    caller: Caller = ANONYMOUS,
    report: Report = ignore_progress,
) -> Suggestion:
    """A richer prompt in English; the same one, with a note, where nobody can help.

    Raises:
        Problem: The prompt is empty or too long.
    """
    prompt = check_prompt(prompt, settings)
    try:
        better, model = await _rewritten(prompt, IMPROVE, engines, caller, report)
    except Exception as error:
        to_problem(error, "improve")
        return Suggestion(prompt, message("note.not_improved"))
    if not better or len(better) > settings.max_prompt_chars:
        return Suggestion(prompt, message("note.not_improved"))
    return Suggestion(better, message("note.improved", model=model, prompt=better))


async def in_english(
    prompt: str, engines: Engines, caller: Caller, report: Report
) -> tuple[str, tuple[Message, ...]]:
    """A prompt in another script as most models read it; the same one where nobody can help.

    Returns:
        The prompt, and what was done to it.
    """
    if not is_foreign(prompt):
        return prompt, ()
    try:
        async with asyncio.timeout(TRANSLATION_SECONDS):
            english, _ = await _rewritten(prompt, TRANSLATE, engines, caller, report)
    except Exception as error:
        to_problem(error, "translate")
        english = ""
    if not english:
        return prompt, (message("note.not_translated"),)
    return english, (message("note.translated", prompt=english),)


async def _rewritten(
    prompt: str, system: str, engines: Engines, caller: Caller, report: Report
) -> tuple[str, str]:
    """What the writer that is set up makes of a prompt, and the model that wrote it."""
    writer, can = engines.writer(caller)
    engines.charge(caller, can)
    credits = [Credit(engine=can.engine, model=can.model)]
    call = Call(can.model, caller, report, credited=credits.append)
    pieces = [piece async for piece in writer.write(prompt, call, system=system)]
    return plain("".join(pieces)), credits[-1].model
