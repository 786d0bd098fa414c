"""What the device hands back, from another process too."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from PIL.Image import Image

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Done(Generic[T]):
    """What came of the work."""

    value: T


@dataclass(frozen=True, slots=True)
class Drawn:
    """What a model drew, and how.

    Args:
        picture: What it drew.
        ignored: The options that had no use.
        steps: How many it was asked for.
        tells_steps: Whether its steps are told: without that nothing stops it.
    """

    picture: Image
    ignored: tuple[str, ...]
    steps: int
    tells_steps: bool = True
