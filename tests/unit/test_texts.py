import re
from pathlib import Path
from string import Formatter

import pytest

from describe_draw.texts import LANGUAGES, catalog, listed, message, preferred

SOURCES = Path(__file__).parents[2] / "describe_draw"


def placeholders(text):
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_everything(language):
    english, other = catalog("en"), catalog(language)
    assert other.keys() == english.keys()
    for key, text in english.items():
        assert placeholders(other[key]) == placeholders(text), key


def test_no_text_is_left_over():
    code = "\n".join(path.read_text("utf-8") for path in SOURCES.rglob("*.py"))
    for key in catalog("en"):
        section, name = key.split(".")
        named = rf"\b{name}\b" if section not in ("missing", "option", "engine") else "."
        if name.startswith("style_") or name.endswith("_hint"):
            continue  # made from the styles' and options' names
        assert re.search(named, code), key


def test_a_message_within_a_message_is_said_in_the_same_language():
    said = message("problem.out_of_range", option=message("option.width"), low=64, high=1024)
    assert said.say("en") == "The width must be a number from 64 to 1024."
    assert said.say("zh") == "宽度必须是 64 到 1024 之间的数字。"


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh"),
        ("de-DE,zh-TW;q=0.7", "zh"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        (None, "en"),
    ],
)
def test_the_first_language_that_the_app_speaks(header, language):
    assert preferred(header) == language


def test_names_in_a_row():
    assert listed(["a", "b"]) == "a, b"
    assert listed(["甲", "乙"], "zh") == "甲、乙"
