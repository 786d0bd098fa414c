"""Who does something with, on or in something touches it, and nothing hides another.

What is taken for granted is what everybody knows: one sits on a seat, not beside it; a cat on a lap
is on the body; what an animal catches is at its head; a dog on a leash is tied to a hand.
"""

from random import Random

import pytest

from describe_draw.engines.builtin.illustrator import art
from describe_draw.engines.builtin.illustrator.attachments import hands
from describe_draw.engines.builtin.illustrator.bodies import pose_of
from describe_draw.engines.builtin.illustrator.contacts import anchored
from describe_draw.engines.builtin.illustrator.crowds import around
from describe_draw.engines.builtin.illustrator.frame import framed
from describe_draw.engines.builtin.illustrator.layout import arrange
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.placement import Placement
from describe_draw.engines.builtin.illustrator.scene import Scene, Thing
from describe_draw.engines.builtin.illustrator.sleep import curled, lids
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.tables import contacts, traits
from describe_draw.engines.builtin.illustrator.ties import is_person
from describe_draw.engines.builtin.illustrator.verbs import verbs

FIGURES = ("a man", "a girl", "a cat", "a monkey")
SIZE = 384
LEAST_SEEN = 0.003
"""Share of the picture that the box of everything named covers."""


def stage(prompt: str, seed: int = 0) -> tuple[Scene, list[Placement]]:
    rng = Random(seed)
    scene = staged(parse(prompt))
    return scene, arrange(scene, framed(scene, SIZE, SIZE, rng), rng)


def pair(prompt: str, seed: int = 0) -> tuple[Placement, Placement]:
    """The first drawings of the first two things that a prompt names."""
    _, placed = stage(prompt, seed)
    first, second = (next(one for one in placed if one.thing == n) for n in (0, 1))
    return first, second


def across(one: Placement, other: Placement) -> float:
    """How much of the narrower one's width is over or under the other."""
    right = min(one.left + one.width, other.left + other.width)
    return (right - max(one.left, other.left)) / min(one.width, other.width)


def test_the_table_names_what_there_is() -> None:
    table = contacts()
    known = {*around(), "beside", "front", "holding", "carried", *table["words"]}
    for said in (*table["words"].values(), *table["people"].values()):
        assert set(said) <= known
        assert {kind for kinds in said.values() for kind in kinds} <= {*traits().kinds, "any"}
    for said in (*table["doing"].values(), table["touches"]):
        assert set(said) <= known
        spoken = {verb for names in said.values() for verb in names.split()}
        assert {verb for verb in spoken if verbs().plain(verb) != verb} == set()
    placed = {"behind", "at", *table["sides"]}
    assert around() - placed <= set(table["spots"])
    drawings = [name for name in table["spots_of"] if not name.startswith("@")]
    drawings += [name for pair in table["pairs"].values() for name in pair]
    assert [name for name in drawings if not art.exists(name)] == []


@pytest.mark.parametrize(
    "seat", ["bench", "sofa", "rock", "fence", "brick wall", "branch", "chair", "iceberg"]
)
@pytest.mark.parametrize("who", FIGURES)
def test_who_sits_on_something_is_on_it(who: str, seat: str) -> None:
    sitter, host = pair(f"{who} sitting on a {seat}")
    bottom = sitter.base - (0.24 * sitter.height if sitter.art.endswith("@seated") else 0)
    assert host.top - 0.05 * host.height < bottom < host.base
    assert across(sitter, host) > 0.5


@pytest.mark.parametrize("target", ["tree", "house", "car", "dog", "bench", "window", "box"])
@pytest.mark.parametrize("word", ["on", "in", "under", "in front of", "against", "around"])
@pytest.mark.parametrize("who", FIGURES)
def test_whatever_is_named_is_in_the_picture(who: str, word: str, target: str) -> None:
    scene, placed = stage(f"{who} {word} a {target}")
    room = (word, target) == ("in", "house")  # drawn as a room of it
    assert (scene.setting == "living-room") is room
    for n in range(1 if room else 2):
        seen = [one for one in placed if one.thing == n]
        assert sum(one.width * one.height for one in seen) > LEAST_SEEN * SIZE**2, scene
        assert all(-0.05 * SIZE < one.x < 1.05 * SIZE for one in seen)


def test_a_cat_is_on_the_lap_of_her_who_sits() -> None:
    scene, placed = stage("a grandmother knitting a sweater with a cat on her lap")
    woman, cat = (next(one for one in placed if one.thing == n) for n in (0, 2))
    assert woman.art.startswith("old-woman@crossed")
    assert scene.things[1].relation == "holding"
    assert woman.top + woman.height / 2 < cat.base <= woman.base
    assert abs(cat.x - woman.x) < woman.width / 4


def test_a_parrot_is_on_the_shoulder() -> None:
    parrot, pirate = pair("a parrot on a pirate's shoulder")
    left, top, width = pirate.head()
    assert top < parrot.base < pirate.base - pirate.height / 3
    assert abs(parrot.x - (left + width / 2)) > width / 2


def test_the_old_man_sits_and_the_pigeons_stand() -> None:
    scene, _ = stage("an old man feeding pigeons on a bench")
    man, pigeons, bench = scene.things
    assert (man.art, man.relation, man.to) == ("old-man@seated+give", "on", 2)
    assert (pigeons.relation, pigeons.to, bench.relation) == ("reach", 0, None)


def test_all_of_a_list_are_where_its_last_one_is() -> None:
    scene, _ = stage("a cat and a dog on a sofa")
    assert [(one.relation, one.to) for one in scene.things[:2]] == [("on", 2), ("on", 2)]


@pytest.mark.parametrize(
    "prompt", ["a kitten in a tree", "a firefighter rescuing a kitten from a tree"]
)
def test_a_kitten_is_among_the_leaves(prompt: str) -> None:
    _, placed = stage(prompt)
    kitten, tree = (
        next(o for o in placed if o.art == name) for name in ("kitten", "deciduous-tree")
    )
    assert tree.top < kitten.top < kitten.base < tree.base - 0.4 * tree.height
    assert placed.index(kitten) > placed.index(tree)


def test_a_cat_at_a_window_is_before_the_panes() -> None:
    scene, _ = stage("a black cat looking out of the window")
    cat, window = pair("a black cat looking out of the window")
    assert scene.place == "room"
    assert window.top < cat.top < cat.base <= window.base
    assert cat.height > 0.4 * window.height


@pytest.mark.parametrize("seed", range(3))
def test_a_dog_has_in_its_mouth_what_it_catches(seed: int) -> None:
    dog, disc = pair("a dog catching a frisbee", seed)
    left, top, width = dog.head()
    assert dog.lift > 0
    assert left - width < disc.x < left + 2 * width  # its muzzle is ahead of its skull
    assert top < disc.base < top + 1.6 * width


def test_a_giraffe_reaches_the_crown() -> None:
    _, placed = stage("a giraffe eating leaves from a tall tree")
    giraffe, tree = (next(o for o in placed if o.thing == n) for n in (0, 2))
    assert across(giraffe, tree) > 0
    assert giraffe.flip == (giraffe.x < tree.x)
    assert giraffe.height > 0.7 * tree.height


def test_dogs_are_led_and_ducklings_follow() -> None:
    _, placed = stage("a woman walking two dogs")
    assert sum(one.string is not None for one in placed) == 2
    duck, duckling = pair("a duck with her ducklings")
    assert duck.flip == duckling.flip
    assert (duckling.x < duck.x) == duck.flip


def test_a_team_pulls_ahead_of_what_it_pulls() -> None:
    _, placed = stage("three huskies pulling a sled")
    sled = next(one for one in placed if one.art == "sled")
    dogs = [one for one in placed if one.art.startswith("husky")]
    assert len(dogs) == 3
    assert sled.string is not None
    assert all((one.x > sled.x) == one.flip for one in dogs)


@pytest.mark.parametrize(
    ("prompt", "on"),
    [("two men rowing a boat", "rowboat"), ("a boy sliding down a slide", "playground-slide"),
     ("an acrobat balancing on a rope", "tightrope"), ("a monkey swinging from a vine", "liana"),
     ("a baker kneading dough on a table", "table"), ("a boy fishing from a pier", "pier"),
     ("a man, a woman and a child watching tv on the couch", "couch-and-lamp")],
)  # fmt: skip
def test_who_does_something_is_where_it_is_done(prompt: str, on: str) -> None:
    scene, placed = stage(prompt)
    host = next(n for n, one in enumerate(scene.things) if one.art == on)
    assert scene.things[0].to == host
    seat = next(one for one in placed if one.thing == host)
    assert all(across(one, seat) > 0.3 for one in placed if one.thing == 0)


@pytest.mark.parametrize(
    "prompt", ["a mother bear carrying her cub", "a cat carrying a kitten in its mouth"]
)
def test_the_young_that_are_carried_do_not_follow(prompt: str) -> None:
    assert stage(prompt)[0].things[1].relation == "holding"


def test_who_sleeps_lies() -> None:
    assert {one.art for one in stage("a cat sleeping on a sofa")[1]} >= {"cat@lying"}
    assert {one.art for one in stage("an old man sleeping in an armchair")[1]} >= {"old-man@seated"}
    for name in curled():
        lying, upright = art.drawing(f"{name}@lying"), art.drawing(name)
        assert lying.height < max(0.82 * upright.height, 0.65 * lying.width)


@pytest.mark.parametrize("name", sorted(curled()))
def test_who_is_curled_up_has_closed_eyes(name: str) -> None:
    closed = lids(curled()[name]["head"])
    assert closed.count("<path") == 2
    assert closed.count("<") < art.drawing(f"{name}@lying").svg.count("<")


@pytest.mark.parametrize("who", ["a bear", "a pirate", "a nurse"])
@pytest.mark.parametrize("seed", range(3))
def test_who_cycles_holds_the_handlebar(who: str, seed: int) -> None:
    rider, bicycle = pair(f"{who} riding a bicycle", seed)
    assert rider.art.partition("@")[2].startswith("cycling")
    assert rider.flip == bicycle.flip
    assert rider.height < 1.3 * bicycle.height
    ahead = 1 if bicycle.flip else -1
    for x, y in hands(rider):
        assert 0 < (x - bicycle.x) * ahead < bicycle.width / 2
        assert bicycle.top + 0.2 * bicycle.height < y < bicycle.top + 0.5 * bicycle.height


@pytest.mark.parametrize("prompt", ["a dog chasing a butterfly", "a cat chasing a bee"])
def test_what_flies_is_chased_before_the_nose(prompt: str) -> None:
    hunter, prey = pair(prompt)
    assert (prey.x > hunter.x) == hunter.flip
    assert hunter.top - prey.height < prey.base < hunter.base
    assert abs(prey.x - hunter.x) < hunter.width + prey.width


def test_who_is_inside_ends_at_the_rim() -> None:
    bear, boat = pair("a bear in a boat")
    assert bear.art == "bear@upper"
    assert bear.top < boat.top < bear.base < boat.base


def test_people_stand_around_a_table() -> None:
    _, placed = stage("four people standing around a table")
    people, table = placed[:-1], placed[-1]
    assert table.art == "table"
    assert {one.x < table.x for one in people} == {True, False}
    assert all(one.top < table.top for one in people)


def test_nothing_is_lost_in_a_circle() -> None:
    things = [Thing("cat", relation="on", to=1), Thing("dog", relation="on", to=0)]
    assert sorted(one.relation or "" for one in anchored(things)) == ["", "on"]


@pytest.mark.parametrize(
    ("prompt", "tied"),
    [
        ("two old men playing chess in a park", ["on", "on", None, "on", "flank", "flank"]),
        ("a girl and her grandmother playing cards", ["on", "on", "on", None, "flank", "flank"]),
        ("two women playing tennis", [None, "holding", "rally", "holding"]),
        ("a father and son playing catch", [None, "rally", "flying"]),
        ("two friends toasting with beer mugs", [None, "holding", "facing", "holding"]),
        ("a girl giving her friend a present", [None, "holding", "facing"]),
        ("a mother reading a book to her child in bed", ["reach", "holding", "on", None]),
        ("a nurse pushing an old man in a wheelchair", ["reach", "on", None]),
        ("a barber cutting a man's hair", ["reach", "on", None, "holding"]),
        ("a boy getting a piggyback ride from his father", ["pickaback", None]),
        ("女孩给男孩送花", [None, "holding", "facing"]),
    ],
)
def test_two_have_to_do_with_each_other(prompt: str, tied: list[str | None]) -> None:
    scene, _ = stage(prompt)
    assert not scene.unknown
    assert sorted(str(thing.relation) for thing in scene.things) == sorted(map(str, tied))


@pytest.mark.parametrize(
    ("prompt", "poses"),
    [
        ("a policeman chasing a thief", ["run", "run"]),
        ("two children high fiving", ["stand+five", "stand+five"]),
        ("a man proposing to his girlfriend", ["oneknee+give", "stand+face"]),
        ("a man throwing a ball to a woman", ["lunge+throw", "stand+catch"]),
        ("a man and a woman eating dinner at a table", ["seated", "seated"]),
    ],
)
def test_what_is_done_to_somebody_is_seen_on_both(prompt: str, poses: list[str]) -> None:
    scene, _ = stage(prompt)
    people = [thing for thing in scene.things if is_person(thing)]
    assert [pose_of(thing.art) for thing in people] == poses
