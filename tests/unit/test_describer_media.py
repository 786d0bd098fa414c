"""Photos are told from other pictures: real examples, and pictures drawn here."""

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw, ImageFont

from describe_draw.engines.builtin.describer import Describer, describer
from describe_draw.engines.builtin.describer.media import (
    DRAWN,
    PHOTO,
    medium_of,
    sorts,
)
from describe_draw.engines.builtin.describer.surroundings import SurroundingsReader
from describe_draw.engines.builtin.illustrator import Illustrator
from tests.support import EXAMPLES


@pytest.fixture(scope="module")
def offline() -> Describer:
    return Describer()


def likely(**shares: float) -> dict[str, float]:
    return {**dict.fromkeys(sorts().words, 0.0), **shares}


def diagram() -> Image.Image:
    picture = Image.new("RGB", (800, 500), "white")
    pen, font = ImageDraw.Draw(picture), ImageFont.load_default(20)
    boxes = [(40, 200), (320, 60), (320, 340), (600, 200)]
    for (x, y), (right, below) in pairwise(boxes):
        pen.line((x + 80, y + 40, right + 80, below + 40), fill="black", width=3)
    for (x, y), word in zip(boxes, ("input", "encoder", "decoder", "output"), strict=True):
        pen.rectangle((x, y, x + 160, y + 80), fill="#dae8fc", outline="black", width=3)
        pen.text((x + 40, y + 28), word, fill="black", font=font)
    return picture


@pytest.mark.parametrize("name", ["cat", "astronaut", "coffee", "rocket"])
def test_photos_are_photos(offline: Describer, name: str) -> None:
    with Image.open(EXAMPLES / f"{name}.jpg") as picture:
        assert offline.describe(picture.convert("RGB"), "tags").endswith("photo")


def test_a_diagram_is_called_that_and_shows_no_objects(offline: Describer) -> None:
    assert offline.describe(diagram()) == "a diagram that reads “input output”"
    assert offline.describe(diagram(), "alt text").startswith("A diagram. The text reads “input")
    assert offline.describe(diagram(), language="zh") == "一张示意图，上面写着“input output”"


def test_the_illustrators_drawings_are_its_own(offline: Describer) -> None:
    drawing = Illustrator().draw("a cat on the beach", "", 384, 384, 3).image
    read = sorts().read(offline.features(drawing))
    assert max(read, key=lambda medium: read[medium]) == DRAWN


@pytest.mark.parametrize(
    ("shares", "ink", "medium"),
    [
        ({"photo": 0.9}, None, PHOTO),
        ({"logo": 0.7, "photo": 0.3}, None, "logo"),
        ({"painting": 0.55, "photo": 0.45}, None, PHOTO),
        ({"painting": 0.68, "photo": 0.32}, None, PHOTO),
        ({"painting": 0.75, "photo": 0.25}, None, "painting"),
        ({"painting": 0.5, "illustration": 0.4, "photo": 0.1}, None, "illustration"),
        ({"cartoon": 0.7, "screenshot": 0.2, "photo": 0.1}, None, "cartoon"),
        ({"screenshot": 0.5, "diagram": 0.3, "photo": 0.1}, None, "screenshot"),
        ({"screenshot": 0.4, "diagram": 0.35, "photo": 0.1}, None, "graphic with text"),
        ({"logo": 0.4, "cartoon": 0.35, "photo": 0.1}, None, "graphic"),
        ({"QR code": 0.5, "logo": 0.3, "photo": 0.1}, None, "graphic"),
        ({"chart": 0.45, "photo": 0.4}, "graphic", "chart"),
        ({"photo": 0.6, "chart": 0.4}, "line drawing", "line drawing"),
        ({"line drawing": 0.4, "photo": 0.3}, "graphic", "line drawing"),
    ],
)
def test_a_medium_must_be_sure(shares: dict[str, float], ink: str | None, medium: str) -> None:
    read = likely(**{name.replace("_", " "): share for name, share in shares.items()})
    assert medium_of(read, ink) == medium


def test_drawings_and_games_of_them_never_load_the_photos_networks(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    loads: list[int] = []

    class Counted(SurroundingsReader):
        def __init__(self) -> None:
            loads.append(1)
            super().__init__()

    monkeypatch.setattr(describer, "SurroundingsReader", Counted)
    shared = Describer()
    drawing = Illustrator().draw("a dog in a park", "", 384, 384, 1).image
    assert "an illustration of" in shared.describe(drawing)
    assert loads == []
    with Image.open(EXAMPLES / "cat.jpg") as picture:
        photo = picture.convert("RGB")
    shared.describe(photo)
    shared.describe(photo.rotate(1))
    assert loads == [1]
