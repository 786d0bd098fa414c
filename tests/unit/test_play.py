"""The game on the page, one link at a time."""

import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from describe_draw.game import Chain, Game, Words
from describe_draw.texts import catalog
from describe_draw.ui.picture import Named
from describe_draw.ui.play import LONGEST_NAME, Play
from tests.support import EXAMPLES, Puppet, asked_by, desk_of

SKIPPED = {"__type__": "update"}
"""gr.skip(): the session's state stays as it was."""


class Table:
    """A page's game, whose state is kept as its session does."""

    def __init__(self, folder, *engines, **values):
        self.desk = desk_of(folder, *engines, **values)
        studio = self.desk.studio
        self.play = Play(self.desk, Game(studio, studio.engines.features, studio._store))
        self.state = None

    async def _run(self, steps):
        said = [step async for step in steps]
        states = [state for state, _ in said if state != SKIPPED]
        self.state = states[-1] if states else self.state
        return said[-1][1]

    async def begin(self, sentence="", picture=None, name="mine"):
        return await self._run(self.play.begin(picture, sentence, name, asked_by(), None))

    async def step(self, words="", model="", language="", name="mine"):
        values = (words, model, language, name)
        return await self._run(self.play.step(self.state, *values, asked_by(), None))

    async def keep(self, language="en", name="mine"):
        kept = self.play.keep(self.state, language, name, asked_by(), None)
        return [told async for told in kept][-1]

    def uploaded(self):
        path = self.desk.studio._store.new() / "cat.jpg"
        path.write_bytes((EXAMPLES / "cat.jpg").read_bytes())
        return Named(path=str(path))


@pytest.fixture
def table(tmp_path):
    return Table(tmp_path, Puppet(), max_side=64)


async def test_a_game_begins_with_words(table):
    told = await table.begin("a dog in a park")
    assert told["state"] == "done"
    assert told["links"] == [{"words": "a dog in a park", "credit": []}]
    assert (told["length"], told["rounds"], told["drift"]) == (1, 0, [])


async def test_of_words_and_a_picture_the_words_begin(table):
    told = await table.begin("a dog", table.uploaded())
    assert told["links"][0]["words"] == "a dog"


async def test_a_game_begins_with_a_picture(table):
    told = await table.begin(picture=table.uploaded())
    (link,) = told["links"]
    assert link["picture"].startswith("gradio_api/file=")
    assert link["width"] > 64


async def test_without_either_it_says_what_is_missing(table):
    told = await table.begin("  ")
    assert told["problem"]["key"] == "problem.no_beginning"
    assert table.state is None


async def test_each_step_tells_the_last_two_links_and_the_drift(table):
    await table.begin("a dog in a park")
    drawn = await table.step()
    assert [*drawn["links"][1]] == ["picture", "width", "height", "credit"]
    assert drawn["links"][1]["credit"][0]["key"] == "page.answered_model"
    assert (drawn["length"], drawn["drift"]) == (2, [])
    described = await table.step()
    assert described["links"][1]["words"] == "short of hub"
    assert (described["length"], described["rounds"]) == (3, 1)
    (drift,) = described["drift"]
    assert {"meaning", "look", "kept", "became", "lost", "invented", "model"} <= drift.keys()
    assert (await table.step())["length"] == 4


async def test_the_state_holds_no_pixels(table):
    await table.begin("a dog")
    await table.step()
    _, chain = table.state
    assert chain.pictures[-1].pixels is None


async def test_words_that_a_person_twists_are_drawn(table):
    await table.begin(picture=table.uploaded())
    await table.step()
    told = await table.step("a dog, at night")
    assert told["links"][0] == {"words": "a dog, at night", "credit": []}
    _, chain = table.state
    assert chain.pictures[-1].recipe.prompt == "a dog, at night"
    assert [type(link) for link in chain.links].count(Words) == 1


async def test_words_after_a_picture_follow_it_and_are_drawn(table):
    """A person goes on from a game that ended with a picture."""
    await table.begin(picture=table.uploaded())
    told = await table.step("a cat on the moon")
    assert (told["length"], told["links"][0]["words"]) == (3, "a cat on the moon")


async def test_a_game_that_the_server_forgot_goes_on_from_its_words(table):
    told = await table.step("a dog")
    assert (told["state"], told["length"]) == ("done", 2)
    assert (await table.step())["length"] == 3


async def test_without_words_a_forgotten_game_is_gone(table):
    assert (await table.step())["problem"]["key"] == "problem.game_gone"
    assert (await table.keep())["problem"]["key"] == "problem.game_gone"


async def test_another_game_of_the_page_is_not_the_one_that_is_meant(table):
    await table.begin("a dog", name="first")
    await table.begin("a cat", name="second")
    assert (await table.step(name="first"))["problem"]["key"] == "problem.game_gone"
    assert (await table.step(name="second"))["length"] == 2


async def test_a_name_is_kept_as_long_as_pages_make_them(table):
    await table.begin("a dog", name="x" * 10_000)
    assert table.state[0] == "x" * LONGEST_NAME
    assert (await table.step(name="x" * 10_000))["state"] == "done"


async def test_a_step_that_fails_leaves_the_game_as_it_was(tmp_path):
    table = Table(tmp_path, Puppet(fails=True), max_side=64)
    await table.begin("a dog")
    before = table.state
    told = await table.step()
    assert told["state"] == "failed"
    assert told["instead"]
    assert table.state is before
    assert (await table.step(model="builtin"))["length"] == 2


async def test_captions_come_in_the_language_that_is_asked_for(tmp_path):
    table = Table(tmp_path)
    await table.begin(picture=table.uploaded())
    told = await table.step(language="zh")
    assert "猫" in told["links"][-1]["words"]


@pytest.mark.parametrize("words", [True, "x" * 5000, "a \ud800"])
async def test_odd_words_are_refused_in_words(table, words):
    await table.begin("a dog")
    told = await table.step(words)
    assert told["problem"]["key"] in ("problem.odd_text", "problem.text_too_long")


async def test_a_game_is_kept_in_the_language_that_the_page_speaks(table):
    await table.begin("a dog")
    await table.step()
    for language in ("zh", "xx", 7):
        told = await table.keep(language)
        with zipfile.ZipFile(Path(told["file"].partition("file=")[2])) as file:
            page = file.read("index.html").decode()
        start = catalog(language if language == "zh" else "en")["game.start"]
        assert start in page


async def test_a_game_whose_picture_is_gone_says_so(table):
    await table.begin("a dog")
    await table.step()
    name, chain = table.state
    gone = replace(chain.links[-1], path=chain.links[-1].path.with_name("gone.png"))
    table.state = (name, Chain((chain.links[0], gone)))
    assert (await table.keep())["problem"]["key"] == "problem.game_gone"
