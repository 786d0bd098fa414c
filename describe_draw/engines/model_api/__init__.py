"""A model's own HTTP API, by the URL that the operator names."""

from collections.abc import AsyncIterator
from contextlib import aclosing
from functools import partial
from typing import Any

from PIL.Image import Image

from describe_draw import pictures
from describe_draw.access import Caller
from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import (
    TASKS,
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Source,
    Task,
    only_english,
)
from describe_draw.engines.calling.decoding import decoded
from describe_draw.engines.calling.failures import BrokenPicture
from describe_draw.engines.calling.model_prompts import caption_prompt, caption_tokens
from describe_draw.engines.calling.model_text import plain
from describe_draw.engines.calling.streams import whole
from describe_draw.engines.model_api import answers
from describe_draw.engines.model_api.api import HTTP, Api, set_up
from describe_draw.engines.model_api.calling import Answer, Line, parsed
from describe_draw.problems import Problem
from describe_draw.recipe import EDIT_OPTIONS, OPTIONS, Edit, Recipe
from describe_draw.settings import Settings
from describe_draw.threads import in_thread

URLS: dict[Task, str] = {
    "describe": "CAPTION_API_URL",
    "draw": "IMAGE_API_URL",
    "edit": "IMAGE_API_URL",
    "write": "TEXT_API_URL",
}
CAPTION_SIDE, DETAILED_SIDE = 768, 1024
THOUGHT_TOKENS = 1024
"""Room for the thought that some models begin with."""


class ModelApi:
    """Describes, draws, edits and writes with the operator's own model APIs.

    Args:
        settings: Where they are and how they are asked.

    Raises:
        SettingsError: A setting that doesn't fit, e.g. a template that is no JSON.
    """

    name = HTTP

    def __init__(self, settings: Settings) -> None:
        self._apis = {task: set_up(settings.model_api(task), task) for task in TASKS}
        self._line = Line(settings.request_timeout)

    def lacks(self, task: Task) -> str:
        """Its URL, where the operator gave none; a place for pictures, where there is none."""
        if self._apis[task]:
            return ""
        has_no_place = task == "edit" and self._apis["draw"]
        return "name {image} in IMAGE_API_REQUEST" if has_no_place else f"set {URLS[task]}"

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        """Set up where the operator gave its URL."""
        if not (api := self._apis[task]):
            return ()
        asks_in_words = api.template.names & {"prompt", "style"}
        can = Capability(
            engine=self.name,
            model=api.name,
            styles=STYLES if asks_in_words else STYLES[:1],
            instructs="prompt" in api.template.names,
            options=_followed(task, api),
            payer="operator" if api.authorization else "nobody",
        )
        return (can,)

    async def caption(self, picture: Image, asked: CaptionOptions, call: Call) -> Caption:
        """Describe a picture, which is told as it is written where the API streams."""
        api = self._api("describe")
        side = DETAILED_SIDE if asked.is_close else CAPTION_SIDE
        jpeg = await in_thread(pictures.jpeg, picture, side)
        values = {
            "image": jpeg,
            "style": asked.style,
            "prompt": caption_prompt(asked),
            "max_tokens": caption_tokens(asked) + THOUGHT_TOKENS,
            "language": asked.language or "en",
        }

        pieces = self._line.write(api, api.request(values), call.report)
        said = await whole(pieces, call.report, partial(plain, lines=asked.has_lines))
        text = self._line.words(api, said)
        takes_language = api.template.names & {"prompt", "language"}
        notes = () if takes_language else only_english(asked)
        ignored = () if "prompt" in api.template.names else asked.told
        credit = Credit(engine=self.name, model=api.name, ignored=ignored, notes=notes)
        return Caption(text, credit)

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe with the options that the request has a place for."""
        api = self._api("draw")
        asked = {"prompt": recipe.prompt, "strength": None, **recipe.options()}
        return await self._paint(api, asked, recipe, call)

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """As `generate`, from a picture."""
        api = self._api("edit")
        jpeg = await in_thread(pictures.jpeg, source.picture, max(source.picture.size))
        asked = {"prompt": recipe.prompt, "image": jpeg, **recipe.options()}
        return await self._paint(api, asked, recipe, call)

    async def _paint(
        self, api: Api, asked: dict[str, Any], recipe: Recipe, call: Call
    ) -> GeneratedImage:
        async def draw() -> Image:
            answer = await self._line.send(api, api.request(asked))
            return await decoded(await self._picture(answer, api))

        drawn = await self._line.call(api, draw, call.report)
        ignored = tuple(name for name in recipe.known if _is_ignored(name, recipe, drawn, api))
        credit = Credit(engine=self.name, model=api.name, ignored=ignored)
        return GeneratedImage(drawn, credit, recipe.prompt)

    async def write(self, prompt: str, call: Call, *, system: str = "") -> AsyncIterator[str]:
        """Answer a prompt, piece by piece where the API streams."""
        api = self._api("write")
        if system and "system" not in api.template.names:
            prompt = f"{system}\n\n{prompt}"
        request = api.request({"prompt": prompt, "system": system})
        async with aclosing(self._line.write(api, request, call.report)) as pieces:
            async for piece in pieces:
                yield piece

    async def close(self) -> None:
        """Close every connection."""
        await self._line.close()

    def _api(self, task: Task) -> Api:
        if not (api := self._apis[task]):
            raise Problem("nobody_answers")
        return api

    async def _picture(self, answer: Answer, api: Api) -> bytes:
        """The encoded picture: the answer itself, base64 in it, or what it gives the address of."""
        if answer.kind.startswith("image/"):
            return answer.body
        try:
            found = answers.picture(parsed(answer, api))
        except ValueError as error:
            raise BrokenPicture from error
        return found if isinstance(found, bytes) else await self._line.fetch(api, found)


def _followed(task: Task, api: Api) -> frozenset[str]:
    """The drawing options that the request has a place for; a picture brings its size along."""
    sides = {"width", "height"} if task == "edit" else set()
    return frozenset(EDIT_OPTIONS if task == "edit" else OPTIONS) & (api.template.names | sides)


def _is_ignored(option: str, recipe: Recipe, drawn: Image, api: Api) -> bool:
    """Whether an option that was asked for had no influence."""
    if option in ("width", "height"):
        return drawn.size != (recipe.width, recipe.height)
    return option not in api.template.names and bool(getattr(recipe, option))
