"""Where things stand, before anything is painted."""

from itertools import pairwise
from random import Random

import pytest

from describe_draw.engines.builtin.illustrator.frame import Frame, framed
from describe_draw.engines.builtin.illustrator.layout import arrange
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.placement import Placement
from describe_draw.engines.builtin.illustrator.staging import staged

SEEDS = range(6)


def lay(prompt: str, seed: int = 0, size: tuple[int, int] = (448, 320)) -> list[Placement]:
    rng = Random(seed)
    scene = parse(prompt)
    return arrange(scene, framed(scene, *size, rng), rng)


def find(placements: list[Placement], art: str) -> Placement:
    return next(one for one in placements if one.art == art)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_hat_sits_on_the_head_and_the_scarf_below_it(seed: int) -> None:
    placed = lay("a dog wearing a santa hat and a scarf", seed)
    dog, hat, scarf = (find(placed, art) for art in ("dog", "santa-hat", "scarf-wrap"))
    left, top, width = dog.head()
    assert hat.top < top < hat.base < top + width / 2
    assert left < hat.x < left + width
    assert top + width / 2 < scarf.top < top + 1.3 * width
    assert placed.index(dog) < placed.index(hat)


@pytest.mark.parametrize("size", [(512, 512), (768, 512), (512, 768)])
@pytest.mark.parametrize("count", ["four", "five", "six", "seven", "nine"])
def test_all_of_several_can_be_seen(count: str, size: tuple[int, int]) -> None:
    for seed in SEEDS:
        owls = sorted(lay(f"{count} owls", seed, size), key=lambda owl: owl.base)
        assert len(owls) >= 4
        for n, rear in enumerate(owls):
            for front in owls[n + 1 :]:
                aside = abs(front.x - rear.x) / max(front.width, rear.width)
                above = (rear.base - front.top) / front.height
                assert aside > 0.3 or above < 0.5


@pytest.mark.parametrize("seed", SEEDS)
def test_what_is_on_something_stands_at_its_top(seed: int) -> None:
    placed = lay("a red bird on top of a tower", seed)
    bird, tower = find(placed, "bird"), find(placed, "tower")
    assert tower.top - 0.1 * tower.height < bird.base < tower.top + 0.2 * tower.height
    assert tower.left < bird.x < tower.left + tower.width
    assert bird.colour == "red"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_rider_is_higher_than_the_mount_and_painted_before_it(seed: int) -> None:
    placed = lay("an astronaut riding a horse in the desert", seed)
    rider, horse = find(placed, "astronaut"), find(placed, "horse")
    assert rider.top < horse.top
    assert placed.index(rider) < placed.index(horse)


@pytest.mark.parametrize("seed", SEEDS)
def test_behind_is_farther_and_painted_first(seed: int) -> None:
    placed = lay("a dog behind a house", seed)
    dog, house = find(placed, "dog"), find(placed, "house")
    assert dog.base < house.base
    assert placed.index(dog) < placed.index(house)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize(
    ("prompt", "hidden", "front"),
    [
        ("a canoe next to a cabin by a lake", "canoe", "cabin"),
        ("a duck and a cabin under the stars", "duck", "cabin"),
        ("a castle with a bicycle and a swan by a river", "swan", "castle"),
    ],
)
def test_nothing_is_hidden_behind_what_stands_before_it(
    prompt: str, hidden: str, front: str, seed: int
) -> None:
    placed = lay(prompt, seed, (384, 384))
    one, other = find(placed, hidden), find(placed, front)
    overlap = min(one.left + one.width, other.left + other.width) - max(one.left, other.left)
    assert overlap < 0.6 * one.width


@pytest.mark.parametrize("seed", SEEDS)
def test_in_front_of_is_nearer_and_painted_last(seed: int) -> None:
    placed = lay("a dog in front of a house", seed)
    dog, house = find(placed, "dog"), find(placed, "house")
    assert dog.base > house.base
    assert placed.index(dog) > placed.index(house)


@pytest.mark.parametrize("seed", SEEDS)
def test_under_a_tree(seed: int) -> None:
    placed = lay("a cow under a tree", seed)
    cow, tree = find(placed, "cow"), find(placed, "deciduous-tree")
    assert tree.left < cow.x < tree.left + tree.width
    assert cow.height < tree.height


def test_near_is_larger_than_far() -> None:
    near = find(lay("a castle"), "castle")
    far = find(lay("a dog with a castle in the background"), "castle")
    assert far.height < near.height
    assert far.haze > near.haze == 0


@pytest.mark.parametrize(
    ("larger", "smaller"), [("elephant", "mouse"), ("house", "dog"), ("horse", "cat")]
)
def test_sizes_are_in_proportion(larger: str, smaller: str) -> None:
    placed = lay(f"a {smaller} next to a {larger}")
    assert find(placed, larger).height > 1.25 * find(placed, smaller).height


def test_a_giant_is_as_large_as_what_is_large_and_what_is_tiny_is_small() -> None:
    giant, plain = (lay(f"a {cat} next to a house") for cat in ("giant cat", "cat"))
    assert find(giant, "cat").height > 1.5 * find(plain, "cat").height
    tiny = lay("a tiny elephant on a leaf")
    assert find(tiny, "elephant").height < 0.5 * find(tiny, "green-leaf").height


@pytest.mark.parametrize("count", [1, 2, 3, 5, 7, 12])
def test_as_many_as_asked_for(count: int) -> None:
    assert sum(one.art == "ewe" for one in lay(f"{count} sheep in a meadow")) == count


@pytest.mark.parametrize("size", [(64, 64), (1024, 64), (64, 1024), (512, 512), (320, 448)])
@pytest.mark.parametrize(
    "prompt",
    [
        "two giant giraffes next to a castle",
        "a king on top of a tower with a red umbrella",
        "a dozen birds flying",
        "a pirate ship on the sea",
        "a dragon flying over a castle",
    ],
)
def test_all_of_it_is_in_the_picture(prompt: str, size: tuple[int, int]) -> None:
    placed = lay(prompt, 3, size)
    assert placed
    for one in placed:
        assert one.left > -0.04 * size[0]
        assert one.left + one.width < 1.04 * size[0]
        assert one.top > -0.02 * size[1]


def test_what_cannot_swim_stands_on_a_raft() -> None:
    assert "raft" in [one.art for one in lay("a dog on the sea")]
    assert "raft" not in [one.art for one in lay("a duck on the sea")]


def test_shapes_are_within_the_shape_that_they_are_in() -> None:
    *circles, square = sorted(lay("three green circles inside a big blue square"), key=_width)
    assert [one.art for one in circles] == ["circle"] * 3
    circles.sort(key=lambda one: one.left)
    for one, other in pairwise(circles):
        assert one.left + one.width <= other.left
    assert square.left < circles[0].left
    assert circles[-1].left + circles[-1].width < square.left + square.width
    assert square.top < circles[0].top < circles[0].base < square.base


def _width(one: Placement) -> float:
    return one.width


def test_layouts_differ_by_seed() -> None:
    assert len({lay("a dog in a park", seed)[0].x for seed in SEEDS}) == len(SEEDS)


def test_the_ground_reaches_from_the_horizon_to_the_foot() -> None:
    frame = Frame(400, 300, 180)
    assert (frame.ground(0), frame.ground(1)) == (180, 300)


@pytest.mark.parametrize(
    ("prompt", "who", "on", "riders", "mounts"),
    [
        ("two men riding motorcycles", "man", "motorcycle", 2, 2),
        ("men riding horses", "man", "horse", 3, 3),
        ("three cats on three chairs", "cat", "chair", 3, 3),
        ("two men on one horse", "man", "horse", 2, 1),
        ("four people in two boats", "person", "rowboat", 4, 2),
    ],
)
def test_riders_share_what_they_ride(
    prompt: str, who: str, on: str, riders: int, mounts: int
) -> None:
    scene = staged(parse(prompt))
    placed = arrange(scene, framed(scene, 448, 448, Random(0)), Random(0))
    of = [scene.things[one.thing].art.partition("@")[0] for one in placed]
    assert (of.count(who), of.count(on)) == (riders, mounts)


@pytest.mark.parametrize(
    "prompt", ["a man on a horse wearing a hat", "a man riding a bike in a hat"]
)
def test_the_rider_wears_the_hat(prompt: str) -> None:
    rider, _, hat = parse(prompt).things
    assert (rider.art, hat.relation, hat.to) == ("man", "wearing", 0)
