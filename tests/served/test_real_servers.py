"""Servers that people run, as real processes: what their models say is noise, how they say it not.

`transformers serve` of the installed transformers, with a tiny model in a folder and no network:
https://huggingface.co/docs/transformers/serving
"""

import os
import socket
import subprocess
import sys
from contextlib import suppress

import httpx
import pytest
from PIL import Image

from describe_draw.caption_options import CaptionOptions
from describe_draw.engines.base import Call
from describe_draw.engines.model_api import ModelApi
from describe_draw.problems import Problem
from tests.support import settings
from tests.waiting import wait_until

pytestmark = pytest.mark.slow
RED, GREEN = (Image.new("RGB", (80, 60), color) for color in ((205, 40, 40), (20, 240, 40)))
ALONE = {"HF_HUB_OFFLINE": "1", "OMP_NUM_THREADS": "1"}


@pytest.fixture(scope="module")
def model(tmp_path_factory):
    """A LLaVA in a folder; PyTorch is imported only where this runs."""
    from tests.local import tiny  # noqa: PLC0415

    return str(tiny.vision_language(tmp_path_factory.mktemp("models") / "tiny-llava"))


@pytest.fixture(scope="module")
def transformers(model, tmp_path_factory):
    """The address of `transformers serve`, which loads the model before it listens."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    url = f"http://127.0.0.1:{port}"
    serve = [sys.executable, "-m", "transformers.cli.transformers", "serve", model]
    log = tmp_path_factory.mktemp("serve") / "log"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [*serve, "--device", "cpu", "--host", "127.0.0.1", "--port", port],
            env={**os.environ, **ALONE},
            stdout=out,
            stderr=out,
        )
        try:
            with httpx.Client(base_url=url) as http:
                wait_until(lambda: process.poll() is not None or is_up(http), seconds=120)
            assert process.poll() is None, log.read_text()
            yield url
        finally:
            process.terminate()
            process.wait(30)


def is_up(http):
    with suppress(httpx.HTTPError):
        return http.get("/health").is_success
    return False


async def asked(doing, url, model, **values):
    names = ("caption_api", "text_api")
    chosen = dict.fromkeys(names, "openai")
    chosen |= {f"{name}_url": url for name in names} | {f"{name}_model": model for name in names}
    api = ModelApi(settings(**chosen, **values))
    try:
        return await doing(api)
    finally:
        await api.close()


async def test_transformers_describes_what_it_is_shown(transformers, model):
    async def describe(api):
        return [await api.caption(picture, CaptionOptions(), Call("")) for picture in (RED, GREEN)]

    red, green = await asked(describe, transformers, model)
    assert red.text
    assert green.text
    assert red.text != green.text  # it takes the likeliest words: the same for the same picture
    assert red.credit.model == "tiny-llava"


async def test_transformers_streams_a_text(transformers, model):
    async def write(api):
        return [piece async for piece in api.write("a red dog", Call(""), system="be kind")]

    assert len(await asked(write, f"{transformers}/v1", model)) > 1


async def test_transformers_refusal_is_told_in_its_words(transformers, model):
    async def refused(**values):
        with pytest.raises(Problem) as caught:
            await asked(
                lambda api: api.caption(RED, CaptionOptions("tags"), Call("")),
                transformers,
                **values,
            )
        return caught.value.message.say()

    assert "(Server is pinned to '" in await refused(model="another")
    odd = '{"model": "{model}", "messages": [], "prompts": "{prompt}"}'
    said = await refused(model=model, caption_api_request=odd)
    assert "(Unexpected fields in the request: {'prompts'})" in said
    assert "CAPTION_API_REQUEST" in said
