"""How captions are wanted, and what models are told of it."""

import pytest
from PIL import Image

from describe_draw.caption_options import PURPOSES, CaptionOptions
from describe_draw.engines import Engines
from describe_draw.engines.base import Call
from describe_draw.engines.calling.model_prompts import (
    CAPTION_PROMPTS,
    caption_prompt,
    caption_tokens,
)
from describe_draw.engines.model_api import ModelApi
from describe_draw.problems import Problem
from describe_draw.store import Store
from describe_draw.studio import Studio
from tests.apis import ModelServer
from tests.support import EXAMPLES, Puppet, settings

CAT = EXAMPLES / "cat.jpg"


def told(**asked):
    return caption_prompt(CaptionOptions(**asked))


def test_an_alt_text_follows_what_the_picture_is_for():
    """By the W3C's decision tree, https://www.w3.org/WAI/tutorials/images/decision-tree/."""
    assert told(style="alt text") == CAPTION_PROMPTS["alt text"]
    assert "where it leads or what it does" in told(style="alt text", purpose="link")
    assert "exactly as they stand" in told(style="alt text", purpose="text")
    assert "long description" in told(style="alt text", purpose="complex")


@pytest.mark.parametrize("style", ["short", "detailed", "tags"])
@pytest.mark.parametrize("purpose", PURPOSES)
def test_other_styles_have_no_purpose(style, purpose):
    assert told(style=style, purpose=purpose) == CAPTION_PROMPTS[style]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"min_words": 40}, "Use at least 40 words"),
        ({"max_words": 60}, "Use at most 60 words"),
        ({"min_words": 40, "max_words": 60}, "Use 40 to 60 words"),
        ({"context": "Our new shop in Rome"}, "'Our new shop in Rome'"),
    ],
)
def test_length_and_context_are_told_in_words(asked, says):
    assert says in told(style="detailed", **asked)
    assert says in told(instruction="List the clothes.", **asked)


def test_a_long_caption_has_room():
    assert caption_tokens(CaptionOptions("short", min_words=300)) >= 600
    assert caption_tokens(CaptionOptions("short", max_words=5)) == caption_tokens(CaptionOptions())


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"purpose": "decorative"}, "informative, link, text, complex"),
        ({"min_words": 20, "max_words": 10}, "minimum length is above"),
        ({"min_words": -1}, "minimum length must be a number from 0"),
        ({"max_words": 2.5}, "maximum length must be a whole number"),
        ({"max_words": "many"}, "maximum length"),
        ({"context": "a" * 501}, "context"),
        ({"instruction": "a" * 2001}, "instruction"),
        ({"language": "tlh"}, "zh-TW"),
    ],
)
async def test_what_is_off_is_told_before_anybody_is_asked(tmp_path, asked, says):
    engine, chosen = Puppet(), settings()
    studio = Studio(chosen, Engines(chosen, (engine,)), Store(tmp_path))
    with pytest.raises(Problem) as caught:
        await studio.describe(CAT, CaptionOptions(**asked))
    assert says in str(caught.value)
    assert not engine.begun


@pytest.mark.parametrize(
    ("request_", "ignored"),
    [
        ('{"image": "{image}"}', ("context", "min_words")),
        ('{"image": "{image}", "prompt": "{prompt}"}', ()),
    ],
)
async def test_an_api_without_a_place_for_words_names_what_it_left_out(request_, ignored):
    asked = CaptionOptions("short", context="Our shop", min_words=10)
    with ModelServer() as server:
        url = f"{server.url}/describe_image"
        api = ModelApi(settings(caption_api_url=url, caption_api_request=request_))
        caption = await api.caption(Image.new("RGB", (80, 60), "red"), asked, Call(""))
        await api.close()
    assert caption.credit.ignored == ignored
    assert ("'Our shop'" in server.calls[0].json.get("prompt", "")) != bool(ignored)


async def test_the_built_in_engine_names_what_it_does_not_follow(tmp_path):
    chosen = settings()
    studio = Studio(chosen, Engines(chosen), Store(tmp_path))
    asked = CaptionOptions("alt text", purpose="link", context="Our shop", max_words=5)
    caption = await studio.describe(CAT, asked)
    assert "cat" in caption.text
    assert caption.credit.ignored == ("purpose", "context", "max_words")
