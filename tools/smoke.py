"""Waits until a Space runs what was uploaded to it, then asks it: `smoke.py owner/name`.

Needs huggingface_hub and gradio_client alone. Exits with 1, and one line, where anything is amiss.
"""

import sys
import time
from contextlib import suppress
from pathlib import Path

from gradio_client import Client, handle_file
from httpx import HTTPError
from huggingface_hub import HfApi, SpaceInfo, SpaceRuntime, get_session, get_token

PICTURE = Path(__file__).parents[1] / "examples" / "cat.jpg"
STARTING = {"BUILDING", "RUNNING_BUILDING", "APP_STARTING", "RUNNING_APP_STARTING"}
BROKEN = {"NO_APP_FILE", "CONFIG_ERROR", "BUILD_ERROR", "RUNTIME_ERROR", "DELETING"}
ASLEEP = {"SLEEPING", "STOPPED"}


def wait(space: str, seconds: float = 1500, pause: float = 5) -> None:
    """Wait until the newest commit of a Space runs, whatever became of the ones before.

    Args:
        space: `owner/name`.
        seconds: How long to wait; a build takes minutes.
        pause: Seconds between two looks.

    Raises:
        RuntimeError: The Space is paused, its newest commit is broken, or time is up.
    """
    api = HfApi()
    newest = api.space_info(space)
    has_begun = False
    deadline = time.monotonic() + seconds
    while True:
        runtime = api.get_space_runtime(space)
        stage = runtime.stage
        has_begun = has_begun or stage in STARTING
        if stage == "PAUSED":
            raise RuntimeError(f"{space} is paused: restart it in its settings, then try again")
        if _is_of(newest, runtime, has_begun=has_begun):
            if stage == "RUNNING":
                return
            if stage in BROKEN:
                raise RuntimeError(f"{space} is in stage {stage}")
            if stage in ASLEEP:
                _wake(newest)
        if time.monotonic() > deadline:
            raise RuntimeError(
                f"{space} doesn't run the newest commit yet, but is in stage {stage}"
            )
        time.sleep(pause)


def _is_of(newest: SpaceInfo, runtime: SpaceRuntime, *, has_begun: bool) -> bool:
    """Whether a stage is the newest commit's.

    Where no commit is named, an error may be an older one's until a build has begun.
    """
    if commit := runtime.raw.get("sha"):
        return bool(commit == newest.sha)
    return has_begun or runtime.stage not in BROKEN


def _wake(space: SpaceInfo) -> None:
    """Ask a sleeping Space for its page, which starts it; until then it answers with an error."""
    headers = {"Authorization": f"Bearer {get_token()}"} if space.private else {}
    with suppress(HTTPError):
        get_session().get(str(space.host), headers=headers, timeout=30)


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
