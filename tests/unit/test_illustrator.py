"""The illustrator from outside: sizes, seeds, what is refused, what is reported."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from describe_draw.engines.builtin.illustrator import Illustrator

EXAMPLES = (
    "a dog in a park",
    "a mecha robot in a favela",
    "the spirit of a tamagotchi wandering in the city of Vienna",
    "a sailboat on the sea at sunset",
    "a dog wearing a santa hat and scarf",
    "an astronaut riding a horse in space",
)


@pytest.fixture(scope="module")
def illustrator() -> Illustrator:
    return Illustrator()


@pytest.mark.parametrize("prompt", EXAMPLES)
def test_draws_the_examples_and_understands_every_word(
    illustrator: Illustrator, prompt: str
) -> None:
    picture = illustrator.draw(prompt, width=192, height=128)
    assert picture.image.mode == "RGB"
    assert picture.image.size == (192, 128)
    assert picture.unknown == ()


@pytest.mark.parametrize("size", [(64, 64), (64, 1024), (1024, 64), (320, 448), (704, 256)])
def test_the_picture_has_exactly_the_size_asked_for(
    illustrator: Illustrator, size: tuple[int, int]
) -> None:
    assert illustrator.draw("two cows by a lake", width=size[0], height=size[1]).image.size == size


@pytest.mark.parametrize("size", [(64, 64), (64, 1024), (704, 256)])
def test_two_pictures_side_by_side_fill_the_sheet(
    illustrator: Illustrator, size: tuple[int, int]
) -> None:
    picture = illustrator.draw("love and loss → at night", width=size[0], height=size[1])
    assert picture.image.size == size
    assert picture.unknown == ()
    corner = (size[0] - 1, size[1] - 1)
    assert picture.image.getpixel((0, 0)) != picture.image.getpixel(corner) != (255, 255, 255)


def test_the_same_request_gives_the_same_pixels(illustrator: Illustrator) -> None:
    first = illustrator.draw("three cats on the beach, oil painting", width=128, height=128, seed=5)
    again = Illustrator().draw("three cats on the beach, oil painting", "", 128, 128, 5)
    assert first.image.tobytes() == again.image.tobytes()


def test_another_seed_gives_another_picture(illustrator: Illustrator) -> None:
    pictures = {
        illustrator.draw("a dog in a park", width=128, height=128, seed=seed).image.tobytes()
        for seed in range(4)
    }
    assert len(pictures) == 4


def test_words_that_are_not_understood_are_reported_in_order(illustrator: Illustrator) -> None:
    picture = illustrator.draw("a xyzzy dog with a frumious bandersnatch", width=64, height=64)
    assert picture.unknown == ("xyzzy", "frumious", "bandersnatch")


def test_threads_that_come_first_together_draw_the_same() -> None:
    shared = Illustrator()
    with ThreadPoolExecutor(4) as pool:
        pictures = list(pool.map(lambda _: shared.draw("a fox", width=64, height=64), range(4)))
    assert len({picture.image.tobytes() for picture in pictures}) == 1


@pytest.mark.slow
def test_importing_it_does_not_load_the_renderer() -> None:
    code = (
        "import sys, describe_draw.engines.builtin.illustrator as i; i.Illustrator(); "
        "sys.exit('resvg_py' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


@settings(max_examples=25, deadline=None)
@given(prompt=st.text(max_size=80), negative=st.text(max_size=20))
def test_any_text_gives_a_picture(prompt: str, negative: str) -> None:
    assert Illustrator().draw(prompt, negative, 64, 64).image.size == (64, 64)
