import base64
import json

import pytest

from describe_draw.engines.model_api.answers import PathMissing, find, picture
from describe_draw.engines.model_api.presets import complete
from describe_draw.engines.model_api.templates import Template

NAMES = ("prompt", "steps", "model")


def fill(text, **values):
    return Template.parse(text, NAMES).fill({"prompt": "", "steps": 1, "model": None, **values})


def test_a_lone_placeholder_becomes_the_value_itself():
    assert fill('{"p": "{prompt}", "n": "{steps}"}', prompt="a dog", steps=4) == {
        "p": "a dog",
        "n": 4,
    }


def test_a_placeholder_in_a_text_is_written_into_it():
    assert fill('{"p": "{prompt}, {steps} times", "n": 3}', prompt="a dog", steps=4) == {
        "p": "a dog, 4 times",
        "n": 3,
    }


@pytest.mark.parametrize(
    "prompt", ['a "dog"', '"}, "admin": {"x": "', "line\nbreak", "\\", "{steps}"]
)
def test_no_prompt_can_change_the_structure(prompt):
    assert fill('{"p": ["{prompt}", {"deep": "<{prompt}>"}]}', prompt=prompt) == {
        "p": [prompt, {"deep": f"<{prompt}>"}]
    }


def test_what_has_no_value_is_left_out():
    assert fill('{"p": "x", "model": "{model}", "o": {"m": "{model}"}, "l": ["{model}"]}') == {
        "p": "x",
        "o": {},
        "l": [],
    }


@pytest.mark.parametrize(
    ("template", "text"),
    [
        ("{prompt} --model {model}", "a dog --model"),
        ("{prompt} {model} --fast", "a dog --fast"),
        ("{model} {prompt}", " a dog"),
        ("<{model}>{prompt}", "<>a dog"),
        ("{prompt} {model}, quick", "a dog , quick"),
        ("{prompt}{model}", "a dog"),
        ("{prompt} {steps} {model}", "a dog 4"),
    ],
)
def test_what_has_no_value_is_empty_within_a_text(template, text):
    assert fill(json.dumps({"p": template}), prompt="a dog", steps=4) == {"p": text}


def test_no_prompt_loses_its_spaces():
    assert fill('{"p": "> {prompt}  {model} <"}', prompt="a  dog ") == {"p": "> a  dog   <"}


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{prompt}", "must be JSON"),
        ('["{prompt}"]', "a JSON object"),
        ('{"p": "{promt}"}', r"no \{promt\} here, only \{prompt\}, \{steps\}, \{model\}"),
    ],
)
def test_a_template_that_can_not_be_meant_is_refused(text, says):
    with pytest.raises(ValueError, match=says):
        Template.parse(text, NAMES)


def test_an_answer_is_found_by_its_path():
    answer = {"choices": [{"message": {"content": "hello"}}]}
    assert find(answer, "choices.0.message.content") == "hello"
    assert find("hello", ".") == "hello"


@pytest.mark.parametrize(
    ("path", "keys"),
    [("text", ["choices"]), ("choices.1", ["0 … 0"]), ("choices.0.text", ["message", "index"])],
)
def test_a_path_that_is_not_there_tells_what_is(path, keys):
    with pytest.raises(PathMissing) as caught:
        find({"choices": [{"message": "", "index": 0}]}, path)
    assert caught.value.keys == keys


JPEG = b"\xff\xd8\xff\xe0" + bytes(range(200))
BASE64 = base64.b64encode(JPEG).decode()


@pytest.mark.parametrize(
    "value",
    [
        BASE64,
        f"data:image/jpeg;base64,{BASE64}",
        [BASE64],
        {"b64_json": BASE64},
        [{"url": f"data:image/jpeg;base64,{BASE64}"}],
        BASE64.rstrip("="),
        BASE64.replace("/", "_").replace("+", "-"),
        "\n".join(BASE64[i : i + 76] for i in range(0, len(BASE64), 76)),
    ],
)
def test_a_picture_in_an_answer(value):
    assert picture(value) == JPEG


@pytest.mark.parametrize("address", ["http://h/a.png", "/files/a.png", "/view?filename=a"])
def test_the_address_of_a_picture_in_an_answer(address):
    assert picture({"url": address}) == address


@pytest.mark.parametrize("value", [None, 7, [], {}, "a fine picture"])
def test_no_picture_in_an_answer(value):
    with pytest.raises(ValueError, match="base64"):
        picture(value)


@pytest.mark.parametrize(
    ("url", "completed"),
    [
        ("http://h:8000", "http://h:8000/v1/chat/completions"),
        ("http://h:8000/", "http://h:8000/v1/chat/completions"),
        ("http://h/v1", "http://h/v1/chat/completions"),
        ("http://h/proxy/v1/", "http://h/proxy/v1/chat/completions"),
        ("http://h/v1/chat/completions", "http://h/v1/chat/completions"),
        ("http://h/llama", "http://h/llama/v1/chat/completions"),
    ],
)
def test_an_address_is_completed(url, completed):
    assert complete(url, "/v1/chat/completions") == completed
