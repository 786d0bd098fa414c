"""Drawings as agents are shown them stay small, and keep their recipes."""

import io

import numpy as np
import pytest
from PIL import Image
from sd_parsers import ParserManager

from describe_draw import pictures
from describe_draw.engines import Engines
from describe_draw.previews import LONGEST, MOST, preview
from describe_draw.reading import read
from describe_draw.recipe import Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.support import EXAMPLES, settings


def size_of(webp):
    with Image.open(io.BytesIO(webp)) as picture:
        assert picture.format == "WEBP"
        picture.load()
        return picture.size


def noise(tmp_path, recipe):
    """The picture that is worst to encode, as large as drawings are, with a recipe."""
    values = np.random.default_rng(1).integers(0, 256, (1024, 1024, 3), np.uint8)
    path = tmp_path / "noise.png"
    path.write_bytes(pictures.with_texts(pictures.png(Image.fromarray(values)), recipe.chunks()))
    return path


@pytest.mark.parametrize("among", [1, 2, 10])
@pytest.mark.parametrize("prompt", ["a dog", "狗" * 2000])
def test_the_worst_pictures_have_the_bytes_of_an_answer_together(tmp_path, among, prompt):
    webp, _ = preview(noise(tmp_path, Recipe(prompt, seed=1)), among)
    assert len(webp) <= MOST // among
    assert max(size_of(webp)) <= LONGEST


def test_a_photo_keeps_its_shape_and_most_of_its_pixels(tmp_path):
    with Image.open(EXAMPLES / "cat.jpg") as photo:
        large = photo.resize((1024, 681))
    (tmp_path / "cat.png").write_bytes(pictures.png(large))
    webp, recipe = preview(tmp_path / "cat.png")
    assert size_of(webp) == (768, 511)
    assert recipe == ""


async def previewed(tmp_path, prompt):
    studio = Studio(settings(), Engines(settings()), Store(tmp_path))
    drawing = await studio.draw(Recipe(prompt, "trees", 30, 7.5, 320, 256, 42))
    webp, recipe = preview(drawing.path)
    path = tmp_path / "shown.webp"
    path.write_bytes(webp)
    assert recipe == drawing.recipe.parameters()
    return path, drawing.recipe


@pytest.mark.parametrize("prompt", ["a dog in a park", "公园里的一只狗"])
async def test_readers_find_the_recipe(tmp_path, prompt):
    """Ours, and that of the package sd-parsers (0.6), for which WebP files hold it as EXIF."""
    path, recipe = await previewed(tmp_path, prompt)
    found = read(path, settings(), ["builtin"])
    assert found is not None
    assert found.recipe == recipe
    said = ParserManager().parse(path)
    assert said is not None
    assert [one.value for one in said.prompts] == [prompt]
    assert [one.value for one in said.negative_prompts] == ["trees"]
    assert said.samplers[0].parameters == {"steps": "30", "cfg_scale": "7.5", "seed": "42"}


async def test_the_comment_is_as_the_web_ui_writes_it(tmp_path):
    """That is, by `piexif.helper.UserComment.dump(…, encoding="unicode")`: UTF-16, big end first.

    See modules/images.py in github.com/AUTOMATIC1111/stable-diffusion-webui, and piexif/helper.py
    in github.com/hMatoba/Piexif.
    """
    path, recipe = await previewed(tmp_path, "a dog in a park")
    assert b"UNICODE\0" + recipe.parameters().encode("utf_16_be") in path.read_bytes()
