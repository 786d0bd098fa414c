"""Captions come as they are written, to whoever waits for them; what breaks off leaves nothing."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PIL import Image
from starlette.responses import Response, StreamingResponse

from describe_draw.access import Access
from describe_draw.caption_options import CaptionOptions
from describe_draw.engines import Engines
from describe_draw.engines.base import Call
from describe_draw.engines.calling import upstream
from describe_draw.engines.hub import Hub
from describe_draw.engines.model_api import ModelApi
from describe_draw.engines.model_api.presets import PRESETS
from describe_draw.problems import EngineProblem
from describe_draw.reports import WRITTEN, without_words
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.texts import Message
from tests.apis import MODEL, ModelServer
from tests.standin import OPERATOR, StandIn, faults
from tests.standin.router import Thoughts, chunks
from tests.support import EXAMPLES, settings
from tests.waiting import until

CAT = EXAMPLES / "cat.jpg"
RED = Image.new("RGB", (64, 64), "red")
VISION = "Qwen/Qwen3-VL-30B-A3B-Instruct"
SAID = "A grey cat lies on a red sofa and looks out."
SOME, *_ = chunks({"id": "1"}, "some more words")
CHART = "A bar chart of rain.\n\nIt has four bars.\nThe last is the highest."


class Heard(list[str]):
    """What was told of what is written; where a call is told of it, it is this."""

    def __call__(self, said: Message, fraction: float | None = None) -> None:
        if said.key == WRITTEN:
            self.append(said.say())

    def grew_to(self, whole: str) -> bool:
        """Whether it was told in growing parts of a text."""
        return len(self) > 2 and self == sorted(self) and all(map(whole.startswith, self))


@pytest.fixture
def heard() -> Heard:
    return Heard()


@pytest.fixture
def standin(standin: StandIn) -> StandIn:
    """It writes word by word."""
    standin.pause = 0.01
    say(standin, SAID)
    return standin


def say(standin: StandIn, text: str) -> None:
    async def reply(_: object) -> str:
        return text

    standin.reply = reply


@pytest.fixture
async def hub(standin: StandIn, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Hub]:
    monkeypatch.setattr(upstream, "_jittered", lambda _: 0.01)
    chosen = settings(hf_token=OPERATOR, request_timeout=10)
    hub = Hub(chosen, Access(chosen))
    yield hub
    await hub.close()


@pytest.fixture
def house(hub: Hub, tmp_path: Path) -> Studio:
    chosen = settings(hf_token=OPERATOR)
    return Studio(chosen, Engines(chosen, (hub,)), Store(tmp_path))


async def test_the_hubs_models_are_heard_while_they_write(hub: Hub, heard: Heard) -> None:
    caption = await hub.caption(RED, CaptionOptions(), Call(VISION, report=heard))
    assert caption.text == SAID
    assert heard.grew_to(SAID)
    assert (caption.credit.model, caption.credit.provider) == (VISION, "novita")


async def test_they_are_told_in_their_two_parts(standin: StandIn, hub: Hub, heard: Heard) -> None:
    """An alternative text and a long description, as tests/unit/test_caption_options.py asks."""
    say(standin, CHART)
    asked = CaptionOptions("alt text", purpose="complex")
    assert (await hub.caption(RED, asked, Call(VISION, report=heard))).text == CHART
    assert heard.grew_to(CHART)


async def test_other_captions_come_on_one_line(standin: StandIn, hub: Hub) -> None:
    say(standin, CHART)
    caption = await hub.caption(RED, CaptionOptions("detailed"), Call(VISION))
    assert "\n" not in caption.text


@pytest.mark.parametrize("place", ["reasoning", "reasoning_content", "content"])
async def test_thoughts_are_never_heard(
    standin: StandIn, hub: Hub, heard: Heard, place: str
) -> None:
    standin.thoughts = Thoughts(1000, place)
    caption = await hub.caption(RED, CaptionOptions("tags"), Call(VISION, report=heard))
    assert caption.text == SAID
    assert heard.grew_to(SAID)


async def test_whoever_waits_for_the_same_hears_it_too(
    standin: StandIn, house: Studio, heard: Heard
) -> None:
    other = Heard()
    both = [asyncio.create_task(house.describe(CAT, report=one)) for one in (heard, other)]
    captions = await asyncio.gather(*both)
    assert [caption.text for caption in captions] == [SAID, SAID]
    assert len(standin.calls_to("chat")) == 1
    assert heard.grew_to(SAID) and other.grew_to(SAID)


async def test_what_breaks_off_is_neither_kept_nor_asked_for_again(
    standin: StandIn, house: Studio, heard: Heard
) -> None:
    standin.script("chat", faults.stream(SOME, cut=True))
    with pytest.raises(EngineProblem) as caught:
        await house.describe(CAT, report=heard)
    assert caught.value.name == "broke_off"
    assert heard == ["some"]
    assert len(standin.calls_to("chat")) == 1
    assert (await house.describe(CAT)).text == SAID


async def test_a_long_text_is_not_told_for_each_of_its_words(
    standin: StandIn, hub: Hub, heard: Heard
) -> None:
    standin.pause = 0
    say(standin, "word " * 2000)
    await hub.caption(RED, CaptionOptions("detailed"), Call(VISION, report=heard))
    assert 50 < len(heard) < 400


async def test_who_gives_up_ends_the_writing(standin: StandIn, house: Studio, heard: Heard) -> None:
    say(standin, SAID * 200)
    task = asyncio.create_task(house.describe(CAT, report=heard))
    await until(lambda: heard)
    task.cancel()
    await until(lambda: standin.calls_to("chat")[0].left)


async def test_one_connection_serves_one_caption_after_another(standin: StandIn, hub: Hub) -> None:
    """httpx2 keeps a connection whose answer was read to its end; the library stops at `[DONE]`."""
    for _ in range(3):
        await hub.caption(RED, CaptionOptions(), Call(VISION))
    assert len({call.connection for call in standin.calls_to("chat")}) == 1


@pytest.fixture(scope="module")
def running() -> Iterator[ModelServer]:
    with ModelServer() as server:
        yield server


@pytest.fixture
def server(running: ModelServer) -> ModelServer:
    running.reset()
    return running


def line(preset: str, path: str, word: str) -> str:
    """A piece, as tests/apis/ollama.py and tests/apis/openai.py document it."""
    if preset == "openai":
        return f"data: {json.dumps({'choices': [{'delta': {'content': word}}]})}\n\n"
    piece = {"response": word} if "generate" in path else {"message": {"content": word}}
    return json.dumps(piece) + "\n"


WAYS = [(name, one.path) for name in ("openai", "ollama") for one in PRESETS[name, "describe"]]


@pytest.mark.parametrize(("preset", "path"), WAYS)
async def test_model_apis_are_heard_while_they_write(
    server: ModelServer, heard: Heard, preset: str, path: str
) -> None:
    async def slowly() -> AsyncIterator[str]:
        for word in ("<think>", "hm", "</think>", *SAID.split(" ")):
            yield line(preset, path, word if "think" in word else f"{word} ")
            await asyncio.sleep(0.01)

    kind = "text/event-stream" if preset == "openai" else "application/x-ndjson"
    server.next(StreamingResponse(slowly(), media_type=kind))
    assert await described(heard, preset, server.url + path) == SAID
    assert heard.grew_to(SAID)
    assert server.calls[0].json["stream"] is True


async def test_a_template_of_ones_own_may_stream_too(server: ModelServer, heard: Heard) -> None:
    pieces = [json.dumps({"text": word}) + "\n" for word in ("a cat ", "on a mat")]
    server.next(Response("".join(pieces), media_type="application/x-ndjson"))
    own = {"caption_api_request": '{"image": "{image}"}', "caption_api_response": "text"}
    assert await described(heard, None, server.url, **own) == "a cat on a mat"
    assert heard[0] == "a cat"


async def test_an_api_that_breaks_off_leaves_nothing(server: ModelServer, heard: Heard) -> None:
    async def dies() -> AsyncIterator[str]:
        yield line("openai", "", "some ")
        await until(lambda: heard)
        raise ConnectionError

    server.next(StreamingResponse(dies(), media_type="text/event-stream"))
    with pytest.raises(EngineProblem) as caught:
        await described(heard, "openai", server.url)
    assert caught.value.name == "api_broke_off"
    assert len(server.calls) == 1


async def described(heard: Heard, preset: str | None, url: str, **more: object) -> str:
    """What an API says of a picture."""
    own = {"caption_api": preset, "caption_api_url": url, **more}
    api = ModelApi(settings(**own, caption_api_model=MODEL if preset else None))
    try:
        return (await api.caption(RED, CaptionOptions(), Call("", report=heard))).text
    finally:
        await api.close()


def test_games_and_many_pictures_are_told_the_rest() -> None:
    said: list[str] = []
    quietly = without_words(lambda message, _=None: said.append(message.key))
    for key in (WRITTEN, "report.turn"):
        quietly(Message(key))
    assert said == ["report.turn"]
