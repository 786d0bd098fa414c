"""Colours, light and drawings; what a negative prompt keeps off the sheet."""

import re
from collections import Counter
from random import Random

import pytest

from describe_draw.engines.builtin.illustrator import art, colours, fragments, sky
from describe_draw.engines.builtin.illustrator.lexicon import lexicon
from describe_draw.engines.builtin.illustrator.light import light_of
from describe_draw.engines.builtin.illustrator.painter import compose
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.tables import traits
from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import read_toml, vocabulary


def sheet(prompt: str, negative: str = "", seed: int = 1) -> str:
    return compose(parse(prompt, negative), 256, 192, Random(seed))[0].svg()


def body(name: str) -> str:
    """A piece of a drawing that no other drawing has and no light changes."""
    paths = art.drawing(name).svg.split(' d="')
    return max((path.split('"')[0] for path in paths[1:]), key=len)


def test_every_word_of_the_vocabulary_has_its_drawing() -> None:
    assert [name for name in read_toml("vocabulary.toml")["things"] if not art.exists(name)] == []


def test_every_trait_is_of_a_drawing() -> None:
    tables = traits()
    named = {*tables.heads, *tables.tops, *tables.sinks, *tables.in_the_air.values()}
    named |= {name for kind in tables.kinds.values() for name in kind}
    assert {name for name in named if not art.exists(name.partition("@")[0])} == set()


def test_every_chinese_word_leads_to_a_meaning() -> None:
    english = read_toml("chinese.toml")["words"]
    assert len({word for words in english.values() for word in words.split()}) >= 1500
    others = [phrase for phrase in english if vocabulary().find(phrase) is None]
    said = {word for phrase in others for word in parse(phrase).unknown}
    unknown = {word for phrase in said for word in phrase.split() if not lexicon().is_noun(word)}
    assert {word for word in unknown if vocabulary().find(word) is None} <= {*UNDRAWN.split()}


UNDRAWN = """battlefield couplet delivery dew frost gas haystack icicle mahjong mapo rubik roll rv
sandcastle sign swim taipei tiananmen vacuum vending west wishing band
pregnant karate fortune sumo rugby dj mason"""
"""What has neither a drawing nor a place in the lexicon."""


def test_every_chinese_verb_leads_to_a_verb() -> None:
    english = read_toml("chinese.toml")["verbs"]
    assert [
        phrase
        for phrase in english
        if not (verbs().plain(phrase.split()[0]) or vocabulary().find(phrase))
    ] == []


@pytest.mark.parametrize("name", ["fox", "girl", "astronaut", "unicorn", "prince", "robot"])
def test_heads_of_the_set_get_bodies(name: str) -> None:
    figure = art.drawing(name)
    assert figure.height > figure.width * 0.9
    assert figure.head is not None


@pytest.mark.parametrize(
    ("word", "drawing"),
    [("trees", "deciduous-tree"), ("flowers", "daisy"), ("tree", "deciduous-tree")],
)
def test_negative_words_keep_the_background_free_of_them(word: str, drawing: str) -> None:
    piece = body(drawing)
    assert any(piece in sheet("a dog in a meadow", seed=seed) for seed in range(4))
    assert not any(piece in sheet("a dog in a meadow", word, seed) for seed in range(4))


def test_negative_words_win_over_the_prompt() -> None:
    assert body("dog") in sheet("a dog and a cat")
    assert body("dog") not in sheet("a dog and a cat", "dog")


@pytest.mark.parametrize(("word", "painter"), [("clouds", "cloud"), ("sun", "_sun")])
def test_the_sky_can_be_kept_empty(
    word: str, painter: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    painted, paint = [], getattr(sky, painter)

    def telling(*said: object) -> object:
        painted.append(painter)
        return paint(*said)

    monkeypatch.setattr(sky, painter, telling)
    sheet("a dog in a park", word)
    assert not painted
    sheet("a dog in a park")
    assert painted


def test_night_is_darker_than_day() -> None:
    white = (255.0, 255.0, 255.0)
    day, night = light_of(Scene()), light_of(Scene(time="night"))
    assert colours.luminance(night.on(white)) < 0.8 * colours.luminance(day.on(white))


def test_haze_moves_a_colour_towards_the_distance() -> None:
    light = light_of(Scene())
    assert light.on((0, 0, 0), haze=1) == light.haze


def paints(name: str, colour: str | None = None) -> Counter[str]:
    """How often each colour is in a drawing."""
    return Counter(re.findall("#[0-9a-f]{6}", art.drawing(name, colour).svg.lower()))


def test_a_tint_keeps_eyes_and_beak() -> None:
    eye, beak, feathers = "#2a2d2f", "#f97d23", {"#36b4e1", "#026aa8"}
    plain, red = paints("bird"), paints("bird", "red")
    assert plain.keys() == {eye, beak, *feathers}
    assert (red[eye], red[beak]) == (plain[eye], plain[beak])
    assert red.keys() & feathers == set()


def test_a_colour_of_clothes_leaves_the_skin() -> None:
    skin, top = "#ffca28", "#f0a52e"
    plain, green = paints("girl"), paints("girl", "green")
    assert plain[skin] > 0
    assert plain[top] > 0
    assert green[skin] == plain[skin]
    assert green[top] == 0
    assert green[colours.to_hex(colours.NAMED["green"])] == plain[top]


def test_ids_are_made_unique() -> None:
    assert fragments.unique('<g id="a"/><use href="#a" fill="url(#a)"/>', "p-") == (
        '<g id="p-a"/><use href="#p-a" fill="url(#p-a)"/>'
    )
