"""Engines that note what they are asked for, and hold or fail what a test says, by seeds."""

import asyncio
from dataclasses import replace

from describe_draw.problems import EngineProblem
from tests.support import Puppet


class Easel(Puppet):
    """Draws as a puppet does.

    Attributes:
        asked: The recipes, in the order in which they came.
        holds: The seeds that are not answered while they are in it.
        breaks: The seeds that fail.
    """

    unstyled: frozenset[str] = frozenset()

    def __init__(self, name="hub"):
        super().__init__(name)
        self.reset()

    def reset(self):
        """As new."""
        self.asked, self.holds, self.breaks = [], set(), set()

    def capabilities(self, task, caller):
        return [replace(can, unstyled=self.unstyled) for can in super().capabilities(task, caller)]

    async def generate(self, recipe, call):
        await self._begun(recipe)
        return await super().generate(recipe, call)

    async def edit(self, recipe, source, call):
        await self._begun(recipe)
        return await super().edit(recipe, source, call)

    async def _begun(self, recipe):
        self.asked.append(recipe)
        while recipe.seed in self.holds:  # noqa: ASYNC110  (a test's thread lets it go)
            await asyncio.sleep(0.02)
        if recipe.seed in self.breaks:
            raise EngineProblem("engine_failed", self.name, who=self.name)


class Stiff(Easel):
    """Another, which can't follow a style, and knows no strength."""

    unstyled = frozenset({"neon"})

    def capabilities(self, task, caller):
        cans = super().capabilities(task, caller)
        return [replace(can, options=can.options - {"strength"}) for can in cans]


FIRST, OTHER = Easel("endpoint"), Stiff("hub")
"""Who draws on the page of the fixture `easels`."""
