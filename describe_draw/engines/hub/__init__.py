"""The Hub's models through Inference Providers, paid by the visitor or the operator."""

import base64
from collections.abc import AsyncIterator, Sequence
from contextlib import aclosing
from dataclasses import replace

from huggingface_hub import is_offline_mode
from PIL.Image import Image

from describe_draw import pictures
from describe_draw.access import TOKEN_PAGE, Access, Caller
from describe_draw.borrowed.huggingface import PROVIDERS, with_type
from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import (
    Call,
    Capability,
    Caption,
    Credit,
    GeneratedImage,
    Source,
    Task,
    only_english,
)
from describe_draw.engines.calling.failures import EmptyAnswer, NotServed
from describe_draw.engines.calling.model_prompts import (
    PROMPT_TOKENS,
    WRITING_TOKENS,
    caption_prompt,
    caption_tokens,
)
from describe_draw.engines.calling.model_text import plain
from describe_draw.engines.calling.streams import Pieces
from describe_draw.engines.calling.upstream import ask
from describe_draw.engines.hub import drawing
from describe_draw.engines.hub.calls import HubCall
from describe_draw.engines.hub.chat import Chat
from describe_draw.engines.hub.clients import Clients
from describe_draw.engines.hub.painting import Painter
from describe_draw.engines.hub.providers import HF_INFERENCE, ProviderResolver
from describe_draw.engines.hub.standing_in import (
    candidates,
    first_served,
    first_writing,
    with_notes,
)
from describe_draw.problems import EngineProblem
from describe_draw.recipe import Edit, Recipe
from describe_draw.settings import Settings, SettingsError
from describe_draw.texts import message
from describe_draw.threads import in_thread

NO_TOKEN = message("problem.no_token", link=TOKEN_PAGE)
SEE = "image-to-text"


class Hub:
    """Describes, draws, edits and writes with the Hub's models.

    Args:
        settings: Which models, which provider, how long.
        access: Who pays.

    Raises:
        SettingsError: There is no such provider.
    """

    name = "hub"

    def __init__(self, settings: Settings, access: Access) -> None:
        if settings.inference_provider not in ("auto", *PROVIDERS):
            allowed = ", ".join(("auto", *PROVIDERS))
            raise SettingsError(
                f"INFERENCE_PROVIDER={settings.inference_provider}: choose one of {allowed}."
            )
        self._settings = settings
        self._access = access
        self._clients = Clients(settings)
        self._resolver = ProviderResolver(settings.inference_provider)
        self._chat = Chat(self._clients, self._resolver, settings.inference_provider)
        self._painter = Painter(self._clients, self._resolver)

    def lacks(self, task: Task) -> str:
        """Nothing: visitors may bring a token."""
        return ""

    def capabilities(self, task: Task, caller: Caller) -> tuple[Capability, ...]:
        """Set up wherever somebody's token can pay, unless HF_HUB_OFFLINE is set."""
        payer = self._access.payer(caller)
        reachable = payer is not None and not is_offline_mode()
        if not reachable and self._settings.forced(task) != self.name:
            return ()
        return tuple(
            Capability(
                engine=self.name,
                model=model,
                styles=STYLES,
                instructs=task == "describe" and bool(self._settings.vision_model),
                options=drawing.followed(
                    model, self._settings.inference_provider, edits=task == "edit"
                ),
                payer=payer.who if payer else "nobody",
                missing=None if payer else NO_TOKEN,
            )
            for model in self._models(task)
        )

    async def caption(self, picture: Image, asked: CaptionOptions, call: Call) -> Caption:
        """Describe a picture; a model that isn't served is answered for by the next."""
        upstream = self._upstream(call)
        side = pictures.LONGEST_SIDE if asked.is_close else pictures.UPSTREAM_SIDE
        jpeg = await in_thread(pictures.jpeg, picture, side)
        seeing = self._settings.vision_model

        async def describe(upstream: HubCall) -> Caption:
            if upstream.model in seeing:
                return await self._see(jpeg, asked, upstream)
            caption = await self._caption(jpeg, upstream)
            credit = replace(caption.credit, ignored=asked.told)
            return with_notes(replace(caption, credit=credit), only_english(asked))

        return await first_served(describe, self._describers(asked, call), upstream)

    async def generate(self, recipe: Recipe, call: Call) -> GeneratedImage:
        """Draw a recipe; a model that isn't served is answered for by the next."""

        async def draw(upstream: HubCall) -> GeneratedImage:
            return await self._painter.paint(recipe, call, upstream)

        models = candidates(call, self._models("draw"))
        return await first_served(draw, models, self._upstream(call))

    async def edit(self, recipe: Edit, source: Source, call: Call) -> GeneratedImage:
        """As `generate`, from a picture."""
        jpeg = await in_thread(pictures.jpeg, source.picture, max(source.picture.size))

        async def draw(upstream: HubCall) -> GeneratedImage:
            return await self._painter.paint(recipe, call, upstream, jpeg)

        models = candidates(call, self._models("edit"))
        return await first_served(draw, models, self._upstream(call))

    async def write(self, prompt: str, call: Call, *, system: str = "") -> AsyncIterator[str]:
        """Answer a prompt, piece by piece; what the app itself asks for is a short text."""
        tokens = PROMPT_TOKENS if system else WRITING_TOKENS
        upstream = self._upstream(call)

        def begin(upstream: HubCall) -> Pieces:
            return self._chat.write(prompt, tokens, upstream, system)

        models = candidates(call, self._models("write"))
        async with aclosing(first_writing(begin, models, upstream, call.credited)) as pieces:
            async for piece in pieces:
                yield piece

    async def close(self) -> None:
        """Close every connection."""
        await self._clients.close()
        await self._resolver.close()

    def _models(self, task: Task) -> tuple[str, ...]:
        settings = self._settings
        if task in ("draw", "edit"):
            return settings.image_models if task == "draw" else settings.edit_models
        first = settings.text_model if task == "write" else settings.caption_model
        return tuple(dict.fromkeys(filter(None, (first, *settings.vision_model))))

    def _describers(self, asked: CaptionOptions, call: Call) -> Sequence[str]:
        """The models to ask for a caption: only those that see can be told how to write it."""
        models, seeing = self._models("describe"), self._settings.vision_model
        if asked.instruction:
            return candidates(call, seeing)
        is_short = asked.style == "short"
        if is_short and not (asked.language or asked.told):
            return candidates(call, models)
        able = candidates(call, seeing)
        rest = [m for m in models if m not in seeing and is_short and not call.is_chosen]
        return (*able, *rest)

    def _upstream(self, call: Call) -> HubCall:
        """What the call asks for."""
        return HubCall(
            model=call.model,
            payer=self._access.need(call.caller),
            seconds=self._settings.request_timeout,
            report=call.report,
        )

    async def _caption(self, jpeg: bytes, upstream: HubCall) -> Caption:
        """Describe with a caption model."""
        try:
            route = await self._resolver.route(SEE, upstream)
        except EngineProblem as problem:  # the other model needs no look-up
            raise NotServed(upstream.model) from problem

        async def call() -> str:
            async with self._clients.use(upstream.payer, HF_INFERENCE) as client:
                picture = with_type(jpeg, "image/jpeg")
                answer = await client.image_to_text(picture, model=route.address)
            return plain(answer.generated_text or "")

        async with self._resolver.confirming(upstream.model, SEE, upstream.payer):
            text = await ask(call, upstream)
        if not text:
            raise upstream.problem(EmptyAnswer())
        return Caption(text, Credit(engine=self.name, model=upstream.model, provider=HF_INFERENCE))

    async def _see(self, jpeg: bytes, asked: CaptionOptions, upstream: HubCall) -> Caption:
        """Describe with a vision-language model."""
        url = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
        question = [
            {"type": "image_url", "image_url": {"url": url}},
            {"type": "text", "text": caption_prompt(asked)},
        ]
        room = caption_tokens(asked)
        text, provider = await self._chat.answer(question, room, upstream, lines=asked.has_lines)
        return Caption(text, Credit(engine=self.name, model=upstream.model, provider=provider))
