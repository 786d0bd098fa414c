"""Dedicated endpoints against the stand-in: every way they ask and answer."""

import base64
import contextlib
import io
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest
from huggingface_hub import AsyncInferenceClient, ImageToImageTargetSize
from PIL import Image

from describe_draw.access import ANONYMOUS, Access, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call, Source
from describe_draw.engines.calling import upstream
from describe_draw.engines.endpoint import Endpoint
from describe_draw.problems import EngineProblem
from describe_draw.recipe import EDIT_OPTIONS, Edit, Recipe
from tests.standin import OPERATOR, VISITOR, Fault, StandIn, faults
from tests.standin.endpoints import endpoint_url
from tests.support import settings

RED = Image.new("RGB", (640, 480), (205, 40, 40))
JSON, BYTES = "application/json", "image/jpeg"
RECIPE = Recipe("a blue bird", "trees", 25, 7, 256, 128, 42)


def make_endpoint(name: str, **values: object) -> Endpoint:
    kind = f"hf_api_{name.partition('-')[0]}_base"
    defaults = {"hf_token": OPERATOR, "request_timeout": 1, kind: endpoint_url(name)}
    chosen = settings(**{**defaults, **values})
    return Endpoint(chosen, Access(chosen))


@pytest.fixture
def call(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> Call:
    monkeypatch.setattr(upstream, "_jittered", lambda _: 0.01)
    return Call("the endpoint")


def kinds(standin: StandIn) -> list[str]:
    return [sent.headers["content-type"] for sent in standin.calls_to("endpoint")]


@pytest.mark.parametrize("name", ["itt-json", "itt-object", "itt-binary", "itt-strict"])
async def test_every_kind_describes(standin: StandIn, call: Call, name: str) -> None:
    endpoint = make_endpoint(name)
    for _ in range(2):
        caption = await endpoint.caption(RED, CaptionOptions(), call)
        assert caption.text == "a red picture of 640 by 480"
    await endpoint.close()


async def test_what_is_asked_for_in_another_language_comes_in_english_and_says_so(
    standin: StandIn, call: Call
) -> None:
    endpoint = make_endpoint("itt-json")
    caption = await endpoint.caption(RED, CaptionOptions(language="zh"), replace(call))
    assert caption.text == "a red picture of 640 by 480"
    assert [note.key for note in caption.credit.notes] == ["note.only_english"]
    assert (await endpoint.caption(RED, CaptionOptions(), call)).credit.notes == ()
    await endpoint.close()


async def test_the_course_protocol_comes_first(standin: StandIn, call: Call) -> None:
    endpoint = make_endpoint("itt-json")
    await endpoint.caption(RED, CaptionOptions(), call)
    sent = standin.calls_to("endpoint")[0]
    assert (sent.token, list(sent.json())) == (OPERATOR, ["inputs"])
    with Image.open(io.BytesIO(base64.b64decode(sent.json()["inputs"]))) as picture:
        assert (picture.format, picture.size) == ("JPEG", (640, 480))
    await endpoint.close()


@pytest.mark.parametrize("name", ["itt-binary", "itt-strict"])
async def test_an_endpoint_that_wants_no_json_is_asked_with_json_once(
    standin: StandIn, call: Call, name: str
) -> None:
    endpoint = make_endpoint(name)
    for _ in range(3):
        await endpoint.caption(RED, CaptionOptions(), call)
    assert kinds(standin) == [JSON, BYTES, BYTES, BYTES]
    await endpoint.close()


@pytest.mark.parametrize("name", ["tti-base64", "tti-list", "tti-object", "tti-bytes"])
async def test_every_kind_draws(standin: StandIn, call: Call, name: str) -> None:
    endpoint = make_endpoint(name)
    generated = await endpoint.generate(RECIPE, call)
    assert generated.picture.size == (256, 128)
    assert standin.calls_to("endpoint")[0].json() == {
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
    await endpoint.close()


@pytest.mark.parametrize(
    ("size", "sizes_sent"),
    [((256, 128), [(256, 128), None, None]), ((256, 256), [(256, 256)] * 2)],
)
async def test_what_the_toolkit_refuses_is_left_out_and_named(
    standin: StandIn, call: Call, size: tuple[int, int], sizes_sent: list[tuple[int, int] | None]
) -> None:
    endpoint = make_endpoint("tti-toolkit")
    recipe = Recipe("a blue bird", "trees", 25, 7, *size, 42)
    generated = await endpoint.generate(recipe, call)
    sent = [asked.json()["parameters"] for asked in standin.calls_to("endpoint")]
    assert [(p["width"], p["height"]) if "width" in p else None for p in sent] == sizes_sent
    assert "negative_prompt" not in sent[-1]
    lost = ("negative_prompt", "width", "height") if size[0] != size[1] else ("negative_prompt",)
    assert generated.credit.ignored == lost
    assert sent[-1]["seed"] == 42
    await endpoint.close()


async def test_a_complaint_that_names_no_parameter_is_told(standin: StandIn, call: Call) -> None:
    endpoint = make_endpoint("tti-base64")
    standin.script("endpoint", Fault(400, {"error": "got an unexpected keyword argument 'style'"}))
    with pytest.raises(EngineProblem, match="rejected the request"):
        await endpoint.generate(RECIPE, call)
    assert len(standin.calls_to("endpoint")) == 1
    await endpoint.close()


@pytest.mark.parametrize("key", ["generated_text", "caption", "description", "text"])
async def test_captions_are_read_by_any_of_their_names(
    standin: StandIn, call: Call, key: str
) -> None:
    endpoint = make_endpoint("itt-json")
    standin.script("endpoint", Fault(200, {key: "a red square"}))
    assert (await endpoint.caption(RED, CaptionOptions(), call)).text == "a red square"
    await endpoint.close()


async def test_a_picture_is_no_caption(standin: StandIn, call: Call) -> None:
    endpoint = make_endpoint("itt-json")
    data = base64.b64encode(bytes(range(256))).decode()
    standin.script("endpoint", Fault(200, [{"generated_text": data}]))
    with pytest.raises(EngineProblem, match="data instead of words"):
        await endpoint.caption(RED, CaptionOptions(), call)
    await endpoint.close()


async def test_an_answer_that_is_no_caption_keeps_asking_with_json(
    standin: StandIn, call: Call
) -> None:
    endpoint = make_endpoint("itt-json")
    refused = Fault(415, {"error": "try again later"})
    for odd in (faults.html(), Fault(200, {"status": "starting"}), Fault(200, [""])):
        standin.script("endpoint", refused, odd)
        with pytest.raises(EngineProblem):
            await endpoint.caption(RED, CaptionOptions(), call)
    await endpoint.caption(RED, CaptionOptions(), call)
    assert kinds(standin) == [JSON, BYTES] * 3 + [JSON]
    await endpoint.close()


@pytest.mark.parametrize("status", [400, 415, 422])
async def test_an_endpoint_that_takes_no_bytes_any_more_is_asked_with_json_again(
    standin: StandIn, call: Call, status: int
) -> None:
    endpoint = make_endpoint("itt-json")
    standin.script("endpoint", Fault(415, {"error": "no JSON"}))
    await endpoint.caption(RED, CaptionOptions(), call)
    standin.script("endpoint", Fault(status, {"error": "inputs is required"}))
    for _ in range(2):
        caption = await endpoint.caption(RED, CaptionOptions(), call)
        assert caption.text == "a red picture of 640 by 480"
    assert kinds(standin) == [JSON, BYTES, BYTES, JSON, JSON]
    await endpoint.close()


async def test_a_picture_that_is_refused_both_ways_is_told_in_the_endpoints_words(
    standin: StandIn, call: Call
) -> None:
    endpoint = make_endpoint("itt-binary")
    await endpoint.caption(RED, CaptionOptions(), call)
    standin.script("endpoint", faults.bad_request("picture too dark"))
    with pytest.raises(EngineProblem, match="picture too dark"):
        await endpoint.caption(RED, CaptionOptions(), call)
    await endpoint.caption(RED, CaptionOptions(), call)
    assert kinds(standin) == [JSON, BYTES, BYTES, JSON, JSON, BYTES]
    await endpoint.close()


@pytest.mark.parametrize(
    ("fault", "described", "drawn"),
    [
        (faults.token_invalid(), "endpoint_token", "endpoint_token"),
        (faults.not_found(), "no_endpoint", "no_endpoint"),
        (faults.too_large(), "too_large", "too_large"),
        (faults.rate_limited(), "busy", "busy"),
        (faults.server_error(), "upstream_failed", "upstream_failed"),
        (faults.bad_gateway(), "upstream_down", "upstream_down"),
        (faults.loading("the endpoint", 60), "loading", "loading"),
        (faults.hangs(), "timed_out", "timed_out"),
        (faults.drips(), "timed_out", "timed_out"),
        (faults.dropped(), "unreachable", "unreachable"),
        (faults.error_as_list(), "upstream_failed", "upstream_failed"),
        (faults.empty_list(), "odd_answer", "odd_answer"),
        (faults.error_in_list(), "odd_answer", "odd_answer"),
        (faults.not_json(), "odd_answer", "broken_picture"),
        (faults.html(), "odd_answer", "broken_picture"),
        (faults.truncated_picture(), "odd_answer", "broken_picture"),
    ],
)
@pytest.mark.parametrize("kind", ["itt-json", "tti-base64"])
async def test_faults_are_told(
    standin: StandIn, call: Call, kind: str, fault: Fault, described: str, drawn: str
) -> None:
    endpoint = make_endpoint(kind)
    verbs: dict[str, tuple[str, Callable[[], Awaitable[object]]]] = {
        "itt-json": (described, lambda: endpoint.caption(RED, CaptionOptions(), call)),
        "tti-base64": (drawn, lambda: endpoint.generate(RECIPE, call)),
    }
    name, verb = verbs[kind]
    standin.script_always("endpoint", fault)
    with pytest.raises(EngineProblem) as caught:
        await verb()
    assert caught.value.name == name
    assert ": " in caught.value.message.say()
    await endpoint.close()


@pytest.mark.parametrize("fault", [faults.truncated_picture(), faults.tiny_picture()])
async def test_broken_pictures_are_told(standin: StandIn, call: Call, fault: Fault) -> None:
    endpoint = make_endpoint("tti-bytes")
    standin.script_always("endpoint", fault)
    with pytest.raises(EngineProblem, match="broken picture"):
        await endpoint.generate(RECIPE, call)
    await endpoint.close()


EDIT = Edit("make it blue", "trees", 25, 7, 256, 128, 42, strength=0.4)
SOURCE = Source(RED.resize((256, 128)))


@pytest.mark.parametrize("name", ["iti-bytes", "iti-base64"])
async def test_it_edits_as_the_hubs_own_client_asks(
    standin: StandIn, call: Call, name: str
) -> None:
    endpoint = make_endpoint(name)
    edited = await endpoint.edit(EDIT, SOURCE, call)
    assert edited.picture.size == (256, 128)
    assert edited.credit.ignored == ()
    sent = standin.calls_to("endpoint")[0]
    jpeg = base64.b64decode(sent.json()["inputs"])
    with Image.open(io.BytesIO(jpeg)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (256, 128))
    client = AsyncInferenceClient(model=endpoint_url(name), token=OPERATOR)
    with contextlib.suppress(OSError):  # it doesn't read base64
        await client.image_to_image(
            jpeg,
            "make it blue",
            negative_prompt="trees",
            num_inference_steps=25,
            guidance_scale=7,
            target_size=ImageToImageTargetSize(width=256, height=128),
            seed=42,
            strength=0.4,
        )
    assert standin.calls_to("endpoint")[1].json() == sent.json()
    await client.close()
    await endpoint.close()


async def test_what_a_pipeline_does_not_know_is_left_out(standin: StandIn, call: Call) -> None:
    endpoint = make_endpoint("iti-pipeline")
    edited = await endpoint.edit(EDIT, SOURCE, call)
    assert edited.picture.size == (256, 128), "which is the picture's own"
    assert edited.credit.ignored == ("seed",)
    last = standin.calls_to("endpoint")[-1].json()["parameters"]
    assert last == {
        "prompt": "make it blue",
        "negative_prompt": "trees",
        "num_inference_steps": 25,
        "guidance_scale": 7,
        "strength": 0.4,
    }
    await endpoint.close()


async def test_an_endpoint_that_takes_no_words_is_not_asked_without_them(
    standin: StandIn, call: Call
) -> None:
    endpoint = make_endpoint("iti-bytes")
    said = "__call__() got an unexpected keyword argument 'prompt'"
    standin.script_always("endpoint", Fault(400, {"error": said}))
    with pytest.raises(EngineProblem, match="'prompt'"):
        await endpoint.edit(EDIT, SOURCE, call)
    assert len(standin.calls_to("endpoint")) == 1
    await endpoint.close()


def test_it_offers_to_edit_where_it_is_set_up() -> None:
    (can,) = make_endpoint("iti-bytes").capabilities("edit", ANONYMOUS)
    assert can.options == frozenset(EDIT_OPTIONS)
    assert make_endpoint("tti-bytes").lacks("edit") == "set HF_API_ITI_BASE"


async def test_nothing_listens_there(call: Call) -> None:
    endpoint = make_endpoint("itt-json", hf_api_itt_base="http://127.0.0.1:9/")
    with pytest.raises(EngineProblem, match="can't be reached"):
        await endpoint.caption(RED, CaptionOptions(), call)
    await endpoint.close()


async def test_a_picture_that_the_endpoint_refuses_is_told_in_its_own_words(
    standin: StandIn, call: Call
) -> None:
    endpoint = make_endpoint("itt-json")
    standin.script("endpoint", faults.bad_request("picture too dark"), faults.server_error())
    with pytest.raises(EngineProblem, match="picture too dark"):
        await endpoint.caption(RED, CaptionOptions(), call)
    await endpoint.close()


async def test_a_visitors_token_never_goes_to_the_operators_endpoint(
    standin: StandIn, call: Call
) -> None:
    endpoint = make_endpoint("itt-json")
    await endpoint.caption(RED, CaptionOptions(), Call("the endpoint", Caller(token=VISITOR)))
    assert standin.calls_to("endpoint")[0].token == OPERATOR
    await endpoint.close()


async def test_a_token_that_is_not_shared_stays_at_home(standin: StandIn, call: Call) -> None:
    endpoint = make_endpoint("itt-json", share_token=False, system="spaces")
    with pytest.raises(EngineProblem):
        await endpoint.caption(RED, CaptionOptions(), call)
    assert standin.calls_to("endpoint")[0].token is None
    await endpoint.close()


@pytest.mark.parametrize("status", [401, 403])
@pytest.mark.parametrize(
    ("token", "system", "sentence"),
    [
        (OPERATOR, "", "rejected the operator's token: ask the operator to check HF_TOKEN"),
        (OPERATOR, "spaces", "SHARE_TOKEN=false keeps the operator's from visitors' calls"),
        (None, "", "asks for a token: ask the operator to set HF_TOKEN"),
    ],
)
async def test_an_endpoint_that_wants_another_token_says_whose(
    standin: StandIn, call: Call, status: int, token: str | None, system: str, sentence: str
) -> None:
    endpoint = make_endpoint("itt-json", hf_token=token, share_token=False, system=system)
    standin.script("endpoint", Fault(status, {"error": "Unauthorized"}))
    with pytest.raises(EngineProblem, match=sentence):
        await endpoint.caption(RED, CaptionOptions(), call)
    await endpoint.close()


def test_that_it_is_asked_without_a_token_is_said_beforehand() -> None:
    (can,) = make_endpoint("itt-json").capabilities("describe", ANONYMOUS)
    assert can.missing is None
    withheld = make_endpoint("itt-json", share_token=False, system="spaces")
    (can,) = withheld.capabilities("describe", ANONYMOUS)
    assert "without a token (SHARE_TOKEN=false)" in (can.missing.say() if can.missing else "")


def test_it_is_offered_where_it_is_set_up() -> None:
    endpoint = make_endpoint("itt-json")
    (can,) = endpoint.capabilities("describe", ANONYMOUS)
    assert (can.styles, can.payer) == (("short",), "operator")
    assert can.model == "itt-json.us-east-1.aws.endpoints.huggingface.cloud"
    assert not endpoint.capabilities("draw", ANONYMOUS)
    assert not endpoint.capabilities("write", ANONYMOUS)


def test_it_lacks_the_url_that_is_not_set() -> None:
    endpoint = make_endpoint("itt-json")
    assert (endpoint.lacks("describe"), endpoint.lacks("draw")) == ("", "set HF_API_TTI_BASE")
