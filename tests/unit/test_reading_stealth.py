"""Recipes that tools hide in the pixels ("stealth pnginfo"), read where a file has no text.

Sources: ashen-sensored/sd_webui_stealth_pnginfo, scripts/stealth_pnginfo.py at b58ed5f (Forge's
modules/stealth_infotext.py writes alike); NovelAI/novelai-image-metadata, nai_meta.py at 3d9c7b7;
SwarmUI, src/Utils/MetadataHelper.cs at 062407c; catboxanon/comfyui_stealth_pnginfo, stealth.py at
726de7e.
"""

import gzip
import itertools
import json
import tracemalloc

import numpy as np
import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from sd_parsers import Eagerness, ParserManager

from describe_draw.reading import read
from describe_draw.reading.stealth import hidden_in
from describe_draw.reading.texts import LONGEST_JSON
from describe_draw.recipe import Recipe
from tests.support import EXAMPLES, settings

SETTINGS = settings()

TEXT = """a lighthouse, 灯塔
Negative prompt: people
Steps: 28, Sampler: Euler a, CFG scale: 6.5, Seed: 1234567, Size: 512x768, Model: some-model"""

RECIPE = Recipe("a lighthouse, 灯塔", "people", 28, 6.5, 512, 768, 1234567)

CHANNELS = {"png": (3,), "rgb": (0, 1, 2)}


def picture(mode="RGBA", size=(96, 64)):
    with Image.open(EXAMPLES / "bird.png") as example:
        return example.convert("RGB").resize(size).convert(mode)


def hidden(content, signature="stealth_pngcomp", size=(96, 64), bits=None):
    """A picture whose lowest bits are a signature, the content's length in bits, and the content.

    They go down the columns from the left, through the channels of a pixel before the next one.
    """
    where = signature.removeprefix("stealth_")[:3]
    pixels = np.array(picture("RGB" if where == "rgb" else "RGBA", size))
    length = len(content) * 8 if bits is None else bits
    message = signature.encode() + length.to_bytes(4, "big") + content
    places = itertools.product(range(size[0]), range(size[1]), CHANNELS[where])
    bits_of_all = "".join(f"{byte:08b}" for byte in message)
    for bit, (x, y, channel) in zip(bits_of_all, places, strict=False):
        pixels[y, x, channel] = pixels[y, x, channel] & 254 | int(bit)
    return Image.fromarray(pixels)


def saved(tmp_path, drawn, ending="png", **options):
    path = tmp_path / f"picture.{ending}"
    drawn.save(path, **options)
    return path


def found_in(path):
    found = read(path, SETTINGS, [])
    assert found is not None
    return found


@pytest.mark.parametrize("where", ["png", "rgb"])
@pytest.mark.parametrize("size", [(96, 64), (61, 101), (1500, 3), (5, 400)])
def test_what_the_web_ui_hides_in_alpha_or_colours_is_read(tmp_path, where, size):
    for kind, content in (("info", TEXT.encode()), ("comp", gzip.compress(TEXT.encode()))):
        path = saved(tmp_path, hidden(content, f"stealth_{where}{kind}", size))
        assert found_in(path).recipe == RECIPE
        assert found_in(path).format == "AUTOMATIC1111"


def test_a_reader_of_other_people_reads_these_pictures_alike(tmp_path):
    path = saved(tmp_path, hidden(gzip.compress(TEXT.encode())))
    said = ParserManager(eagerness=Eagerness.EAGER).parse(path)
    assert said is not None
    assert [prompt.value for prompt in said.prompts] == [RECIPE.prompt]
    assert said.samplers[0].parameters["seed"] == "1234567"


@pytest.mark.parametrize("lossless", [True, False])
def test_webp_keeps_the_alpha_channel(tmp_path, lossless):
    path = saved(tmp_path, hidden(gzip.compress(TEXT.encode())), "webp", lossless=lossless)
    assert found_in(path).recipe == RECIPE


NOVELAI = {
    "Description": "a fox, watercolor",
    "Software": "NovelAI",
    "Source": "NovelAI Diffusion V4.5 4BDE2A90",
    "Generation time": "4.1",
    "Comment": json.dumps(
        {
            "prompt": "a fox, watercolor",
            "steps": 28,
            "height": 768,
            "width": 512,
            "scale": 5.0,
            "seed": 99,
            "sampler": "k_euler_ancestral",
            "uc": "lowres",
            "v4_prompt": {"caption": {"base_caption": "a fox, watercolor"}},
        }
    ),
}
COMFYUI = {
    "prompt": json.dumps(
        {
            "3": {
                "class_type": "KSampler",
                "inputs": {
                    "seed": 99,
                    "steps": 28,
                    "cfg": 5,
                    "positive": ["6", 0],
                    "negative": ["7", 0],
                    "latent_image": ["5", 0],
                },
            },
            "5": {"class_type": "EmptyLatentImage", "inputs": {"width": 512, "height": 768}},
            "6": {"class_type": "CLIPTextEncode", "inputs": {"text": "a fox, watercolor"}},
            "7": {"class_type": "CLIPTextEncode", "inputs": {"text": "lowres"}},
        }
    ),
    "workflow": json.dumps({"nodes": []}),
}
SWARMUI = {
    "sui_image_params": {
        "prompt": "a fox, watercolor",
        "negativeprompt": "lowres",
        "steps": 28,
        "cfgscale": 5.0,
        "seed": 99,
        "width": 512,
        "height": 768,
    },
    "sui_extra_data": {"date": "2026-08-21"},
}


@pytest.mark.parametrize(
    ("values", "tool"), [(NOVELAI, "NovelAI"), (COMFYUI, "ComfyUI"), (SWARMUI, "JSON")]
)
def test_json_of_other_tools_is_read_as_in_their_chunks(tmp_path, values, tool):
    path = saved(tmp_path, hidden(gzip.compress(json.dumps(values).encode())))
    found = found_in(path)
    assert found.recipe == Recipe("a fox, watercolor", "lowres", 28, 5, 512, 768, 99)
    assert found.format == tool


def test_the_files_own_text_comes_first(tmp_path):
    info = PngInfo()
    info.add_text("parameters", TEXT.replace("lighthouse", "windmill"))
    path = saved(tmp_path, hidden(gzip.compress(TEXT.encode())), pnginfo=info)
    assert found_in(path).recipe.prompt == "a windmill, 灯塔"


@pytest.mark.parametrize("mode", ["RGBA", "RGB", "LA", "L", "P"])
@pytest.mark.parametrize("size", [(1, 1), (7, 7), (200, 1), (96, 64)])
def test_a_picture_that_hides_nothing_has_no_recipe(tmp_path, mode, size):
    assert read(saved(tmp_path, picture(mode, size)), SETTINGS, []) is None


PACKED = gzip.compress(TEXT.encode())


@pytest.mark.parametrize(
    "drawn",
    [
        hidden(b""),
        hidden(PACKED, bits=0),
        hidden(PACKED, bits=2**32 - 1),
        hidden(PACKED, bits=8 * LONGEST_JSON + 8),
        hidden(PACKED, "stealth_pngzstd"),
        hidden(PACKED, "stealth_pnginfo"),
        hidden(PACKED[:-40]),
        hidden(b"\x1f\x8b\x08" + bytes(200)),
        hidden(TEXT.encode()),
        hidden(b"\xff\xfe" * 50, "stealth_pnginfo"),
        hidden(PACKED, size=(16, 16)),
        hidden(TEXT.encode(), "stealth_pnginfo", size=(33, 33)),
        hidden(b"", size=(19, 8)),
    ],
)
def test_what_is_damaged_or_lies_is_no_recipe(tmp_path, drawn):
    assert read(saved(tmp_path, drawn), SETTINGS, []) is None


def test_a_file_that_is_cut_short_hides_nothing(tmp_path):
    path = saved(tmp_path, hidden(PACKED))
    whole = path.read_bytes()
    for length in range(200, len(whole), len(whole) // 20):
        path.write_bytes(whole[:length])
        read(path, SETTINGS, [])


@pytest.mark.parametrize(("longer", "is_read"), [(0, True), (1, False)])
@pytest.mark.parametrize("kind", ["info", "comp"])
def test_texts_have_a_longest_length(tmp_path, kind, longer, is_read):
    text = "a" * (5000 + longer)
    content = gzip.compress(text.encode()) if kind == "comp" else text.encode()
    with Image.open(saved(tmp_path, hidden(content, f"stealth_png{kind}", (300, 200)))) as drawn:
        assert hidden_in(drawn, 5000) == (text if is_read else "")


def test_a_bomb_is_not_unpacked(tmp_path):
    bomb = hidden(gzip.compress(b"a" * 20_000_000), size=(500, 400))
    with Image.open(saved(tmp_path, bomb)) as drawn:
        drawn.load()
        tracemalloc.start()
        assert hidden_in(drawn, LONGEST_JSON) == ""
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 10_000_000
