"""Styles: each is what its name says, and each of its names reaches it.

What a style looks like is what its materials make of any picture: an ink wash is grey, a blueprint
white on blue, stained glass has dark lead lines, a comic few colours.
"""

from collections.abc import Callable
from random import Random

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin.illustrator import Illustrator
from describe_draw.engines.builtin.illustrator.backdrops import BARE, bare
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.styles import STYLES, finish, follows
from describe_draw.engines.builtin.illustrator.textures import Labels
from describe_draw.engines.builtin.illustrator.words import read_toml

NAMES = read_toml("vocabulary.toml")["styles"]


@pytest.fixture(scope="module")
def drawn() -> Callable[[str], Image.Image]:
    illustrator = Illustrator()
    return lambda prompt: illustrator.draw(prompt, width=192, height=192, seed=4).image


def numbers(picture: Image.Image) -> Labels:
    return np.asarray(picture, np.int16)


def saturation(picture: Image.Image) -> float:
    return float(np.asarray(picture.convert("HSV"))[..., 1].mean())


def colours(picture: Image.Image) -> int:
    return len(picture.getcolors(picture.width * picture.height) or ())


def spread_of_corners(picture: Image.Image) -> int:
    """How unlike the four corners are, in the channel where they differ most."""
    return int(np.ptp(numbers(picture)[[0, 0, -1, -1], [0, -1, 0, -1]], axis=0).max())


def test_every_style_of_the_vocabulary_is_painted() -> None:
    assert set(NAMES) == STYLES


@pytest.mark.parametrize("style", NAMES)
def test_each_style_changes_the_picture_and_leaves_no_word(style: str) -> None:
    illustrator = Illustrator()
    plain = illustrator.draw("a castle", width=64, height=64)
    styled = illustrator.draw(f"a castle, {NAMES[style][0]}", width=64, height=64)
    again = illustrator.draw(f"a castle, {NAMES[style][0]}", width=64, height=64)
    assert styled.image.size == (64, 64)
    assert styled.image.tobytes() != plain.image.tobytes()
    assert styled.image.tobytes() == again.image.tobytes()
    assert styled.unknown == ()


@pytest.mark.parametrize("size", [(64, 512), (512, 64)])
@pytest.mark.parametrize("style", sorted(STYLES))
def test_styles_fit_any_shape(style: str, size: tuple[int, int]) -> None:
    picture = Illustrator().draw(f"a cat, {NAMES[style][0]}", "", *size)
    assert picture.image.size == size
    assert picture.image.mode == "RGB"


def test_ink_and_charcoal_have_next_to_no_colour(drawn: Callable[[str], Image.Image]) -> None:
    plain = saturation(drawn("a horse in a meadow"))
    for style in ("ink wash", "charcoal drawing"):
        assert saturation(drawn(f"a horse in a meadow, {style}")) < plain / 3


def test_stained_glass_is_bright_glass_in_dark_lead(drawn: Callable[[str], Image.Image]) -> None:
    window = numbers(drawn("stained glass of a ship")).sum(-1)
    plain = numbers(drawn("a ship")).sum(-1)
    assert (window < 120).mean() > (plain < 120).mean() + 0.08


def test_a_thing_in_stained_glass_is_of_larger_pieces_than_what_is_around_it() -> None:
    picture = Image.new("RGB", (256, 256), (70, 150, 220))
    picture.paste((200, 40, 40), (64, 64, 192, 192))
    thing = Image.new("L", picture.size)
    thing.paste(255, (64, 64, 192, 192))
    made = numbers(finish(picture, Scene(style="stained-glass"), Random(1), lambda: thing))
    dark = made.max(axis=2) < 60
    assert dark[80:176, 80:176].mean() < 0.02
    assert dark[:60].mean() > 0.05


def test_a_blueprint_is_blue_with_white_lines(drawn: Callable[[str], Image.Image]) -> None:
    plan = numbers(drawn("blueprint of a bicycle"))
    assert (plan[..., 2] > plan[..., 0] + 40).mean() > 0.7
    assert (plan.min(-1) > 180).any()


def test_a_page_to_colour_in_is_white_with_black_lines(
    drawn: Callable[[str], Image.Image],
) -> None:
    page = drawn("coloring page of a unicorn")
    assert saturation(page) == 0
    assert (numbers(page) > 240).mean() > 0.7
    assert (numbers(page) < 60).any()


def test_low_poly_has_flat_facets(drawn: Callable[[str], Image.Image]) -> None:
    def flat(picture: Image.Image) -> float:
        pixels = numbers(picture)
        return float((pixels[1:] == pixels[:-1]).all(-1).mean())

    assert flat(drawn("low poly fox in a forest")) > 0.6 > flat(drawn("a fox in a forest"))


@pytest.mark.parametrize("style", ["woodblock print", "minimalist", "pixel art"])
def test_prints_have_fewer_colours(drawn: Callable[[str], Image.Image], style: str) -> None:
    assert colours(drawn(f"a boat, {style}")) < colours(drawn("a boat"))


@pytest.mark.parametrize("style", ["comic", "cubist", "anime", "embroidery", "paper-cut"])
def test_faces_keep_a_warm_colour(drawn: Callable[[str], Image.Image], style: str) -> None:
    plain = drawn("a man in a meadow")
    styled = finish(plain, Scene(style=style), Random(1))
    red, green, blue = numbers(plain).transpose(2, 0, 1)
    face = (red > 230) & (green > 170) & (blue < 70)
    inside = numbers(styled)[face]
    warm, _, cold = np.median(inside[inside.sum(-1) > 200], axis=0)  # not the outlines
    assert face.sum() > 100
    assert warm > cold + 30


@pytest.mark.parametrize("style", sorted(BARE - {"isometric", "blueprint"}))
def test_emblems_have_no_landscape(drawn: Callable[[str], Image.Image], style: str) -> None:
    picture = drawn(f"{NAMES[style][0]} of a bear in the mountains")
    assert spread_of_corners(picture) < 40, "the corners would show sky and grass"


def test_an_emblem_shows_all_that_was_said_of_the_sky_and_the_land() -> None:
    arts = [thing.art for thing in bare(parse("logo of a mountain and a rising sun")).things]
    assert arts == ["mountain", "sun-with-face"]


def test_an_emblem_without_a_thing_shows_what_stands_for_the_place(
    drawn: Callable[[str], Image.Image],
) -> None:
    assert colours(drawn("logo of the desert")) > 20
    assert drawn("isometric kitchen") != drawn("isometric city")


@pytest.mark.parametrize(
    "style",
    ["watercolour", "Ink wash", "pixel art", "isometric", "low poly", "flat logo", "comic", "anime",
     "oil painting", "pencil", "neon", "claymation", "stained glass", "paper-cut", "cinematic",
     "Van Gogh", "Picasso", "ukiyo-e", "line art", "sticker"],
)  # fmt: skip
def test_usual_styles_are_followed(style: str) -> None:
    assert follows(style)


@pytest.mark.parametrize("words", ["", "a dog", "photo", "holographic", "night", "red"])
def test_other_words_are_no_style(words: str) -> None:
    assert not follows(words)
