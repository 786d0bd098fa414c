"""A picture and words become another picture."""

import hashlib
import json

import pytest
from PIL import Image

from describe_draw.engines import Engines
from describe_draw.problems import Problem
from describe_draw.reading import read
from describe_draw.recipe import Edit, Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.support import EXAMPLES, Puppet, settings

CAT = EXAMPLES / "cat.jpg"


def studio(folder, *engines, **values):
    chosen = settings(**values)
    return Studio(chosen, Engines(chosen, engines or None), Store(folder))


async def test_the_recipe_names_the_picture_by_its_hash_and_keeps_the_rest(tmp_path):
    edit = Edit("make it red", "text", strength=0.4, seed=3)
    drawn = await studio(tmp_path, Puppet()).edit(CAT, edit)
    with Image.open(drawn.path) as picture:
        texts = picture.info
    told = json.loads(texts["describe_draw"])
    assert told["source"] == hashlib.sha256(CAT.read_bytes()).hexdigest()
    assert (told["prompt"], told["negative_prompt"]) == ("make it red", "text")
    assert (told["strength"], told["seed"]) == (0.4, 3)
    assert ", Denoising strength: 0.4," in texts["parameters"]  # as AUTOMATIC1111's web UI has it
    found = read(drawn.path, settings(), [])
    assert found and found.recipe == Recipe("make it red", "text", seed=3, width=448, height=320)
    assert found.more["source"] == told["source"]


@pytest.mark.parametrize(
    ("sides", "expected"),
    [
        ({}, (768, 512)),
        ({"width": 384}, (384, 256)),
        ({"height": 1024}, (1024, 1024)),  # as wide as a drawing may be
        ({"width": 256, "height": 512}, (256, 512)),
    ],
)
async def test_a_picture_keeps_its_shape_where_no_size_is_said(tmp_path, sides, expected):
    Image.new("RGB", (3000, 2000), "white").save(tmp_path / "wide.png")
    engine = Puppet()
    drawn = await studio(tmp_path, engine).edit(tmp_path / "wide.png", Edit("a dog", **sides))
    assert engine.source.picture.size == (drawn.recipe.width, drawn.recipe.height) == expected
    with Image.open(drawn.path) as picture:
        assert picture.size == expected


async def test_a_picture_is_upright_before_it_is_drawn_from(tmp_path):
    sideways = Image.new("RGB", (640, 320), "white")
    exif = sideways.getexif()
    exif[0x0112] = 6  # turned by a quarter, EXIF 2.3, 4.6.4 A
    sideways.save(tmp_path / "phone.jpg", exif=exif)
    drawn = await studio(tmp_path, Puppet()).edit(tmp_path / "phone.jpg", Edit("a dog"))
    assert (drawn.recipe.width, drawn.recipe.height) == (320, 640)


async def test_a_drawing_of_the_apps_own_tells_what_it_was_drawn_from(tmp_path):
    engine = Puppet()
    house = studio(tmp_path, engine)
    dog = await house.draw(Recipe("a dog in a park", seed=7))
    await house.edit(dog.path, Edit("at night"))
    assert (engine.source.prompt, engine.source.seed) == ("a dog in a park", 7)
    await house.edit(CAT, Edit("at night"))
    assert engine.source.prompt == ""


async def test_equal_edits_are_remembered_and_others_are_not(tmp_path):
    engine = Puppet()
    house = studio(tmp_path, engine)
    for strength in (0.4, 0.4, 0.5):
        await house.edit(CAT, Edit("make it red", seed=1, strength=strength))
    await house.edit(EXAMPLES / "coffee.jpg", Edit("make it red", seed=1, strength=0.5))
    assert engine.begun == 3


@pytest.mark.parametrize("strength", [-0.1, 1.1, float("nan"), "much", None])
async def test_a_strength_is_from_0_to_1(tmp_path, strength):
    with pytest.raises(Problem) as caught:
        await studio(tmp_path, Puppet()).edit(CAT, Edit("a dog", strength=strength))
    assert "strength" in str(caught.value)


async def test_without_a_picture_nothing_is_asked(tmp_path):
    engine = Puppet()
    with pytest.raises(Problem, match="picture"):
        await studio(tmp_path, engine).edit(None, Edit("a dog"))
    assert not engine.begun


async def test_a_safety_filters_black_is_told_whoever_draws(tmp_path):
    white = tmp_path / "white.png"
    Image.new("RGB", (64, 64), "white").save(white)
    drawn = await studio(tmp_path, Puppet()).edit(white, Edit("a dog"))  # which inverts it
    assert [note.key for note in drawn.credit.notes] == ["note.blacked_out"]
    assert "hub/model" in drawn.credit.notes[0].say()


async def test_the_built_in_engine_draws_the_scene_anew_and_says_so(tmp_path):
    drawn = await studio(tmp_path).edit(CAT, Edit("at night", seed=1))
    assert [note.key for note in drawn.credit.notes] == ["note.drawn_anew"]
    assert drawn.credit.ignored == ("steps", "guidance", "strength")
