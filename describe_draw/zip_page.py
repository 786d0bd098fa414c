"""HTML pages for zips: no script, and nothing from elsewhere."""

from html import escape

POLICY = "default-src 'none'; img-src 'self' file:; style-src 'unsafe-inline'; form-action 'none'"
"""What such a page may load: its own pictures and styles."""


def page(title: str, body: str, style: str, language: str) -> str:
    """A whole page.

    Args:
        title: What it is called, as text.
        body: What is in it, as HTML.
        style: Its styles.
        language: Of the title.
    """
    title = escape(title)
    return (
        f'<!doctype html>\n<html lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{title}</title><style>\n{style}</style></head>"
        f'<body class="archive"><h1>{title}</h1>{body}</body></html>\n'
    )
