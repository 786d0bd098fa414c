"""Serve the page and its endpoints, as app.py does on a Space, until Ctrl+C.

All settings are environment variables, or lines in a file .env: docs/settings.md.
"""

import os
from argparse import ArgumentParser, Namespace

from describe_draw.ending import told_to_stop
from describe_draw.starting import begin, quietly, serve

EXAMPLES = """\
examples:
  describe-draw serve
  describe-draw serve --host 0.0.0.0 --port 8080"""


def add(parser: ArgumentParser) -> None:
    """Take the address, which Gradio reads from the environment."""
    parser.add_argument("--host", help="the address to listen at (GRADIO_SERVER_NAME)")
    parser.add_argument("--port", type=int, help="the port (GRADIO_SERVER_PORT), 7860 by default")


def run(arguments: Namespace) -> int:
    """Serve; the process ends by itself."""
    quietly()
    told = told_to_stop()
    for name, value in (
        ("GRADIO_SERVER_NAME", arguments.host),
        ("GRADIO_SERVER_PORT", arguments.port),
    ):
        if value is not None:
            os.environ[name] = str(value)
    serve(*begin(), told)
    return 0
