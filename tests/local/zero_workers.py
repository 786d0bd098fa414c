"""Starts two workers at once, while filelock watches over forks; run by test_zero.py."""

import os
import threading

begun, go_on = threading.Event(), threading.Event()


def linger() -> None:
    """Keep the first fork from going on; the hook that is registered first runs last."""
    if not begun.is_set():
        begun.set()
        go_on.wait()


os.register_at_fork(before=linger)

import spaces  # noqa: E402, F401, I001  # first, as in app.py
import filelock  # noqa: E402, F401  # huggingface_hub brings it

from spaces.zero import wrappers  # noqa: E402

from describe_draw.engines.local import gpu  # noqa: E402
from tests.local.answers import tell  # noqa: E402

assert gpu.IS_ZERO
became: list[str] = []


def start() -> None:
    process = wrappers.Process(target=int)
    try:
        process.start()
    except RuntimeError as error:
        became.append(str(error))
    else:
        process.join()
        became.append("ran")


first, second = threading.Thread(target=start), threading.Thread(target=start)
first.start()
begun.wait()
second.start()
second.join(0.3)
go_on.set()
first.join()
second.join()
tell(became)
