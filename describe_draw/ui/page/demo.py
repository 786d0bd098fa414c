"""The finished game of the first screen: `demo.json`, which `python -m tools.demo` plays."""

import json
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from describe_draw.texts import listed, message
from describe_draw.ui.static import address

FATES = ("kept", "lost", "invented")


@cache
def texts(language: str) -> dict[str, str]:
    """What it says in a language, keyed `demo.<number of the link>` or by what became of things."""
    game = _game()
    told: list[Any] = [link.get("words") or link.get("alt") for link in game["links"]]
    told = [said or told[number - 1] for number, said in enumerate(told)]  # drawn from the words
    said = {f"demo.{number}": _in(words, language) for number, words in enumerate(told)}
    for fate in FATES:
        if any(game[fate].values()):
            things = listed(_in(game[fate], language), language)
            said[f"demo.{fate}"] = message(f"game.things_{fate}", things=things).say(language)
    return said


def html() -> str:
    """Its HTML: pictures and words in turn, and what survived."""
    links = "\n".join(_link(number, link) for number, link in enumerate(_game()["links"]))
    fates = [key for key in texts("en") if key.split(".")[1] in FATES]
    survived = "".join(f'<span data-say="{key}"></span>' for key in fates)
    return f'<ol class="demo-chain">\n{links}\n</ol>\n<p class="demo-end">{survived}</p>'


def _link(number: int, link: dict[str, Any]) -> str:
    if "words" in link:
        return f'<li class="told"><blockquote data-say="demo.{number}"></blockquote></li>'
    source, haste = escape(address(link["picture"])), "low" if number else "high"
    size = f'width="{link["width"]}" height="{link["height"]}"'
    picture = f'<img src="{source}" alt="" data-say-alt="demo.{number}" {size}'
    return f'<li>{picture} fetchpriority="{haste}"></li>'


def _in(said: dict[str, Any], language: str) -> Any:
    return said.get(language, said["en"])


@cache
def _game() -> dict[str, Any]:
    game: dict[str, Any] = json.loads((Path(__file__).parent / "demo.json").read_text("utf-8"))
    return game
