"""Distilled models have step counts of their own, by the model cards that the module names."""

import pytest

from describe_draw.engines.model_families import is_distilled, never_used, steps_of


@pytest.mark.parametrize(
    ("model", "steps"),
    [
        ("black-forest-labs/FLUX.1-schnell", 4),
        ("black-forest-labs/FLUX.2-klein-4B", 4),
        ("Tongyi-MAI/Z-Image-Turbo", 8),
        ("stabilityai/sdxl-turbo", 4),
        ("stabilityai/sd-turbo", 4),
        ("stabilityai/stable-diffusion-3.5-large-turbo", 4),
        ("ByteDance/SDXL-Lightning", 8),
        ("SimianLuo/LCM_Dreamshaper_v7", 8),
        ("latent-consistency/lcm-sdxl", 8),
        ("black-forest-labs/FLUX.1-dev", 25),
        ("black-forest-labs/FLUX.2-klein-base-4B", 25),
        ("Tongyi-MAI/Z-Image", 25),
        ("acme/turbo-diffusion", 25),
    ],
)
def test_a_model_is_asked_for_no_more_steps_than_it_uses(model: str, steps: int) -> None:
    assert steps_of(model, 25) == steps
    assert steps_of(model, 1) == 1


@pytest.mark.parametrize(
    ("model", "unused"),
    [
        ("black-forest-labs/FLUX.1-dev", {"negative_prompt"}),
        ("black-forest-labs/FLUX.1-schnell", {"guidance", "negative_prompt"}),
        ("stabilityai/sdxl-turbo", {"guidance", "negative_prompt"}),
        ("black-forest-labs/FLUX.1-Kontext-dev", {"negative_prompt", "strength"}),
        ("black-forest-labs/FLUX.2-dev", {"negative_prompt", "strength"}),
        ("Qwen/Qwen-Image-Edit-2511", {"strength"}),
        ("latent-consistency/lcm-sdxl", set()),
        ("stabilityai/stable-diffusion-3-medium-diffusers", set()),
    ],
)
def test_what_a_model_has_no_use_for(model: str, unused: set[str]) -> None:
    assert never_used(model) == unused
    assert is_distilled(model) == ("guidance" in unused)
