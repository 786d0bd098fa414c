"""What families of drawing models have in common, wherever one of them runs."""

import re

FEW_STEPS = 4
_DISTILLED = re.compile(r"schnell|turbo|lightning|\blcm\b", re.IGNORECASE)


def never_used(model: str) -> frozenset[str]:
    """The options that a model has no use for, whoever serves it."""
    unused = set()
    if "flux" in model.lower():
        unused.add("negative_prompt")
    if is_distilled(model):
        unused.add("guidance")
    return frozenset(unused)


def is_distilled(model: str) -> bool:
    """Whether a model is made for a few steps, without guidance."""
    return _DISTILLED.search(model) is not None


def steps_of(model: str, asked: int) -> int:
    """The inference steps that a model is asked for, where a person asked for so many."""
    return min(asked, FEW_STEPS) if is_distilled(model) else asked
