"""What is asked again is answered from memory: the same for the same, and for who paid for it."""

import asyncio
import json
import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from describe_draw.access import ANONYMOUS, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.engines.base import GeneratedImage
from describe_draw.problems import Problem
from describe_draw.recipe import Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.standin import OPERATOR, VISITOR, StandIn, faults
from tests.standin.endpoints import endpoint_url
from tests.support import EXAMPLES, Puppet, settings

CAT = EXAMPLES / "cat.jpg"
ANOTHER = "hf_another"
REMEMBERED = "note.remembered"


@pytest.fixture
def engine():
    return Puppet()


@pytest.fixture
def house(tmp_path, engine):
    return studio(tmp_path, engine)


def studio(folder: Path, *engines: Puppet, **values: object) -> Studio:
    chosen = settings(**values)
    return Studio(chosen, Engines(chosen, engines or None), Store(folder))


def remembered(answer):
    return REMEMBERED in [note.key for note in answer.credit.notes]


async def test_a_picture_is_known_by_its_content_and_not_by_its_name(house, engine, tmp_path):
    first = await house.describe(CAT)
    renamed = Path(shutil.copy(CAT, tmp_path / "other.jpg"))
    again = await house.describe(renamed)
    assert (remembered(first), remembered(again)) == (False, True)
    assert again.text == first.text
    assert not remembered(await house.describe(EXAMPLES / "coffee.jpg"))
    assert engine.begun == 2


async def test_a_remembered_picture_need_not_be_decoded(house, tmp_path, monkeypatch):
    await house.describe(CAT)
    monkeypatch.setattr("describe_draw.pictures.load", None)
    assert remembered(await house.describe(CAT))


async def test_another_style_is_another_question(house, engine):
    await house.describe(CAT)
    assert not remembered(await house.describe(CAT, CaptionOptions("tags")))
    assert remembered(await house.describe(CAT, model="hub/model"))  # the default, by its name


async def test_another_language_is_another_question(house, engine):
    await house.describe(CAT, CaptionOptions(language="en-GB"))
    assert not remembered(await house.describe(CAT, CaptionOptions(language="zh")))
    assert not remembered(await house.describe(CAT, CaptionOptions(language="zh-TW")))
    assert remembered(await house.describe(CAT))
    assert remembered(await house.describe(CAT, CaptionOptions(language="zh-CN")))
    assert remembered(await house.describe(CAT, CaptionOptions(language="zh-HK")))


async def test_every_option_of_a_drawing_counts(house):
    recipe = Recipe("a dog", "rain", 25, 7, 64, 64, 1)
    assert not remembered(await house.draw(recipe))
    assert remembered(await house.draw(recipe))
    changes: dict[str, Any] = {"prompt": "a cat", "negative_prompt": "", "steps": 4, "guidance": 1}
    changes |= {"width": 128, "height": 128, "seed": 2}
    for name, value in changes.items():
        assert not remembered(await house.draw(replace(recipe, **{name: value}))), name


async def test_a_remembered_drawing_is_a_file_of_its_own(house):
    recipe = Recipe(" a dog ", width=64, height=64, seed=1)
    first, again = await house.draw(recipe), await house.draw(recipe)
    assert first.path.parent != again.path.parent
    assert first.path.read_bytes() == again.path.read_bytes()
    with Image.open(again.path) as picture:
        assert json.loads(picture.info["describe_draw"])["asked"] == "a dog"
    first.path.unlink()  # as it is when the page that had it was closed
    assert (await house.draw(recipe)).path.exists()


async def test_random_and_private_drawings_are_never_remembered(house, engine):
    for _ in range(2):
        assert not remembered(await house.draw(Recipe("a dog", width=64, height=64)))
        private = Recipe("a dog", width=64, height=64, seed=1)
        assert not remembered(await house.draw(private, private=True))
    assert engine.begun == 4


class Careless(Puppet):
    """Follows every option but the seed."""

    async def generate(self, recipe, call) -> GeneratedImage:
        drawn = await super().generate(recipe, call)
        return replace(drawn, credit=replace(drawn.credit, ignored=("seed",)))


async def test_where_the_seed_is_ignored_nothing_is_remembered(tmp_path):
    house = studio(tmp_path, Careless())
    recipe = Recipe("a dog", width=64, height=64, seed=1)
    assert not any([remembered(await house.draw(recipe)) for _ in range(2)])


async def test_a_setting_turns_it_off(tmp_path, engine):
    house = studio(tmp_path, engine, remember=False)
    engine.seconds = 0.1
    await asyncio.gather(house.describe(CAT), house.describe(CAT))
    assert not remembered(await house.describe(CAT))
    assert engine.begun == 3


async def test_equal_captions_at_a_time_are_asked_for_once(house, engine):
    engine.seconds = 0.1
    captions = await asyncio.gather(*(house.describe(CAT) for _ in range(20)))
    assert sorted(map(remembered, captions)) == [False] + [True] * 19
    assert engine.begun == 1


async def test_what_can_not_be_read_is_refused_as_ever(house, tmp_path):
    broken = tmp_path / "broken.jpg"
    broken.write_bytes(b"no picture")
    for picture, name in (
        (broken, "not_a_picture"),
        (tmp_path / "x", "picture_gone"),
        (None, "no_picture"),
    ):
        for _ in range(2):
            with pytest.raises(Problem) as caught:
                await house.describe(picture)
            assert caught.value.name == name


async def test_what_the_operator_paid_for_is_remembered_for_who_pays_nothing(
    standin: StandIn, tmp_path: Path
) -> None:
    house = studio(tmp_path, hf_token=OPERATOR, visitor_limit="1/day")
    somebody, another = Caller(address="192.0.2.1"), Caller(address="192.0.2.2")
    assert not remembered(await house.describe(CAT, caller=somebody))
    assert remembered(await house.describe(CAT, caller=another))
    assert remembered(await house.describe(CAT, caller=somebody))  # beyond their limit, at no cost
    assert not remembered(await house.describe(EXAMPLES / "coffee.jpg", caller=another))
    with pytest.raises(Problem, match="all your calls"):
        await house.describe(EXAMPLES / "coffee.jpg", CaptionOptions("tags"), caller=another)
    assert len(standin.calls_to("chat")) == 2


async def test_what_a_visitor_paid_for_is_theirs_alone(standin: StandIn, tmp_path: Path) -> None:
    house = studio(tmp_path, hf_token=OPERATOR)
    standin.accounts[ANOTHER] = standin.accounts[VISITOR]
    mine = Caller(VISITOR, address="account 1")
    assert not remembered(await house.describe(CAT, caller=mine))
    assert not remembered(await house.describe(CAT, caller=ANONYMOUS))
    assert not remembered(await house.describe(CAT, caller=Caller(ANOTHER, address="account 2")))
    assert remembered(await house.describe(CAT, caller=mine))
    tokens = [call.token for call in standin.calls_to("chat")]
    assert tokens == [VISITOR, OPERATOR, ANOTHER]


async def test_a_model_that_stood_in_is_not_remembered_for_the_one_that_was_asked(
    standin: StandIn, tmp_path: Path
) -> None:
    house = studio(tmp_path, hf_token=OPERATOR)
    served = standin.models["Tongyi-MAI/Z-Image-Turbo"].providers
    standin.models["Tongyi-MAI/Z-Image-Turbo"].providers = {}
    recipe = Recipe("a dog", width=64, height=64, seed=1)
    drawn = await house.draw(recipe)
    assert drawn.recipe.model == "black-forest-labs/FLUX.1-schnell"
    assert not remembered(await house.draw(recipe))
    standin.models["Tongyi-MAI/Z-Image-Turbo"].providers = served


async def test_a_failure_is_told_to_all_and_asked_again_next_time(
    standin: StandIn, tmp_path: Path
) -> None:
    house = studio(tmp_path, hf_token=OPERATOR, hf_api_itt_base=endpoint_url("itt-json"))
    standin.script("endpoint", faults.bad_request("no"), faults.bad_request("no"))
    calls = [house.describe(CAT) for _ in range(5)]
    failures = await asyncio.gather(*calls, return_exceptions=True)
    assert {type(failure).__name__ for failure in failures} == {"EngineProblem"}
    asked = len(standin.calls_to("endpoint"))
    assert not remembered(await house.describe(CAT))
    assert len(standin.calls_to("endpoint")) == asked + 1
