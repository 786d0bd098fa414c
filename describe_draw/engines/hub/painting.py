"""The Hub's models that draw, from words alone or from a picture."""

import base64
from dataclasses import replace

from PIL.Image import Image

from describe_draw.engines.base import Call, Credit, GeneratedImage
from describe_draw.engines.calling.decoding import decoded, opening
from describe_draw.engines.calling.upstream import Billing, ask
from describe_draw.engines.hub import drawing
from describe_draw.engines.hub.calls import HubCall
from describe_draw.engines.hub.clients import Clients
from describe_draw.engines.hub.provider_options import terms_of
from describe_draw.engines.hub.providers import ProviderResolver, Route
from describe_draw.engines.model_families import reads
from describe_draw.recipe import Recipe
from describe_draw.texts import message

DRAW, EDIT = "text-to-image", "image-to-image"


class Painter:
    """Asks models that draw.

    Args:
        clients: With whose connections.
        resolver: Says who serves a model.
    """

    def __init__(self, clients: Clients, resolver: ProviderResolver) -> None:
        self._clients = clients
        self._resolver = resolver

    async def paint(
        self, recipe: Recipe, call: Call, upstream: HubCall, jpeg: bytes | None = None
    ) -> GeneratedImage:
        """Draw a recipe, from an English translation where its prompt needs one.

        Args:
            recipe: What to draw.
            call: Who translates.
            upstream: What is asked.
            jpeg: The picture to draw it from, None to draw from words alone.

        Raises:
            NotServed: Nobody serves the model.
            EngineProblem: What else went wrong.
        """
        task = DRAW if jpeg is None else EDIT
        route = await self._resolver.route(task, upstream)
        options, ignored, notes = drawing.options(recipe, upstream.model, route.provider)
        prompt = recipe.prompt
        if not reads(upstream.model, prompt):
            prompt, translated = await call.in_english(prompt)
            notes = translated + notes

        async def draw() -> Image:
            async with self._clients.use(upstream.payer, route.provider) as client:
                with opening():
                    if jpeg is None:
                        drawn = await client.text_to_image(prompt, model=route.address, **options)
                    else:
                        more = _listed(jpeg, upstream.model, route) | options
                        drawn = await client.image_to_image(
                            jpeg, prompt, model=route.address, **more
                        )
            return await decoded(drawn)

        billing = Billing()
        async with self._resolver.confirming(upstream.model, task, upstream.payer):
            picture = await ask(draw, replace(upstream, billing=billing))
        if billing.was_asked_twice:
            notes += (message("note.asked_twice"),)
        if picture.size != (recipe.width, recipe.height):
            ignored += ("width", "height")
        credit = Credit(
            engine="hub",
            model=upstream.model,
            provider=route.provider,
            ignored=ignored,
            notes=notes,
        )
        return GeneratedImage(picture, credit, prompt)


def _listed(jpeg: bytes, model: str, route: Route) -> dict[str, list[str]]:
    """The picture once more, for providers that want it in a list."""
    name = terms_of(route.provider, model, edits=True).listed
    return {name: [f"data:image/jpeg;base64,{base64.b64encode(jpeg).decode()}"]} if name else {}
