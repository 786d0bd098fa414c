import pytest

from describe_draw.engines.calling.scripts import is_foreign


@pytest.mark.parametrize(
    "prompt", ["一只蓝色的鸟", "Синяя птица", "青い鳥 4k", "طائر أزرق", "파란 새"]
)
def test_other_scripts_are_foreign(prompt: str) -> None:
    assert is_foreign(prompt)


@pytest.mark.parametrize(
    "prompt", ["a blue bird", "ein Vögelchen", "", "42", "a 鸟 in the sky", "🦊"]
)
def test_latin_is_not(prompt: str) -> None:
    assert not is_foreign(prompt)
