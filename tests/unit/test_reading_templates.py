"""SD.Next and Dynamic Prompts also write down the prompts as they were typed; these are no prompts.

Sources: SD.Next (vladmandic/sdnext), modules/processing_info.py at 058a7f0, which writes both
templates between the prompts and the settings since a56d1d2 of May 2026, and modules/infotext.py,
which reads them. Dynamic Prompts (adieyal/sd-dynamic-prompts), sd_dynamic_prompts/pnginfo_saver.py:
behind the settings until 34ec7fd of December 2023, since then among the settings.
"""

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from describe_draw.reading import read
from describe_draw.reading.formats import recognised
from describe_draw.recipe import Recipe
from tests.support import settings

SETTINGS = (
    "Steps: 24, Size: 512x768, Sampler: UniPC, Scheduler: UniPCMultistepScheduler, Seed: 27182, "
    'CFG scale: 6, Styles: "Oil; Hats", App: SD.Next, Version: 058a7f0, '
    "Pipeline: StableDiffusionXLPipeline, Operations: txt2img, Model: some-model"
)


def found_in(*lines):
    found = recognised({"parameters": "\n".join(lines)})
    assert found is not None
    return found


def prompts(found):
    return found.options["prompt"], found.options["negative_prompt"]


def test_a_file_of_sdnext(tmp_path):
    info = PngInfo()
    lines = [
        "a cat in a red hat, oil on canvas",
        "Negative prompt: blurry, text",
        "Template: a cat in a {red|blue} hat",
        "Negative template: blurry",
        SETTINGS,
    ]
    info.add_text("parameters", "\n".join(lines))
    path = tmp_path / "picture.png"
    Image.new("RGB", (64, 64)).save(path, pnginfo=info)
    found = read(path, settings(), ["some-model"])
    assert found is not None
    assert found.recipe == Recipe(
        "a cat in a red hat, oil on canvas", "blurry, text", 24, 6, 512, 768, 27182, "some-model"
    )
    assert found.changed == {}
    details = found.details()
    assert details["Template"] == "a cat in a {red|blue} hat"
    assert details["Negative template"] == "blurry"
    assert (details["App"], details["Styles"]) == ("SD.Next", "Oil; Hats")


TYPED = ("Template: a boat", "", "of __stuff__")


@pytest.mark.parametrize("negative", [("Negative prompt: ",), ()])
def test_a_template_of_several_lines_ends_the_prompts(negative):
    """The shape of 19 pictures in SD.Next's models/Reference; older ones have no empty line."""
    found = found_in("a boat", "", "of paper", *negative, *TYPED, SETTINGS)
    assert prompts(found) == ("a boat\n\nof paper", "")
    assert found.more["Template"] == "a boat\n\nof __stuff__"


def test_a_negative_template_comes_alone_too():
    found = found_in("a boat", "Negative prompt: text", "Negative template: __bad__", SETTINGS)
    assert prompts(found) == ("a boat", "text")
    assert found.more["Negative template"] == "__bad__"
    assert "Template" not in found.more


DYNAMIC = (
    "Steps: 35, Sampler: Heun, CFG scale: 9, Seed: 77777, Size: 640x640, Model hash: d8691b4d16"
)


@pytest.mark.parametrize(
    "ending",
    [
        [DYNAMIC, "Template: a __pet__", "Negative Template: __bad__"],
        [DYNAMIC, "Template:a __pet__", "Negative Template:__bad__"],
        [DYNAMIC + ", Template: a __pet__, Negative Template: __bad__"],
    ],
)
@pytest.mark.parametrize("negative", [[], ["Negative prompt: text,", "people"]])
def test_files_of_dynamic_prompts(negative, ending):
    found = found_in("a dog", *negative, *ending)
    assert prompts(found) == ("a dog", "text,\npeople" if negative else "")
    assert found.options["seed"] == "77777"
    assert found.more["Template"] == "a __pet__"
    assert found.more["Negative Template"] == "__bad__"


def test_the_word_within_a_line_is_part_of_the_prompt():
    found = found_in(
        "a sheet of paper, Template: blank",
        "Negative prompt: watermark,",
        "stock photo, Template: resume, Negative template: none",
        SETTINGS,
    )
    assert prompts(found) == (
        "a sheet of paper, Template: blank",
        "watermark,\nstock photo, Template: resume, Negative template: none",
    )
    assert "Template" not in found.more


def test_a_line_of_the_prompt_before_a_negative_one_is_no_template():
    found = found_in("a sheet of paper", "Template: blank", "Negative prompt: text", SETTINGS)
    assert prompts(found) == ("a sheet of paper\nTemplate: blank", "text")


def test_other_lines_behind_the_settings_are_no_recipe():
    """AUTOMATIC1111's web UI takes the last line for the settings, and these for a prompt."""
    assert recognised({"parameters": f"a dog\n{SETTINGS}\nand a cat"}) is None
