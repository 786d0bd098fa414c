"""The app's pages, and of which files in this folder each is made."""

from dataclasses import dataclass

SHARED = ("texts", "state", "server", "view", "smaller")


@dataclass(frozen=True, slots=True)
class Page:
    """One page.

    Args:
        path: Its address, relative to the app's; empty for the first.
        name: Of its script and styles.
        scripts: In their order; they share one scope.
        styles: In their order.
        parts: Its HTML, in their order.
        title: The key of what a browser's tab says.
        description: The key of what it is about.
        unsaid: How the keys of texts begin that are other pages', unless its HTML names them.
    """

    path: str
    name: str
    scripts: tuple[str, ...]
    styles: tuple[str, ...]
    parts: tuple[str, ...]
    title: str
    description: str
    unsaid: tuple[str, ...]


FIRST = Page(
    path="",
    name="front",
    scripts=(
        *SHARED,
        "picture",
        "stage",
        "wording",
        "snippet",
        "jobs",
        "grid",
        "composer",
        "next",
        "models",
        "looks",
        "options",
        "play",
        "album",
        "tall",
        "sheet",
        "links",
        "history",
        "about",
        "demo",
        "main",
    ),
    styles=(
        "page",
        "stage",
        "wording",
        "grid",
        "composer",
        "looks",
        "album",
        "history",
        "about",
        "demo",
    ),
    parts=("header", "stage", "composer", "options", "history", "about"),
    title="preview.title",
    description="preview.description",
    unsaid=("many.", "batch."),
)
MANY = Page(
    path="many",
    name="many",
    scripts=(
        *SHARED,
        "many/run",
        "many/table",
        "many/thumbs",
        "many/files",
        "many/sending",
        "many/wording",
        "many/out",
        "many/main",
    ),
    styles=("page", "stage", "composer", "many/many"),
    parts=("many/header", "many/many", "many/options"),
    title="many.tab",
    description="many.lead",
    unsaid=("game.", "demo.", "look."),
)
PAGES = {page.path: page for page in (FIRST, MANY)}
