"""Tiny models in folders, made once."""

import pytest

from tests.local import tiny, tiny_describers, tiny_drawers


@pytest.fixture(scope="session")
def models(tmp_path_factory):
    return tmp_path_factory.mktemp("models")


@pytest.fixture(scope="session")
def blip(models):
    return str(tiny.blip(models / "tiny-blip"))


@pytest.fixture(scope="session")
def vision_language(models):
    return str(tiny.vision_language(models / "tiny-llava"))


@pytest.fixture(scope="session")
def stable_diffusion(models):
    return str(tiny.stable_diffusion(models / "tiny-diffusion"))


@pytest.fixture(scope="session")
def idefics3(models):
    return str(tiny.idefics3(models / "tiny-smol"))


@pytest.fixture(scope="session")
def qwen_3_vl(models):
    return str(tiny_describers.saved("tiny-qwen3-vl", models))


@pytest.fixture(params=tiny_drawers.FAMILIES)
def drawer(request, tmp_path):
    return str(tiny_drawers.saved(request.param, tmp_path))


@pytest.fixture(scope="session")
def z_image(models):
    return str(tiny.z_image(models / "Tiny-Z-Image-Turbo"))
