"""The Space's entry: builds the page and serves it."""

import os
import sys

from describe_draw.borrowed import stubs

stubs.write_none()  # before anything that imports Gradio
os.environ.setdefault("GRADIO_ANALYTICS_ENABLED", "False")
os.environ.setdefault("HF_HUB_DISABLE_TELEMETRY", "1")

if os.environ.get("SPACES_ZERO_GPU"):
    import spaces  # noqa: F401  # before anything that touches the GPU

from describe_draw.ending import told_to_stop
from describe_draw.logs import set_up
from describe_draw.settings import SettingsError, load
from describe_draw.store import private

if __name__ == "__main__":
    told = told_to_stop()  # before what takes seconds
try:
    settings = load()  # before what takes seconds, too: who mistyped one is told at once
    private()
except SettingsError as error:
    sys.exit(str(error))
except OSError as error:
    sys.exit(f"GRADIO_TEMP_DIR: files can't be written there ({error.strerror}).")

from describe_draw.ui.page import build, launch

try:
    set_up()
    demo = build(settings)
except SettingsError as error:
    sys.exit(str(error))

if __name__ == "__main__":
    launch(demo, settings).until(told)
