"""What things are made of: colours, fillings, patterns, glows and puddles, by a table."""

import re
from colorsys import hsv_to_rgb
from dataclasses import replace
from functools import cache
from random import Random
from typing import Any

from .colours import RGB, luminance, mix, parse_hex, to_hex
from .fragments import Drawing, main_colour, relit, unique
from .words import read_toml

HEX = re.compile(r'fill="(#[0-9a-fA-F]{6})"')
_WHITE: RGB = (255, 255, 255)


def stuffs() -> dict[str, dict[str, Any]]:
    """What things can be of."""
    return read_toml("stuffs.toml")


@cache
def _stuff_words() -> dict[str, str]:
    return {word: name for name, stuff in stuffs().items() for word in stuff["words"]}


def mixture(word: str) -> str:
    """What a word makes of the thing that it is said of, as the end of its name; empty: nothing."""
    name = _stuff_words().get(word)
    return f"@{stuffs()[name].get('change', f'of:{name}')}" if name else ""


def made_of(own: Drawing, table: dict[str, Any], filling: Drawing | None, main: RGB) -> str:
    """A drawing of another stuff; `main` is its own most usual colour."""
    svg = ramped(own.svg, table["ramp"]) if "ramp" in table else own.svg
    for old, new in table.get("swap", {}).items():
        svg = svg.replace(old, new)
    if filling:
        svg = _filled(replace(own, svg=svg), filling)
    if {"around", "glow", "pattern"} & table.keys():
        svg = _around(own, table) + svg + _patterned(own, table, main)
    svg = f'<g opacity="{table["opacity"]}">{svg}</g>' if "opacity" in table else svg
    return _shaped(svg, own, table) if {"over", "cut", "wide", "turn"} & table.keys() else svg


def _shaped(svg: str, own: Drawing, table: dict[str, Any]) -> str:
    """With a face on it, bitten off, stretched or leaning."""
    height, lean = own.height / 2, table.get("turn", 0)
    middle = f'<g transform="translate(0 {height}) scale({own.width / 128}) translate(0 -64)">'
    away = f'<rect x="-99" y="-99" width="999" height="999" fill="#fff"/>{middle}'
    mask = f'<mask id="cut">{away}{table.get("cut", "")}</g></mask><g mask="url(#cut)">{svg}</g>'
    shape = f"scale({table.get('wide', 1)} {table.get('tall', 1)})"
    shape += f" translate({-lean * height * 0.019} 0) skewX({lean})"
    return f'<g transform="{shape}">{mask}{middle}{table.get("over", "")}</g></g>'


def ramped(svg: str, ramp: list[str]) -> str:
    """In three colours, from shadow to light."""
    dark, middle, light = map(parse_hex, ramp)
    levels = [luminance(parse_hex(colour)) for colour in HEX.findall(svg)] or [0.0, 1.0]
    low, high = min(levels), max(levels)

    def change(rgb: RGB) -> RGB:
        level = (luminance(rgb) - low) / (high - low) if high - low > 0.02 else 0.6
        level = min(1.0, max(0.0, level))
        return mix(dark, middle, level * 2) if level < 0.5 else mix(middle, light, level * 2 - 1)

    return relit(svg, change)


def _around(own: Drawing, table: dict[str, Any]) -> str:
    """What is behind a thing: its glow, or the puddle that it melts into."""
    turn, strength = main_colour(own.svg, own.width, own.height, False)
    red, green, blue = hsv_to_rgb(turn, 0.5 * strength, 0.97)
    main = to_hex((255 * red, 255 * green, 255 * blue))
    shape = "".join(
        f'<g stroke="{main}" stroke-opacity="{table["glow"]}" stroke-width="{width}" '
        f'stroke-linejoin="round">{unique(own.svg, f"g{width}-")}</g>'
        for width in (range(6, 60, 9) if "glow" in table else ())
    )
    size = f"translate(0 {own.height:.1f}) scale({own.width / 128:.3f})"
    return f'{shape}<g transform="{size}" fill="{main}">{table.get("around", "")}</g>'


def _patterned(own: Drawing, table: dict[str, Any], main: RGB) -> str:
    """A pattern over the shape of a drawing, white, or dark on what is light."""
    ink = to_hex(_WHITE if luminance(main) < 0.6 else mix(main, (30, 16, 8), 0.7))
    side, scale = table.get("tile", 32), max(own.width, own.height) / 128
    top, low = (own.head[1] + own.head[2], 0.72) if own.person and own.head else (-20.0, 1.2)
    box = f'x="-20" y="{top:.1f}" width="{own.width + 40:.1f}"'
    box += f' height="{own.height * low - top:.1f}"'
    return (
        f'<defs><pattern id="tile" width="{side}" height="{side}" patternUnits="userSpaceOnUse" '
        f'patternTransform="scale({scale:.3f})"><g fill="{ink}" stroke="{ink}" stroke-width="0">'
        f"{table.get('pattern', '')}</g></pattern></defs>"
        f'<mask id="shape">{relit(unique(own.svg, "m-"), lambda _: _WHITE)}</mask>'
        f'<g mask="url(#shape)"><rect {box} fill="url(#tile)"/></g>'
    )


def _filled(own: Drawing, filling: Drawing) -> str:
    """The shape of one drawing, full of another."""
    rng, size = Random(own.svg), max(own.width, own.height) / 8
    scale = size * 1.25 / max(filling.width, filling.height)
    spots = []
    for row in range(int(own.height / size) + 2):
        for column in range(int(own.width / size) + 2):
            x, y = (column - row % 2 / 2) * size, row * size * 0.86
            spots.append(
                f'<use xlink:href="#one" transform="translate({x:.1f} {y:.1f}) '
                f"rotate({rng.uniform(-40, 40):.0f}) scale({scale:.3f}) "
                f'translate({-filling.width / 2:.1f} {-filling.height / 2:.1f})"/>'
            )
    rng.shuffle(spots)
    shape = unique(own.svg, "m-")
    rim = relit(shape, lambda rgb: mix(rgb, (0, 0, 0), 0.45))
    return (
        f'<defs><g id="one">{unique(filling.svg, "f-")}</g></defs>'
        f'<mask id="shape">{relit(shape, lambda _: _WHITE)}</mask>'
        f'<g stroke="#000000" stroke-opacity=".5" stroke-width="3">{rim}</g>'
        f'<g mask="url(#shape)">{"".join(spots)}</g><g opacity=".3">{unique(own.svg, "t-")}</g>'
    )
