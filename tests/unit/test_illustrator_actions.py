"""What somebody does is seen; things stand where and as large as they would.

Of heights only the order is taken for granted that everybody knows: an ant is smaller than a cat,
a cat than a cow, a cow than a house.
"""

import math
from random import Random

import pytest

from describe_draw.engines.builtin.illustrator import art
from describe_draw.engines.builtin.illustrator.attachments import hands
from describe_draw.engines.builtin.illustrator.frame import Frame, framed, shore
from describe_draw.engines.builtin.illustrator.layout import arrange
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.placement import Placement
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.staging import staged
from describe_draw.engines.builtin.illustrator.tables import height_of, traits
from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import noto, read_toml

SEEDS = range(4)
ACTIONS = read_toml("actions.toml")


def stage(prompt: str, seed: int = 0) -> tuple[Scene, Frame, list[Placement]]:
    rng = Random(seed)
    scene = staged(parse(prompt))
    frame = framed(scene, 448, 320, rng)
    return scene, frame, arrange(scene, frame, rng)


def find(placements: list[Placement], name: str) -> Placement:
    return next(one for one in placements if name in (one.art, one.art.partition("@")[0]))


def test_every_verb_of_the_table_is_a_verb() -> None:
    said = {verb for names in ACTIONS["drawings"].values() for verb in names.split()}
    said |= {verb for names in ACTIONS["postures"].values() for verb in names.split()}
    said |= {
        verb for table in ("whole", "with", "places", "props", "instead") for verb in ACTIONS[table]
    }
    assert {verb for verb in said if verbs().plain(verb) != verb} == set()


def test_every_drawing_of_the_table_is_there() -> None:
    named = [*ACTIONS["whole"].values(), *ACTIONS["props"].values(), *ACTIONS["ridden"]]
    named += [tool for _, tool in ACTIONS["with"].values()]
    named += [name for shown in ACTIONS["shown"].values() for name in shown]
    named += [name for pairs in ACTIONS["instead"].values() for name in pairs.values()]
    named += [name for names in ACTIONS["who"].values() for name in names]
    named += [f"person-{end}" for end in ACTIONS["drawings"] if end != "dancing"]
    assert [name for name in named if not art.exists(name)] == []


def test_every_drawing_has_one_height() -> None:
    names = " ".join(read_toml("heights.toml").values()).split()
    assert len(names) == len(set(names))
    assert set(noto()) <= set(names)
    assert [name for name in names if not art.exists(name)] == []


@pytest.mark.parametrize(
    ("shorter", "taller"),
    [("mouse", "cat"), ("cat", "dog"), ("dog", "horse"), ("horse", "elephant"),
     ("elephant", "giraffe"), ("giraffe", "house"), ("alarm-clock", "chair"), ("chair", "man"),
     ("man", "door"), ("bicycle", "bus"), ("red-apple", "watermelon"), ("house", "skyscraper")],
)  # fmt: skip
def test_heights_are_in_the_order_of_the_world(shorter: str, taller: str) -> None:
    assert height_of(shorter) < height_of(taller)


@pytest.mark.parametrize(
    ("prompt", "drawing"),
    [("a man running in a park", "man-running"), ("a girl surfing", "woman-surfing"),
     ("a boy riding a bicycle", "man-biking"), ("a woman rowing a boat", "woman-rowing-boat"),
     ("a man climbing", "man-climbing"), ("a woman golfing", "woman-golfing"),
     ("a child swimming", "person-swimming"), ("a man dancing", "man-dancing"),
     ("a boy asleep in bed", "person-in-bed"), ("a man in a bathtub", "person-taking-bath"),
     ("a girl skiing", "skier"), ("a woman meditating", "woman-in-lotus-position")],
)  # fmt: skip
def test_verbs_reach_the_drawings_of_people_doing_it(prompt: str, drawing: str) -> None:
    _, _, placed = stage(prompt)
    assert [one.art for one in placed if one.thing == 0] == [drawing]


def test_a_drawing_that_shows_the_wave_needs_no_second_one() -> None:
    _, _, placed = stage("a surfer riding a wave")
    assert [one.art for one in placed] == ["person-surfing"]


def test_who_has_a_trade_keeps_it() -> None:
    _, _, placed = stage("a pirate rowing a boat")
    assert {"pirate", "rowboat"} <= {one.art.partition("@")[0] for one in placed}


@pytest.mark.parametrize(
    ("prompt", "thing"),
    [("a boy holding a trophy", "trophy"), ("a man swinging a bat", "baseball-bat"),
     ("a girl reading a book", "open-book")],
)  # fmt: skip
@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_held_is_at_the_body(prompt: str, thing: str, seed: int) -> None:
    _, _, placed = stage(prompt, seed)
    holder, held = placed[0], find(placed, thing)
    assert holder.top < held.base < holder.base
    assert abs(held.x - holder.x) < holder.width * 0.75


def test_who_reads_has_a_book_though_none_is_said() -> None:
    scene, _, placed = stage("a girl reading under a tree")
    assert "open-book" in {one.art for one in placed}
    assert len(scene.things) == 3


@pytest.mark.parametrize("seed", SEEDS)
def test_vegetables_are_cut_on_a_table_with_a_knife(seed: int) -> None:
    scene, _, placed = stage("a woman cutting carrots", seed)
    table, woman, carrot = (find(placed, name) for name in ("table", "woman", "carrot"))
    assert scene.place == "kitchen"
    assert abs(carrot.base - table.top) < table.height * 0.2
    assert placed.index(woman) < placed.index(table)
    assert "kitchen-knife" in {one.art for one in placed}


def test_bodies_sit_lie_and_jump() -> None:
    assert "man@seated" in {one.art for one in stage("a man sitting on a bench")[2]}
    assert "woman@lying" in {one.art for one in stage("a woman lying on the beach")[2]}
    assert find(stage("a boy jumping in a park")[2], "boy").lift > 0
    assert "zzz" in {one.art for one in stage("a dog sleeping")[2]}


@pytest.mark.parametrize("name", ["man@seated", "cook@crossed", "girl@lying", "head-of-woman"])
def test_bodies_are_drawings(name: str) -> None:
    drawn = art.drawing(name, "red")
    assert "{" not in drawn.svg
    assert (drawn.width > drawn.height) == name.endswith("lying")


@pytest.mark.parametrize("seed", SEEDS)
def test_the_driver_looks_out_of_the_car(seed: int) -> None:
    _, _, placed = stage("a woman driving a car", seed)
    car, head = find(placed, "automobile"), find(placed, "head-of-woman")
    assert car.left < head.x < car.left + car.width
    assert car.top < head.top < head.base < car.base


@pytest.mark.parametrize("prompt", ["boats beside a lighthouse on a cliff", "a ship in a city",
                                    "a canoe in a park", "a bear swimming"])  # fmt: skip
@pytest.mark.parametrize("seed", SEEDS)
def test_what_floats_has_water(prompt: str, seed: int) -> None:
    scene, frame, placed = stage(prompt, seed)
    afloat = [one for one in placed if one.afloat]
    assert afloat
    assert all(frame.horizon < one.waterline <= frame.ground(shore(scene)) + 1 for one in afloat)


def test_water_can_be_forbidden() -> None:
    assert shore(staged(parse("a boat in a park", "lake"))) == 0


@pytest.mark.parametrize("seed", SEEDS)
def test_small_things_of_a_room_stand_on_a_table(seed: int) -> None:
    _, _, placed = stage("a bed and a candle in a bedroom", seed)
    candle, table = find(placed, "candle"), find(placed, "table")
    assert abs(candle.base - table.top) < table.height * 0.2


def test_food_alone_is_seen_close_by_on_a_plate() -> None:
    scene, _, placed = stage("a pizza in a restaurant")
    assert scene.place == "tabletop"
    assert [one.art for one in placed] == ["plate", "pizza"]


@pytest.mark.parametrize("seed", SEEDS)
def test_geometric_bodies_stand_as_they_are_said_to(seed: int) -> None:
    scene, _, placed = stage("a blue cube on top of a red sphere", seed)
    cube, sphere = find(placed, "cube"), find(placed, "sphere")
    assert scene.place == "studio"
    assert (cube.colour, sphere.colour) == ("blue", "red")
    assert abs(cube.base - sphere.top) < sphere.height * 0.15
    assert abs(cube.x - sphere.x) < sphere.width * 0.1


@pytest.mark.parametrize("seed", SEEDS)
def test_a_figure_inside_another_is_seen(seed: int) -> None:
    _, _, placed = stage("a green triangle inside a white circle", seed)
    circle, triangle = find(placed, "circle"), find(placed, "triangle")
    assert circle.top < triangle.top < triangle.base < circle.base
    assert placed.index(circle) < placed.index(triangle)


@pytest.mark.parametrize("seed", SEEDS)
def test_who_hides_behind_a_tree_is_seen_beside_its_trunk(seed: int) -> None:
    _, _, placed = stage("a fox behind a tree", seed)
    fox, tree = find(placed, "fox"), find(placed, "deciduous-tree")
    trunk = tree.width * 0.08
    assert placed.index(fox) < placed.index(tree)
    assert abs(fox.x - tree.x) < tree.width / 2
    assert abs(fox.x - tree.x) + fox.width / 2 > trunk
    assert fox.top > tree.top + tree.height * 0.45


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_between_others_is_in_the_middle(seed: int) -> None:
    _, _, placed = stage("a cat between two dogs", seed)
    assert [one.art for one in sorted(placed, key=lambda one: one.x)] == ["dog", "cat", "dog"]


@pytest.mark.parametrize("seed", SEEDS)
def test_one_of_several_trees_shelters_one_girl(seed: int) -> None:
    _, _, placed = stage("a girl under three trees", seed)
    assert sorted(one.art for one in placed) == ["deciduous-tree"] * 3 + ["girl"]


@pytest.mark.parametrize("seed", SEEDS)
def test_who_chases_and_who_is_chased_look_the_same_way(seed: int) -> None:
    _, _, placed = stage("a dog chasing a cat", seed)
    dog, cat = find(placed, "dog"), find(placed, "cat")
    assert dog.flip == cat.flip == (cat.x > dog.x)


POSES, GRIPS = read_toml("poses.toml"), read_toml("grips.toml")


def test_every_pose_of_the_tables_is_there() -> None:
    said = {pose: names.split() for pose, names in POSES["verbs"].items()}
    poses = [*said, *POSES["mounts"].values()]
    assert {pose.partition("+")[0] for pose in poses} <= set(POSES["stances"])
    held = [*GRIPS["things"].values(), *GRIPS["kinds"].values(), *GRIPS["else"].values()]
    arms = [one["arms"] for one in [*held, *GRIPS["verbs"].values()]]
    arms += [pose.partition("+")[2] or "hang" for pose in said]
    arms += [stance.get("arms", "hang") for stance in POSES["stances"].values()]
    assert set(arms) <= set(POSES["arms"])
    verbs_said = {verb for names in said.values() for verb in names}
    verbs_said |= {verb for way in GRIPS["verbs"].values() for verb in way["verbs"].split()}
    assert {verb for verb in verbs_said if verbs().plain(verb) != verb} == set()


def test_every_drawing_that_is_held_is_there() -> None:
    named = [*GRIPS["things"], *(one.get("drawn", "box") for one in GRIPS["things"].values())]
    assert [name for name in named if not art.exists(name)] == []
    assert set(GRIPS["kinds"]) <= set(traits().kinds)


@pytest.mark.parametrize("stance", POSES["stances"])
@pytest.mark.parametrize("who", ["man", "woman", "mage", "cook", "robot"])
def test_every_pose_is_drawn(who: str, stance: str) -> None:
    drawn = art.drawing(f"{who}@{stance}", "red")
    assert "{" not in drawn.svg
    assert len(drawn.hands) == 2
    assert drawn.head is not None
    assert -14 < drawn.head[1] < drawn.height * 0.65


@pytest.mark.parametrize(
    ("prompt", "pose"),
    [("a woman kneeling in a garden", "kneel"), ("a pirate waving", "stand+wave"),
     ("a knight riding a horse", "astride"), ("a nurse pushing a bed", "push"),
     ("a boy hitting a ball with a racket", "lunge+racket"),
     ("a cook drinking coffee", "stand+mouth"), ("a man under an umbrella", "stand+raise"),
     ("a witch reading on a chair", "seated+chest"), ("an astronaut skiing", "ski"),
     ("a goalkeeper diving to catch the ball", "dive+catch"),
     ("a violinist playing", "stand+fiddle"), ("a cook tossing dough", "lunge+up"),
     ("a student raising her hand", "stand+wave"),
     ("a samurai running", "run+raise"), ("a knight kneeling", "kneel")],
)  # fmt: skip
def test_verbs_and_what_is_held_tell_the_pose(prompt: str, pose: str) -> None:
    placed = stage(prompt)[2]
    assert next(one for one in placed if one.thing == 0).art.endswith(f"@{pose}")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("prompt", "thing"),
    [("a boy with a balloon", "balloon"), ("a woman with a briefcase", "briefcase"),
     ("a man with a shovel", "shovel"), ("a cat playing the guitar", "guitar"),
     ("a frog reading a newspaper", "newspaper"), ("a robot holding a rose", "rose")],
)  # fmt: skip
def test_what_is_held_is_in_a_hand(prompt: str, thing: str, seed: int) -> None:
    placed = stage(prompt, seed)[2]
    holder = next(one for one in placed if one.thing == 0)
    held = find(placed, thing)
    spot = held.string or (held.x, held.base - held.height / 2)
    away = min(math.dist(hand, spot) for hand in hands(holder))
    assert away < max(held.height, held.width) * 0.75
    assert placed[placed.index(held) + 1].art.count("!") == 1 or held.string


@pytest.mark.parametrize(
    ("prompt", "tool"),
    [("an old woman knitting a scarf", "knitting"), ("a girl watering roses", "watering-can"),
     ("a man shoveling snow", "shovel"), ("a firefighter putting out a fire", "fire-hose"),
     ("a gardener waving", None), ("a gardener dancing", "watering-can"),
     ("a chef frying an egg in a pan", "cooking")],
)  # fmt: skip
def test_what_is_done_with_a_tool_is_done_with_it(prompt: str, tool: str | None) -> None:
    scene = stage(prompt)[0]
    held = [one.art for one in scene.things if one.relation == "holding" and one.to == 0]
    assert held == ([tool] if tool else [])


@pytest.mark.parametrize("tool", ["violin", "watering-can", "scissors", "fishing-pole"])
def test_hands_let_go_of_tools_and_clothes_stay(tool: str) -> None:
    assert art.is_tool(tool)
    assert not any(map(art.is_tool, ("top-hat", "stethoscope", "wear-apron-white", "cape")))


@pytest.mark.parametrize(
    ("prompt", "who"),
    [("an old fisherman", "old-man@as:fisherman"), ("a female blacksmith", "woman@as:blacksmith"),
     ("an elderly female doctor", "old-woman@as:health-worker"), ("grandparents", "old-man")],
)  # fmt: skip
def test_who_has_a_trade_is_of_an_age_and_a_sex(prompt: str, who: str) -> None:
    assert parse(prompt).things[0].art == who


@pytest.mark.parametrize("prompt", ["two friends hugging", "a man kissing a woman"])
def test_who_hug_are_close_and_turned_to_each_other(prompt: str) -> None:
    first, second = (one for one in stage(prompt)[2] if "hug" in one.art)
    assert abs(first.x - second.x) < first.width * 0.5
    assert first.flip == (first.x < second.x) != second.flip


@pytest.mark.parametrize(
    ("prompt", "abed"),
    [
        ("a girl sleeping", True),
        ("小女孩抱着一只泰迪熊睡觉", True),
        ("a man napping on a bench", False),
        ("a woman sleeping on the beach", False),
    ],
)
def test_who_sleeps_lies_in_a_bed_where_nothing_else_is_said(prompt: str, abed: bool) -> None:
    scene = staged(parse(prompt))
    assert any("in-bed" in thing.art for thing in scene.things) == abed
    assert (scene.setting == "bedroom") == abed
