"""When the app is to end: as process 1 of a container nothing else would end it."""

import signal
import threading
from types import FrameType


def told_to_stop() -> threading.Event:
    """An event that SIGTERM and SIGINT set, from now on. Call it in the main thread.

    So does Windows' SIGBREAK, which comes when the console is closed.
    """
    told = threading.Event()

    def tell(number: int, frame: FrameType | None) -> None:
        told.set()

    for name in ("SIGTERM", "SIGINT", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), tell)
    return told
