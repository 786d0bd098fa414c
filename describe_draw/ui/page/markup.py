"""The HTML and styles of a page, which are there before any script has run."""

import re
from functools import cache
from html import escape
from pathlib import Path

from describe_draw.styles import styles as looks
from describe_draw.texts import catalog
from describe_draw.ui.page import demo
from describe_draw.ui.page.pages import Page

HERE = Path(__file__).parent
TEXT = re.compile(r'(?<=data-say=")([\w.]+)("[^<>]*>)')
"""The text of an element that is empty otherwise."""

ATTRIBUTE = re.compile(r'data-say-(label|title|placeholder|alt)="([\w.]+)"')
ATTRIBUTES = {"label": "aria-label", "title": "title", "placeholder": "placeholder", "alt": "alt"}


@cache
def html(page: Page, language: str) -> str:
    """A page's HTML, as somebody who reads a language sees it first.

    Args:
        page: Which.
        language: One of `texts.LANGUAGES`.
    """
    own = texts(language)

    def text(match: re.Match[str]) -> str:
        return match[0] + escape(own[match[1]])

    def attribute(match: re.Match[str]) -> str:
        return f'{match[0]} {ATTRIBUTES[match[1]]}="{escape(own[match[2]])}"'

    return TEXT.sub(text, ATTRIBUTE.sub(attribute, _bare(page)))


def texts(language: str) -> dict[str, str]:
    """All that the pages may say in a language: the finished game and the styles' names too."""
    named = {f"look.{name}": style.says[language] for name, style in looks().items()}
    return catalog(language) | demo.texts(language) | named


def said(page: Page, language: str) -> dict[str, str]:
    """What one page may say in a language."""
    html = _bare(page)
    return {
        key: text
        for key, text in texts(language).items()
        if not key.startswith(page.unsaid) or f'"{key}"' in html
    }


@cache
def styles(page: Page) -> str:
    """A page's style sheets in one."""
    return "\n".join((HERE / f"{name}.css").read_text("utf-8") for name in page.styles)


@cache
def _bare(page: Page) -> str:
    """A page's HTML without its texts."""
    html = "\n".join((HERE / f"{part}.html").read_text("utf-8") for part in page.parts)
    icons = {"logo": HERE / "favicon.svg", **{p.stem: p for p in (HERE / "icons").glob("*.svg")}}
    for name, path in icons.items():
        html = html.replace(f"@{name}", path.read_text("utf-8").strip())
    html = html.replace("@demo", demo.html())
    return f'<main id="page">{html}</main>'
