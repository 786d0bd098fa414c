"""The Hub engine against the stand-in: what it asks, whom, and what it makes of the answers."""

import asyncio
import base64
import io
from collections.abc import AsyncIterator

import pytest
from PIL import Image

from describe_draw import pictures
from describe_draw.access import ANONYMOUS, Access, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.hub import Hub
from describe_draw.problems import EngineProblem, Problem
from describe_draw.recipe import Recipe
from describe_draw.settings import SettingsError
from describe_draw.texts import Message, message
from tests.standin import OPERATOR, VISITOR, StandIn, faults
from tests.standin.hub import Model
from tests.support import EXAMPLES, settings
from tests.waiting import until

BLIP = "Salesforce/blip-image-captioning-base"
VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
Z_IMAGE = "Tongyi-MAI/Z-Image-Turbo"
SCHNELL, DEV = "black-forest-labs/FLUX.1-schnell", "black-forest-labs/FLUX.1-dev"
SD3 = "stabilityai/stable-diffusion-3-medium-diffusers"
RED = Image.new("RGB", (640, 480), (205, 40, 40))
RECIPE = Recipe("a blue bird", "trees", 25, 7, 256, 128, 42)


def make_hub(**values: object) -> Hub:
    chosen = settings(**{"hf_token": OPERATOR, "request_timeout": 5, **values})
    return Hub(chosen, Access(chosen))


@pytest.fixture
async def hub(standin: StandIn) -> AsyncIterator[Hub]:
    hub = make_hub()
    yield hub
    await hub.close()


def serve_blip(standin: StandIn) -> None:
    standin.models[BLIP] = Model("image-to-text", {"hf-inference": (BLIP, "image-to-text")})


async def test_a_served_caption_model_describes(standin: StandIn, hub: Hub) -> None:
    serve_blip(standin)
    caption = await hub.caption(RED, CaptionOptions(), Call(BLIP))
    assert caption.text == "a red picture of 640 by 480"
    assert (caption.credit.model, caption.credit.provider) == (BLIP, "hf-inference")
    sent = standin.calls_to("image_to_text")[0]
    assert sent.headers["content-type"] == "image/jpeg"
    assert not standin.calls_to("chat")


async def test_the_vision_model_answers_for_one_that_nobody_serves(
    standin: StandIn, hub: Hub
) -> None:
    caption = await hub.caption(RED, CaptionOptions(), Call(BLIP))
    assert caption.text == "a red picture of 640 by 480"
    assert (caption.credit.model, caption.credit.provider) == (VISION, "novita")
    assert "not available right now" in caption.credit.notes[0].say()
    assert standin.calls_to("chat")[0].json()["model"] == VISION


@pytest.mark.parametrize(
    "blip",
    [
        Model("image-to-text", {}),
        Model("image-to-text", None),
        Model("image-to-text", {"hf-inference": (BLIP, "image-classification")}),
        Model("image-to-text", {"together": (BLIP, "image-to-text")}),
        Model("image-text-to-text", {"novita": (BLIP, "conversational")}),
        Model("image-to-text", {"hf-inference": (BLIP, "image-to-text")}, status="error"),
        None,
    ],
    ids=["empty", "missing", "other task", "other provider", "conversational", "broken", "unknown"],
)
async def test_every_form_of_not_served_is_answered_and_remembered(
    standin: StandIn, hub: Hub, blip: Model | None
) -> None:
    standin.models.pop(BLIP)
    if blip:
        standin.models[BLIP] = blip
    for _ in range(2):
        caption = await hub.caption(RED, CaptionOptions(), Call(BLIP))
        assert caption.credit.model == VISION
    assert len(standin.calls_to("model_info")) == 1
    assert not standin.calls_to("image_to_text")


@pytest.mark.parametrize("style", ["detailed", "alt text", "tags"])
async def test_other_styles_are_the_vision_models(standin: StandIn, hub: Hub, style: str) -> None:
    serve_blip(standin)
    caption = await hub.caption(RED, CaptionOptions(style), Call(BLIP))
    assert (caption.credit.model, caption.credit.notes) == (VISION, ())
    words = standin.calls_to("chat")[0].json()["messages"][-1]["content"][1]["text"]
    assert {"detailed": "sentences", "alt text": "alternative", "tags": "commas"}[style] in words


async def test_an_instruction_is_the_vision_models(standin: StandIn, hub: Hub) -> None:
    serve_blip(standin)
    asked = "List the clothes, by commas."
    caption = await hub.caption(RED, CaptionOptions(language="de", instruction=asked), Call(BLIP))
    assert (caption.credit.model, caption.credit.notes) == (VISION, ())
    words = standin.calls_to("chat")[0].json()["messages"][-1]["content"][1]["text"]
    assert words == f"{asked} Write it in German."
    assert not standin.calls_to("image_to_text")


async def test_no_caption_model_answers_an_instruction(standin: StandIn, hub: Hub) -> None:
    serve_blip(standin)
    standin.models.pop(VISION)
    with pytest.raises(EngineProblem):
        await hub.caption(RED, CaptionOptions(instruction="List the clothes."), Call(BLIP))
    assert not standin.calls_to("image_to_text")


@pytest.mark.parametrize(
    ("language", "name"),
    [("zh", "Simplified Chinese"), ("zh-TW", "Traditional Chinese"), ("de", "German")],
)
async def test_a_language_is_the_vision_models(
    standin: StandIn, hub: Hub, language: str, name: str
) -> None:
    serve_blip(standin)
    caption = await hub.caption(RED, CaptionOptions(language=language), Call(BLIP))
    assert (caption.credit.model, caption.credit.notes) == (VISION, ())
    words = standin.calls_to("chat")[0].json()["messages"][-1]["content"][1]["text"]
    assert "one plain sentence" in words
    assert f"Write it in {name}" in words
    assert not standin.calls_to("image_to_text")


async def test_where_only_the_caption_model_is_served_the_answer_says_that_it_is_in_english(
    standin: StandIn, hub: Hub
) -> None:
    serve_blip(standin)
    standin.models.pop(VISION)
    caption = await hub.caption(RED, CaptionOptions(language="zh"), Call(BLIP))
    assert (caption.text, caption.credit.model) == ("a red picture of 640 by 480", BLIP)
    assert [note.key for note in caption.credit.notes] == [
        "note.answered_instead",
        "note.only_english",
    ]
    assert caption.credit.notes[1].say("zh") == "此模型只会用英语描述"
    with pytest.raises(EngineProblem):
        await hub.caption(RED, CaptionOptions("tags", language="zh"), Call(BLIP))


@pytest.mark.parametrize(("style", "longest"), [("short", 768), ("detailed", 1024)])
async def test_what_goes_upstream_is_small(
    standin: StandIn, hub: Hub, style: str, longest: int
) -> None:
    photo = pictures.load(EXAMPLES / "astronaut.jpg", settings())
    photo = photo.resize((1024, 1024))
    await hub.caption(photo, CaptionOptions(style), Call(VISION))
    content = standin.calls_to("chat")[0].json()["messages"][-1]["content"]
    header, encoded = content[0]["image_url"]["url"].split(",")
    assert header == "data:image/jpeg;base64"
    jpeg = base64.b64decode(encoded)
    assert len(jpeg) < 200_000
    with Image.open(io.BytesIO(jpeg)) as sent:
        assert (sent.format, sent.size) == ("JPEG", (longest, longest))


async def test_a_chatty_answer_becomes_plain_text(standin: StandIn, hub: Hub) -> None:
    async def chatter(asked: dict[str, object]) -> str:
        return '<think>Hm.</think>Sure! Here is a caption:\n\n**"A cat on a sofa."**\n'

    standin.reply = chatter
    assert (await hub.caption(RED, CaptionOptions(), Call(VISION))).text == "A cat on a sofa."


@pytest.mark.parametrize(
    ("model", "route", "provider"),
    [
        (SCHNELL, "fal", "fal-ai"),
        (DEV, "together", "together"),
        (SD3, "text_to_image", "hf-inference"),
    ],
)
async def test_every_provider_draws(
    standin: StandIn, hub: Hub, model: str, route: str, provider: str
) -> None:
    generated = await hub.generate(RECIPE, Call(model))
    assert generated.picture.size == (256, 128)
    assert generated.picture.getpixel((255, 127)) is not None  # decoded, not merely opened
    assert (generated.credit.model, generated.credit.provider) == (model, provider)
    assert standin.calls_to(route)[0].token == OPERATOR
    assert "42" in standin.calls_to(route)[0].body.decode()


async def test_all_options_reach_a_model_that_takes_them(standin: StandIn, hub: Hub) -> None:
    generated = await hub.generate(RECIPE, Call(SD3))
    assert standin.calls_to("text_to_image")[0].json() == {
        "inputs": "a blue bird",
        "parameters": {
            "negative_prompt": "trees",
            "num_inference_steps": 25,
            "guidance_scale": 7,
            "width": 256,
            "height": 128,
            "seed": 42,
        },
    }
    assert (generated.credit.ignored, generated.credit.notes) == ((), ())


async def test_dropped_options_are_named(standin: StandIn, hub: Hub) -> None:
    generated = await hub.generate(RECIPE, Call(SCHNELL))
    asked = standin.calls_to("fal")[0].json()
    assert asked["num_inference_steps"] == 4  # fal refuses more than 12 for this model
    assert "negative_prompt" not in asked
    assert generated.credit.ignored == ("negative_prompt", "guidance")
    assert generated.credit.notes[0].say() == "4 steps, which is all this model uses"


async def test_a_size_that_the_model_would_not_draw_is_named(standin: StandIn, hub: Hub) -> None:
    standin.script("together", faults.picture(64, 64))
    assert (await hub.generate(RECIPE, Call(DEV))).credit.ignored == (
        "negative_prompt",
        "width",
        "height",
    )


async def test_the_same_seed_draws_the_same_picture(hub: Hub) -> None:
    one, two = [(await hub.generate(RECIPE, Call(DEV))).picture for _ in range(2)]
    assert one.tobytes() == two.tobytes()


async def test_a_model_that_reads_english_draws_from_the_translation(
    standin: StandIn, hub: Hub
) -> None:
    async def translate(prompt: str) -> tuple[str, tuple[Message, ...]]:
        assert prompt == "一只蓝色的鸟"
        return "a blue bird", (message("note.translated", prompt="a blue bird"),)

    call = Call(DEV, in_english=translate)
    generated = await hub.generate(Recipe("一只蓝色的鸟", seed=1), call)
    assert generated.final_prompt == "a blue bird"
    assert generated.credit.notes[0].say() == "translated to: a blue bird"
    assert standin.calls_to("together")[0].json()["prompt"] == "a blue bird"


async def test_it_writes(standin: StandIn, hub: Hub) -> None:
    text = "".join([part async for part in hub.write("a fox", Call(VISION), system="Be brief.")])
    assert text == "a fox, golden hour, highly detailed"
    assert standin.calls_to("chat")[0].json()["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "a fox"},
    ]


async def test_one_provider_alone_is_asked_where_one_is_set(standin: StandIn) -> None:
    hub = make_hub(inference_provider="together")
    await hub.caption(RED, CaptionOptions(), Call(VISION))
    assert standin.calls_to("chat")[0].json()["model"] == f"{VISION}:together"
    with pytest.raises(EngineProblem, match="No enabled provider serves"):
        await hub.generate(RECIPE, Call(SCHNELL, is_chosen=True))
    await hub.close()


def test_a_provider_that_does_not_exist_stops_the_start() -> None:
    with pytest.raises(SettingsError, match="INFERENCE_PROVIDER=acme: choose one of auto, "):
        make_hub(inference_provider="acme")


async def test_the_visitors_token_pays_before_the_operators(standin: StandIn, hub: Hub) -> None:
    await hub.generate(RECIPE, Call(SCHNELL, Caller(token=VISITOR)))
    assert {call.token for call in standin.calls if call.route != "picture"} == {VISITOR}
    assert standin.calls_to("picture")[0].token is None


async def test_the_operators_organization_is_billed_for_the_operators_calls_only(
    standin: StandIn,
) -> None:
    hub = make_hub(bill_to="acme")
    await hub.generate(RECIPE, Call(DEV))
    await hub.generate(RECIPE, Call(DEV, Caller(token=VISITOR)))
    bills = [call.headers.get("x-hf-bill-to") for call in standin.calls_to("together")]
    assert bills == ["acme", None]
    await hub.close()


async def test_connections_are_shared_by_the_calls_of_one_payer(standin: StandIn, hub: Hub) -> None:
    for caller in (ANONYMOUS, ANONYMOUS, Caller(token=VISITOR), ANONYMOUS):
        await hub.caption(RED, CaptionOptions(), Call(VISION, caller))
    mine, mine_too, yours, mine_again = [c.connection for c in standin.calls_to("chat")]
    assert mine == mine_too == mine_again != yours


async def test_a_slow_look_up_keeps_nobody_else_waiting(standin: StandIn, hub: Hub) -> None:
    await hub.generate(RECIPE, Call(DEV))
    standin.script("model_info", faults.slow(20))
    slow = asyncio.create_task(hub.generate(RECIPE, Call(SD3)))
    await until(lambda: len(standin.calls_to("model_info")) == 2)
    await asyncio.gather(*(hub.generate(RECIPE, Call(DEV)) for _ in range(3)))
    assert not slow.done()
    slow.cancel()


async def test_many_askers_share_one_look_up(standin: StandIn, hub: Hub) -> None:
    standin.script("model_info", faults.slow(0.2))
    await asyncio.gather(*(hub.generate(RECIPE, Call(DEV)) for _ in range(5)))
    assert len(standin.calls_to("model_info")) == 1


async def test_a_cancelled_call_ends_upstream(standin: StandIn, hub: Hub) -> None:
    standin.script("chat", faults.slow(30))
    task = asyncio.create_task(hub.caption(RED, CaptionOptions(), Call(VISION)))
    await until(lambda: standin.calls_to("chat"))
    task.cancel()
    await until(lambda: standin.calls_to("chat")[0].left)


async def test_a_model_that_is_loading_says_so_and_then_answers(standin: StandIn, hub: Hub) -> None:
    standin.script("together", faults.loading(DEV, 0.2))
    heard: list[str] = []
    call = Call(DEV, report=lambda said, _=None: heard.append(said.say()))
    generated = await hub.generate(RECIPE, call)
    assert generated.picture.size == (256, 128)
    assert heard == [f"{DEV} is loading; about 1 s left…"]


def test_nobody_is_offered_what_nobody_pays_for(standin: StandIn) -> None:
    chosen = settings()
    hub = Hub(chosen, Access(chosen))
    assert not hub.capabilities("describe", ANONYMOUS)
    found = hub.capabilities("describe", Caller(token=VISITOR))
    assert [(can.payer, can.model) for can in found] == [("visitor", BLIP), ("visitor", VISION)]


async def test_a_forced_hub_without_a_token_says_what_to_do(standin: StandIn) -> None:
    chosen = settings(engine="hub")
    hub = Hub(chosen, Access(chosen))
    can = hub.capabilities("draw", ANONYMOUS)[0]
    assert "set HF_TOKEN" in (can.missing.say() if can.missing else "")
    with pytest.raises(Problem, match=r"set HF_TOKEN .*tokenType=fineGrained"):
        await hub.generate(RECIPE, Call(SCHNELL))


def test_offline_it_is_not_offered(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("describe_draw.engines.hub.is_offline_mode", lambda: True)
    assert not make_hub().capabilities("draw", ANONYMOUS)


@pytest.mark.parametrize(
    ("model", "prompt", "drawn"),
    [
        (Z_IMAGE, "一只蓝色的鸟", "一只蓝色的鸟"),
        (Z_IMAGE, "синяя птица", "a blue bird"),
        (SCHNELL, "一只蓝色的鸟", "a blue bird"),
    ],
)
async def test_only_a_prompt_that_the_model_does_not_read_is_translated(
    standin: StandIn, hub: Hub, model: str, prompt: str, drawn: str
) -> None:
    async def blue(_: str) -> tuple[str, tuple[Message, ...]]:
        return "a blue bird", ()

    generated = await hub.generate(Recipe(prompt, seed=1), Call(model, in_english=blue))
    assert standin.calls_to("fal")[0].json()["prompt"] == generated.final_prompt == drawn
