"""`python -m describe_draw check`, as operators run it."""

import os
import subprocess
import sys

import pytest

from describe_draw.check import check as check_here
from tests.apis import MODEL, ModelServer
from tests.apis.refusals import REFUSALS
from tests.support import ROOT, settings


def check(*arguments, **environment):
    return subprocess.run(
        [sys.executable, "-m", "describe_draw", *(arguments or ["check"])],
        cwd=ROOT,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def test_with_nothing_set_the_builtin_engine_answers():
    done = check()
    lines = done.stdout.splitlines()
    assert done.returncode == 0, done.stderr
    assert lines[0] == "describe: built-in engine"
    assert lines[2] == "draw: built-in engine"
    assert "a picture of 512 × 512 pixels" in lines[3]
    assert lines[4] == "edit: built-in engine"
    assert "a picture of 512 × 512 pixels" in lines[5]
    assert lines[6].startswith("write: No model is set up for writing")


@pytest.fixture(scope="module")
def server():
    with ModelServer() as running:
        yield running


def test_it_names_who_answers_and_what_is_wrong(server):
    done = check(
        CAPTION_API="ollama",
        CAPTION_API_URL=server.url,
        CAPTION_API_MODEL=MODEL,
        IMAGE_API_URL=f"{server.url}/draw",
        IMAGE_API_RESPONSE="picture",
        TEXT_API="openai",
        TEXT_API_URL=server.url,
        TEXT_API_MODEL="another",
    )
    said = done.stdout
    assert done.returncode == 1
    assert f"describe: model API, {MODEL}" in said
    assert "picture of 512 by 512" in said
    assert "has no picture in its answer, only image: check IMAGE_API_RESPONSE." in said
    assert "The model `another` does not exist." in said
    assert "Traceback" not in said + done.stderr


@pytest.mark.parametrize("shape", REFUSALS)
async def test_it_tells_the_reason_in_the_words_of_the_server(server, capsys, shape):
    response, words = REFUSALS[shape]
    server.next(response, response, response)
    url = f"{server.url}/refuses"
    failed = await check_here(
        settings(caption_api_url=url, image_api_url=url, text_api_url=url, hf_token=None)
    )
    said = capsys.readouterr().out
    assert failed == said.count(f"({words})") == 3
    assert not [odd for odd in ("HTTP", "Exception", "Error", "{") if odd in said]


def test_a_setting_that_can_not_be_used_is_told_in_one_line():
    done = check(CAPTION_API="ollama")
    assert done.returncode == 1
    assert done.stderr == "CAPTION_API_URL is not set, but other settings of CAPTION_API.\n"


def test_any_other_word_is_answered_with_the_usage():
    done = check("help")
    assert done.returncode == 2
    assert "usage: describe-draw" in done.stderr
    assert "invalid choice: 'help'" in done.stderr
