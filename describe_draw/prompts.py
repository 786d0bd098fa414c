"""Help with a prompt: a short one made richer by whichever engine writes."""

from dataclasses import dataclass

from describe_draw.engines import Engines
from describe_draw.engines.base import ANONYMOUS, Call, Caller
from describe_draw.engines.calling.model_text import plain
from describe_draw.problems import to_problem
from describe_draw.recipe import check_prompt
from describe_draw.reports import Report, ignore_progress
from describe_draw.settings import Settings
from describe_draw.texts import Message, message

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
        writer, can = engines.writer(caller)
        call = Call(can.model, caller, report)
        better = plain("".join([part async for part in writer.write(prompt, call, system=IMPROVE)]))
    except Exception as error:
        to_problem(error, "improve")
        return Suggestion(prompt, message("note.not_improved"))
    if not better or len(better) > settings.max_prompt_chars:
        return Suggestion(prompt, message("note.not_improved"))
    return Suggestion(better, message("note.improved", model=can.model, prompt=better))
