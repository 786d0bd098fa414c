"""How many steps a strength comes to: where noise is put over a picture, the first are left out."""

from math import ceil

LEAST = 0.01
"""A smaller strength keeps the picture as it is: of a hundred steps it wouldn't take one."""

CONSISTENT = 50
"""The steps that consistency models were trained for, of which theirs are chosen: by diffusers'
LCMScheduler, `original_inference_steps`."""


def steps_for(strength: float, steps: int, *, goes_through: bool = False) -> int:
    """The steps to ask for, of which at least one is done; none where nothing is to change.

    Args:
        strength: How far to go from the picture.
        steps: How many a person asked for.
        goes_through: Whether all are done, of those that the strength leaves of the training's.
    """
    if strength < LEAST:
        return 0
    if goes_through:
        return min(steps, int(CONSISTENT * strength))
    fewest = ceil(1 / strength)
    return max(steps, fewest + (done_of(strength, fewest) < 1))


def done_of(strength: float, steps: int) -> int:
    """How many of the steps are done."""
    return int(strength * steps)
