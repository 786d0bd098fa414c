import asyncio
import json
import threading

import pytest
from PIL import Image

from describe_draw.access import ANONYMOUS
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.game import play_round
from describe_draw.problems import EngineProblem, Problem
from describe_draw.recipe import Recipe
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.threads import cores, in_thread
from describe_draw.turns import visitor
from tests.support import EXAMPLES, Puppet, settings


def studio(tmp_path, *engines):
    chosen = settings()
    return Studio(chosen, Engines(chosen, engines or None), Store(tmp_path))


async def test_a_photo_is_described_offline(tmp_path):
    caption = await studio(tmp_path).describe(EXAMPLES / "cat.jpg")
    assert "cat" in caption.text
    assert caption.credit.engine == "builtin"
    assert 0 < caption.credit.seconds < 60


async def test_a_prompt_is_drawn_into_a_png_with_its_recipe(tmp_path):
    drawn = await studio(tmp_path).draw(Recipe("a dog in a park", "trees", seed=7))
    with Image.open(drawn.path) as picture:
        assert (picture.format, picture.size) == ("PNG", (512, 512))
        assert picture.info["parameters"].startswith("a dog in a park\nNegative prompt: trees\n")
        everything = json.loads(picture.info["describe_draw"])
    assert (everything["seed"], everything["engine"]) == (7, "builtin")
    assert everything["ignored"] == ["steps", "guidance"]
    assert drawn.path.name == "a-dog-in-a-park-7.png"


async def test_the_same_recipe_gives_the_same_file(tmp_path):
    house = studio(tmp_path)
    first, again, other = [
        (await house.draw(Recipe("two cows", seed=seed))).path for seed in (1, 1, 2)
    ]
    assert first != again
    assert first.read_bytes() == again.read_bytes() != other.read_bytes()


async def test_the_game_closes_offline(tmp_path):
    house = studio(tmp_path)
    dog = await house.draw(Recipe("a dog in a park", seed=1))
    played = await play_round(house, str(dog.path), seed=1)
    assert "dog" in played.caption.text
    assert played.drawing.recipe.prompt == played.caption.text


async def test_a_style_that_the_engine_lacks_is_refused_with_those_it_has(tmp_path):
    with pytest.raises(Problem) as caught:
        await studio(tmp_path, Puppet()).describe(EXAMPLES / "cat.jpg", CaptionOptions("detailed"))
    assert "short, tags" in str(caught.value)


async def test_whatever_an_engine_raises_is_its_problem(tmp_path):
    engine = Puppet("builtin")
    engine.seconds = None  # type: ignore[assignment]  # a bug of the engine's own
    with pytest.raises(EngineProblem) as caught:
        await studio(tmp_path, engine).draw(Recipe("a dog"))
    assert caught.value.engine == "builtin"
    assert isinstance(caught.value.__cause__, TypeError)
    assert "built-in engine failed" in str(caught.value)


async def test_at_most_one_thread_a_core_works_and_one_is_left_for_others(tmp_path):
    most, running, lock = 0, 0, threading.Lock()
    done = threading.Event()

    def work():
        nonlocal most, running
        with lock:
            running += 1
            most = max(most, running)
        done.wait(0.05)
        with lock:
            running -= 1

    async def works(name):
        visitor.set(name)
        await in_thread(work)

    await asyncio.gather(*(works("one") for _ in range(4 * cores())))
    assert most == max(1, cores() - 1)
    await asyncio.gather(*(works(name) for name in "ab" * 2 * cores()))
    assert most == cores()


async def test_what_is_cancelled_before_its_turn_never_runs():
    gate = threading.Event()
    ran: list[int] = []
    blockers = [asyncio.ensure_future(in_thread(gate.wait)) for _ in range(cores())]
    waiting = asyncio.ensure_future(in_thread(ran.append, 1))
    await asyncio.sleep(0)
    waiting.cancel()
    await asyncio.wait([waiting])
    gate.set()
    await asyncio.gather(*blockers)
    await in_thread(lambda: None)
    assert ran == []


async def test_first_calls_at_once_load_the_networks_once(tmp_path):
    house = studio(tmp_path)
    calls = [house.describe(EXAMPLES / "coffee.jpg", caller=ANONYMOUS) for _ in range(12)]
    captions = await asyncio.gather(*calls)
    assert len({caption.text for caption in captions}) == 1
