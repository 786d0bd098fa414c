"""Pictures with known contents, to train and check the head that reads illustrations.

The head is a linear layer on the classifier's feature map (see train_head.py). Its pictures are
scenes made at random, not prompts: so their labels are exact.
"""

import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PIL import Image

from describe_draw.engines.builtin.illustrator.painter import compose
from describe_draw.engines.builtin.illustrator.scene import Scene, Thing
from describe_draw.engines.builtin.illustrator.styles import finish
from describe_draw.engines.builtin.illustrator.words import noto, read_toml

BUILTIN = Path(__file__).parent.parent / "describe_draw" / "engines" / "builtin"
DATA = BUILTIN / "data"
HEAD = DATA / "illustration_head.npz"

with (Path(__file__).parent / "head_words.toml").open("rb") as _file:
    _WORDS = tomllib.load(_file)
PLACES: dict[str, str] = _WORDS["places"]
TIMES = ("", *_WORDS["times"])
_TIMELESS = frozenset(_WORDS["options"]["timeless"])

SIZES = ((320, 224), (320, 224), (256, 256), (224, 320), (448, 320))
STYLES = ("plain",) * 28 + ("watercolour", "oil", "pixel", "sketch")
_COLOURS = (None,) * 7 + ("red", "blue", "green", "yellow", "black", "white", "purple")


def objects() -> dict[str, str]:
    """The drawings that the head tells apart and the word that each is called by."""
    things: dict[str, list[str]] = read_toml("vocabulary.toml")["things"]
    named = {
        art: words[0] for art, words in things.items() if art not in _WORDS["options"]["left_out"]
    }
    more = {art: art.replace("-", " ") for art in _WORDS["options"]["more"] if art in noto()}
    return {**more, **named}


@dataclass(frozen=True)
class Example:
    """One picture and what is in it.

    Attributes:
        picture: As the reader sees it, in its size.
        names: Name → how many.
        place: Index in PLACES.
        time: Index in TIMES.
        spots: Name and the middle of each drawing, as shares of the picture.
    """

    picture: Image.Image
    names: dict[str, int]
    place: int
    time: int
    spots: tuple[tuple[str, float, float], ...]


def reader_size(width: int, height: int) -> tuple[int, int]:
    """The size in which the describer reads an illustration."""
    if width > height * 1.1:
        return 320, 224
    return (224, 320) if height > width * 1.1 else (256, 256)


def examples(count: int, seed: int, single: bool = False) -> Iterator[Example]:
    """Draws pictures of one or two kinds of things; `single` for pictures of one kind."""
    names = objects()
    arts = sorted(names)
    for n in range(count):
        rng = Random(f"{seed}/{n}")
        place = rng.choice(list(PLACES))
        time = rng.choice(TIMES[1:]) if place not in _TIMELESS and rng.random() < 0.5 else ""
        kinds = 1 if single or rng.random() < 0.6 else 2
        chosen = [arts[(seed * count + n) % len(arts)], rng.choice(arts)][:kinds]
        counts = [rng.choice((1, 1, 1, 2, 3, 4) if kinds == 1 else (1, 1, 2)) for _ in chosen]
        things = tuple(
            Thing(art=art, count=how_many, colour=rng.choice(_COLOURS))
            for art, how_many in zip(chosen, counts, strict=True)
        )
        scene = Scene(
            things=things,
            place="meadow" if place == "lake" else place,
            features=frozenset({"lake"}) if place == "lake" else frozenset(),
            style=rng.choice(STYLES),
            flying=place == "sky" or rng.random() < 0.3,
            **_WORDS["times"].get(time, {}),
        )
        yield _draw(scene, rng, names, place, time)


def _draw(scene: Scene, rng: Random, names: dict[str, str], place: str, time: str) -> Example:
    width, height = rng.choice(SIZES)
    paper, placements = compose(scene, width, height, rng)
    picture = finish(paper.draw(), scene, rng)
    asked = [placed for placed in placements if placed.thing >= 0]
    spots = tuple(
        (
            names[scene.things[placed.thing].art],
            min(1.0, max(0.0, placed.x / width)),
            min(1.0, max(0.0, (placed.base - placed.height / 2) / height)),
        )
        for placed in asked
    )
    return Example(
        picture.resize(reader_size(width, height)),
        dict(Counter(name for name, _, _ in spots)),
        list(PLACES).index(place),
        TIMES.index(time),
        spots,
    )


class Reader:
    """The classifier's feature map of a picture, (1280, down, across)."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            DATA / "classifier.onnx", options, providers=["CPUExecutionProvider"]
        )

    def map(self, picture: Image.Image) -> NDArray[np.float32]:
        pixels = (np.asarray(picture, np.float32) - 127) / 128
        features: NDArray[np.float32] = self._session.run(
            ["map"], {"x": pixels.transpose(2, 0, 1)[None]}
        )[0][0]
        return features


def fingerprint() -> str:
    """A hash of what is painted: the vectors of every object, place and time, and the styles.

    It stays the same when code is only moved or reformatted.
    """
    digest = hashlib.sha256()
    scenes = [Scene(things=(Thing(art, count=2),)) for art in sorted(objects())]
    scenes += [Scene(place=place) for place in PLACES if place != "lake"]
    scenes += [Scene(features=frozenset({"lake"}))]
    scenes += [Scene(**said) for said in _WORDS["times"].values()]
    for scene in scenes:
        paper, _ = compose(scene, *SIZES[0], Random(0))
        digest.update(paper.svg().encode())
    ramp = Image.linear_gradient("L").resize((96, 64))
    picture = Image.merge("RGB", (ramp, ramp.rotate(180), ramp.transpose(Image.Transpose.ROTATE_90)
                                  .resize(ramp.size)))  # fmt: skip
    for style in sorted(set(STYLES)):
        styled = finish(picture, Scene(style=style), Random(0))
        digest.update(styled.resize((12, 8), Image.Resampling.BOX).point(_coarse).tobytes())
    return digest.hexdigest()


def _coarse(level: int) -> int:
    """Levels of brightness that rounding on another machine does not change."""
    return level // 32
