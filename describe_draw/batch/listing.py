"""Captions in a table for spreadsheets, and on a page for browsers."""

import csv
import io
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from describe_draw import zip_page
from describe_draw.batch.rows import Row
from describe_draw.texts import message

BOM = "\ufeff"
"""By which Excel knows UTF-8."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""How a cell begins that spreadsheets calculate (owasp.org/www-community/attacks/CSV_Injection)."""

STYLE = """\
body { margin: 0 auto; padding: 1rem; max-width: 70rem; font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; }
ol { list-style: none; margin: 0; padding: 0; display: grid; gap: 1rem;
  grid-template-columns: repeat(auto-fill, minmax(min(16rem, 100%), 1fr)); }
figure { margin: 0; }
img { display: block; width: 100%; height: 14rem; object-fit: contain; }
figcaption { overflow-wrap: anywhere; white-space: pre-line; }
:root { color-scheme: light dark; }
"""


def table(rows: Iterable[Row], language: str) -> str:
    """All rows as CSV: file name, caption, problem."""
    text = io.StringIO()
    text.write(BOM)
    writer = csv.writer(text, quoting=csv.QUOTE_ALL)
    writer.writerow(("file_name", "caption", "problem"))
    for row in rows:
        problem = row.problem.say(language) if row.problem else ""
        writer.writerow(map(cell, (row.item.name, row.caption, problem)))
    return text.getvalue()


def page(pictures: Iterable[tuple[Row, str]], language: str) -> str:
    """The pictures with their captions, which are their alternative texts too."""
    figures = [_figure(row.caption, name) for row, name in pictures]
    title = message("batch.title", count=len(figures)).say(language)
    return zip_page.page(title, f"<ol>{''.join(figures)}</ol>", STYLE, language)


def cell(value: str) -> str:
    """A cell that is read as text."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _figure(caption: str, name: str) -> str:
    said = escape(caption)
    return (
        f'<li><figure><img src="{quote(name)}" alt="{said}" loading="lazy">'
        f"<figcaption>{said}</figcaption></figure></li>"
    )
