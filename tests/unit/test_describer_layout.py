"""What the arrangement of colours tells: rules on pictures drawn here."""

import numpy as np
import numpy.typing as npt
import pytest
from PIL import Image, ImageDraw, ImageFont

from describe_draw.engines.builtin.describer import Describer
from describe_draw.engines.builtin.describer.colours import (
    COLOURS,
    clear_colour,
    colour_indices,
)
from describe_draw.engines.builtin.describer.graphics import read_graphic
from describe_draw.engines.builtin.describer.layout import read_layout

SKY, SEA, GRASS, SNOW = (120, 170, 235), (30, 80, 140), (70, 130, 50), (235, 238, 242)


@pytest.fixture(scope="module")
def offline() -> Describer:
    return Describer()


def band(colour: tuple[int, int, int], rows: int, grain: float) -> npt.NDArray[np.float64]:
    noise = np.random.default_rng(rows).normal(0, grain, (rows, 320, 3))
    return np.array(colour) + noise


def stacked(*bands: npt.NDArray[np.float64]) -> Image.Image:
    return Image.fromarray(np.concatenate(bands).clip(0, 255).astype(np.uint8))


def clear_sky() -> Image.Image:
    return stacked(*(band((110 + 5 * i, 160 + 4 * i, 225 + 2 * i), 24, 2) for i in range(10)))


def page(ink: str = "black", paper: str = "white") -> Image.Image:
    picture = Image.new("RGB", (600, 800), paper)
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(18)
    for line in range(22):
        words = "the quick brown fox jumps over a lazy dog and home"
        pen.text((40, 50 + 32 * line), words[line % 5 :], fill=ink, font=font)
    return picture


def bars() -> Image.Image:
    picture = Image.new("RGB", (800, 600), "white")
    pen = ImageDraw.Draw(picture)
    pen.line((80, 40, 80, 520), fill="black", width=3)
    pen.line((80, 520, 760, 520), fill="black", width=3)
    for i, high in enumerate((100, 220, 330, 150, 400)):
        pen.rectangle((120 + i * 120, 520 - high, 200 + i * 120, 519), fill=COLOURS[3 + i])
    return picture


def face() -> Image.Image:
    picture = Image.new("RGB", (600, 600), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((150, 100, 450, 400), outline="black", width=4)
    pen.arc((220, 200, 380, 350), 20, 160, fill="black", width=4)
    pen.ellipse((230, 200, 250, 220), outline="black", width=3)
    pen.ellipse((350, 200, 370, 220), outline="black", width=3)
    return picture


@pytest.mark.parametrize(
    ("rgb", "name"),
    [
        ((0, 0, 0), "black"),
        ((255, 255, 255), "white"),
        ((128, 128, 128), "grey"),
        ((220, 20, 30), "red"),
        ((250, 150, 30), "orange"),
        ((250, 230, 40), "yellow"),
        ((40, 160, 60), "green"),
        ((40, 90, 220), "blue"),
        ((130, 60, 200), "purple"),
        ((250, 160, 180), "pink"),
        ((110, 70, 40), "brown"),
    ],
)
def test_colours_have_their_plain_names(rgb: tuple[int, int, int], name: str) -> None:
    assert COLOURS[colour_indices([rgb])[0]] == name


def test_a_red_thing_is_red_and_a_patchwork_has_no_colour() -> None:
    picture = Image.new("RGB", (100, 100), "white")
    picture.paste("red", (20, 20, 80, 80))
    assert clear_colour(picture, (0.2, 0.2, 0.8, 0.8)) == "red"
    squares = [["red", "blue", "green"][(i + i // 10) % 3] for i in range(100)]
    for i, colour in enumerate(squares):
        picture.paste(colour, (i % 10 * 10, i // 10 * 10, i % 10 * 10 + 10, i // 10 * 10 + 10))
    assert clear_colour(picture, (0, 0, 1, 1)) is None


@pytest.mark.parametrize(
    ("picture", "sky", "ground"),
    [
        (stacked(band(SKY, 120, 2), band(SEA, 120, 5)), "blue", "water"),
        (stacked(band(SKY, 120, 2), band(GRASS, 120, 25)), "blue", "grass"),
        (stacked(band(SKY, 120, 2), band(SNOW, 120, 3)), "blue", "snow"),
        (stacked(band((240, 130, 60), 160, 2), band((20, 20, 30), 80, 2)), "sunset", None),
        (clear_sky(), "blue", None),
    ],
    ids=["sea", "meadow", "snow", "sunset", "sky alone"],
)
def test_sky_and_ground_are_seen(picture: Image.Image, sky: str | None, ground: str | None) -> None:
    layout = read_layout(picture)
    assert (layout.sky, layout.ground) == (sky, ground)


def test_lights_in_the_dark_are_seen() -> None:
    picture = Image.new("RGB", (640, 480), (12, 12, 20))
    for i in range(60):
        x, y = i * 97 % 620, 200 + i * 53 % 260
        picture.paste((255, 220, 150), (x, y, x + 6, y + 6))
    assert read_layout(picture).lights
    assert not read_layout(Image.new("RGB", (640, 480), (12, 12, 20))).lights


def test_a_black_and_white_photo_is_told_from_a_coloured_one() -> None:
    coloured = stacked(band(SKY, 120, 2), band(GRASS, 120, 25))
    assert read_layout(coloured.convert("L").convert("RGB")).grey
    assert not read_layout(coloured).grey


@pytest.mark.parametrize("backdrop", ["white", "black"])
def test_a_studio_backdrop_is_seen(backdrop: str) -> None:
    picture = Image.new("RGB", (200, 200), backdrop)
    picture.paste((150, 60, 40), (60, 60, 140, 140))
    assert read_layout(picture).backdrop == backdrop


@pytest.mark.parametrize(
    ("picture", "kind"),
    [
        (bars(), "graphic"),
        (face(), "line drawing"),
        (stacked(band(SKY, 120, 4), band(GRASS, 120, 25)), None),
    ],
    ids=["chart", "drawing", "photo"],
)
def test_graphics_are_told_apart(picture: Image.Image, kind: str | None) -> None:
    assert read_graphic(picture) == kind


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (page(), "a page of text"),
        (bars(), "a chart"),
        (face(), "a line drawing"),
        (clear_sky(), "a blue sky"),
        (stacked(band(SKY, 120, 2), band(SEA, 120, 5)), "the sea under a blue sky"),
    ],
    ids=["text", "chart", "drawing", "sky", "sea"],
)
def test_scenes_that_no_network_names_get_a_word(
    offline: Describer, picture: Image.Image, words: str
) -> None:
    told, _, _ = offline.describe(picture).partition(" that reads ")
    assert told == words
