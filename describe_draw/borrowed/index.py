"""The HTML that is Gradio's page: with the app's own head and body, its front end when wanted."""

import re
from collections.abc import Callable
from typing import Any

from gradio.routes import templates
from jinja2 import ChoiceLoader, DictLoader, FileSystemLoader
from starlette.requests import Request

NAMES = ("frontend/index.html", "frontend/share.html")
"""The second is for the address that Gradio lends."""

PREVIEW = re.compile(r"\s*<meta\s+(?:property=\"og:|name=\"twitter:)[^>]*>")
"""What Gradio says of itself to whoever shows a link."""

FRONT_END = re.compile(
    r'<script type="module" crossorigin src="[^"]+"></script>'
    r'(\s*<link rel="stylesheet" crossorigin href="[^"]+">)?'
)
"""Which begins where the page's script takes it out of the template that it is put into."""

REPLACED = (
    ('lang="en"', 'lang="{{ head(request, config).language }}"'),
    ('<meta charset="utf-8" />', '<meta charset="utf-8" />\n\t\t{{ head(request, config).html }}'),
    ("<gradio-app\n", "{{ head(request, config).body }}\n\t\t<gradio-app\n"),
    ("= {{ config | toorjson }}", "= {{ config | shown | toorjson }}"),
    # Behind a path of a proxy too, and with the cookies without which a private Space has none.
    ('rel="manifest" href="/', 'rel="manifest" crossorigin="use-credentials" href="./'),
)

_gradios = templates.env.loader

Head = Callable[[Request, dict[str, Any]], Any]
"""Makes a page's head of its request and of its configuration: `language` and `html`."""


def template(source: str) -> str:
    """Gradio's template with the app's head.

    Raises:
        ValueError: It is another than the one that this was written for.
    """
    source, said = PREVIEW.subn("", source)
    source, begun = FRONT_END.subn(r'<template id="gradio">\g<0></template>', source)
    if not said or begun != 1 or any(source.count(theirs) != 1 for theirs, _ in REPLACED):
        raise ValueError("Gradio's index.html has changed")
    for theirs, ours in REPLACED:
        source = source.replace(theirs, ours)
    return source


def shown(config: dict[str, Any]) -> dict[str, Any]:
    """A page's configuration without what no event of the page can ever show.

    Those of endpoints and of the script's events are such: Gradio's front end would load each.
    Programs read `/config`, which stays whole, and so do the events, which "Use via API" lists.
    """
    events = config["dependencies"]
    used = {number for event in events if _is_pages(event) for number in _components(event)}
    hidden = {each["id"] for each in config["components"] if each["props"].get("visible") is False}
    kept: set[int] = set()
    layout = _pruned(config["layout"], hidden - used, used, kept)
    name = config["current_page"]
    page = config["page"] | {name: config["page"][name] | {"layout": layout}}
    components = [each for each in config["components"] if each["id"] in kept]
    return config | {"layout": layout, "page": page, "components": components}


def use(head: Head) -> None:
    """Have Gradio start its front end in this way."""
    assert isinstance(_gradios, FileSystemLoader)
    templates.env.globals["head"] = head
    templates.env.filters["shown"] = shown
    sources = {name: _gradios.get_source(templates.env, name)[0] for name in NAMES}
    ours = {name: template(source) for name, source in sources.items()}
    templates.env.loader = ChoiceLoader([DictLoader(ours), _gradios])


def _is_pages(event: dict[str, Any]) -> bool:
    """Whether a component can set it off: not an endpoint, nor what the page's script asks."""
    return bool(event["targets"]) or event["trigger_after"] is not None


def _components(event: dict[str, Any]) -> list[int]:
    targets = [number for number, _ in event["targets"] if number is not None]
    return [*event["inputs"], *event["outputs"], *targets, *(event["show_progress_on"] or ())]


def _pruned(
    node: dict[str, Any], hidden: set[int], used: set[int], kept: set[int]
) -> dict[str, Any]:
    """A part of a layout without branches that are hidden, and used by nothing in them."""
    kept.add(node["id"])
    if "children" not in node:
        return node
    children = [
        child for child in node["children"] if child["id"] not in hidden or _members(child) & used
    ]
    return node | {"children": [_pruned(child, hidden, used, kept) for child in children]}


def _members(node: dict[str, Any]) -> set[int]:
    return {node["id"]}.union(*(_members(child) for child in node.get("children", ())))
