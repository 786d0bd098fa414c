"""Whatever a prompt names is drawn, or a note tells that it isn't.

Nouns and what they are kinds of are WordNet 3.0's, by way of kinds.json and lexicon.json.xz, whose
sources stand in the built-in engine's NOTICE; sentences are as visitors write them.
"""

import json
import lzma
import re
from itertools import cycle, islice

import pytest

from describe_draw.engines.base import Call
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.builtin.illustrator import Illustrator, mixed
from describe_draw.engines.builtin.illustrator.art import drawing
from describe_draw.engines.builtin.illustrator.colours import hue, luminance, parse_hex
from describe_draw.engines.builtin.illustrator.editing import edited
from describe_draw.engines.builtin.illustrator.mixed import parts
from describe_draw.engines.builtin.illustrator.parser import LONGEST_NAMED, parse
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.stuffs import mixture
from describe_draw.engines.builtin.illustrator.tables import traits
from describe_draw.engines.builtin.illustrator.words import DATA, read_toml, vocabulary
from describe_draw.english import plural, singular
from describe_draw.recipe import Recipe

SENTENCES = (
    "a cat with a {one}",
    "{several} and meatballs",
    "spaghetti with {several}",
    "a man holding a {one}",
    "a {one} on a table",
    "a {one} in front of a house",
    "two {several} in the rain",
    "a {one} {other} in the garden",
    "a woman selling {several} at the market",
    "a beautiful {one} made of {other}",
    "a girl sitting on a {one} next to a dog",
    "a boy and his {one} in the park",
    "the {one} that stands in a garden",
    "a {one} full of flowers",
    "a tray of {several} next to a {other}",
    "two children in red hats run past a {one}",
    "a woman in black jumps over a {one} as others watch",
    "while taking a nap, a man dreams of {several}",
)
TABLE = read_toml("vocabulary.toml")
DRAWN = [words[0] for words in [*TABLE["things"].values(), *TABLE["other_things"].values()]]
with lzma.open(DATA / "lexicon.json.xz") as file:
    LISTS = {name: said.split(", ") for name, said in json.load(file).items()}
NARROWER = [
    noun
    for nouns in json.loads((DATA / "kinds.json").read_text("utf-8"))["narrower"].values()
    for noun in nouns.split(", ")
]

IDEAS = {word for words in read_toml("abstract.toml")["scenes"].values() for word in words}
"""What has a scene of its own."""


def every(words: list[str], step: int) -> list[str]:
    """Every so-manyth word of those that aren't refused and say one thing."""
    plain = [word for word in words[::step] if word.isalpha() and plural(word) != word]
    return [word for word in plain if not IDEAS & {word, plural(word)}]


NOUNS = (
    every(DRAWN, 7)
    + every(NARROWER, 61)
    + every(sorted({*LISTS["nouns"]} - {*LISTS["silent"]}), 101)
)


def is_told(scene: Scene, noun: str) -> bool:
    """Whether a scene shows a noun, or names it among what it doesn't."""
    forms = {noun, plural(noun), singular(noun)}
    told = " ".join([*scene.unknown, *(words for words, _ in scene.instead)]).split()
    meanings = [vocabulary().find(form) for form in forms]
    drawn = {part for thing in scene.things for part in parts(thing.art)}
    shown = drawn | scene.features | {scene.place, scene.weather}
    rooms = (pair for table in traits().interiors.values() for pair in table.items())
    shown |= {art for art, room in rooms if room in (scene.place, scene.setting)}
    if "flowers" in scene.features:
        shown |= traits().kinds["blossoms"]
    stuff = {change[4:] for form in forms if (change := mixture(form))}
    return bool((forms & set(told)) or (stuff & drawn)) or any(
        one and one.value in shown for one in meanings
    )


@pytest.mark.parametrize("sentence", SENTENCES)
def test_every_noun_is_drawn_or_named(sentence: str) -> None:
    assert len(NOUNS) > 200
    lost = []
    for noun, other in zip(NOUNS, islice(cycle(NOUNS), 89, None), strict=False):
        prompt = sentence.format(one=noun, several=plural(noun), other=other)
        said = (noun, other) if "{other}" in sentence else (noun,)
        scene = parse(prompt)
        lost += [(word, prompt) for word in said if not is_told(scene, word)]
    assert lost == []


@pytest.mark.parametrize("noun", every(NARROWER, 97))
def test_what_a_narrower_noun_is_drawn_as_is_named(noun: str) -> None:
    scene = parse(f"a house behind a {noun}")
    assert noun in [words for words, _ in scene.instead]


@pytest.mark.parametrize(
    ("prompt", "instead"),
    [
        ("a mule next to a hoopoe", (("mule", "donkey"), ("hoopoe", "bird"))),
        ("a frog on a lily pad", (("lily pad", "lotus"),)),
        ("two mules", (("mules", "donkey"),)),
        ("a kitten beside a puppy", ()),
        ("a lion cub", ()),
        ("a brick wall", ()),
    ],
)
def test_what_stands_for_something_else_is_named(
    prompt: str, instead: tuple[tuple[str, str], ...]
) -> None:
    scene = parse(prompt)
    assert (scene.instead, scene.unknown) == (instead, ())


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [
        ("a boy looks at the bedroom in a kitchen", ("bedroom",)),
        ("a red landing on a table", ("landing",)),
        ("a giant, a gremlin and an elf", ("giant", "gremlin")),
        ("the hinge is old", ("hinge",)),
        ("a child's joint", ("joint",)),
        ("a giant, beautiful dragon and a small, round apple", ()),
        ("a bus drives along a road", ()),
        ("an orange and white cat", ()),
        ("a boat in a harbor, seagulls in the sky", ()),
    ],
)
def test_a_noun_is_told_from_an_adjective(prompt: str, unknown: tuple[str, ...]) -> None:
    assert parse(prompt).unknown == unknown


def test_a_tray_is_no_drink() -> None:
    assert [thing.art for thing in parse("a tray of drinks").things] == ["tray", "cup-with-straw"]
    assert parse("a tray of drinks").instead == ()
    assert parse("a cup of tea").instead == ()


def test_every_word_for_something_near_is_in_the_vocabulary() -> None:
    near = [word for table in read_toml("near.toml").values()
            for words in table.values() for word in words.split(", ")]  # fmt: skip
    assert len(near) == len(set(near))
    assert [word for word in near if vocabulary().find(word) is None] == []


@pytest.mark.parametrize(
    ("prompt", "arts", "named"),
    [
        ("a man holding a tea bag", ["man"], "tea bag"),
        ("a dog next to a rocket launcher", ["dog"], "rocket launcher"),
        ("spaghetti with gunpowder", ["spaghetti"], "gunpowder"),
        ("a cat and a coffee grinder", ["cat"], "coffee grinder"),
    ],
)
def test_the_first_noun_of_a_compound_that_is_not_drawn_draws_nothing(
    prompt: str, arts: list[str], named: str
) -> None:
    scene = parse(prompt)
    assert ([thing.art for thing in scene.things], scene.unknown) == (arts, (named,))


def test_a_compound_stands_where_its_first_noun_would() -> None:
    man, plane = parse("a man holding a paper plane").things
    told = man.art, plane.art, plane.relation, plane.to
    assert told == ("man", "paper-plane", "holding", 0)
    assert [thing.count for thing in parse("two cherry pies").things] == [2]


@pytest.mark.parametrize(
    "prompt",
    [
        "two people trying to put a pizza in an oven",
        "several objects displayed on a shelf",
        "a group of people gathered at an event",
        "a cat sleeping on the roof of a red house",
        "a table after breakfast",
        "a basket of fresh strawberries",
        "a tropical beach",
        "a delicious cake",
        "a mother duck with her ducklings",
        "a tall tree",
        "a cosy ancient house",
        "a parked car",
    ],
)
def test_what_changes_nothing_in_a_picture_is_not_named(prompt: str) -> None:
    assert parse(prompt).unknown == ()


@pytest.mark.parametrize("word", ["wounded", "hooded", "tattooed"])
def test_what_would_be_seen_is_named(word: str) -> None:
    assert parse(f"a {word} man in a park").unknown == (word,)


@pytest.mark.parametrize(
    ("prompt", "named"),
    [
        ("a man buying a box", "buying"),
        ("a girl praises a dog", "praises"),
        ("a girl whistling in a park", "whistling"),
        ("a man pushing a frumious", None),
        ("a man holding a box", None),
        ("a woman standing by a house", None),
        ("a boy running", None),
    ],
)
def test_what_nobody_is_seen_to_do_is_named(prompt: str, named: str | None) -> None:
    assert [word for word in parse(prompt).unknown if word != "frumious"] == [
        *filter(None, [named])
    ]


def test_what_has_no_place_where_a_scene_is_is_named() -> None:
    assert parse("a cat in a kitchen in the fog").unknown == ("fog",)
    assert parse("a cat in a dungeon in the rain").unknown == ("rain",)
    assert parse("a glass of milk and a rainbow").unknown == ()


def test_a_word_for_pictures_is_a_thing_where_somebody_has_one() -> None:
    held = parse("a man holding a photo").things[1]
    assert (held.art, held.relation) == ("framed-picture", "holding")
    assert [thing.art for thing in parse("a photo of a man").things] == ["man"]


def test_a_change_tells_what_stands_for_something_else_too() -> None:
    scene = edited(parse("a cat in a park"), "add a mule")
    assert (scene.instead, scene.unknown) == ((("mule", "donkey"),), ())


async def test_the_answer_has_a_note_of_each() -> None:
    recipe = Recipe("a mule next to a frumious cat", width=64, height=64)
    notes = (await Builtin().generate(recipe, Call("builtin"))).credit.notes
    assert [note.key for note in notes] == ["note.drawn_as", "note.not_understood"]
    assert notes[0].say() == "drawn as: mule → donkey"
    assert notes[0].say("zh") == "画成了：mule → donkey"


@pytest.mark.parametrize("prompt", ["a vase of flowers on a table", "a vase with yellow flowers"])
def test_flowers_in_a_vase_are_there(prompt: str) -> None:
    assert parse(prompt).unknown == ()


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        ("a giant wave behind a small boat", "water-wave"),
        ("a mouse and a keyboard on a desk", "computer-mouse"),
        ("ein Kran auf der Baustelle", "crane"),
        ("ein Kranich am See", "crane-bird"),
        ("狗拉雪橇在雪原上奔跑", "dog"),
        ("春天的樱花树下野餐的情侣", "woman-and-man-holding-hands"),
        ("小女孩在窗边写信", "envelope"),
    ],
)
def test_a_noun_that_another_word_hides_is_drawn(prompt: str, drawn: str) -> None:
    assert drawn in {thing.art for thing in parse(prompt).things}


@pytest.mark.parametrize(
    ("prompt", "told"),
    [
        ("哈尔滨的冰雪大世界", ("冰雪大世界", "城堡")),
        ("落叶铺满的校园小道", ("校园", "公园")),
        ("the pitcher looks at the catcher behind the batter",
         ("catcher", "baseball player")),
        ("an open trunk full of old letters", ("trunk", "box")),
        ("ein Bäcker mit Roggenbrot", ("roggenbrot", "bread")),
        ("一只芦花鸡", ("芦花鸡", "母鸡")),
        ("pasta with gravy", ("gravy", "chocolate sauce")),
    ],
)  # fmt: skip
def test_what_stands_for_a_noun_is_told(prompt: str, told: tuple[str, str]) -> None:
    assert told in parse(prompt).instead


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [
        ("Edmund Hillary planting a flag on the moon", ("edmund hillary",)),
        ("a girl with dandruff in her hair", ("dandruff",)),
        ("a logo of a fox in a forest", ("forest",)),
        ("snow falls on a street on a monday", ()),
        ("un gelataio con il carretto", ("gelataio", "carretto")),
        ("a phone charging on a nightstand", ()),
        ("an old woman crossing the street", ()),
        ("할머니가 시장에서 생선을 팔고 있다", ()),
    ],
)
def test_what_is_named_is_what_is_missing(prompt: str, unknown: tuple[str, ...]) -> None:
    assert parse(prompt).unknown == unknown


def test_no_name_of_what_is_missing_is_longer_than_can_be_shown() -> None:
    drawn = Illustrator().draw("in traffic " * 180, width=128, height=128)
    assert drawn.unknown
    assert max(map(len, drawn.unknown)) <= LONGEST_NAMED + 1


@pytest.mark.parametrize(
    ("prompt", "arts"),
    [
        ("children's drawings on a fridge", ["page-facing-up", "fridge"]),
        ("a logo for a bike repair shop", ["bicycle"]),
        ("a baseball player sliding into home plate", ["baseball-player"]),
        ("a teenager asleep with a laptop on his chest", ["teenager", "laptop"]),
        ("a family unpacking boxes in a new apartment", ["man", "woman", "child", "box"]),
        ("a grandfather teaching his grandson to fish", ["old-man", "boy"]),
        ("a cyclist repairing a flat tire by the road", ["man", "bicycle"]),
        ("Девочка кормит голубей на площади", ["girl", "pigeon"]),
    ],
)
def test_nothing_is_drawn_that_was_not_meant(prompt: str, arts: list[str]) -> None:
    assert [one.art for one in parse(prompt).things] == arts


@pytest.mark.parametrize(
    ("prompt", "art", "colour"),
    [
        ("a man riding a green bicycle", "bicycle", "green"),
        ("a man riding a wave on a yellow surfboard", "surfboard", "yellow"),
        ("a man rowing a blue boat", "rowboat", "blue"),
    ],
)
def test_the_colour_of_what_is_ridden_is_seen(prompt: str, art: str, colour: str) -> None:
    assert (art, colour, 1) in [
        (one.art, one.colour, one.count) for one in staged(parse(prompt)).things
    ]


@pytest.mark.parametrize("name", sorted(traits().paints))
def test_a_thing_is_painted_where_it_has_paint(name: str) -> None:
    """A red tractor's tyres stay black."""
    paint = traits().paints[name]
    assert paint in drawing(name).svg
    painted = drawing(name, "blue").svg
    assert paint not in painted
    found = set(re.findall("#[0-9a-f]{6}", drawing(name).svg))
    greys = {c for c in found if hue(parse_hex(c))[1] < 0.15 and luminance(parse_hex(c)) < 0.7}
    assert greys
    assert greys <= set(re.findall("#[0-9a-f]{6}", painted))


@pytest.mark.parametrize(
    ("prompt", "looks"),
    [
        ("a girl with long red hair", ["red-haired"]),
        ("a blonde woman sitting on a bench", ["blond"]),
        ("金发女孩在看书", ["blond"]),
        ("a black woman reading a book", ["dark-skinned"]),
        ("一个黑人男孩在打篮球", ["dark-skinned"]),
        ("a dark-skinned princess with pink hair", ["pink-haired", "dark-skinned"]),
    ],
)
def test_hair_and_skin_have_their_colours(prompt: str, looks: list[str]) -> None:
    scene = parse(prompt)
    person = staged(scene).things[0]
    assert person.art.split("@of:")[1:] == looks
    for name in looks:
        swapped = read_toml("stuffs.toml")[name]["swap"]
        drawn = mixed.drawing(person.art).svg
        assert any(new in drawn for new in swapped.values())
    assert scene.unknown == ()


def test_who_has_coloured_hair_sits_and_lies_as_others_do() -> None:
    for doing in ("sitting on a bench", "lying on a bed", "riding a horse"):
        plain, blonde = (
            staged(parse(f"a {colour}woman {doing}")).things[0].art for colour in ("", "blonde ")
        )
        assert "@" in plain
        assert blonde.replace("@of:blond", "") == plain


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("a dog with a red collar", [("dog-collar", "red", "wearing")]),
        ("a woman in a green wig", [("wig", "green", "wearing")]),
        ("a man in a yellow jersey", [("t-shirt", "yellow", "wearing")]),
        ("a dog jumping over a hurdle", [("hurdle", None, None)]),
        ("一只狗在跨栏", [("hurdle", None, None)]),
        ("a boy performing a trick on a ramp", [("ramp", None, None)]),
        ("greyhounds racing on a track", []),
        ("多辆车停在街上", []),
        ("迎面走来的女人", []),
    ],
)
def test_what_people_say_of_photos_is_understood(
    prompt: str, things: list[tuple[str, str | None, str | None]]
) -> None:
    scene = parse(prompt)
    assert [(one.art, one.colour, one.relation) for one in scene.things[1:]] == things
    assert scene.unknown == ()
