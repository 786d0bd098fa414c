"""The words of the head that reads illustrations: its names, places, times and styles."""

import tomllib
from functools import cache
from pathlib import Path

from describe_draw.engines.builtin.chinese import LANGUAGES, nouns
from describe_draw.engines.builtin.illustrator.art import can_sit
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.styles import STYLES
from describe_draw.engines.builtin.illustrator.words import DATA, noto, read_toml, vocabulary

with (Path(__file__).parent / "head_words.toml").open("rb") as _file:
    WORDS = tomllib.load(_file)
PLACES: dict[str, str] = WORDS["places"]
TIMES = ("", *WORDS["times"])
MEDIA: dict[str, str] = WORDS["media"]
"""Each style's name in a caption; those of one name look alike to people too."""
KINDS = tuple(dict.fromkeys(MEDIA.values()))
TIMELESS = frozenset(WORDS["options"]["timeless"])
STYLED = sorted(STYLES)


@cache
def objects() -> dict[str, str]:
    """The drawings that the head tells apart and the word that each is called by.

    Only words that captions can say in every language are among them; who has another is a person.
    """
    tables, left_out = read_toml("vocabulary.toml"), WORDS["options"]["left_out"]
    others, named = (
        {art: words[0] for art, words in tables[table].items() if art not in left_out}
        for table in ("other_things", "things")
    )
    more = {art: art.replace("-", " ") for art in WORDS["options"]["more"] if art in noto()}
    called = {art: word for word, arts in WORDS["called"].items() for art in arts.split()}
    own = {path.stem: path.stem.replace("-", " ") for path in (DATA / "drawings").glob("*.svg")}
    own = {art: word for art, word in own.items() if art not in left_out and _means(word, art)}
    every = {**own, **others, **more, **named, **called}
    said = set.intersection(*(set(nouns(language)) for language in LANGUAGES))
    somebody = {art: "person" for art in every if can_sit(art)}
    known = somebody | {art: word for art, word in every.items() if word in said}
    return {art: known[like] for art, like in _variants().items() if like in known} | known


@cache
def _variants() -> dict[str, str]:
    """Drawings that are made of another, by whose word they may be called: a pigeon is a dove."""
    unlike = WORDS["options"]["unlike"]
    made = read_toml("nature.toml").items()
    return {art: row["like"] for art, row in made if "like" in row and art not in unlike}


def prompted() -> list[str]:
    """The words by which pictures are asked for: all that the head names, and what is among it."""
    words = {art: art.replace("-", " ") for art in _variants()}
    among = {word for art, word in words.items() if art in objects() and _means(word, art)}
    return sorted({*objects().values(), *among})


def _means(word: str, art: str) -> bool:
    meaning = vocabulary().find(word)
    return meaning is not None and (meaning.kind, meaning.value) == ("thing", art)


@cache
def people() -> list[str]:
    """Those that have a body that can do something."""
    return sorted(art for art in objects() if can_sit(art))


def called(art: str) -> str:
    """A drawing's word, whatever its body does; "" for one that the head doesn't name."""
    return objects().get(art.partition("@")[0].removeprefix("head-of-"), "")


def time_of(scene: Scene) -> str:
    """How the time, weather or season of a scene is said, the first that shows."""
    if scene.place in TIMELESS:
        return ""
    return next(
        (said for said, fields in WORDS["times"].items()
         if all(getattr(scene, name) == value for name, value in fields.items())), "",
    )  # fmt: skip


def place_of(scene: Scene) -> str:
    """A scene's place as the head names it."""
    place = "lake" if scene.features & {"lake", "shore"} == {"lake"} else scene.place
    return next((one for one in (scene.setting, place) if one in PLACES), "abstract")
