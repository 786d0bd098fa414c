"""Whatever a prompt says, it is drawn within seconds, and told what of it wasn't."""

import itertools
import time
from random import Random

import hypothesis
import pytest
from hypothesis import strategies as st

from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.engines.builtin.illustrator.art import figures
from describe_draw.engines.builtin.illustrator.crowds import MOST_DRAWN
from describe_draw.engines.builtin.illustrator.frame import framed
from describe_draw.engines.builtin.illustrator.layout import arrange
from describe_draw.engines.builtin.illustrator.painter import compose
from describe_draw.engines.builtin.illustrator.parser import LONGEST, MOST_NAMED, parse
from describe_draw.engines.builtin.illustrator.rows import tallest
from describe_draw.engines.builtin.illustrator.words import DATA, noto

SIDE = 256
ILLUSTRATOR = Illustrator()
WORDS = [name.replace("-", " ") for name in noto()]
RELATIONS = ("on", "in", "under", "above", "behind", "in front of", "riding", "holding", "wearing")

PIECES = [
    "a dog, ", "nine dogs, nine cats, nine birds, ", "nine flying birds, ", "9999999 dogs, ", "9",
    "a ", ",", ".", "on a ", "a dog on a cat on a ", "a cat on a dog and ", "nine cats on a tree, ",
    "a cat behind a dog behind ", "nine cats riding nine dogs, ", "a dog wearing a hat and a tie, ",
    "a girl holding a balloon, ", "a dog, no cats, ", "dogs in the background, ", "dog left ",
    "no ", "of ", "red ", "big ", "apple pie roses ", "x", "x'", "s", "'s ", "-", "\n", "🐶", "🐶 ",
    "ﷺ", "½ dog ", "㍿", "\u0301", "\ud800", "一只狗", "的", "红色的", "塔上的鸟", "戴着帽子的",
    "龘", "大", "上", "大上", "红的上", "公园里两只红色的鸟和",
]  # fmt: skip


def seconds(prompt: str, negative_prompt: str = "") -> float:
    began = time.process_time()
    ILLUSTRATOR.draw(prompt, negative_prompt, SIDE, SIDE, 1)
    return time.process_time() - began


@pytest.fixture(scope="module", autouse=True)
def _loaded():
    ILLUSTRATOR.draw("a dog")


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
def test_no_prompt_takes_long(piece):
    text = piece * (100_000 // len(piece))  # of which as much is read as may be
    assert seconds(text, text) < 3


@pytest.mark.slow
@pytest.mark.parametrize("link", [", ", ". ", " ", " and ", " on a ", " in front of a "])
def test_all_words_at_once_take_no_longer(link):
    assert seconds(link.join(WORDS), ", ".join(WORDS)) < 3
    assert seconds(link.join(WORDS)) < 3


@pytest.mark.slow
@pytest.mark.parametrize("depth", [2, 3, 5, 8])
@pytest.mark.parametrize("relation", RELATIONS)
def test_a_few_words_are_never_thousands_of_drawings(relation, depth):
    animals = itertools.islice(itertools.cycle(["nine cats", "nine dogs", "nine cows"]), depth)
    prompt = f" {relation} ".join(animals)
    assert seconds(prompt) < 3
    assert len(placed(prompt)) <= 2 * MOST_DRAWN  # legs of riders are drawn by themselves


def placed(prompt):
    rng = Random(1)
    scene = parse(prompt)
    return arrange(scene, framed(scene, SIDE, SIDE, rng), rng)


def test_crowds_that_can_be_drawn_stay_as_they_are():
    assert len(placed("nine cats riding nine dogs")) == 9 + 9 * 9
    assert len(placed("five birds on five cats on five dogs")) == 5 + 25 + 125
    assert len(placed("ten dogs, ten cats, ten birds and ten cows")) == 40


def test_things_that_have_no_room_are_told():
    scene = parse(", ".join(["nine dogs"] * 12 + ["a cat", "a frumious horse", "two dogs"]))
    assert sum(thing.count for thing in scene.things) == 99
    assert scene.unknown == ("dogs", "cat", "frumious", "horse")


@pytest.mark.parametrize(
    ("count", "unknown"),
    [(99, ()), (100, ("dog",)), (101, ("dog",)), (500, ("dog",)), (5000, ("dog", "dog,", "a"))],
)
def test_any_number_of_things_is_drawn(count, unknown):
    picture = ILLUSTRATOR.draw("a dog, " * count, "", 64, 64)
    assert picture.unknown == unknown
    assert 0 < tallest(count) < 1


def test_what_is_not_read_is_told():
    said = "a dog in a park " + "a " * LONGEST
    assert parse(f"{said}and a frumious cat").unknown == ("a",)
    assert parse("a dog in a park", f"{said}and a cat").unknown == ("a",)
    assert parse("a dog " + " " * LONGEST + "and a frumious cat").unknown == (
        "and", "a", "frumious", "cat",
    )  # fmt: skip
    assert parse("狗" * LONGEST + "猫").unknown == ("猫",)


def test_what_is_told_stays_short():
    unknown = parse(" ".join(f"frumious{n}" for n in range(1500))).unknown
    assert len(unknown) == MOST_NAMED + 1
    assert unknown[0] == "frumious0"
    assert unknown[-1] == "…"
    assert parse("x" * 100_000).unknown[0] == "x" * 60 + "…"


@pytest.mark.parametrize(
    "prompt",
    [
        "roses in the background",
        "flowers in the back",
        "no dogs in the background",
        "a cat in front of an apple roses",
        "a hat in front of ten apple roses and a pack of",
    ],
)
def test_what_stands_nowhere_is_no_fault(prompt):
    ILLUSTRATOR.draw(prompt, "animals", 64, 64)


SOME = st.sampled_from(
    [*WORDS[::5], "nine", "9", "no", "of", "and", ",", ".", "roses", "in the background", "flying",
     "left", "red", "giant", "ghost", "night", "狗", "上的", "没有", *RELATIONS, *RELATIONS],
)  # fmt: skip


@hypothesis.given(st.lists(SOME, max_size=12).map(" ".join), st.lists(SOME, max_size=2))
@hypothesis.settings(max_examples=300, deadline=None)
def test_any_words_in_any_order_have_a_layout(prompt, negative):
    scene, rng = parse(prompt, " ".join(negative)), Random(1)
    placements = arrange(scene, framed(scene, SIDE, SIDE, rng), rng)
    assert len(placements) <= 2 * MOST_DRAWN


@hypothesis.given(st.text(max_size=60), st.text(max_size=20))
@hypothesis.settings(max_examples=50, deadline=None)
def test_any_text_is_drawn(prompt, negative):
    assert ILLUSTRATOR.draw(prompt, negative, 64, 64).image.size == (64, 64)


DRAWINGS = sorted({*noto(), *figures(), *(path.stem for path in (DATA / "drawings").iterdir())})
DOINGS = (
    "a {} riding a bicycle", "a striped {} flying a kite", "two {}s hugging", "a {} in bed, asleep",
    "a girl feeding a {}", "a {} jumping over a {}", "a {} chasing a {}", "a golden {} reading",
    "a man sitting on a {}", "a {} playing chess with a dog", "a dog with a {} in its mouth",
)  # fmt: skip


@pytest.mark.parametrize("doing", DOINGS)
def test_whatever_is_drawn_can_do_anything(doing: str) -> None:
    for name in DRAWINGS[DOINGS.index(doing) :: 2 * len(DOINGS)]:
        paper, _ = compose(
            parse(doing.replace("{}", name.replace("-", " "))), SIDE, SIDE, Random(1)
        )
        assert len(paper)
