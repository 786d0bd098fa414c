"""Prompts with choices: `a {red|blue} car`, of which a seed takes one."""

import random
import re

INNERMOST = re.compile(r"\{([^{}|]*(?:\|[^{}|]*)+)\}")
"""A choice without another in it; braces without a bar are none."""


def choose(prompt: str, seed: int) -> str:
    """A prompt in which every choice is made, always the same for the same seed.

    Choices may be in others: `a {red|{light|dark} blue} car`.
    """
    chance = random.Random(seed)

    def one(found: re.Match[str]) -> str:
        options = found[1].split("|")
        # Python promises the sequence of `random` alone over its versions.
        return options[int(chance.random() * len(options))]

    count = 1
    while count:
        prompt, count = INNERMOST.subn(one, prompt)
    return prompt
