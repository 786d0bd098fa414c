"""What was found out about the latest pictures, so that nobody waits for it twice."""

import hashlib
import threading
from collections.abc import Callable
from functools import cache
from typing import Generic, TypeVar

from cachetools import LRUCache
from PIL import Image

Found = TypeVar("Found")
Content = tuple[tuple[int, int], bytes]


def recognized(picture: Image.Image) -> tuple[Image.Image, Content]:
    """A picture in RGB, and what only equal ones share: their size, and a hash of their pixels."""
    picture = picture.convert("RGB")
    digest = hashlib.blake2b(picture.tobytes(), digest_size=32).digest()
    return picture, (picture.size, digest)


def once(make: Callable[[], Found]) -> Callable[[], Found]:
    """What makes something when it is first asked for, once, whichever thread asks."""
    lock, made = threading.Lock(), cache(make)

    def get() -> Found:
        with lock:
            return made()

    return get


class Memory(Generic[Found]):
    """Remembers one thing of each of the latest pictures; may be used from several threads.

    Args:
        most: How many pictures it remembers; then the one that was asked for least lately goes.
    """

    def __init__(self, most: int) -> None:
        self._lock = threading.Lock()
        self._found: LRUCache[Content, Found] = LRUCache(most)

    def recall(self, content: Content, find_out: Callable[[], Found]) -> Found:
        """What is known of a picture, or is found out now.

        Two threads that ask at once both find out, so that neither waits for a stranger's picture.
        """
        with self._lock:
            known = self._found.get(content)
        if known is None:
            known = find_out()
            with self._lock:
                self._found[content] = known
        return known
