"""The finished game that the page shows first: its pictures and its words fit each other."""

import json

import pytest
from PIL import Image

from describe_draw.engines.builtin import Builtin
from describe_draw.game import sentences
from describe_draw.game.drift import look
from describe_draw.game.meaning import compare
from tools import demo

LANGUAGES = {"en", "zh", "zh-TW"}
GAME = json.loads(demo.GAME.read_text("utf-8"))
LINKS = GAME["links"]
SURVIVED = ("kept", "lost", "invented")
PICTURES, WORDS = LINKS[::2], LINKS[1::2]


def shown(link):
    return demo.STATIC / link["picture"]


def test_pictures_and_words_take_turns_and_each_round_has_its_dials():
    assert all("picture" in link for link in PICTURES)
    assert all("words" in link for link in WORDS)
    assert len(PICTURES) == len(WORDS) + 1 == len(GAME["drift"]) + 1


@pytest.mark.parametrize("link", PICTURES, ids=lambda link: link["picture"])
def test_each_picture_is_there_small_and_of_the_size_that_is_told(link):
    assert shown(link).stat().st_size <= 16 * 1024
    with Image.open(shown(link)) as picture:
        assert (picture.format, *picture.size) == ("WEBP", link["width"], link["height"])


def test_all_pictures_together_weigh_little_and_there_is_no_other():
    kept = set((demo.STATIC / "demo").iterdir())
    assert kept == {shown(link) for link in PICTURES}
    assert sum(path.stat().st_size for path in kept) < 50 * 1024


def test_everything_is_said_in_every_language():
    survived = [GAME[what] for what in SURVIVED]
    for said in (PICTURES[0]["alt"], *(link["words"] for link in WORDS), *survived):
        assert said.keys() == LANGUAGES
        assert all(said.values())
    for things in survived:
        assert len({len(listed) for listed in things.values()}) == 1


@pytest.mark.parametrize("language", sorted(LANGUAGES))
def test_what_survived_is_in_the_first_and_in_the_last_words(language):
    first, last = WORDS[0]["words"][language], WORDS[-1]["words"][language]
    kept, lost, invented = (GAME[what][language] for what in SURVIVED)
    assert all(thing in first and thing in last for thing in kept)
    assert all(thing in first and thing not in last for thing in lost)
    assert all(thing in last and thing not in first for thing in invented)


def test_the_meaning_is_as_far_apart_as_the_game_finds_it(monkeypatch):
    monkeypatch.setattr(sentences, "installed", lambda: False)  # as on a Space
    told = [compare(WORDS[0]["words"]["en"], link["words"]["en"]) for link in WORDS]
    assert [drift["meaning"] for drift in GAME["drift"]] == [round(t.apart, 2) for t in told]
    end = told[-1]
    found = (end.kept, end.lost, end.invented)
    assert [tuple(GAME[what]["en"]) for what in SURVIVED] == list(found)


def test_the_look_is_that_of_the_pictures_before_they_were_made_small():
    engine = Builtin()
    features = [engine.features(Image.open(shown(link)).convert("RGB")) for link in PICTURES]
    found = [look(features[0], other) for other in features[1:]]
    assert [drift["look"] for drift in GAME["drift"]] == pytest.approx(found, abs=0.05)


def test_the_start_is_the_example_that_the_tool_names():
    with Image.open(demo.START) as start, Image.open(shown(PICTURES[0])) as first:
        features = [Builtin().features(picture.convert("RGB")) for picture in (start, first)]
    assert look(*features) < 0.05
