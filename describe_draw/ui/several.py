"""Which pictures some words stand for, on the page: several of them, a list, choices."""

from itertools import islice

import gradio as gr

from describe_draw.choices import Meant, every, lines, meant
from describe_draw.options import check_text, check_whole
from describe_draw.problems import Problem
from describe_draw.threads import in_thread
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Told, problem_told
from describe_draw.ui.visit import Token

CELLS = 12
"""How many pictures there are side by side at most."""

COUNT = 4
"""How many of each prompt."""

AT_ONCE = 4
"""How many of them a page asks for at once."""


class Several:
    """What is drawn side by side.

    Args:
        desk: Where the settings are.
    """

    def __init__(self, desk: Desk) -> None:
        self._settings = desk.studio.settings

    async def expand(
        self,
        words: str,
        seed: int,
        count: int,
        is_every: bool,
        models: int,
        request: gr.Request,
        token: Token,
    ) -> Told:
        """The prompts with their seeds, and whether there would be more of them.

        Args:
            words: A prompt, or one in each line; `{red|blue}` is a choice.
            seed: Of the first of each prompt, -1 for any.
            count: How many of each prompt.
            is_every: Whether all that the choices can make is meant, and not one by the seed.
            models: How many models draw each.
            request: The request.
            token: The visitor's own.
        """
        try:
            text = check_text("prompt", words, self._settings)
            count = check_whole("count", count, 1, COUNT)
            most = CELLS // check_whole("count", models, 1, COUNT)
            limit = most + 1  # so that it is known whether there are more
            found = await in_thread(_meant, text, seed, count, limit, bool(is_every))
            if not found:
                raise Problem("no_prompt")
        except Problem as problem:
            return {"state": "failed", **problem_told(problem)}
        cells = [{"prompt": prompt, "seed": own} for prompt, own in found[:most]]
        return {"state": "done", "cells": cells, "more": len(found) > most}


def _meant(text: str, seed: int, count: int, limit: int, is_every: bool) -> list[Meant]:
    """The first pictures that a text stands for."""
    prompts = lines(text) if "\n" in text else [text] * bool(text)
    if is_every:
        prompts = [one for prompt in prompts[:limit] for one in every(prompt, limit)]
    return list(islice(meant(prompts, seed, count), limit))
