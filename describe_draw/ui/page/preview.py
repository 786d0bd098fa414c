"""The head of a page: what a browser's tab says, and whoever shows a link to the page."""

from dataclasses import dataclass
from typing import Any

from markupsafe import Markup
from starlette.requests import Request

from describe_draw.texts import catalog, preferred
from describe_draw.ui.page.front import CLIENT
from describe_draw.ui.page.markup import html
from describe_draw.ui.page.pages import PAGES
from describe_draw.ui.static import address, made_address

CARD, WIDTH, HEIGHT = "card.jpg", 1200, 630
"""The picture that goes with a link, made by `python -m tools.card`."""

META = Markup('<meta {}="{}" content="{}">')
SCRIPT = Markup('<script type="module" src="{}"></script>')
SOON = Markup('<link rel="modulepreload" href="{}">')
STYLES = Markup('<link rel="stylesheet" href="{}">')
DARK = Markup(
    "<script>{"
    ' const theme = new URLSearchParams(location.search).get("__theme");'
    ' const dark = theme ? theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;'
    ' document.body.classList.toggle("dark", dark); }</script>'
)
"""As Gradio's front end does, but before anything is seen."""

SHELL = Markup('{}<div id="shell" class="shell">{}</div>')
THEME = Markup('<meta name="theme-color" media="(prefers-color-scheme: {})" content="{}">')


@dataclass(frozen=True, slots=True)
class Head:
    """What a page begins with.

    Args:
        language: The one that the visitor's browser asks for.
        html: What goes into `head`.
        body: What `body` begins with: the page itself.
    """

    language: str
    html: Markup
    body: Markup


def head(request: Request, config: dict[str, Any], made: dict[str, str]) -> Head:
    """A page, as it is before any script has run.

    Args:
        request: Who asks for it.
        config: Gradio's configuration of it, with `root`, the address by which it was reached.
        made: The pages' scripts and styles, by their names.
    """
    page = PAGES[config["current_page"]]
    language = preferred(request.headers.get("accept-language"))
    said = catalog(language)
    query = f"?{request.url.query}" if request.url.query else ""
    told = {
        "title": said[page.title],
        "description": said[page.description],
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
        SCRIPT.format(made_address(f"{page.name}.js", made[f"{page.name}.js"])),
        SOON.format(CLIENT),
        STYLES.format(made_address(f"{page.name}.css", made[f"{page.name}.css"])),
        THEME.format("light", colours["body_background_fill"]),
        THEME.format("dark", colours["body_background_fill_dark"]),
    ]
    body = SHELL.format(DARK, Markup(html(page, language)))
    return Head(language, Markup("\n\t\t").join(lines), body)
