"""Pictures with known contents, to train and check the head that reads illustrations.

They are drawn from prompts like those of visitors, as the illustrator draws them; what is in each
is known from what was composed, not from the prompt.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import numpy as np
from PIL import Image

from describe_draw.engines.builtin.describer.illustration import IllustrationReader
from describe_draw.engines.builtin.describer.networks import Networks
from describe_draw.engines.builtin.illustrator.backdrops import BARE
from describe_draw.engines.builtin.illustrator.painter import compose
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.styles import finish
from tools.head_prompts import prompt
from tools.head_words import MEDIA, PLACES, STYLED, called, objects, place_of, time_of

DATA = Path(__file__).parent.parent / "describe_draw" / "engines" / "builtin" / "data"
HEAD = DATA / "illustration_head.npz"
SIZES = (*3 * ((512, 512),), *2 * ((384, 384),), (576, 384), (384, 576), (768, 512))
PLAIN = 0.6
"""The share of pictures in no style."""
LEAST = 0.06
"""The share of the height from which what stands about counts."""
SMALLEST = 0.2
"""The share of a picture's side that a second look shows at least."""


@dataclass(frozen=True)
class Spot:
    """One drawing in a picture; places and sizes are shares of the picture's.

    Attributes:
        name: What it is called.
        x: Its middle, from the left.
        y: Its middle, from the top.
        width: Its width.
        height: Its height.
        main: Whether the picture is about it: 1, half of what else was asked for, 0.
    """

    name: str
    x: float
    y: float
    width: float
    height: float
    main: float


@dataclass(frozen=True)
class Example:
    """One picture and what is in it.

    Attributes:
        picture: RGB.
        spots: The drawings in it that have a name.
        place: Its place, a key of PLACES; of a part of a picture, "".
        time: One of TIMES.
        style: One of STYLED, or "plain".
    """

    picture: Image.Image
    spots: tuple[Spot, ...]
    place: str
    time: str
    style: str


def examples(
    numbers: Iterable[int], seed: int, words: Sequence[str] = (), parts: float = 0.0
) -> Iterator[Example]:
    """Draws pictures.

    Args:
        numbers: Which pictures; each is made from its own number alone.
        seed: Other seeds draw other pictures.
        words: What they are about, by turns; without, all that the head tells apart, and usual
            things more often.
        parts: The share of which only a part around one thing is shown.
    """
    for n in numbers:
        rng = Random(f"{seed}/{n}")
        scene = parse(prompt(n, rng, words[n % len(words)] if words else ""))
        style = "plain" if rng.random() < PLAIN else STYLED[n % len(STYLED)]
        example = draw(replace(scene, style=style), rng)
        yield closer(example, rng) if rng.random() < parts else example


def draw(scene: Scene, rng: Random) -> Example:
    """A scene as it is painted: who runs is called a runner."""
    width, height = rng.choice(SIZES)
    paper, placements = compose(scene, width, height, rng)
    scene = staged(scene)
    main = next((n for n, thing in enumerate(scene.things) if thing.count), 0)
    picture = finish(paper.draw(), scene, rng, paper.mask)
    asked = {(one.art, one.x): one.thing for one in placements}
    moved = {one.art: one.thing for one in placements}  # pictures without a landscape move things
    for art, _ in asked.keys() & {(one.art, one.x) for one in paper.placed}:
        moved.pop(art, None)
    every = [
        (one, 1.0 if thing == main else 0.5 * (thing >= 0))
        for one in paper.placed
        for thing in [asked.get((one.art, one.x), moved.get(one.art, -1))]
        if thing >= 0 or one.height > LEAST * height
    ]
    spots = tuple(
        Spot(
            name=called(placed.art),
            x=min(1.0, max(0.0, placed.x / width)),
            y=min(1.0, max(0.0, (placed.base - placed.height / 2) / height)),
            width=min(1.0, placed.width / width),
            height=min(1.0, placed.height / height),
            main=about,
        )
        for placed, about in every
        if called(placed.art)
    )
    bare = scene.style in BARE
    place, time = ("abstract", "") if bare else (place_of(scene), time_of(scene))
    return Example(picture, spots, place, time, scene.style)


def closer(example: Example, rng: Random) -> Example:
    """A part of a picture around one of its things, as a second look has it."""
    chosen = rng.choice([spot for spot in example.spots if spot.main] or [None])
    if chosen is None:
        return example
    width, height = example.picture.size
    side = max(chosen.width * width, chosen.height * height, SMALLEST * min(width, height))
    side = min(side * rng.uniform(1.1, 2.0), float(min(width, height)))
    left, top = (
        min(max(0.0, at * size - side * rng.uniform(0.4, 0.6)), size - side)
        for at, size in ((chosen.x, width), (chosen.y, height))
    )
    picture = example.picture.crop((int(left), int(top), int(left + side), int(top + side)))
    spots = tuple(
        replace(
            spot,
            x=(spot.x * width - left) / side,
            y=(spot.y * height - top) / side,
            width=min(1.0, spot.width * width / side),
            height=min(1.0, spot.height * height / side),
        )
        for spot in example.spots
        if left <= spot.x * width < left + side and top <= spot.y * height < top + side
    )
    return replace(example, picture=picture, spots=spots, place="")


def measure(pictures: int, seed: int = 1) -> dict[str, float]:
    """Shares that the describer reads right, of new pictures of one kind of thing each.

    Args:
        pictures: How many are drawn; their things are spread over all that the head knows.
        seed: Which pictures are drawn.

    Returns:
        Shares of names, also of styled pictures alone, of places, times and styles that are right.
    """
    networks, reader = Networks(), IllustrationReader()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    with np.load(HEAD) as head:
        words = sorted({str(name) for name in head["names"]} & set(objects().values()))
    step = len(words) / pictures
    for example in examples((int(n * step) for n in range(pictures)), seed, words):
        seen = reader.read(example.picture, networks.fine)
        wanted = {spot.name for spot in example.spots if spot.main == 1}
        named = bool(wanted & {thing.noun for thing in seen.things})
        styled = "plain" if example.style == "plain" else "styled"
        found = {
            "name": named,
            styled: named,
            "place": (seen.setting or "") == PLACES[example.place],
            "time": (seen.light or "") == example.time,
            "style": (seen.style or MEDIA["plain"]) == MEDIA[example.style],
        }
        asked.update(found.keys())
        right.update(word for word, is_right in found.items() if is_right)
    return {word: right[word] / asked[word] for word in asked}
