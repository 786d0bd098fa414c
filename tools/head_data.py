"""Pictures with known contents, to train and check the head that reads illustrations.

The head is a linear layer on the classifier's feature map (see train_head.py). Its pictures are
scenes made at random, not prompts: so their labels are exact.
"""

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PIL import Image

from describe_draw.engines.builtin.describer.illustration import IllustrationReader
from describe_draw.engines.builtin.describer.networks import Networks, enlarged
from describe_draw.engines.builtin.illustrator.art import can_sit
from describe_draw.engines.builtin.illustrator.backdrops import BARE
from describe_draw.engines.builtin.illustrator.painter import compose
from describe_draw.engines.builtin.illustrator.scene import Scene, Thing
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.styles import STYLES, finish
from describe_draw.engines.builtin.illustrator.tables import traits
from describe_draw.engines.builtin.illustrator.words import noto, read_toml

BUILTIN = Path(__file__).parent.parent / "describe_draw" / "engines" / "builtin"
DATA = BUILTIN / "data"
HEAD = DATA / "illustration_head.npz"

with (Path(__file__).parent / "head_words.toml").open("rb") as _file:
    _WORDS = tomllib.load(_file)
PLACES: dict[str, str] = _WORDS["places"]
TIMES = ("", *_WORDS["times"])
_TIMELESS = frozenset(_WORDS["options"]["timeless"])

SIZES = (
    *2 * ((384, 384), (384, 384), (512, 512), (480, 320), (576, 384), (320, 480)),
    (1024, 1024),
)
STYLED = sorted(STYLES - set(_WORDS["options"]["unreadable"]))
"""Styles that things can be told apart in."""
_STYLED, _ACTIVE, _WITH_SOMEBODY = 0.25, 0.4, 0.3  # shares of the pictures
_COLOURS = (None,) * 14 + ("red", "blue", "green", "yellow", "black", "white", "purple")
_COUNTS = {1: (1, 1, 1, 2, 3, 4, 5), 2: (1, 1, 2), 3: (1, 1, 1, 2)}


@cache
def objects() -> dict[str, str]:
    """The drawings that the head tells apart and the word that each is called by."""
    things: dict[str, list[str]] = read_toml("vocabulary.toml")["things"]
    named = {
        art: words[0] for art, words in things.items() if art not in _WORDS["options"]["left_out"]
    }
    more = {art: art.replace("-", " ") for art in _WORDS["options"]["more"] if art in noto()}
    called = {art: word for word, arts in _WORDS["called"].items() for art in arts.split()}
    return {**more, **named, **called}


@cache
def _people() -> list[str]:
    """Those that have a body that can do something."""
    return sorted(art for art in objects() if can_sit(art))


@dataclass(frozen=True)
class Spot:
    """One drawing in a picture; places and sizes are shares of the picture's.

    Attributes:
        name: What it is called.
        x: Its middle, from the left.
        y: Its middle, from the top.
        width: Its width.
        height: Its height.
    """

    name: str
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True)
class Example:
    """One picture and what is in it.

    Attributes:
        picture: RGB.
        spots: The drawings that were asked for.
        place: Index in PLACES.
        time: Index in TIMES.
    """

    picture: Image.Image
    spots: tuple[Spot, ...]
    place: int
    time: int


def examples(
    numbers: Iterable[int], seed: int, single: bool = False, arts: Sequence[str] = ()
) -> Iterator[Example]:
    """Draws pictures of one to three kinds of things.

    Args:
        numbers: Which pictures; each is made from its own number alone.
        seed: Other seeds draw other pictures.
        single: For pictures of one kind of thing.
        arts: What is drawn first, by turns; without, all that the head tells apart, each word's
            drawings by chance.
    """
    of_words: dict[str, list[str]] = {}
    for art, word in sorted(objects().items()):
        of_words.setdefault(word, []).append(art)
    words = sorted(of_words)
    for n in numbers:
        rng = Random(f"{seed}/{n}")
        place = rng.choice(list(PLACES))
        time = rng.choice(TIMES[1:]) if place not in _TIMELESS and rng.random() < 0.5 else ""
        first = arts[n % len(arts)] if arts else rng.choice(of_words[words[n % len(words)]])
        others = [] if single else _company(rng, of_words)
        things = [
            Thing(art=art, count=rng.choice(_COUNTS[1 + len(others)]), colour=rng.choice(_COLOURS))
            for art in (first, *others)
        ]
        scene = Scene(
            things=tuple(_active(things, rng)),
            place="meadow" if place == "lake" else place,
            features=frozenset({"lake"}) if place == "lake" else frozenset(),
            style=rng.choice(STYLED) if rng.random() < _STYLED else "plain",
            flying=place == "sky" or rng.random() < 0.3,
            **_WORDS["times"].get(time, {}),
        )
        yield _draw(scene, rng, time)


def _company(rng: Random, of_words: dict[str, list[str]]) -> list[str]:
    """What else is in a picture."""
    others = [rng.choice(of_words[word]) for word in rng.sample(sorted(of_words), 2)]
    if rng.random() < _WITH_SOMEBODY:
        others[0] = rng.choice(_people())
    return others[: rng.choice((0, 0, 0, 1, 1, 2))]


def _active(things: list[Thing], rng: Random) -> list[Thing]:
    """The things with what somebody among them does, alone or with the next one."""
    who = next((n for n, thing in enumerate(things) if thing.art in _people()), None)
    if who is None or rng.random() > _ACTIVE:
        return things
    other = next((n for n in range(len(things)) if n != who), None)
    if other is not None and things[who].count == things[other].count == 1:
        if traits().is_a(things[other].art, "rideable"):
            things[who] = replace(things[who], doing=("ride",), relation="riding", to=other)
            return things
        if traits().is_a(things[other].art, "handheld"):
            things[other] = replace(things[other], relation="holding", to=who)
            return things
    things[who] = replace(things[who], doing=(rng.choice(_WORDS["options"]["doings"]),))
    return things


def _draw(scene: Scene, rng: Random, time: str) -> Example:
    """A scene as it is painted, with what was asked for: who runs is called a runner."""
    width, height = rng.choice(SIZES)
    paper, placements = compose(scene, width, height, rng)
    scene = staged(scene)
    picture = finish(paper.draw(), scene, rng, paper.mask)
    named = [(placed, _called(scene.things[placed.thing].art)) for placed in placements
             if placed.thing >= 0]  # fmt: skip
    spots = tuple(
        Spot(
            name=name,
            x=min(1.0, max(0.0, placed.x / width)),
            y=min(1.0, max(0.0, (placed.base - placed.height / 2) / height)),
            width=placed.width / width,
            height=placed.height / height,
        )
        for placed, name in named
        if name
    )
    place = "lake" if scene.features & {"lake", "shore"} == {"lake"} else scene.place
    nowhere = scene.style in BARE or place not in PLACES
    if nowhere:
        place, time = "abstract", ""
    return Example(picture, spots, list(PLACES).index(place), TIMES.index(time))


def _called(art: str) -> str:
    """A drawing's word, whatever its body does; "" for one that the head doesn't name."""
    return objects().get(art.partition("@")[0], "")


class Reader:
    """The classifier's feature map of a picture, (1280, down, across)."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            DATA / "classifier.onnx", options, providers=["CPUExecutionProvider"]
        )

    def map(self, picture: Image.Image) -> NDArray[np.float32]:
        pixels = (np.asarray(enlarged(picture), np.float32) - 127) / 128
        features: NDArray[np.float32] = self._session.run(
            ["map"], {"x": pixels.transpose(2, 0, 1)[None]}
        )[0][0]
        return features


def known() -> list[str]:
    """The drawings that the head was trained to name and that still go by that name."""
    with np.load(HEAD) as head:
        words = {str(name) for name in head["names"]}
    return sorted(art for art, name in objects().items() if name in words)


def measure(pictures: int, seed: int = 1) -> dict[str, float]:
    """Shares that the describer reads right, of new pictures of one kind of thing each.

    Args:
        pictures: How many are drawn; their things are spread over all that the head knows.
        seed: Which pictures are drawn.

    Returns:
        Shares of names, of counts ("one", "several"), of places and of times that are right.
    """
    networks, reader = Networks(), IllustrationReader()
    right: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    arts = known()
    spread = [arts[n * len(arts) // pictures] for n in range(pictures)]
    for example in examples(range(pictures), seed, single=True, arts=spread):
        picture = example.picture
        seen = reader.read(picture, networks.whole(picture), networks.fine(picture))
        name, count = example.spots[0].name, len(example.spots)
        thing = seen.things[0] if seen and seen.things else None
        several = "one" if count == 1 else "several"
        asked.update(("name", several, "place", "time"))
        right["name"] += bool(thing and thing.noun == name)
        right[several] += bool(thing and thing.count == count)
        right["place"] += bool(
            seen and (seen.setting or "") == list(PLACES.values())[example.place]
        )
        right["time"] += bool(seen and (seen.light or "") == TIMES[example.time])
    return {word: right[word] / asked[word] for word in asked}
