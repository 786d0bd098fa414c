"""Recipes come back from files, whoever wrote them and whatever they put there."""

import json
import struct
import time
import zlib
from dataclasses import asdict

import hypothesis
import pytest
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sd_parsers import ParserManager

from describe_draw.engines import Engines
from describe_draw.problems import Problem
from describe_draw.reading import read
from describe_draw.reading.fitting import fit
from describe_draw.reading.formats import recognised
from describe_draw.reading.texts import LONGEST, LONGEST_JSON
from describe_draw.recipe import MAX_SEED, Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.support import EXAMPLES, settings

SETTINGS = settings()


def png(tmp_path, **chunks):
    info = PngInfo()
    for name, text in chunks.items():
        info.add_text(name, text)
    path = tmp_path / "picture.png"
    Image.new("RGB", (64, 64), "teal").save(path, pnginfo=info)
    return path


def with_chunks(*chunks, after=False):
    """A PNG file's bytes with raw chunks before or after its pixels."""
    raw = b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in chunks
    )
    whole = (EXAMPLES / "bird.png").read_bytes()
    at = whole.index(b"IEND") - 4 if after else whole.index(b"IDAT") - 4
    return whole[:at] + raw + whole[at:]


def found_in(path, models=("builtin",), limits=SETTINGS):
    found = read(path, limits, list(models))
    assert found is not None
    return found


def options(path, models=("builtin",)):
    return found_in(path, models).options()


async def drawn(tmp_path, **said):
    studio = Studio(SETTINGS, Engines(SETTINGS), Store(tmp_path))
    return await studio.draw(Recipe("a dog in a park", "trees", 30, 7.5, 320, 256, 42, **said))


async def test_what_was_drawn_here_comes_back_whole(tmp_path):
    drawing = await drawn(tmp_path)
    found = found_in(drawing.path)
    assert found.recipe == drawing.recipe
    assert found.recipe.model == "builtin"
    assert found.changed == {}
    assert found.details()["engine"] == "builtin"
    assert found.details()["ignored"] == ["steps", "guidance"]


async def test_the_recipe_draws_the_same_file_again(tmp_path):
    first = await drawn(tmp_path)
    found = found_in(first.path)
    again = await Studio(SETTINGS, Engines(SETTINGS), Store(tmp_path)).draw(found.recipe)
    assert again.path.read_bytes() == first.path.read_bytes()


async def test_a_private_drawing_tells_nothing(tmp_path):
    studio = Studio(SETTINGS, Engines(SETTINGS), Store(tmp_path))
    drawing = await studio.draw(Recipe("a secret garden", seed=1), private=True)
    with Image.open(drawing.path) as picture:
        picture.load()
        assert not picture.info
    assert drawing.path.name == "drawing.png"
    assert b"secret" not in drawing.path.read_bytes()
    assert read(drawing.path, SETTINGS, []) is None


def read_by_others(path):
    said = ParserManager().parse(path)
    assert said is not None
    return said


async def test_a_reader_of_other_people_reads_what_we_write(tmp_path):
    drawing = await drawn(tmp_path)
    said = read_by_others(drawing.path)
    sampler = said.samplers[0]
    assert [prompt.value for prompt in said.prompts] == ["a dog in a park"]
    assert [prompt.value for prompt in said.negative_prompts] == ["trees"]
    assert sampler.parameters == {"steps": "30", "cfg_scale": "7.5", "seed": "42"}
    assert [model.name for model in said.models] == ["builtin"]
    assert said.metadata["Size"] == "320x256"


async def test_a_reader_of_other_people_reads_chinese_prompts(tmp_path):
    studio = Studio(SETTINGS, Engines(SETTINGS), Store(tmp_path))
    drawing = await studio.draw(Recipe("公园里的一只狗", seed=1))
    assert [p.value for p in read_by_others(drawing.path).prompts] == ["公园里的一只狗"]
    assert options(drawing.path)["prompt"] == "公园里的一只狗"


FORGE = """a lighthouse, (stormy:1.2) sea,
oil on canvas
Negative prompt: people, text
Steps: 28, Sampler: DPM++ 2M, Schedule type: Karras, CFG scale: 6.5, Seed: 1234567, \
Size: 832x1216, Model hash: 31e35c80fc, Model: sd_xl_base_1.0, Denoising strength: 0.4, \
Lora hashes: "ink: 0ba1b2c3, sea: 11aa22bb", Version: f2.0.1v1.10.1"""

FORGE_RECIPE = Recipe(
    "a lighthouse, (stormy:1.2) sea,\noil on canvas",
    "people, text",
    steps=28,
    guidance=6.5,
    width=704,
    height=1024,
    seed=1234567,
)


def test_a_file_of_the_web_ui_and_forge(tmp_path):
    found = found_in(png(tmp_path, parameters=FORGE))
    assert found.recipe == FORGE_RECIPE
    assert found.options() == asdict(FORGE_RECIPE)
    assert found.changed == {"width": "832", "height": "1216", "model": "sd_xl_base_1.0"}
    details = found.details()
    assert details["format"] == "AUTOMATIC1111"
    assert details["Sampler"] == "DPM++ 2M"
    assert details["Lora hashes"] == "ink: 0ba1b2c3, sea: 11aa22bb"


@pytest.mark.parametrize("code", ["utf-16-be", "utf-16-le", "utf-16"])
@pytest.mark.parametrize("ending", ["jpg", "webp"])
def test_the_web_ui_writes_into_exif_too(tmp_path, code, ending):
    exif = Image.Exif()
    exif.get_ifd(0x8769)[0x9286] = b"UNICODE\0" + FORGE.encode(code)
    path = tmp_path / f"picture.{ending}"
    Image.new("RGB", (64, 64)).save(path, exif=exif)
    assert found_in(path).recipe == FORGE_RECIPE


def test_a_prompt_without_a_negative_one_and_a_quoted_model(tmp_path):
    text = 'a dog\nSteps: 4, CFG scale: 1, Seed: 5, Size: 512x512, Model: "org/model:fast"'
    read_back = options(png(tmp_path, parameters=text), ["org/model:fast"])
    assert read_back["negative_prompt"] == ""
    assert read_back["model"] == "org/model:fast"


COMFYUI = {
    "3": {
        "class_type": "KSampler",
        "inputs": {
            "seed": 156680208700286,
            "steps": 20,
            "cfg": 8,
            "sampler_name": "euler",
            "model": ["10", 0],
            "positive": ["6", 0],
            "negative": ["7", 0],
            "latent_image": ["5", 0],
        },
    },
    "4": {"class_type": "CheckpointLoaderSimple", "inputs": {"ckpt_name": "v1-5.safetensors"}},
    "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768}},
    "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a glass bottle", "clip": ["4", 1]}},
    "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "watermark", "clip": ["4", 1]}},
    "9": {"class_type": "SaveImage", "inputs": {"images": ["3", 0]}},
    "10": {"class_type": "LoraLoader", "inputs": {"model": ["4", 0], "clip": ["4", 1]}},
}


def test_a_file_of_comfyui(tmp_path):
    found = found_in(png(tmp_path, prompt=json.dumps(COMFYUI), workflow="{}"))
    assert found.recipe == Recipe(
        "a glass bottle", "watermark", 20, 8, width=512, height=768, seed=MAX_SEED
    )
    assert found.changed == {"seed": "156680208700286", "model": "v1-5.safetensors"}


def test_a_file_of_comfyui_with_a_guider_as_flux_has_it(tmp_path):
    graph = {
        "13": {
            "class_type": "SamplerCustomAdvanced",
            "inputs": {
                "noise": ["25", 0],
                "guider": ["22", 0],
                "sigmas": ["17", 0],
                "latent_image": ["27", 0],
            },
        },
        "17": {"class_type": "BasicScheduler", "inputs": {"steps": 24, "model": ["12", 0]}},
        "22": {"class_type": "BasicGuider", "inputs": {"conditioning": ["26", 0]}},
        "25": {"class_type": "RandomNoise", "inputs": {"noise_seed": 77}},
        "26": {"class_type": "FluxGuidance", "inputs": {"guidance": 3.5, "conditioning": ["6", 0]}},
        "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "an anime girl"}},
        "27": {"class_type": "EmptySD3LatentImage", "inputs": {"width": 1024, "height": 576}},
        "12": {"class_type": "UNETLoader", "inputs": {"unet_name": "flux1-dev.safetensors"}},
    }
    back = options(png(tmp_path, prompt=json.dumps(graph)))
    assert back["prompt"] == "an anime girl"
    assert (back["steps"], back["guidance"], back["seed"]) == (24, 3.5, 77)
    assert (back["width"], back["height"]) == (1024, 576)


def test_comfyui_in_a_webp_file(tmp_path):
    exif = Image.Exif()
    exif[0x0110] = f"prompt:{json.dumps(COMFYUI)}"
    path = tmp_path / "picture.webp"
    Image.new("RGB", (64, 64)).save(path, exif=exif)
    assert options(path)["prompt"] == "a glass bottle"


def test_files_of_invokeai_old_and_new(tmp_path):
    new = {
        "positive_prompt": "a fox",
        "negative_prompt": "blur",
        "steps": 30,
        "cfg_scale": 7.5,
        "seed": 9,
        "width": 512,
        "height": 640,
        "model": {"name": "Juggernaut XL", "key": "c0ffee"},
        "scheduler": "euler_a",
    }
    older = {
        "model_weights": "stable-diffusion-1.5",
        "image": {
            "prompt": [{"prompt": "a fox [blur]", "weight": 1.0}],
            "steps": 30,
            "cfg_scale": 7.5,
            "seed": 9,
            "width": 512,
            "height": 640,
        },
    }
    oldest = '"a fox [blur]" -s 30 -S 9 -W 512 -H 640 -C 7.5 -A k_lms'
    for chunk in (
        {"invokeai_metadata": json.dumps(new)},
        {"sd-metadata": json.dumps(older)},
        {"Dream": oldest},
    ):
        back = options(png(tmp_path, **chunk))
        assert (back["prompt"], back["negative_prompt"]) == ("a fox", "blur")
        assert (back["steps"], back["guidance"], back["seed"]) == (30, 7.5, 9)
        assert (back["width"], back["height"]) == (512, 640)


@pytest.mark.parametrize(
    "chunks",
    [
        {
            "parameters": json.dumps(
                {"sui_image_params": {"prompt": "an owl", "cfgscale": 5, "images": 1, "seed": 3}}
            )
        },
        {
            "parameters": json.dumps(
                {"prompt": "an owl", "guidance_scale": 5, "seed": "3", "base_model": "x"}
            )
        },
        {"Description": "an owl", "Comment": json.dumps({"uc": "", "scale": 5.0, "seed": 3})},
    ],
)
def test_tools_that_write_json(tmp_path, chunks):
    back = options(png(tmp_path, **chunks))
    assert (back["prompt"], back["guidance"], back["seed"]) == ("an owl", 5, 3)


def test_chunks_behind_the_pixels_are_read(tmp_path):
    path = tmp_path / "late.png"
    path.write_bytes(with_chunks((b"tEXt", b"parameters\0" + FORGE.encode()), after=True))
    assert found_in(path).recipe == FORGE_RECIPE


@pytest.mark.parametrize("name", ["cat.jpg", "rocket.jpg"])
def test_a_photo_has_no_recipe(name):
    assert read(EXAMPLES / name, SETTINGS, []) is None


@pytest.mark.parametrize(
    "text",
    [
        "just a title",
        "a: b, c: d, e: f",
        "a dog\nSteps: 20, Seed: 1",
        "\nSteps: 20, CFG scale: 7, Seed: 1, Size: 512x512",
        "{}",
        "[1, 2, 3]",
        "null",
        "{" * 5000,
        "[" * 100_000,
        '{"prompt": {"prompt": {"prompt": 1}}}',
        '{"prompt": "\\u0000\\ud800"}',
        "x" * 1_000_001,
    ],
)
def test_what_is_no_recipe_is_none_in_any_chunk(tmp_path, text):
    names = ("parameters", "describe_draw", "prompt", "invokeai_metadata", "sd-metadata", "Comment")
    for name in names:
        assert read(png(tmp_path, **{name: text}), SETTINGS, []) is None


ODD = {
    "prompt": "<img src=x onerror=alert(1)>\x00\x1b[31m\ud800 a dog" + "!" * 5000,
    "negative_prompt": ["nested", {"deep": 1}],
    "steps": 10**400,
    "guidance": float("nan"),
    "width": -5,
    "height": "1e300",
    "seed": float("inf"),
    "model": {"name": ["x"]},
    "engine": "<script>alert(1)</script>" * 1000,
    "provider": {"a": {"b": [1] * 1000}},
    "version": float("inf"),
    **{f"key{n}": n for n in range(500)},
}


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
NAMES = ["prompt", "negative_prompt", "steps", "guidance", "width", "height", "seed", "model"]


@hypothesis.given(st.dictionaries(st.sampled_from(NAMES) | st.text(), ANYTHING, max_size=10))
@hypothesis.settings(max_examples=60, deadline=None)
def test_whatever_a_chunk_holds_can_be_drawn_or_is_no_recipe(values):
    text = json.dumps({"prompt": "a dog", **values})
    for name in ("describe_draw", "parameters", "invokeai_metadata", "Comment"):
        found = recognised({name: text})
        fitted = found and fit(found, SETTINGS, ["builtin"])
        if fitted:
            assert fitted.recipe.checked(SETTINGS).steps == fitted.recipe.steps
            json.dumps(fitted.details(), allow_nan=False).encode("utf-8", "strict")


def test_hostile_values_become_a_recipe_that_can_be_drawn(tmp_path):
    found = found_in(png(tmp_path, describe_draw=json.dumps(ODD)))
    recipe = found.recipe
    assert recipe.checked(SETTINGS) == recipe
    assert recipe.prompt.startswith("<img src=x onerror=alert(1)>[31m a dog!")
    assert len(recipe.prompt) == 2000
    assert (recipe.negative_prompt, recipe.steps, recipe.guidance) == ("", 100, 7)
    assert (recipe.width, recipe.height, recipe.seed, recipe.model) == (64, 1024, MAX_SEED, "")
    said = json.dumps([found.options(), found.details()], allow_nan=False).encode("utf-8", "strict")
    assert len(said) < 20_000


BOMB = zlib.compress(b"a" * 50_000_000)


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt"])
@pytest.mark.parametrize("after", [False, True])
def test_a_compressed_bomb_does_no_harm(tmp_path, kind, after):
    head = b"describe_draw\0\0" if kind == b"zTXt" else b"describe_draw\0\1\0\0\0"
    path = tmp_path / "bomb.png"
    path.write_bytes(with_chunks((kind, head + BOMB), after=after))
    try:
        found = read(path, SETTINGS, [])
    except Problem as problem:
        assert problem.name == "not_a_picture"
    else:
        assert found is None or len(found.recipe.prompt) <= 2000


@pytest.mark.parametrize("content", [b"\xff\xfe\x00\x01" * 100, b"\0" * 100, bytes(range(256))])
def test_binary_chunks_do_no_harm(tmp_path, content):
    for name in (b"parameters", b"describe_draw", b"prompt"):
        path = tmp_path / "binary.png"
        path.write_bytes(
            with_chunks((b"tEXt", name + b"\0" + content), (b"eXIf", b"II*\0" + content))
        )
        read(path, SETTINGS, [])


STARTS = ["", "a cat\nSteps: 1, B: 2, C: 3, ", '"a cat" -s 3 ', '"a [b] ', '{"prompt": "a [b] ']
PIECES = [
    "w ", "w:", "w, ", 'D: "', 'D: "\\", ', 'D: "a" b, ', "D:", ":", '"', "\\", "\\\\", " ", "\n",
    "[", " [", "[]", " [a]", "-s ", "-s- ", "- ", "Negative prompt:", "\nTemplate:", "B: 2, C: 3\n",
    '{"a":', '[{"a": 1}, ', "1",
    "\\u0000",
]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", STARTS)
def test_no_text_takes_long_to_read(start, piece):
    text = start + piece * (LONGEST_JSON // len(piece))
    began = time.process_time()
    for name in ("parameters", "Dream", "sd-metadata", "prompt"):
        for whole in (text, json.dumps({"prompt": text, "image": {"prompt": text}})):
            found = recognised({name: whole})
            if found:
                fit(found, SETTINGS, [])
    assert time.process_time() - began < 5


@pytest.mark.parametrize("kind", [b"zTXt", b"iTXt", b"tEXt"])
@pytest.mark.parametrize("piece", [b"w ", b" [", b'D: "'])
def test_a_small_file_of_a_long_text_takes_no_time(tmp_path, kind, piece):
    text = b"a cat\nSteps: 1, B: 2, C: 3, " + piece * (980_000 // len(piece))
    packed = {
        b"tEXt": b"\0" + text,
        b"zTXt": b"\0\0" + zlib.compress(text),
        b"iTXt": b"\0\1\0\0\0" + zlib.compress(text),
    }[kind]
    path = tmp_path / "long.png"
    path.write_bytes(with_chunks((kind, b"parameters" + packed), (kind, b"Dream" + packed)))
    began = time.process_time()
    assert read(path, SETTINGS, []) is None
    assert time.process_time() - began < 2


def test_a_graph_as_large_as_they_get_is_read(tmp_path):
    more = {f"n{n}": {"class_type": "Note", "inputs": {"text": "x" * 900}} for n in range(300)}
    text = json.dumps(COMFYUI | more)
    assert 200_000 < len(text) < LONGEST_JSON
    assert options(png(tmp_path, prompt=text))["prompt"] == "a glass bottle"


@pytest.mark.parametrize(("longer", "is_read"), [(0, True), (1, False)])
def test_only_texts_of_a_recipes_length_are_read(tmp_path, longer, is_read):
    end = "\nSteps: 20, CFG scale: 7, Seed: 1"
    text = "a dog" + "!" * (LONGEST - len("a dog" + end) + longer) + end
    assert (read(png(tmp_path, parameters=text), SETTINGS, []) is not None) == is_read


@pytest.mark.parametrize("depth", [100, 300, 600, 900, 960])
def test_nested_values_are_said_or_left_out(tmp_path, depth):
    for opened, closed in (("[", "]"), ('{"a":', "}")):
        nested = opened * depth + "1" + closed * depth
        text = f'{{"prompt": "a dog", "steps": {nested}, "more": {nested}}}'
        found = read(png(tmp_path, describe_draw=text), SETTINGS, [])
        assert found is None or found.recipe.prompt == "a dog"


def test_a_graph_that_goes_in_circles_ends(tmp_path):
    graph = {
        "1": {"inputs": {"positive": ["2", 0], "negative": ["1", 0], "seed": ["2", 0]}},
        "2": {"inputs": {"text": ["1", 0], "value": ["2", 0]}},
    }
    assert read(png(tmp_path, prompt=json.dumps(graph)), SETTINGS, []) is None


def test_limits_are_the_operators(tmp_path):
    small = settings(max_side=256, max_prompt_chars=10)
    recipe = found_in(png(tmp_path, parameters=FORGE), limits=small).recipe
    assert (recipe.width, recipe.height) == (192, 256)
    assert recipe.prompt == "a lighthou"
    named = png(tmp_path, invokeai_metadata='{"prompt": "a dog"}')
    bare = found_in(named, limits=small).recipe
    assert (bare.width, bare.height) == (256, 256)


@pytest.mark.parametrize("path", [None, ""])
def test_no_file(path):
    with pytest.raises(Problem) as caught:
        read(path, SETTINGS, [])
    assert caught.value.name == "no_picture"
