"""Words that are to be read in the picture: on a sign, a board, a shop."""

import re
from dataclasses import replace
from functools import cache
from textwrap import wrap

from .fragments import Drawing
from .scene import Scene, changed
from .words import read_toml, vocabulary

SAYS = "@says:"
"""Before what a drawing's words are, in its name."""

_STEP, _LINE, _PEN = 5.6, 8.4, 0.8
"""From one letter to the next, from one line to the next, and the width of a stroke."""


def quoted(text: str) -> tuple[str, list[str]]:
    """A prompt without the words that are to be read in the picture, and those."""
    found: list[str] = []
    in_quotes, bare = _patterns()

    def taken(match: re.Match[str]) -> str:
        ahead, said = match.groups() if match.re is in_quotes else ("says", match[1])
        known = not ahead and vocabulary().find(said.lower())
        if known or not said.strip() or match[0].strip() == text.strip():
            return match[0]
        found.append(said)
        return " "

    return bare.sub(taken, in_quotes.sub(taken, text)), found


def written(scene: Scene, texts: list[str]) -> tuple[Scene, list[str]]:
    """A scene with words on what bears them, and those that nothing does, as a note names them."""
    left: list[str] = []
    boards, strokes = (read_toml("letters.toml")[name] for name in ("boards", "strokes"))
    for text in texts:
        n = next((n for n, one in enumerate(scene.things) if one.art in boards), None)
        said = text.upper().replace("’", "'")
        if n is None or not set(said) <= strokes.keys():
            left.append(f'the words "{text}"' if text.isascii() else f"“{text}”")
        else:
            art = f"{scene.things[n].art}{SAYS}{said}"
            scene = replace(scene, things=tuple(changed([*scene.things], n, art=art)))
    return scene, left


def lettered(own: Drawing, name: str, text: str) -> Drawing:
    """A drawing with words on it, as large as there is room for."""
    x, y, wide, high, ink, *paper = read_toml("letters.toml")["boards"][name]
    longest = max(map(len, text.split()))
    broken = [wrap(text, width) for width in range(longest, max(longest, len(text)) + 1)]
    size, lines = max((min(wide / (max(map(len, rows)) * _STEP), high / (len(rows) * _LINE)), rows)
                      for rows in broken)  # fmt: skip
    down = y + (high - (len(lines) * _LINE - 2.4) * size) / 2
    svg = "".join(f'<path d="M{x} {y}h{wide}v{high}h{-wide}z" fill="{one}"/>' for one in paper)
    pen = f'fill="none" stroke="{ink}" stroke-width="{_PEN}" stroke-linecap="round"'
    for row, line in enumerate(lines):
        left = x + (wide - (len(line) * _STEP - 1.6) * size) / 2
        for column, sign in enumerate(line):
            at = f"{left + column * _STEP * size:.1f} {down + row * _LINE * size:.1f}"
            drawn = f'd="{read_toml("letters.toml")["strokes"][sign]}" {pen}'
            svg += f'<path transform="translate({at}) scale({size:.3f})" {drawn}/>'
    return replace(own, svg=own.svg + svg)


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Words in quotation marks, with what tells of them, and words on a sign without any."""
    told = read_toml("letters.toml")["told"]
    said = r"[\"“„«「『]\s*([^\"“”„«»「」『』\n]{1,60}?)\s*[\"”“»」』]"
    in_quotes = re.compile(f"({told['ahead']})?{said}{told['behind']}", re.I)
    return in_quotes, re.compile(told["bare"], re.I)
