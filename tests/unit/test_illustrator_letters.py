"""Words that a prompt has in quotation marks, or on a sign, are to be read in the picture."""

import re
from dataclasses import replace
from random import Random

import pytest

from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.engines.builtin.illustrator.fragments import Drawing
from describe_draw.engines.builtin.illustrator.frame import framed
from describe_draw.engines.builtin.illustrator.letters import lettered, written
from describe_draw.engines.builtin.illustrator.mixed import drawing
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.placement import Placement
from describe_draw.engines.builtin.illustrator.scene import Scene, Thing
from describe_draw.engines.builtin.illustrator.uncovered import hidden
from describe_draw.engines.builtin.illustrator.words import read_toml

TABLE = read_toml("letters.toml")


@pytest.mark.parametrize(
    ("prompt", "art"),
    [
        ("a laundromat with a sign that says OPEN 24H", "placard@says:OPEN 24H"),
        ('a man holding a sign that says "will work for food"', "placard@says:WILL WORK FOR FOOD"),
        ("a billboard reading BUY NOW above a highway", "billboard@says:BUY NOW"),
        ("ein Schild mit der Aufschrift „Offen“", "placard@says:OFFEN"),
    ],
)
def test_what_bears_words_bears_those_of_the_prompt(prompt: str, art: str) -> None:
    scene = parse(prompt)
    assert art in {thing.art for thing in scene.things}
    assert scene.unknown == ()


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [
        ('a birthday cake with the words "Happy 30th"', ('the words "Happy 30th"',)),
        ('一家挂着"营业中"招牌的餐厅', ("“营业中”",)),
        ('"a cat on a mat"', ()),
        ('the "Mona Lisa"', ()),
        ('a cat with " "', ()),
        ("a woman saying hello to a dog", ("hello",)),
    ],
)
def test_words_that_nothing_bears_are_named(prompt: str, unknown: tuple[str, ...]) -> None:
    assert parse(prompt).unknown == unknown


def test_words_are_written_as_large_as_there_is_room_for() -> None:
    own = Drawing("", 128, 128)
    x, y, wide, high, *_ = TABLE["boards"]["placard"]
    for text in ("A", "STOP", "KEEP OFF THE GRASS", "WWWWWWWWWWWW!"):
        spots = re.findall(
            r"translate\(([\d.]+) ([\d.]+)\) scale\(([\d.]+)", lettered(own, "placard", text).svg
        )
        assert len(spots) == len(text.replace(" ", "")) or " " in text
        assert all(
            x <= float(left) and float(left) + 4 * float(by) <= x + wide for left, _, by in spots
        )
        assert all(
            y <= float(top) and float(top) + 6 * float(by) <= y + high for _, top, by in spots
        )


@pytest.mark.parametrize("name", TABLE["boards"])
def test_every_board_is_a_drawing_that_its_words_fit_on(name: str) -> None:
    left, top, wide, high, ink, *paper = TABLE["boards"][name]
    own = drawing(name)
    assert 0 <= left < left + wide <= own.width
    assert 0 <= top < top + high <= own.height
    assert all(re.fullmatch("#[0-9a-f]{6}", colour) for colour in (ink, *paper))
    scene, left_over = written(Scene(things=(Thing(name),)), ["Open!"])
    assert not left_over
    assert drawing(scene.things[0].art).svg != own.svg


@pytest.mark.parametrize(
    ("x", "height", "unseen"),
    [(128, 40, ["mouse"]), (40, 40, []), (40, 1, ["mouse"]), (400, 40, ["mouse"])],
)
def test_what_cannot_be_seen_in_the_picture_is_named(
    x: float, height: float, unseen: list[str]
) -> None:
    scene = Scene(things=(Thing("mouse", said="mouse"), Thing("house", said="house"), Thing("cat")))
    frame = framed(scene, 256, 256, Random(1))
    mouse, house = Placement("mouse", x, 200, height, thing=0), Placement("house", 128, 220, 120)
    assert hidden(scene, [mouse, replace(house, thing=1)], frame) == unseen


@pytest.mark.parametrize("worn", ["santa hat and scarf", "boots", "red coat"])
def test_what_is_worn_is_seen(worn: str) -> None:
    assert Illustrator().draw(f"a dog wearing a {worn}", width=256, height=256).unknown == ()
