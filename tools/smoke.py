"""Waits until a Space runs what was uploaded to it, then asks it: `smoke.py owner/name`.

Needs huggingface_hub and gradio_client alone. Exits with 1, and one line, where anything is amiss.
"""

import sys
import time
from pathlib import Path

from gradio_client import Client, handle_file
from huggingface_hub import HfApi, get_token

PICTURE = Path(__file__).parents[1] / "examples" / "cat.jpg"


def wait(space: str, seconds: float = 1500, pause: float = 5) -> None:
    """Wait until the newest commit of a Space runs.

    Args:
        space: `owner/name`.
        seconds: How long to wait; a build takes minutes.
        pause: Seconds between two looks.

    Raises:
        RuntimeError: It stopped at another stage, or time is up.
    """
    api = HfApi()
    newest = api.space_info(space).sha
    deadline = time.monotonic() + seconds
    while (left := deadline - time.monotonic()) > 0:
        runtime = api.wait_for_space(space, timeout=left, poll_interval=pause)
        if runtime.stage != "RUNNING":
            raise RuntimeError(f"{space} is in stage {runtime.stage}")
        if runtime.raw.get("sha", newest) == newest:
            return
        time.sleep(pause)  # the commit before this one is still up
    raise RuntimeError(f"{space} has not started the newest commit within {seconds:.0f} s")


def ask(space: str) -> str:
    """Ask a running app who answers, and for a caption.

    Args:
        space: `owner/name`, or an address.

    Raises:
        RuntimeError: An answer is empty or incomplete.
    """
    client = Client(space, token=get_token(), verbose=False)
    status = client.predict(api_name="/status")
    if not {"describe", "draw", "write"} <= status.keys():
        raise RuntimeError(f"/status lacks a task: {status}")
    caption = client.predict(handle_file(PICTURE), model="builtin", api_name="/caption")
    if not caption:
        raise RuntimeError("/caption is empty")
    return f"{status['describe']['engine']} describes; /caption says: {caption}"


if __name__ == "__main__":
    try:
        wait(sys.argv[1])
        print(ask(sys.argv[1]))
    except Exception as error:
        sys.exit(f"{sys.argv[1]}: {type(error).__name__}: {error}")
