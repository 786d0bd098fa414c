"""The components that all tabs use."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import gradio as gr
from gradio.events import Dependency
from gradio.helpers import Examples

from describe_draw.borrowed.frontend import cancels, visibilities
from describe_draw.ui.picture import BY_PATH, Picture

i18n = gr.I18n()
"""Names texts of the `app` section; the page fills them in the browser's language."""

EXAMPLES = Path(__file__).parents[2] / "examples"
PICTURES = ("cat", "coffee", "rocket", "astronaut", "santa-dog", "bird", "cows")
PRIVATE: dict[str, Any] = {"api_visibility": "private"}
QUIET: dict[str, Any] = {**PRIVATE, "show_progress": "hidden"}


def text(name: str) -> Any:
    """A text of the `app` section, as the browser's language has it."""
    return i18n(f"app_{name}")


def upload(elem_id: str) -> Picture:
    """A picture from a file, the camera or the clipboard."""
    return Picture(
        **BY_PATH,
        label=text("picture"),
        placeholder=text("picture_placeholder"),
        sources=["upload", "webcam", "clipboard"],
        height=320,
        elem_id=elem_id,
    )


def drawing(elem_id: str) -> gr.Image:
    """A drawn picture, downloaded as the PNG that was written."""
    return gr.Image(
        type="filepath",
        format="png",
        label=text("drawing"),
        interactive=False,
        buttons=["download", "fullscreen"],
        elem_id=elem_id,
        elem_classes="drawing",
    )


def example_pictures(picture: gr.Image) -> Examples:
    """Pictures to click."""
    examples: Examples = gr.Examples(
        [[str(path)] for name in PICTURES for path in EXAMPLES.glob(f"{name}.*")],
        picture,
        label=text("try_picture"),
        cache_examples=False,
    )
    return examples


def models(elem_id: str) -> gr.Dropdown:
    """Who answers, where there is a choice."""
    return gr.Dropdown(label=text("model"), info=text("model_hint"), visible=False, elem_id=elem_id)


def instead_button(elem_id: str) -> gr.Button:
    """Does the same with the built-in engine, offered where another one failed."""
    return gr.Button(text("instead"), visible=False, size="sm", elem_id=elem_id)


def run_and_stop(label: str, elem_id: str) -> tuple[gr.Button, gr.Button]:
    """A button that runs something, and the one in its place while it runs."""
    run = gr.Button(text(label), variant="primary", elem_id=elem_id, min_width=120)
    stop = gr.Button(
        text("stop"), variant="stop", elem_id=f"{elem_id}-stop", visible=False, min_width=120
    )
    return run, stop


def runs(
    starts: Sequence[Callable[..., Dependency]],
    buttons: tuple[gr.Button, gr.Button],
    event: dict[str, Any],
) -> list[dict[str, Any]]:
    """Have an event run, with the stop button in the run button's place meanwhile.

    Args:
        starts: What starts it: listeners such as `button.click` or `earlier_event.then`.
        buttons: The run and stop buttons.
        event: The event's function, inputs, outputs and options.

    Returns:
        The event, once for each start.
    """
    both = list(buttons)
    running: list[dict[str, Any]] = []
    for start in starts:
        begun = start(None, None, both, js=visibilities(False, True), **PRIVATE)
        event_run = begun.then(**event, **PRIVATE)
        event_run.then(None, None, both, js=visibilities(True, False), **PRIVATE)
        running.append(event_run)
    return running


def stops(button: gr.Button, running: list[dict[str, Any]], stop: Callable[..., Any]) -> gr.Number:
    """Have a button end events; what follows them brings the run button back.

    Args:
        button: The stop button.
        running: The events.
        stop: Ends the events' calls, so that the events end as any others: those that Gradio
            cancels may be shown as errors. Where nothing runs yet it returns a new number, and
            Gradio cancels what waits for its turn.

    Returns:
        What changes when Gradio had to cancel.
    """
    waits = cancels(running)
    button.click(stop, None, waits, queue=False, **PRIVATE)
    return waits
