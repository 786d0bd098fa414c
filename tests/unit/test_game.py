"""The game: links, rounds, drift, a person's words, failures, and the zip that is kept."""

import csv
import json
import os
import time
import zipfile

import pytest
from PIL import Image

from describe_draw import pictures
from describe_draw.engines import Engines
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.builtin.describer.networks import Networks
from describe_draw.game import Chain, Game, Picture, Words, archive, sentences
from describe_draw.problems import EngineProblem, Problem
from describe_draw.store import Store
from describe_draw.studio import Studio
from describe_draw.ui import chain as html
from describe_draw.ui.archive import kept as packed
from describe_draw.ui.visit import Visit
from tests.support import EXAMPLES, Puppet, settings

VISIT = Visit(caller=None, language="en")  # type: ignore[arg-type]  # nobody is asked


@pytest.fixture
def game(tmp_path):
    return made(tmp_path)


def made(folder, *engines, **values):
    chosen = settings(**values)
    house = Engines(chosen, (*engines, Builtin()))
    return Game(Studio(chosen, house, Store(folder)), house.features, Store(folder))


async def played(game, rounds, seed=1, **start):
    chain = await game.begin(**start)
    while chain.round <= rounds:
        chain = await game.step(chain, seed)
    return chain


async def test_a_game_from_a_picture(game):
    chain = await played(game, 2, image=EXAMPLES / "cows.png")
    kinds = [type(link) for link in chain.links]
    assert kinds == [Picture, Words, Picture, Words, Picture]
    assert "cow" in chain.words[0].text
    assert [drift.round for drift in chain.drift] == [1, 2]
    assert chain.drift[0].meaning == 0
    assert all(0 < drift.look < 1 for drift in chain.drift)
    assert all(link.credit.engine == "builtin" for link in chain.links[1:])


async def test_a_game_from_a_sentence(game):
    chain = await played(game, 2, sentence="  a dog in a park ")
    kinds = [type(link) for link in chain.links]
    assert kinds == [Words, Picture, Words, Picture, Words]
    assert chain.words[0] == Words("a dog in a park")
    assert "dog" in chain.words[1].text
    assert chain.drift[0].look == pytest.approx(0, abs=1e-6)


async def test_each_picture_is_looked_at_once_for_its_features_and_its_words(game, monkeypatch):
    looks, look = [], Networks.whole

    def counted(networks, picture):
        looks.append(picture)
        return look(networks, picture)

    monkeypatch.setattr(Networks, "whole", counted)
    chain = await played(game, 2, image=EXAMPLES / "cows.png")
    assert [len(chain.pictures), len(chain.words)] == [3, 2]
    assert len(looks) == 3


async def test_each_drawing_is_of_the_words_before_it_and_has_a_seed_of_its_own(game):
    chain = await played(game, 3, seed=2_147_483_646, image=EXAMPLES / "cows.png")
    assert [drawn.recipe.prompt for drawn, _ in chain.drawings] == [
        words.text for _, words in chain.drawings
    ]
    assert [drawn.recipe.seed for drawn, _ in chain.drawings] == [2_147_483_646, 2_147_483_647, 0]


async def test_the_seed_repeats_a_game(game):
    first, again = [await played(game, 2, seed=5, sentence="two cows") for _ in range(2)]
    assert [w.text for w in first.words] == [w.text for w in again.words]
    assert first.drift == again.drift
    pairs = zip(first.pictures, again.pictures, strict=True)
    assert all(one.path.read_bytes() == two.path.read_bytes() for one, two in pairs)


async def test_without_a_seed_games_differ(game):
    first, other = [await played(game, 1, seed=-1, sentence="two cows") for _ in range(2)]
    assert first.pictures[0].recipe.seed != other.pictures[0].recipe.seed


@pytest.mark.parametrize(
    ("size", "shape"),
    [((640, 480), (576, 448)), ((300, 900), (384, 704)), ((50, 50), (512, 512))],
)
async def test_drawings_have_the_shape_of_the_first_picture(game, tmp_path, size, shape):
    path = tmp_path / "start.png"
    Image.new("RGB", size, "skyblue").save(path)
    chain = await played(game, 1, image=path)
    with Image.open(chain.pictures[1].path) as drawn:
        assert drawn.size == chain.pictures[1].size == shape


async def test_drawings_stay_within_the_operators_limits(tmp_path):
    chain = await played(made(tmp_path, max_side=128), 1, image=EXAMPLES / "cat.jpg")
    assert chain.pictures[1].size == (128, 128)


async def test_nothing_but_the_picture_of_an_upload_is_kept(game, tmp_path):
    exif = Image.Exif()
    exif[0x8825] = {1: "N", 2: (48.0, 12.0, 0.0)}
    path = tmp_path / "phone.jpg"
    Image.new("RGB", (64, 64)).save(path, exif=exif, comment=b"a private note")
    chain = await game.begin(path)
    with Image.open(chain.pictures[0].path) as kept:
        kept.load()
        assert kept.format == "PNG"
        assert not kept.info


@pytest.mark.parametrize(
    ("start", "problem"),
    [
        ({}, "no_beginning"),
        ({"sentence": " \n"}, "no_beginning"),
        ({"sentence": "a" * 2001}, "text_too_long"),
        ({"image": __file__}, "not_a_picture"),
    ],
)
async def test_what_no_game_can_begin_with(game, start, problem):
    with pytest.raises(Problem) as caught:
        await game.begin(**start)
    assert caught.value.name == problem


async def test_a_person_changes_the_words_before_they_are_drawn(game):
    chain = await game.step(await game.begin(EXAMPLES / "cat.jpg"))
    assert chain.next == "draw"
    assert chain.said_otherwise(chain.words[-1].text) is chain
    changed = chain.said_otherwise("three penguins in the snow")
    assert changed.words == (Words("three penguins in the snow"),)
    drawn = await game.step(changed, seed=1)
    assert drawn.pictures[-1].recipe.prompt == "three penguins in the snow"
    assert chain.words[0].text == "a cat"  # a chain never changes


async def test_words_of_a_person_follow_a_picture_instead_of_a_description(game):
    chain = await played(game, 1, image=EXAMPLES / "cat.jpg")
    longer = chain.said_otherwise("a lion")
    assert longer.links[-1] == Words("a lion")
    assert [p.path for p in longer.pictures] == [p.path for p in chain.pictures]
    ended = (await game.step(longer)).drift[-1]
    assert 0.5 < ended.meaning <= 1
    assert (ended.kept, ended.lost, ended.invented) == ((), ("cat",), ("lion",))


async def test_what_became_of_the_first_words_is_told_with_the_dials(game, monkeypatch):
    monkeypatch.setattr(sentences, "installed", lambda: False)
    chain = await played(game, 1, sentence="an espresso and a <hat>")
    chain = chain.said_otherwise("a coffee on a table")
    drift = chain.drift[-1]
    assert (drift.kept, drift.became) == (("espresso",), ("coffee",))
    assert (drift.lost, drift.invented) == (("hat",), ("table",))
    said = html.dials(chain, 1, VISIT)
    assert '<li class="kept">Kept: espresso → coffee</li>' in said
    assert '<li class="lost">Lost: hat</li><li class="invented">Invented: table</li>' in said
    assert "<li" in html.page(chain, VISIT).split('<ul class="things">')[1]
    assert '<li class="lost">丢失：hat</li>' in html.dials(chain, 1, Visit(None, "zh"))  # type: ignore[arg-type]
    assert "MiniLM" not in said
    same = chain.said_otherwise("an espresso and a hat")
    assert "Kept: espresso, hat" in html.dials(same, 1, VISIT)


async def test_the_page_names_the_sentence_model_that_was_asked(game):
    chain = await played(game, 1, sentence="a dog in a park")
    assert chain.drift[-1].model == "all-MiniLM-L6-v2"
    assert "compared by all-MiniLM-L6-v2." in html.dials(chain, 1, VISIT)


class Looks(Builtin):
    """Counts the files that are opened and the pictures that are looked at."""

    def __init__(self):
        super().__init__()
        self.seen = []

    def features(self, picture):
        self.seen.append(picture)
        return super().features(picture)

    async def caption(self, picture, asked, call):
        self.seen.append(picture)
        return await super().caption(picture, asked, call)


async def test_a_drawing_is_read_once_and_handed_on(tmp_path, monkeypatch):
    engine = Looks()
    game = made(tmp_path, engine)
    chain = await game.step(await game.begin(sentence="a dog in a park"))
    with monkeypatch.context() as patch:
        patch.setattr(pictures, "opened", None)
        chain = await game.step(chain)
    looked_at, described = engine.seen
    assert looked_at is described
    assert chain.pictures[0].pixels is None  # it is let go when it is described
    with_pixels = await game.step(chain)
    assert with_pixels.links[-1].pixels
    assert with_pixels.at_rest().links[-1].pixels is None


async def test_a_game_whose_pictures_are_gone_says_so(game):
    chain = (await played(game, 1, image=EXAMPLES / "cat.jpg")).at_rest()
    for picture in chain.pictures:
        picture.path.unlink()
    with pytest.raises(Problem) as caught:
        await game.step(chain)
    assert caught.value.name == "picture_gone"
    with pytest.raises(Problem) as caught:
        await packed(chain, VISIT, game)
    assert caught.value.name == "game_gone"
    assert not [p for p in game.store.root.rglob("*") if p.is_file()]  # nor is there half a zip


async def test_a_game_has_one_zip_however_often_it_is_asked_for(game):
    chain = await played(game, 1, image=EXAMPLES / "cat.jpg")
    packings = [await packed(chain, VISIT, game) for _ in range(3)]
    assert len(set(packings)) == 1
    files = sorted(p.suffix for p in game.store.root.rglob("*") if p.is_file())
    assert files == [".png", ".png", ".zip"]
    longer = chain.said_otherwise("a lion")
    with zipfile.ZipFile(await packed(longer, VISIT, game)) as kept:
        assert kept.read("captions.txt").decode().splitlines()[-1] == "a lion"


async def test_pictures_of_a_game_that_goes_on_stay_young(game):
    chain = await played(game, 1, image=EXAMPLES / "cat.jpg")
    for picture in chain.pictures:
        os.utime(picture.path, (0, 0))
    await game.step(chain)
    assert all(time.time() - picture.path.stat().st_mtime < 60 for picture in chain.pictures)


async def test_words_that_end_a_round_are_measured_anew_when_they_change(game):
    chain = await played(game, 1, sentence="a dog in a park")
    changed = chain.said_otherwise("a dog in a park")
    assert len(changed.drift) == 1
    assert changed.drift[0].meaning == 0
    start = await game.begin(sentence="a dog")
    assert start.said_otherwise("a cat") == Chain((Words("a cat"),))


async def test_a_failing_step_leaves_the_chain_as_it_was(tmp_path):
    engine = Puppet()
    game = made(tmp_path, engine)
    chain = await played(game, 2, sentence="a dog")
    engine.fails = True
    with pytest.raises(EngineProblem):
        await game.step(chain)
    assert len(chain.drift) == 2
    assert all(picture.path.exists() for picture in chain.pictures)
    longer = await game.step(chain, model="builtin")  # the builtin engine goes on from there
    assert longer.links[-1].credit.engine == "builtin"


async def test_seed_and_options_reach_other_engines_as_they_are(tmp_path):
    asked = []

    class Listener(Puppet):
        async def generate(self, recipe, call):
            asked.append((recipe, call.model))
            return await super().generate(recipe, call)

    await played(made(tmp_path, Listener()), 2, seed=7, sentence="a dog")
    first, second = [recipe for recipe, _ in asked]
    assert (first.prompt, first.seed, first.width, first.steps) == ("a dog", 7, 512, 25)
    assert (second.prompt, second.seed) == ("short of hub", 8)
    assert asked[0][1] == "hub/model"


NASTY = '</script><img src=x onerror="alert(1)">&{{value}}${1+1} "a dog"'


@pytest.fixture
async def kept(game, tmp_path):
    chain = await played(game, 2, sentence=NASTY)
    path = archive.pack(chain, html.page(chain, VISIT), tmp_path)
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "kept")
    return chain, tmp_path / "kept"


async def test_the_archive_holds_everything(kept):
    chain, folder = kept
    names = sorted(str(p.relative_to(folder)) for p in folder.rglob("*") if p.is_file())
    assert names == [
        "captions.txt",
        "drift.csv",
        "index.html",
        "pictures/01-drawing.png",
        "pictures/03-drawing.png",
        "recipes.json",
    ]
    assert (folder / "captions.txt").read_text("utf-8").splitlines() == [
        w.text for w in chain.words
    ]
    rows = list(csv.DictReader((folder / "drift.csv").open(encoding="utf-8")))
    assert [float(row["meaning"]) for row in rows] == [d.meaning for d in chain.drift]
    assert [row["lost"] for row in rows] == ["; ".join(d.lost) for d in chain.drift]
    recipes = json.loads((folder / "recipes.json").read_text("utf-8"))
    assert [r["recipe"]["seed"] for r in recipes] == [1, 2]
    assert (folder / recipes[0]["file"]).read_bytes() == chain.pictures[0].path.read_bytes()


async def test_the_archives_page_is_whole_and_escaped(kept):
    _, folder = kept
    page = (folder / "index.html").read_text("utf-8")
    assert 'src="pictures/01-drawing.png"' in page
    assert "&lt;img src=x onerror=" in page
    assert "<img src=x" not in page
    assert "<script" not in page
    assert "://" not in page.replace("http://www.w3.org/2000/svg", "")
    assert 'role="img" aria-label="Drift from the start. Meaning: ' in page


async def test_the_first_picture_is_kept_too(game, tmp_path):
    chain = await played(game, 1, image=EXAMPLES / "cat.jpg")
    assert list(archive.file_names(chain).values()) == [
        "pictures/00-start.png",
        "pictures/02-drawing.png",
    ]
