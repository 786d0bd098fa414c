"""Plays the game that the page shows before anybody has played: python -m tools.demo.

Of some hundred games it is the one to keep: who can't read follows it too, the sky survives all
of it, and nobody is made fun of. Its start is from examples/, where README.md says who drew it.
"""

import asyncio
import json
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from PIL import Image

from describe_draw.engines import Engines
from describe_draw.engines.builtin import Builtin
from describe_draw.game import Chain, Drift, Game, Picture, Words
from describe_draw.game.meaning import told_apart
from describe_draw.game.things import read
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.support import EXAMPLES, ROOT, settings

START, SEED, ROUNDS = EXAMPLES / "bird.png", 117, 2
SHOWN = "a blue bird in the sky"
"""What the start shows, for who can't see it; other pictures show the words before them."""

LONGEST, QUALITY = 384, 90
"""Pixels of a kept picture's longer side, and how well WebP keeps them."""

DIGITS = 2
"""Decimals of the dials: so many are the same on every machine."""

PAGE = ROOT / "describe_draw" / "ui" / "page"
GAME, STATIC = PAGE / "demo.json", PAGE / "static"

LANGUAGES = ("en", "zh", "zh-TW")

TRANSLATED = {
    SHOWN: ("天空中的一只蓝色小鸟", "天空中的一隻藍色小鳥"),
    "an illustration of what looks like a seagull in the sky": (
        "一幅插画，画的好像是天空中的一只海鸥",
        "一幅插畫，畫的好像是天空中的一隻海鷗",
    ),
    "an illustration of what looks like an otter in the sky": (
        "一幅插画，画的好像是天空中的一只水獭",
        "一幅插畫，畫的好像是天空中的一隻水獺",
    ),
    "sky": ("天空", "天空"),
    "seagull": ("海鸥", "海鷗"),
    "otter": ("水獭", "水獺"),
}
"""What was said, in the other languages. Another game needs other words."""


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        chain = asyncio.run(play(Path(folder)))
        (STATIC / "demo").mkdir(parents=True, exist_ok=True)
        links = [_link(link, f"demo/{n // 2 + 1}.webp") for n, link in enumerate(chain.links)]
    links[0]["alt"] = said(SHOWN)
    end = chain.drift[-1]
    told = {
        "links": links,
        "kept": listed(end.kept),
        "lost": listed(end.lost),
        "invented": listed(end.invented),
        "drift": [_dials(chain, drift) for drift in chain.drift],
    }
    GAME.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")


async def play(folder: Path) -> Chain:
    """The game, played by the built-in engine as for any visitor.

    Args:
        folder: Where its pictures are kept.
    """
    chosen, store = settings(), Store(folder)
    engines = Engines(chosen, (Builtin(),))
    game = Game(Studio(chosen, engines, store), engines.features, store)
    chain = await game.begin(image=START)
    while chain.round <= ROUNDS:
        chain = await game.step(chain, SEED)
    return chain


def said(text: str) -> dict[str, str]:
    """A text in every language, by the language's code."""
    return dict(zip(LANGUAGES, (text, *TRANSLATED[text]), strict=True))


def listed(things: Iterable[str]) -> dict[str, list[str]]:
    """Things in every language, by the language's code."""
    every = [said(thing) for thing in things]
    return {language: [thing[language] for thing in every] for language in LANGUAGES}


def _link(link: Words | Picture, name: str) -> dict[str, Any]:
    """A link as the page takes it; a picture is kept under its name."""
    if isinstance(link, Words):
        return {"words": said(link.text)}
    with Image.open(link.path) as picture:
        small = picture.convert("RGB")
    small.thumbnail((LONGEST, LONGEST), Image.Resampling.LANCZOS)
    small.save(STATIC / name, quality=QUALITY, method=6)
    return {"picture": name, "width": small.width, "height": small.height}


def _dials(chain: Chain, drift: Drift) -> dict[str, float]:
    """A round's two dials: the meaning by the things alone, whether a sentence model is there."""
    first, last = chain.words[0].text, chain.words[drift.round - 1].text
    meaning = told_apart(read(first), read(last))
    return {"meaning": round(meaning, DIGITS), "look": round(drift.look, DIGITS)}


if __name__ == "__main__":
    main()
