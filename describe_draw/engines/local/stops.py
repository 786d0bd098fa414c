"""Tells work that nobody waits for it any more, in whichever process it runs."""

from mmap import mmap


class Stops:
    """A flag for each of so many calls, in memory that processes forked later share.

    Args:
        calls: How many there are.
    """

    def __init__(self, calls: int) -> None:
        self._flags = mmap(-1, calls)

    def clear(self, call: int) -> None:
        """A new call begins in this place."""
        self._flags[call] = 0

    def set(self, call: int) -> None:
        """Have a call end at its next step."""
        self._flags[call] = 1

    def is_set(self, call: int) -> bool:
        """Whether a call is to end."""
        return bool(self._flags[call])
