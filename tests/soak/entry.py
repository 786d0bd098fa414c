"""The unmodified app, in which time passes faster and which says what lives in it.

SIGUSR1 has it write a census into the file that `CENSUS` names.
"""

import json
import os
import runpy
import signal
import sys
from pathlib import Path
from types import FrameType

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # as it is for app.py

from describe_draw import store  # noqa: E402

census = runpy.run_path(str(Path(__file__).with_name("census.py")))["census"]
"""Taken so, since the package of tests sets variables for itself."""

AGE = 2
"""For how many seconds files and answers stay that nobody asks for."""

FEW = 12
"""How many of a kind are kept where the app keeps thousands: full before anything is compared."""

made = store.private


def shorter() -> Path:
    """What app.py does before Gradio may be imported; after it, every time and number is small."""
    folder = made()
    from describe_draw import serving  # noqa: PLC0415
    from describe_draw.borrowed.sessions import Mailboxes  # noqa: PLC0415
    from describe_draw.engines.builtin.describer import describer  # noqa: PLC0415
    from describe_draw.engines.hub.clients import Clients  # noqa: PLC0415
    from describe_draw.memory import MOST, Memory  # noqa: PLC0415
    from describe_draw.ui import page  # noqa: PLC0415

    serving.MINUTE = 0.25  # type: ignore[assignment]  # whole minutes are enough elsewhere
    store.AWAY = AGE
    page.SESSIONS = describer.REMEMBERED = FEW
    store.Store.sweep.__defaults__ = (set, AGE)
    Memory.__init__.__defaults__ = (AGE, MOST)
    Mailboxes.tidy.__defaults__ = (AGE,)
    Clients.__init__.__defaults__ = (4,)
    return folder


def tell(number: int, frame: FrameType | None) -> None:
    """Write the census, whole or not at all."""
    path = Path(os.environ["CENSUS"])
    path.with_suffix(".part").write_text(json.dumps(census()))
    path.with_suffix(".part").rename(path)


if __name__ == "__main__":
    store.private = shorter
    signal.signal(signal.SIGUSR1, tell)
    runpy.run_path(str(ROOT / "app.py"), run_name="__main__")
