"""A story that stands still is asked for more; one that has come to rest ends with that verdict."""

import json

import numpy as np
import pytest
from starlette.responses import JSONResponse

from describe_draw.caption_options import CaptionOptions
from describe_draw.commands import main
from describe_draw.engines import Engines
from describe_draw.engines.base import Caption, Credit
from describe_draw.game import Chain, Game, Words
from describe_draw.game.rest import is_at_rest
from describe_draw.problems import Problem
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.texts import catalog
from describe_draw.ui import chain as html
from describe_draw.ui.visit import Visit
from tests.apis import ModelServer
from tests.support import EXAMPLES, Puppet, settings

MORE, NOTHING = "note.asked_for_more", "note.nothing_new"


class Parrot(Puppet):
    """Says the same of every picture, and something else to who asks for more."""

    def __init__(self, *more: str, says: str = "a dog", **can: object) -> None:
        super().__init__()
        self.asked: list[CaptionOptions] = []
        self._more, self._says, self._can = list(more), says, can

    def capabilities(self, task, caller):
        (can,) = super().capabilities(task, caller)
        return (type(can)(**{**{n: getattr(can, n) for n in can.__slots__}, **self._can}),)

    async def caption(self, picture, asked, call):
        self.asked.append(asked)
        is_close = asked.instruction or asked.style != "short"
        said = self._more.pop(0) if is_close and self._more else self._says
        return Caption(said, Credit(engine=self.name, model=call.model))


async def played(folder, engine, rounds, sentence="a cat"):
    """A game that is ended by its verdict, or after so many rounds."""
    chosen = settings(max_side=64, remember=False)
    studio = Studio(chosen, Engines(chosen, (engine,)), Store(folder))
    game = Game(studio, lambda picture: np.ones(8, np.float32), Store(folder))
    chain = await game.begin(sentence=sentence)
    while chain.round <= rounds and not is_at_rest(chain):
        chain = await game.step(chain)
    return chain


def captions(chain):
    return [words.text for words in chain.words if words.credit]


def notes(chain):
    """What is noted on each caption's card."""
    return [[note.key for note in words.credit.notes] for words in chain.words if words.credit]


async def test_a_caption_that_the_game_had_before_is_asked_for_more(tmp_path):
    parrot = Parrot("a dog with a red ball")
    chain = await played(tmp_path, parrot, 2)
    assert captions(chain) == ["a dog", "a dog with a red ball"]
    assert notes(chain) == [[], [MORE]]


async def test_who_is_told_in_words_is_told_what_was_said(tmp_path):
    parrot = Parrot("a dog with a red ball")
    await played(tmp_path, parrot, 2)
    *short, more = parrot.asked
    assert [asked.instruction for asked in short] == ["", ""]
    assert '"a dog"' in more.instruction


async def test_others_are_asked_in_detail(tmp_path):
    parrot = Parrot("A dog. It is brown.", instructs=False, styles=("short", "detailed"))
    chain = await played(tmp_path, parrot, 2)
    assert [asked.style for asked in parrot.asked] == ["short", "short", "detailed"]
    assert captions(chain)[-1] == "A dog. It is brown."


async def test_who_can_say_no_more_is_not_asked(tmp_path):
    parrot = Parrot("a dog with a red ball", instructs=False, styles=("short",))
    chain = await played(tmp_path, parrot, 5)
    assert len(parrot.asked) == 2
    assert notes(chain)[-1] == [NOTHING]


class Broken(Parrot):
    """Fails whoever asks it for more."""

    async def caption(self, picture, asked, call):
        if asked.instruction:
            raise Problem("visitor_limit", wait="an hour")
        return await super().caption(picture, asked, call)


async def test_a_caption_is_not_lost_where_more_can_not_be_asked_for(tmp_path):
    chain = await played(tmp_path, Broken(), 3)
    assert captions(chain) == ["a dog", "a dog"]
    assert notes(chain) == [[], [NOTHING]]


async def test_two_equal_captions_end_the_story(tmp_path):
    chain = await played(tmp_path, Parrot(), 5)
    assert captions(chain) == ["a dog", "a dog"]
    assert notes(chain) == [[], [NOTHING]]
    assert is_at_rest(chain)
    assert len(chain.drift) == 2  # all that was played is kept
    assert len(chain.pictures) == 2


async def test_more_that_was_said_before_is_nothing_new(tmp_path):
    chain = await played(tmp_path, Parrot("a red dog", "a red dog"), 9)
    assert captions(chain) == ["a dog", "a red dog", "a dog", "a dog"]
    assert notes(chain) == [[], [MORE], [NOTHING], [NOTHING]]


@pytest.mark.parametrize(
    ("one", "other", "rests"),
    [
        ("a dog in a park", "A dog in a park.", True),
        ("一只狗在公园里", "公园里有一只狗", True),
        ("a dog in a park", "a red dog in a park", False),
        ("a dog in a park", "a dog in a park at night", False),
        ("!", "?", False),
    ],
)
async def test_captions_are_equal_where_they_say_the_same(one, other, rests):
    credit = Credit(engine="hub", model="hub/model")
    assert is_at_rest(Chain((Words(one, credit), Words(other, credit)))) is rests


async def test_what_people_write_may_be_said_again(tmp_path):
    chain = await played(tmp_path, Parrot(), 1, sentence="a dog")
    assert notes(chain) == [[]]
    assert not is_at_rest(chain)
    changed = (await played(tmp_path, Parrot(), 5)).said_otherwise("a dog on a boat")
    assert not is_at_rest(changed)


async def test_the_page_that_is_kept_tells_the_verdict(tmp_path):
    chain = await played(tmp_path, Parrot(), 5)
    for language in ("en", "zh", "zh-TW"):
        verdict = catalog(language)["game.came_to_rest"].format(rounds=2)
        assert verdict in html.page(chain, Visit(None, language))  # type: ignore[arg-type]
    short = await played(tmp_path, Parrot(), 1)
    assert "come to rest" not in html.page(short, Visit(None, "en"))  # type: ignore[arg-type]


def test_the_shell_ends_a_game_and_says_after_which_round(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    with ModelServer() as server:
        for _ in range(2):
            server.next(JSONResponse({"description": "a dog"}))
        monkeypatch.setenv("CAPTION_API_URL", f"{server.url}/describe_image")
        words = ["--describe", "http", "--draw", "builtin", "--rounds", "5", "--json"]
        assert main(["play", str(EXAMPLES / "cat.jpg"), *words]) == 0
    *rounds, pair = map(json.loads, capsys.readouterr().out.splitlines())
    assert [one["round"] for one in rounds] == [1]
    assert pair["at_rest_after"] == [1]
