"""The page's head: what a browser's tab says, and whoever shows a link to the page."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from describe_draw.texts import catalog, preferred
from describe_draw.ui.static import address

CARD, WIDTH, HEIGHT = "card.jpg", 1200, 630
"""The picture that goes with a link, made by `python -m tools.card`."""

META = Markup('<meta {}="{}" content="{}">')
PRELOAD = Markup('<link rel="modulepreload" href="{}">')
THEME = Markup('<meta name="theme-color" media="(prefers-color-scheme: {})" content="{}">')


@dataclass(frozen=True, slots=True)
class Head:
    """What a page begins with.

    Args:
        language: The one that the visitor's browser asks for.
        html: What goes into `head`.
    """

    language: str
    html: Markup


def head(request: Request, config: dict[str, Any], script: str) -> Head:
    """The head of a page.

    Args:
        request: Who asks for it.
        config: Gradio's configuration of it, with `root`, the address by which it was reached.
        script: The address of the page's script, which is fetched while Gradio's begin.
    """
    language = preferred(request.headers.get("accept-language"))
    said = catalog(language)
    query = f"?{request.url.query}" if request.url.query else ""
    told = {
        "title": said["preview.title"],
        "description": said["preview.description"],
        "image": f"{config['root']}/{address(CARD)}",
        "image:alt": said["preview.picture"],
    }
    graph = {
        "type": "website",
        "site_name": said["app.title"],
        "url": f"{config['root']}/{config['current_page']}{query}",
        "image:width": WIDTH,
        "image:height": HEIGHT,
    }
    twitter = {"card": "summary_large_image"}
    colours = config["body_css"]
    lines = [
        Markup("<title>{}</title>").format(told["title"]),
        META.format("name", "description", told["description"]),
        *(META.format("property", f"og:{name}", value) for name, value in (told | graph).items()),
        *(META.format("name", f"twitter:{name}", each) for name, each in (told | twitter).items()),
        PRELOAD.format(script),
        THEME.format("light", colours["body_background_fill"]),
        THEME.format("dark", colours["body_background_fill_dark"]),
    ]
    return Head(language, Markup("\n\t\t").join(lines))
