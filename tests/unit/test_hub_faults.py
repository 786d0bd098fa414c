"""Whatever goes wrong upstream ends in one sentence that says what to do, for both verbs."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from PIL import Image

from describe_draw.access import Access, Caller
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.calling import upstream
from describe_draw.engines.hub import Hub
from describe_draw.problems import EngineProblem
from describe_draw.recipe import Recipe
from tests.standin import OPERATOR, VISITOR, Fault, StandIn, faults
from tests.standin.hub import Model
from tests.support import settings

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
BLIP = "Salesforce/blip-image-captioning-base"
DEV = "black-forest-labs/FLUX.1-dev"
SD3 = "stabilityai/stable-diffusion-3-medium-diffusers"
PICTURE = Image.new("RGB", (64, 64), "red")
RECIPE = Recipe("a hill", width=64, height=64, seed=1)

Verb = tuple[str, Callable[[Hub, Caller], Awaitable[object]]]
OPERATORS = Caller()
DESCRIBE: Verb = (
    "chat",
    lambda hub, caller: hub.caption(PICTURE, CaptionOptions(), Call(VISION, caller)),
)
CAPTION: Verb = (
    "image_to_text",
    lambda hub, a: hub.caption(PICTURE, CaptionOptions(), Call(BLIP, a)),
)
DRAW: Verb = ("together", lambda hub, who: hub.generate(RECIPE, Call(DEV, who, is_chosen=True)))
DRAW_BYTES: Verb = ("text_to_image", lambda hub, caller: hub.generate(RECIPE, Call(SD3, caller)))
WORDS = pytest.mark.parametrize("verb", [DESCRIBE, CAPTION], ids=["see", "caption"])
VERBS = pytest.mark.parametrize("verb", [DESCRIBE, CAPTION, DRAW], ids=["see", "caption", "draw"])


@pytest.fixture
async def hub(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    monkeypatch.setattr(upstream, "_jittered", lambda _: 0.01)
    standin.models[BLIP] = Model("image-to-text", {"hf-inference": (BLIP, "image-to-text")})
    chosen = settings(hf_token=OPERATOR, request_timeout=1)
    hub = Hub(chosen, Access(chosen))
    yield hub
    await hub.close()


async def told(hub: Hub, verb: Verb, caller: Caller = OPERATORS) -> EngineProblem:
    with pytest.raises(EngineProblem) as caught:
        await verb[1](hub, caller)
    sentence = caught.value.message.say()
    assert sentence.count(": ") >= 1, "what failed: what to do"
    assert "\n" not in sentence
    assert OPERATOR not in sentence
    return caught.value


@VERBS
@pytest.mark.parametrize(
    ("fault", "name", "part"),
    [
        (faults.bad_request("seed is too large"), "refused_request", "(seed is too large)"),
        (faults.token_invalid(), "token_invalid_operator", "sign in to use your own"),
        (faults.credits_used_up(), "credits_operator", "use the built-in engine"),
        (faults.no_permission(), "permission_operator", "ownUserPermissions=inference"),
        (faults.too_large(), "too_large", "smaller picture"),
        (faults.server_error(), "upstream_failed", "try again"),
        (faults.error_as_list(), "upstream_failed", "try again"),
        (faults.not_json(), "odd_answer", "try again"),
        (faults.empty_list(), "odd_answer", "try again"),
        (faults.html(), "odd_answer", "try again"),
    ],
)
async def test_what_is_not_retried(
    standin: StandIn, hub: Hub, verb: Verb, fault: Fault, name: str | None, part: str
) -> None:
    standin.script_always(verb[0], fault)
    problem = await told(hub, verb)
    assert name in (None, problem.name)
    assert part in problem.message.say()
    assert len(standin.calls_to(verb[0])) == 1


@pytest.mark.parametrize(
    ("verb", "name"),
    [(DESCRIBE, "odd_answer"), (CAPTION, "empty_answer"), (DRAW, "odd_answer")],
    ids=["see", "caption", "draw"],
)
async def test_an_error_in_the_place_of_an_answer(
    standin: StandIn, hub: Hub, verb: Verb, name: str
) -> None:
    standin.script_always(verb[0], faults.error_in_list())
    assert (await told(hub, verb)).name == name


@VERBS
@pytest.mark.parametrize(
    "body",
    [
        {"detail": [{"loc": ["body"], "msg": "model_not_supported"}]},
        {"error": "The prompt 'model_not_supported' is refused."},
        {"error": {"message": "model_not_supported", "code": "invalid"}},
        {"inputs": "x", "error": {"code": ["model_not_supported"], "message": "no"}},
    ],
)
async def test_a_refusal_that_repeats_the_prompt_switches_no_model_off(
    standin: StandIn, hub: Hub, verb: Verb, body: object
) -> None:
    standin.script(verb[0], Fault(422, body))
    assert (await told(hub, verb)).name == "refused_request"
    assert await verb[1](hub, OPERATORS)


@VERBS
@pytest.mark.parametrize(
    ("body", "words"),
    [
        ({"detail": [{"loc": ["body", "steps"], "msg": "too many"}]}, "steps: too many"),
        ({"error": {"message": "too many", "type": "x"}}, "too many"),
        ({"error": "ValueError", "detail": "", "errors": "too many"}, "too many"),
        ({"error": ["too many", "worker died"]}, "too many"),
        ({"error": {"kind": "TooMany"}}, "HTTP 422"),
        ({"error": "RuntimeError"}, "HTTP 422"),
        ("<html>too many</html>", "HTTP 422"),
    ],
)
async def test_a_refusal_is_told_in_the_servers_own_words(
    standin: StandIn, hub: Hub, verb: Verb, body: object, words: str
) -> None:
    standin.script(verb[0], Fault(422, body))
    assert f"rejected the request ({words}):" in (await told(hub, verb)).message.say()


@WORDS
@pytest.mark.parametrize(
    ("fault", "name", "part"),
    [
        (faults.rate_limited(), "busy", "is busy: try again in 60 s"),
        (faults.bad_gateway(), "upstream_down", "try again in a few minutes"),
        (faults.gateway_timeout(), "upstream_down", "try again in a few minutes"),
        (faults.loading("m", 0.05), "loading", "still loading: try again in 1 s"),
        (faults.dropped(), "unreachable", "can't be reached"),
        (faults.cut(), "unreachable", "can't be reached"),
    ],
)
async def test_what_is_tried_three_times(
    standin: StandIn, hub: Hub, verb: Verb, fault: Fault, name: str, part: str
) -> None:
    standin.script_always(verb[0], fault)
    problem = await told(hub, verb)
    assert problem.name == name
    assert part in problem.message.say()
    assert len(standin.calls_to(verb[0])) == 3


@WORDS
@pytest.mark.parametrize(
    "fault",
    [
        faults.rate_limited(retry_after=0),
        faults.bad_gateway(),
        faults.loading("m", 0.01),
        faults.dropped(),
    ],
)
async def test_a_fault_that_passes_is_not_noticed(
    standin: StandIn, hub: Hub, verb: Verb, fault: Fault
) -> None:
    standin.script(verb[0], fault, fault)
    assert await verb[1](hub, OPERATORS)


@VERBS
@pytest.mark.parametrize(
    ("fault", "wait"),
    [
        (faults.rate_limited(retry_after=90), "90 s"),
        (faults.rate_limited(reset=600), "10 minutes"),
        (faults.loading("m", 7200), "2 hours"),
    ],
)
async def test_a_wait_past_the_deadline_is_told_at_once(
    standin: StandIn, hub: Hub, verb: Verb, fault: Fault, wait: str
) -> None:
    standin.script_always(verb[0], fault)
    assert f"try again in {wait}." in (await told(hub, verb)).message.say()
    assert len(standin.calls_to(verb[0])) == 1


@pytest.mark.parametrize("fault", [faults.hangs(), faults.drips()], ids=["hangs", "drips"])
async def test_the_deadline_holds(standin: StandIn, hub: Hub, fault: Fault) -> None:
    verbs = (DESCRIBE, CAPTION, DRAW)
    for route, _ in verbs:
        standin.script_always(route, fault)
    async with asyncio.timeout(10):
        problems = await asyncio.gather(*(told(hub, verb) for verb in verbs))
    for problem in problems:
        assert problem.name == "timed_out"
        assert "within 1 s" in problem.message.say()


@VERBS
async def test_a_refused_connection(standin: StandIn, hub: Hub, verb: Verb) -> None:
    standin.tunnel.refused.add("router.huggingface.co")
    assert (await told(hub, verb)).name == "unreachable"


@pytest.mark.parametrize(
    "model",
    [
        Model("text-to-image", {}),
        Model("text-to-image", None),
        Model("text-to-image", {"together": (DEV, "image-to-image")}),
        Model("text-to-image", {"acme": (DEV, "text-to-image")}),
        None,
    ],
    ids=["empty", "missing", "other task", "unknown provider", "no such model"],
)
async def test_a_model_without_a_provider(standin: StandIn, hub: Hub, model: Model | None) -> None:
    standin.models.pop(DEV)
    if model:
        standin.models[DEV] = model
    assert (await told(hub, DRAW)).name == "not_served"
    assert not standin.calls_to("together")


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (faults.truncated_picture(), "broken_picture"),
        (faults.html(), "broken_picture"),
        (faults.tiny_picture(), "broken_picture"),
        (faults.not_json(), "broken_picture"),
    ],
)
async def test_a_broken_picture(standin: StandIn, hub: Hub, fault: Fault, name: str) -> None:
    standin.script_always("text_to_image", fault)
    assert (await told(hub, DRAW_BYTES)).name == name


@pytest.mark.parametrize("fault", [faults.truncated_picture(), faults.not_found(), faults.html()])
async def test_a_broken_download(standin: StandIn, hub: Hub, fault: Fault) -> None:
    standin.script_always("picture", fault)
    fal: Verb = (
        "fal",
        lambda hub, caller: hub.generate(RECIPE, Call("black-forest-labs/FLUX.1-schnell", caller)),
    )
    assert (await told(hub, fal)).name == "broken_picture"


async def test_a_download_that_hangs_holds_nobody_past_the_deadline(
    standin: StandIn, hub: Hub
) -> None:
    standin.script_always("picture", faults.slow(3))
    with pytest.raises(EngineProblem, match="within 1 s"):
        await hub.generate(RECIPE, Call("black-forest-labs/FLUX.1-schnell"))
    standin.hang_up()  # nobody waits for the thread that still downloads


async def test_an_empty_answer(standin: StandIn, hub: Hub) -> None:
    async def silent(_: object) -> str:
        return "<think>What is there to say?</think>"

    standin.reply = silent
    assert (await told(hub, DESCRIBE)).name == "empty_answer"


@pytest.mark.parametrize(
    ("fault", "name"),
    [
        (faults.token_invalid(), "token_invalid_visitor"),
        (faults.credits_used_up(), "credits_visitor"),
        (faults.no_permission(), "permission_visitor"),
    ],
)
async def test_a_visitor_is_told_what_is_theirs_to_mend(
    standin: StandIn, hub: Hub, fault: Fault, name: str
) -> None:
    standin.script_always("chat", fault)
    problem = await told(hub, DESCRIBE, Caller(token=VISITOR))
    assert problem.name == name
    assert problem.message.say().startswith("Your ")


@pytest.mark.parametrize("fault", [faults.slow(60), faults.server_error(), faults.dropped()])
async def test_captions_do_without_the_look_up(
    standin: StandIn, hub: Hub, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("describe_draw.engines.hub.providers.LOOK_UP_SECONDS", 0.5)
    standin.script_always("model_info", fault)
    caption = await hub.caption(PICTURE, CaptionOptions(), Call(BLIP))
    assert caption.credit.model == VISION


async def test_drawing_waits_no_longer_than_the_look_up_may_take(
    standin: StandIn, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("describe_draw.engines.hub.providers.LOOK_UP_SECONDS", 0.5)
    standin.script_always("model_info", faults.slow(60))
    assert (await told(hub, DRAW)).name == "timed_out"


async def test_a_token_with_a_newline_works(standin: StandIn, hub: Hub) -> None:
    chosen = settings(hf_token=f"{OPERATOR}\n")
    other = Hub(chosen, Access(chosen))
    await DESCRIBE[1](other, Caller(token=f" {VISITOR}\n"))
    await DESCRIBE[1](other, OPERATORS)
    assert [call.token for call in standin.calls_to("chat")] == [VISITOR, OPERATOR]
    await other.close()


async def test_what_the_server_says_is_shown_without_addresses_and_tokens(
    standin: StandIn, hub: Hub
) -> None:
    said = f"bad header {OPERATOR} at https://user:pass@proxy.example/x " + "very long " * 50
    standin.script_always("chat", faults.bad_request(said))
    shown = (await told(hub, DESCRIBE)).message.say()
    assert "hf_" not in shown
    assert "://" not in shown
    assert "bad header … at …" in shown
    assert len(shown) < 400
