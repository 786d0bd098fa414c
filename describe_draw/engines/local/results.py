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
    """A picture, the options that had no use, and whether the model's filter blacked it out."""

    picture: Image
    ignored: tuple[str, ...]
    steps: int
    is_blacked: bool
