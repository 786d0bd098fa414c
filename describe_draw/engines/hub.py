"""The Hub's models through Inference Providers, paid by the visitor or the operator."""

import base64
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from typing import Any, TypeVar

from huggingface_hub import is_offline_mode
from huggingface_hub.inference._common import MimeBytes
from huggingface_hub.inference._providers import PROVIDERS
from PIL.Image import Image

from describe_draw import pictures
from describe_draw.engines.base import (
    STYLES,
    TOKEN_PAGE,
    Asker,
    Call,
    Caption,
    Credit,
    Offer,
    Painting,
    Task,
)
from describe_draw.engines.remote import drawing, wording
from describe_draw.engines.remote.asking import Errand, NotServed, ask
from describe_draw.engines.remote.clients import Clients, answered_by
from describe_draw.engines.remote.directory import HF_INFERENCE, LOOK_UP_SECONDS, Directory, Service
from describe_draw.engines.remote.payers import Payers
from describe_draw.problems import EngineProblem, Problem
from describe_draw.recipe import OPTIONS, Recipe
from describe_draw.settings import Settings, SettingsError
from describe_draw.texts import Message, message
from describe_draw.threads import in_thread

T = TypeVar("T")

TRANSLATION_SECONDS = 30
SEE, DRAW, CHAT = "image-to-text", "text-to-image", "conversational"


class Hub:
    """Describes, draws and writes with the Hub's models.

    Args:
        settings: Which models, which provider, how long.
        payers: Who pays.

    Raises:
        SettingsError: There is no such provider.
    """

    name = "hub"

    def __init__(self, settings: Settings, payers: Payers) -> None:
        if settings.inference_provider not in ("auto", *PROVIDERS):
            allowed = ", ".join(("auto", *PROVIDERS))
            raise SettingsError(
                f"INFERENCE_PROVIDER={settings.inference_provider}: choose one of {allowed}."
            )
        self._settings = settings
        self._payers = payers
        self._clients = Clients(settings)
        self._directory = Directory(settings.inference_provider)

    def offer(self, task: Task, asker: Asker) -> Offer | None:
        """Set up wherever somebody's token can pay, unless HF_HUB_OFFLINE is set."""
        payer = self._payers.of(asker)
        reachable = payer is not None and not is_offline_mode()
        if not reachable and self._settings.forced(task) != self.name:
            return None
        models = self._models(task)
        return Offer(
            engine=self.name,
            model=models[0],
            models=models,
            styles=STYLES,
            options=frozenset(OPTIONS) - drawing.never_used(models[0]),
            payer=payer.who if payer else "nobody",
            missing=None if payer else message("missing.token", link=TOKEN_PAGE),
        )

    async def caption(self, picture: Image, style: str, call: Call) -> Caption:
        """Describe a picture; a caption model that isn't served is answered for by the other."""
        errand = self._errand(call)
        side = pictures.LONGEST_SIDE if style == "detailed" else pictures.UPSTREAM_SIDE
        jpeg = await in_thread(pictures.jpeg, picture, side)
        vision = replace(errand, model=self._settings.vision_model)
        if call.model == vision.model or style != "short":
            return await self._see(jpeg, style, vision)
        try:
            return await self._caption(jpeg, errand)
        except NotServed:
            note = message("note.answered_instead", model=call.model, instead=vision.model)
        seen = await self._see(jpeg, style, vision)
        return replace(seen, credit=replace(seen.credit, notes=(note,)))

    async def paint(self, recipe: Recipe, call: Call) -> Painting:
        """Draw a recipe, from an English translation where its prompt needs one."""
        errand = self._errand(call)
        prompt, notes = await self._in_english(recipe.prompt, errand)
        try:
            painting = await self._paint(replace(recipe, prompt=prompt), errand)
        except NotServed as error:
            raise EngineProblem("not_served", model=call.model) from error
        return replace(
            painting, credit=replace(painting.credit, notes=notes + painting.credit.notes)
        )

    async def write(self, prompt: str, call: Call, *, system: str = "") -> AsyncIterator[str]:
        """Answer a prompt, in one piece: the client keeps every stream open until it is closed."""
        text, _ = await self._chat(system, prompt, wording.PROMPT_TOKENS, self._errand(call))
        yield text

    async def close(self) -> None:
        """Close every connection."""
        await self._clients.close()
        await self._directory.close()

    def _models(self, task: Task) -> tuple[str, ...]:
        settings = self._settings
        if task == "draw":
            return settings.image_models
        if task == "write":
            return (settings.text_model or settings.vision_model,)
        return tuple(dict.fromkeys((settings.caption_model, settings.vision_model)))

    def _errand(self, call: Call) -> Errand:
        """What the call asks for, counted where the operator pays."""
        payer = self._payers.of(call.asker)
        if payer is None:
            raise Problem("no_token", link=TOKEN_PAGE)
        if payer.who == "operator":
            self._payers.charge(call.asker)
        return Errand(call.model, payer, self._settings.request_timeout, call.report)

    async def _caption(self, jpeg: bytes, errand: Errand) -> Caption:
        """Describe with a caption model."""
        try:
            service = await self._find(SEE, errand)
        except EngineProblem as problem:  # the other model needs no look-up
            raise NotServed(errand.model) from problem

        async def call() -> str:
            async with self._clients.use(errand.payer, HF_INFERENCE) as client:
                answer = await client.image_to_text(
                    MimeBytes(jpeg, "image/jpeg"), model=service.address
                )
            return wording.plain(answer.generated_text or "")

        text = _not_empty(await self._ask(call, SEE, errand), errand)
        return Caption(text, Credit(engine=self.name, model=errand.model, provider=HF_INFERENCE))

    async def _see(self, jpeg: bytes, style: str, errand: Errand) -> Caption:
        """Describe with a vision-language model."""
        url = f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"
        question = [
            {"type": "image_url", "image_url": {"url": url}},
            {"type": "text", "text": wording.CAPTION_PROMPTS[style]},
        ]
        text, provider = await self._chat("", question, wording.CAPTION_TOKENS[style], errand)
        return Caption(text, Credit(engine=self.name, model=errand.model, provider=provider))

    async def _paint(self, recipe: Recipe, errand: Errand) -> Painting:
        service = await self._find(DRAW, errand)
        options, ignored, notes = drawing.options(recipe, errand.model, service.provider)

        async def call() -> Image:
            async with self._clients.use(errand.payer, service.provider) as client:
                drawn = await client.text_to_image(recipe.prompt, model=service.address, **options)
            return await in_thread(pictures.whole, drawn)

        picture = await self._ask(call, DRAW, errand)
        if picture.size != (recipe.width, recipe.height):
            ignored += ("width", "height")
        credit = Credit(
            engine=self.name,
            model=errand.model,
            provider=service.provider,
            ignored=ignored,
            notes=notes,
        )
        return Painting(picture, credit, recipe.prompt)

    async def _chat(
        self, system: str, content: Any, tokens: int, errand: Errand
    ) -> tuple[str, str]:
        """What a chat model says, plain, and the provider that ran it."""
        only = self._settings.inference_provider
        named = only == "auto" or ":" in errand.model
        model = errand.model if named else f"{errand.model}:{only}"
        messages = [{"role": "system", "content": system}] if system else []
        messages.append({"role": "user", "content": content})

        async def call() -> tuple[str, str]:
            async with self._clients.use(errand.payer, "auto") as client:
                answer = await client.chat_completion(
                    messages, model=model, max_tokens=tokens, temperature=0.2
                )
            said = answer.choices[0].message.content
            return wording.plain(said or ""), answered_by.get() or model.partition(":")[2]

        try:
            self._directory.check(errand.model, CHAT, errand.payer)
            text, provider = await self._ask(call, CHAT, errand)
        except NotServed as error:
            raise EngineProblem("not_served", model=errand.model) from error
        return _not_empty(text, errand), provider

    async def _in_english(self, prompt: str, errand: Errand) -> tuple[str, tuple[Message, ...]]:
        """The prompt as painters read it, and what was done to it."""
        if not wording.is_foreign(prompt):
            return prompt, ()
        seconds = min(TRANSLATION_SECONDS, errand.seconds)
        writer = replace(errand, model=self._models("write")[0], seconds=seconds)
        try:
            english, _ = await self._chat(wording.TRANSLATE, prompt, wording.PROMPT_TOKENS, writer)
        except EngineProblem:
            return prompt, (message("note.not_translated"),)
        return english, (message("note.translated", prompt=english),)

    async def _find(self, task: str, errand: Errand) -> Service:
        seconds = min(LOOK_UP_SECONDS, errand.seconds)
        return await ask(
            lambda: self._directory.find(errand.model, task, errand.payer),
            replace(errand, seconds=seconds),
        )

    async def _ask(self, call: Callable[[], Awaitable[T]], task: str, errand: Errand) -> T:
        try:
            return await ask(call, errand)
        except NotServed:
            self._directory.not_served(errand.model, task, errand.payer)
            raise


def _not_empty(text: str, errand: Errand) -> str:
    if not text:
        raise EngineProblem("empty_answer", model=errand.model)
    return text
