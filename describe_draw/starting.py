"""The page from nothing: what has to be done before it can be served, and in which order."""

import os
import sys
from threading import Event
from typing import TYPE_CHECKING

from describe_draw.borrowed import stubs
from describe_draw.logs import set_up
from describe_draw.settings import Settings, SettingsError, load
from describe_draw.store import private

if TYPE_CHECKING:
    from describe_draw.borrowed.blocks import Blocks


def quietly() -> None:
    """Tell libraries, before anything imports them, to write no stubs and to call nobody."""
    stubs.write_none()
    os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
    os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")


def begin() -> "tuple[Settings, Blocks]":
    """The operator's settings and the page; a setting that can't be used ends the process."""
    try:
        settings = load()  # before what takes seconds: who mistyped one is told at once
        private()
    except SettingsError as error:
        sys.exit(str(error))
    except OSError as error:
        sys.exit(f"GRADIO_TEMP_DIR: files can't be written there ({error.strerror}).")

    from describe_draw.ui.page import build  # noqa: PLC0415

    try:
        set_up()
        return settings, build(settings)
    except SettingsError as error:
        sys.exit(str(error))


def serve(settings: Settings, demo: "Blocks", told: Event) -> None:
    """Serve the page until the event is set; the process ends with it."""
    from describe_draw.ui.page import launch  # noqa: PLC0415

    launch(demo, settings).until(told)
