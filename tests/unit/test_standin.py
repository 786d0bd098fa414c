"""The stand-in is worth testing against only if the real client finds the real Hub there."""

import asyncio
import base64
import io
import os
import subprocess
import sys
from collections.abc import AsyncIterator

import httpx2
import pytest
from huggingface_hub import AsyncInferenceClient, HfApi, InferenceClient
from huggingface_hub.errors import HfHubHTTPError, InferenceTimeoutError, RepositoryNotFoundError
from PIL import Image

from tests.standin import OPERATOR, VISITOR, Fault, StandIn, art, faults
from tests.standin.endpoints import endpoint_url
from tests.standin.hub import Model
from tests.waiting import until

VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
BLIP = "Salesforce/blip-image-captioning-base"
FAL, TOGETHER = "black-forest-labs/FLUX.1-schnell", "black-forest-labs/FLUX.1-dev"
HF_INFERENCE = "stabilityai/stable-diffusion-3-medium-diffusers"


@pytest.fixture
async def client(standin: StandIn) -> AsyncIterator[AsyncInferenceClient]:
    async with AsyncInferenceClient(token=OPERATOR, timeout=5) as client:
        yield client


def picture(color: str = "red", width: int = 64, height: int = 48) -> bytes:
    return art.draw(color, width, height, 0)


def question(stream: bool = False) -> list[dict[str, object]]:
    url = "data:image/png;base64," + base64.b64encode(picture()).decode()
    parts = [{"type": "text", "text": "What?"}, {"type": "image_url", "image_url": {"url": url}}]
    return [{"role": "user", "content": parts}]


async def test_a_served_caption_model_sees_the_picture(
    standin: StandIn, client: AsyncInferenceClient
) -> None:
    standin.models[BLIP] = Model("image-to-text", {"hf-inference": (BLIP, "image-to-text")})
    answer = await client.image_to_text(picture(), model=BLIP)
    assert answer.generated_text == "a red picture of 64 by 48"
    call = standin.calls_to("image_to_text")[0]
    assert (call.method, call.host) == ("POST", "router.huggingface.co")
    assert (call.token, call.body, call.status) == (OPERATOR, picture(), 200)


async def test_the_default_caption_model_is_served_by_nobody(client: AsyncInferenceClient) -> None:
    with pytest.raises(RuntimeError, match="StopIteration"):
        await client.image_to_text(picture(), model=BLIP)


@pytest.mark.parametrize("model", [FAL, TOGETHER, HF_INFERENCE])
async def test_every_provider_draws(client: AsyncInferenceClient, model: str) -> None:
    image = await client.text_to_image(
        "a blue bird", model=model, width=128, height=64, seed=3, num_inference_steps=4
    )
    image.load()
    assert image.size == (128, 64)
    buffer = io.BytesIO()
    image.save(buffer, "PNG")
    assert art.describe(buffer.getvalue()) == "a blue picture of 128 by 64"


async def test_the_same_seed_draws_the_same_picture(client: AsyncInferenceClient) -> None:
    one, same, other = [
        (await client.text_to_image("fog", model=TOGETHER, seed=seed)).tobytes()
        for seed in (1, 1, 2)
    ]
    assert one == same != other


async def test_chat_sees_pictures(standin: StandIn, client: AsyncInferenceClient) -> None:
    answer = await client.chat_completion(question(), model=VISION)
    assert answer.choices[0].message.content == "a red picture of 64 by 48"
    assert standin.calls_to("chat")[0].json()["model"] == VISION


async def test_chat_streams(client: AsyncInferenceClient) -> None:
    stream = await client.chat_completion(question(), model=VISION, stream=True)
    choices = [chunk.choices[0] async for chunk in stream]
    words = [choice.delta.content or "" for choice in choices]
    assert "".join(words) == "a red picture of 64 by 48"
    assert [choice.finish_reason for choice in choices] == [None] * (len(choices) - 1) + ["stop"]


async def test_chat_refuses_a_model_that_nobody_serves(client: AsyncInferenceClient) -> None:
    with pytest.raises(HfHubHTTPError) as caught:
        await client.chat_completion(question(), model="nobody/nothing")
    assert caught.value.response.json()["error"]["code"] == "model_not_supported"


def test_the_hub_knows_its_models_and_people(standin: StandIn) -> None:
    hub = HfApi(token=VISITOR)
    info = hub.model_info(FAL, expand=["inferenceProviderMapping", "pipeline_tag"])
    assert info.pipeline_tag == "text-to-image"
    assert [m.provider for m in info.inference_provider_mapping or []] == ["fal-ai"]
    assert hub.whoami()["name"] == "visitor"
    with pytest.raises(RepositoryNotFoundError):
        hub.model_info("nobody/nothing")


def test_the_blocking_client_finds_it_too(standin: StandIn) -> None:
    image = InferenceClient(token=OPERATOR).text_to_image("a yellow sun", model=HF_INFERENCE)
    assert image.size == (512, 512)


@pytest.mark.parametrize("name", ["itt-json", "itt-object", "itt-binary", "itt-strict"])
async def test_endpoints_that_describe(standin: StandIn, name: str) -> None:
    encoded = {"inputs": base64.b64encode(picture()).decode()}
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {OPERATOR}"}) as http:
        answer = await http.post(endpoint_url(name), json=encoded)
        refusal = {"itt-binary": 415, "itt-strict": 400}.get(name)
        if refusal:
            assert answer.status_code == refusal
            answer = await http.post(endpoint_url(name), content=picture())
    expected: object = {"generated_text": "a red picture of 64 by 48"}
    assert answer.json() == (expected if name == "itt-object" else [expected])


@pytest.mark.parametrize("name", ["tti-base64", "tti-list", "tti-object", "tti-bytes"])
async def test_endpoints_that_draw(standin: StandIn, name: str) -> None:
    asked = {"inputs": "green", "parameters": {"width": 64, "height": 64}}
    async with httpx2.AsyncClient(headers={"Authorization": f"Bearer {OPERATOR}"}) as http:
        answer = await http.post(endpoint_url(name), json=asked)
    body = answer.content
    if name != "tti-bytes":
        value = answer.json()
        value = value[0] if name == "tti-list" else value
        body = base64.b64decode(value["image"] if name == "tti-object" else value)
    assert art.describe(body) == "a green picture of 64 by 64"


@pytest.mark.parametrize(
    ("fault", "status"),
    [
        (faults.bad_request(), 400),
        (faults.token_invalid(), 401),
        (faults.credits_used_up(), 402),
        (faults.no_permission(), 403),
        (faults.not_found(), 404),
        (faults.gone(TOGETHER), 410),
        (faults.too_large(), 413),
        (faults.rate_limited(retry_after=2), 429),
        (faults.rate_limited(reset=55), 429),
        (faults.server_error(), 500),
        (faults.bad_gateway(), 502),
        (faults.loading(TOGETHER), 503),
        (faults.gateway_timeout(), 504),
    ],
)
async def test_scripted_statuses_arrive_once(
    standin: StandIn, client: AsyncInferenceClient, fault: Fault, status: int
) -> None:
    standin.script("together", fault)
    with pytest.raises(HfHubHTTPError) as caught:
        await client.text_to_image("a hill", model=TOGETHER)
    assert caught.value.response.status_code == status
    assert (await client.text_to_image("a hill", model=TOGETHER)).size == (512, 512)


@pytest.mark.parametrize(
    ("fault", "error"),
    [
        (faults.dropped(), httpx2.TransportError),
        (faults.cut(), httpx2.RemoteProtocolError),
        (faults.hangs(), InferenceTimeoutError),
        (faults.error_as_list(), AttributeError),
        (faults.not_json(), ValueError),
        (faults.empty_list(), TypeError),
    ],
)
async def test_scripted_breakages_reach_the_client(
    standin: StandIn, fault: Fault, error: type[Exception]
) -> None:
    standin.script("together", fault)
    async with AsyncInferenceClient(token=OPERATOR, timeout=0.3) as client:
        with pytest.raises(error):
            await client.text_to_image("a hill", model=TOGETHER)


async def test_a_dripping_body_outlives_the_timeout(standin: StandIn) -> None:
    standin.script("together", faults.drips(0.05))
    async with AsyncInferenceClient(token=OPERATOR, timeout=0.3) as client:
        with pytest.raises(TimeoutError):
            async with asyncio.timeout(1):
                await client.text_to_image("a hill", model=TOGETHER)


@pytest.mark.parametrize("fault", [faults.truncated_picture(), faults.html()])
async def test_broken_pictures_arrive_as_such(
    standin: StandIn, client: AsyncInferenceClient, fault: Fault
) -> None:
    standin.script("text_to_image", fault)
    with pytest.raises(OSError):
        (await client.text_to_image("a hill", model=HF_INFERENCE)).load()


async def test_a_refused_host_is_unreachable(
    standin: StandIn, client: AsyncInferenceClient
) -> None:
    standin.tunnel.refused.add("router.huggingface.co")
    with pytest.raises(httpx2.TransportError):
        await client.chat_completion(question(), model=VISION)


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"may_infer": False}, 403), ({"has_credit": False}, 402), (None, 401)],
)
async def test_accounts_decide_who_is_served(
    standin: StandIn, client: AsyncInferenceClient, changes: dict[str, bool] | None, status: int
) -> None:
    if changes is None:
        del standin.accounts[OPERATOR]
    else:
        standin.accounts[OPERATOR] = type(standin.accounts[OPERATOR])("operator", **changes)
    with pytest.raises(HfHubHTTPError) as caught:
        await client.chat_completion(question(), model=VISION)
    assert caught.value.response.status_code == status


async def test_a_caller_who_hangs_up_is_noticed(
    standin: StandIn, client: AsyncInferenceClient
) -> None:
    standin.script("chat", faults.slow(30))
    task = asyncio.create_task(client.chat_completion(question(), model=VISION))
    await until(lambda: standin.calls_to("chat"))
    task.cancel()
    await until(lambda: standin.calls_to("chat")[0].left)


def test_another_process_needs_nothing_but_its_environment(standin: StandIn) -> None:
    program = (
        "from huggingface_hub import InferenceClient\n"
        f"InferenceClient().text_to_image('a red door', model={FAL!r}).save('door.png')\n"
    )
    folder = os.environ["HF_HOME"]
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    environment = os.environ | standin.environment(token=VISITOR)
    subprocess.run([sys.executable, "-c", program], env=environment, cwd=folder, check=True)
    with Image.open(f"{folder}/door.png") as door:
        assert door.size == (512, 512)
    assert [call.route for call in standin.calls] == ["model_info", "fal", "picture"]
    assert standin.calls_to("fal")[0].token == VISITOR
    assert "authorization" not in standin.calls_to("picture")[0].headers
