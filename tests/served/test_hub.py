"""The unmodified app against the stand-in for the Hub, called as visitors call it."""

import asyncio
import base64
import io
import json
from collections.abc import Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from gradio_client import Client, handle_file
from gradio_client.exceptions import AppError
from PIL import Image

from tests.standin import OPERATOR, VISITOR, StandIn, faults
from tests.standin.router import attached
from tests.support import EXAMPLES, App, serving
from tests.visitors import visitor
from tests.waiting import until, wait_until

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
Z_IMAGE, DEV = "Tongyi-MAI/Z-Image-Turbo", "black-forest-labs/FLUX.1-dev"
KONTEXT = "black-forest-labs/FLUX.1-Kontext-dev"
CAT = EXAMPLES / "cat.jpg"
HOSTS = {"huggingface.co:443", "router.huggingface.co:443", "v3.fal.media:443"}


@pytest.fixture(scope="module")
def app(running_standin: StandIn, tmp_path_factory: pytest.TempPathFactory) -> Iterator[App]:
    """The app with the operator's token."""
    running_standin.reset()
    folder = tmp_path_factory.mktemp("hub")
    with serving(
        folder, **running_standin.environment(), REQUEST_TIMEOUT="30", REMEMBER="false"
    ) as app:
        assert not running_standin.calls, "nothing is asked before somebody asks"
        yield app


@pytest.fixture
def hub(running_standin: StandIn) -> StandIn:
    running_standin.reset()
    return running_standin


@pytest.fixture
def client(app: App) -> Client:
    return Client(app.url, verbose=False)


@pytest.fixture(scope="module")
def photo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A 12-megapixel photo as phones take it: much detail, lying on its side."""
    path = tmp_path_factory.mktemp("photo") / "photo.jpg"
    with Image.open(EXAMPLES / "astronaut.jpg") as picture:
        large = picture.convert("RGB").resize((4032, 3024), Image.Resampling.BICUBIC)
        noise = Image.effect_noise(large.size, 60).convert("RGB")
        exif = Image.Exif()
        exif[0x0112] = 6
        Image.blend(large, noise, 0.1).save(path, quality=90, exif=exif)
    return path


def test_the_hub_describes(hub: StandIn, client: Client) -> None:
    assert "picture of" in client.predict(handle_file(CAT), api_name="/caption")
    assert hub.calls_to("chat")[0].token == OPERATOR


def test_the_hub_describes_in_a_language(hub: StandIn, client: Client) -> None:
    async def describe(asked: dict[str, Any]) -> str:
        words = asked["messages"][-1]["content"][1]["text"]
        return "好的，以下是描述：\n\n一只灰色的猫。" if "Simplified Chinese" in words else "a cat"

    hub.reply = describe
    assert client.predict(handle_file(CAT), api_name="/caption") == "a cat"
    said = client.predict(handle_file(CAT), language="zh-CN", api_name="/caption")
    assert said == "一只灰色的猫。"


def test_the_hub_draws(hub: StandIn, client: Client) -> None:
    path, seed = client.predict("a red door", width=256, seed=7, api_name="/generate")
    with Image.open(path) as picture:
        assert (seed, picture.size) == (7, (256, 512))
        recipe = json.loads(picture.info["describe_draw"])
    assert (recipe["engine"], recipe["provider"], recipe["model"]) == ("hub", "fal-ai", Z_IMAGE)
    assert recipe["ignored"] == ["guidance"]


def test_any_configured_model_can_be_named(hub: StandIn, client: Client) -> None:
    assert client.predict("a door", model=DEV, api_name="/draw")
    assert hub.calls_to("together")
    with pytest.raises(AppError, match="choose one of Tongyi-MAI"):
        client.predict("a door", model="acme/image_generator", api_name="/draw")


def test_a_translated_prompt_is_what_the_recipe_keeps(hub: StandIn, client: Client) -> None:
    async def translate(_: object) -> str:
        return "a blue bird"

    hub.reply = translate
    with Image.open(client.predict("一只蓝色的鸟", model=DEV, api_name="/draw")) as picture:
        recipe = json.loads(picture.info["describe_draw"])
        assert picture.info["parameters"].startswith("a blue bird\n")
    assert (recipe["prompt"], recipe["asked"]) == ("a blue bird", "一只蓝色的鸟")


def test_what_a_model_writes_stays_as_it_was_written(hub: StandIn, client: Client) -> None:
    code = "```python\ndef __init__(self):\n    self.x = 2 ** 3\n```"

    async def think_and_write(_: object) -> str:
        return f"<think>\nIn Python?\n</think>\n\n{code}"

    hub.reply = think_and_write
    assert client.predict("How do I begin a class?", api_name="/ask") == code


def test_the_whole_round(hub: StandIn, client: Client) -> None:
    caption, path = client.predict(handle_file(CAT), api_name="/describe_and_generate")
    assert hub.calls_to("fal")[0].json()["prompt"] == caption
    assert Path(path).exists()


def test_status_tells_who_answers_and_who_pays(hub: StandIn, app: App) -> None:
    status = Client(app.url, verbose=False).predict(api_name="/status")
    assert {task: row["engine"] for task, row in status.items()} == {
        "describe": "hub",
        "draw": "hub",
        "edit": "hub",
        "write": "hub",
    }
    assert {row["payer"] for row in status.values()} == {"operator"}
    mine = Client(app.url, verbose=False, oauth_token=VISITOR).predict(api_name="/status")
    assert {row["payer"] for row in mine.values()} == {"visitor"}


def test_a_12_megapixel_photo_leaves_small_and_upright(
    hub: StandIn, client: Client, photo: Path
) -> None:
    client.predict(handle_file(photo), api_name="/caption")
    sent = hub.calls_to("chat")[0]
    assert len(sent.body) < 200_000 * 4 / 3
    jpeg = next(iter(attached(sent.json())))
    assert len(jpeg) < 200_000
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (576, 768))


def test_a_photo_is_edited_upright_and_in_the_size_of_the_drawing(
    hub: StandIn, client: Client, photo: Path
) -> None:
    path, seed = client.predict(handle_file(photo), "make it blue", seed=3, api_name="/edit")
    sent = hub.calls_to("fal_edit")[0]
    assert (sent.json()["prompt"], sent.json()["seed"], sent.token) == ("make it blue", 3, OPERATOR)
    jpeg = base64.b64decode(sent.json()["image_url"].partition(",")[2])
    assert len(jpeg) < 200_000
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (576, 768))
    with Image.open(path) as picture:
        recipe = json.loads(picture.info["describe_draw"])
        assert picture.size == (576, 768)
    assert (recipe["model"], recipe["provider"]) == (KONTEXT, "fal-ai")
    assert (recipe["ignored"], seed) == (["strength"], 3)


def test_a_callers_token_pays_for_the_caller(hub: StandIn, app: App) -> None:
    client = Client(app.url, verbose=False, oauth_token=VISITOR)
    client.predict(handle_file(CAT), api_name="/caption")
    client.predict("a door", api_name="/draw")
    assert {call.token for call in hub.calls if call.route != "picture"} == {VISITOR}


def test_a_token_in_the_body_of_a_rest_call_pays(hub: StandIn, app: App) -> None:
    body = {"prompt": "a door", "oauth_token": VISITOR}
    event = httpx.post(f"{app.url}/gradio_api/call/v2/draw", json=body).json()["event_id"]
    answer = httpx.get(f"{app.url}/gradio_api/call/draw/{event}", timeout=30).text
    assert "event: complete" in answer
    assert hub.calls_to("fal")[0].token == VISITOR


def test_a_token_that_is_none_is_never_sent(hub: StandIn, app: App) -> None:
    client = Client(app.url, verbose=False, oauth_token="mock-oauth-token-for-local-dev")
    client.predict("a door", api_name="/draw")
    assert hub.calls_to("fal")[0].token == OPERATOR


def test_used_up_credits_leave_the_built_in_engine(hub: StandIn, client: Client) -> None:
    hub.accounts[OPERATOR].has_credit = False
    with pytest.raises(AppError, match=r"credits .* are used up: sign in .* built-in engine"):
        client.predict(handle_file(CAT), api_name="/caption")
    assert "cat" in client.predict(handle_file(CAT), model="builtin", api_name="/caption")


def test_stopping_ends_the_call_upstream(hub: StandIn, client: Client) -> None:
    hub.script("chat", faults.slow(60))
    job = client.submit(handle_file(CAT), api_name="/caption")
    wait_until(lambda: hub.calls_to("chat"))
    job.cancel()
    wait_until(lambda: hub.calls_to("chat")[0].left)


async def describe(http: httpx.AsyncClient, url: str, uploaded: str) -> bool:
    body = {"image": {"path": uploaded, "meta": {"_type": "gradio.FileData"}}}
    event = (await http.post(f"{url}/gradio_api/call/v2/caption", json=body)).json()["event_id"]
    return "event: complete" in (await http.get(f"{url}/gradio_api/call/caption/{event}")).text


async def upload(http: httpx.AsyncClient, url: str) -> str:
    files = {"files": ("cat.jpg", CAT.read_bytes(), "image/jpeg")}
    return str((await http.post(f"{url}/gradio_api/upload", files=files)).json()[0])


async def test_fifty_visitors_are_answered_side_by_side(hub: StandIn, app: App) -> None:
    async def once_all_have_asked(_: object) -> str:
        await until(lambda: len(hub.calls_to("chat")) == 50)
        return "a cat"

    hub.reply = once_all_have_asked
    async with AsyncExitStack() as stack:
        visitors = [await stack.enter_async_context(visitor(app.url, n + 1)) for n in range(50)]
        uploaded = await upload(visitors[0], app.url)
        answers = await asyncio.gather(*(describe(http, app.url, uploaded) for http in visitors))
    assert all(answers)


async def test_a_slow_model_delays_nobody_else(hub: StandIn, app: App) -> None:
    async with httpx.AsyncClient(timeout=60) as http:
        uploaded = await upload(http, app.url)
        hub.script("chat", faults.slow(20))
        slow = asyncio.create_task(describe(http, app.url, uploaded))
        await until(lambda: hub.calls_to("chat"))
        assert all(await asyncio.gather(*(describe(http, app.url, uploaded) for _ in range(5))))
        assert not slow.done()
        slow.cancel()


def test_only_the_hubs_hosts_are_called(hub: StandIn, client: Client) -> None:
    client.predict("a door", api_name="/draw")
    client.predict(handle_file(CAT), api_name="/caption")
    assert set(hub.tunnel.hosts) <= HOSTS
    assert {call.route for call in hub.calls} <= {"model_info", "chat", "fal", "picture"}


@pytest.mark.parametrize("stuck", ["model_info", "picture"])
async def test_a_stuck_look_up_or_download_delays_nobody_else(
    hub: StandIn, app: App, stuck: str
) -> None:
    async def draw(http: httpx.AsyncClient, model: str) -> str:
        body = {"prompt": "a door", "model": model, "oauth_token": VISITOR}
        posted = await http.post(f"{app.url}/gradio_api/call/v2/draw", json=body)
        event = posted.json()["event_id"]
        return (await http.get(f"{app.url}/gradio_api/call/draw/{event}")).text

    third = "stabilityai/stable-diffusion-3-medium-diffusers"
    async with httpx.AsyncClient(timeout=60) as http:
        assert "complete" in await draw(http, DEV)
        hub.script_always(stuck, faults.slow(60))
        model = Z_IMAGE if stuck == "picture" else third
        slow = [asyncio.create_task(draw(http, model)) for _ in range(20)]
        await until(lambda: hub.calls_to(stuck))
        assert "complete" in await draw(http, DEV)
        assert not any(task.done() for task in slow)
        for task in slow:
            task.cancel()
    hub.reset()
    hub.hang_up()  # so that nothing stuck keeps a turn from the next test, or the app from ending
