"""Every family of transformers' models that describe is asked in its own terms."""

import importlib

import pytest
from PIL import Image
from transformers import AutoProcessor
from transformers.models.florence2.processing_florence2 import Florence2Processor
from transformers.utils import import_utils

from describe_draw.access import ANONYMOUS
from describe_draw.caption_options import STYLES, CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.local import Local
from describe_draw.engines.local.kinds import TASK_PROMPTS
from describe_draw.engines.local.problems import package_of
from describe_draw.problems import Problem
from tests.local import tiny_describers
from tests.support import settings

RED = Image.new("RGB", (80, 60), "red")
CAN = {
    "tiny-vit-gpt2": ("short",),
    "tiny-blip-2": ("short",),
    "tiny-git": ("short",),
    "tiny-florence-2": ("short", "detailed"),
    "tiny-paligemma": ("short",),
    "tiny-qwen3-vl": STYLES,
    "tiny-smolvlm2": STYLES,
}
"""By the models' cards at the Hub: what they can be told."""


@pytest.fixture(scope="module")
def describers(tmp_path_factory):
    folder = tmp_path_factory.mktemp("describers")
    return {name: str(tiny_describers.saved(name, folder)) for name in tiny_describers.FAMILIES}


@pytest.mark.parametrize("name", CAN)
async def test_each_family_describes_in_the_styles_that_it_has(name, describers):
    engine = Local(settings(local_device="cpu", local_caption_model=describers[name]))
    (can,) = engine.capabilities("describe", ANONYMOUS)
    assert can.styles == CAN[name]
    for style in can.styles:
        assert (await engine.caption(RED, CaptionOptions(style), Call(""))).text
    for style in set(STYLES) - set(can.styles):
        with pytest.raises(Problem, match=f"choose one of {', '.join(can.styles)}"):
            await engine.caption(RED, CaptionOptions(style), Call(""))


async def test_the_documentations_example_describes_in_all_styles(idefics3):
    """SmolVLM-256M-Instruct is an Idefics3."""
    engine = Local(settings(local_device="cpu", local_caption_model=idefics3))
    for style in STYLES:
        assert (await engine.caption(RED, CaptionOptions(style), Call(""))).text


@pytest.mark.parametrize(
    ("model", "styles"),
    [
        ("nlpconnect/vit-gpt2-image-captioning", ("short",)),
        ("florence-community/Florence-2-base", ("short", "detailed")),
        ("google/paligemma2-3b-mix-224", ("short",)),
        ("Salesforce/blip2-opt-2.7b", ("short",)),
        ("Qwen/Qwen3-VL-2B-Instruct", STYLES),
    ],
)
def test_their_names_tell_before_their_files_are_here(model, styles):
    engine = Local(settings(local_device="cpu", local_caption_model=model))
    assert engine.capabilities("describe", ANONYMOUS)[0].styles == styles


def test_florence_2_knows_the_tasks_that_it_is_given(describers):
    """Its own processor puts them into words."""
    processor = AutoProcessor.from_pretrained(describers["tiny-florence-2"])
    assert isinstance(processor, Florence2Processor)
    assert set(TASK_PROMPTS["florence2"].values()) <= set(processor.task_prompts_without_inputs)


def without(monkeypatch, backend):
    """As transformers finds it where a package isn't installed."""
    _, said = import_utils.BACKENDS_MAPPING[backend]
    monkeypatch.setitem(import_utils.BACKENDS_MAPPING, backend, (lambda: False, said))


async def test_a_package_that_a_processor_misses_is_named(describers, monkeypatch):
    monkeypatch.setattr("transformers.models.smolvlm.processing_smolvlm.num2words", None)
    folder = describers["tiny-smolvlm2"] + "/."  # loaded anew
    engine = Local(settings(local_device="cpu", local_caption_model=folder))
    with pytest.raises(Problem) as caught:
        await engine.caption(RED, CaptionOptions(), Call(""))
    assert str(caught.value) == (
        "tiny-smolvlm2 needs the Python package num2words, which is missing or doesn't fit: "
        "ask the operator to install it (on a Space, by a line in requirements.txt)."
    )


@pytest.mark.parametrize(
    ("backend", "package"),
    [("torchvision", "torchvision"), ("sentencepiece", "sentencepiece"), ("bs4", "beautifulsoup4")],
)
def test_packages_are_named_as_pip_knows_them(backend, package, monkeypatch):
    without(monkeypatch, backend)
    with pytest.raises(ImportError) as caught:
        import_utils.requires_backends(Florence2Processor, [backend])
    assert package_of(caught.value) == package


def test_a_failed_import_is_named_by_the_package():
    with pytest.raises(ImportError) as caught:
        importlib.import_module("no_such_package.part")
    assert package_of(caught.value) == "no_such_package"
    assert package_of(ImportError("/home/me/model.so: undefined symbol")) == ""
