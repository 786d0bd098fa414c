"""Prompts with choices, `a {red|blue} car`, and lists of prompts: which pictures are meant."""

import random
import re
from collections.abc import Iterator

from describe_draw.recipe import MAX_SEED, check_seed

INNERMOST = re.compile(r"\{([^{}|]*(?:\|[^{}|]*)+)\}")
"""A choice without another in it; braces without a bar are none."""

STEPS, MOST_LEFT = 2000, 200
"""How many choices are looked at, and kept to be looked at: prompts may be built to have no end."""

Meant = tuple[str, int]
"""A picture that is meant: a prompt in which every choice is made, and its seed."""


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


def every(prompt: str, most: int) -> Iterator[str]:
    """The prompts that its choices can make, each once.

    Args:
        prompt: The prompt.
        most: How many are wanted at most.
    """
    left, found = [prompt], set[str]()
    for _ in range(STEPS):
        if not left or len(found) == most:
            return
        prompt = left.pop()
        if choice := INNERMOST.search(prompt):
            before, after = prompt[: choice.start()], prompt[choice.end() :]
            options = choice[1].split("|")
            left += [f"{before}{option}{after}" for option in reversed(options[:MOST_LEFT])]
            del left[:-MOST_LEFT]
        elif prompt not in found:
            found.add(prompt)
            yield prompt


def lines(text: str) -> list[str]:
    """The prompts of a list: one in each line, but for those that begin with #."""
    found = (line.strip() for line in text.splitlines())
    return [line for line in found if line and not line.startswith("#")]


def meant(prompts: list[str], seed: int, count: int) -> Iterator[Meant]:
    """As many pictures of each prompt, each with the seed after that of the one before.

    Raises:
        Problem: The seed is none.
    """
    first = check_seed(seed)
    for prompt in prompts:
        for number in range(count):
            own = (first + number) % (MAX_SEED + 1)
            yield choose(prompt, own), own
