"""What is read of a caption: things, what they are like, how many, and where."""

import pytest

from describe_draw.game.nouns import nouns
from describe_draw.game.things import read


def told(caption):
    return [(thing.name, thing.count, sorted(thing.attributes)) for thing in read(caption).things]


# The first eight are captions of the STS benchmark: tests/unit/caption_pairs.tsv names it.
@pytest.mark.parametrize(
    ("caption", "things", "actions"),
    [
        (
            "A person wearing a helmet rides a bike near a white structure.",
            [("person", 1, []), ("helmet", 1, []), ("bike", 1, []), ("structure", 1, ["white"])],
            {"wear", "ride"},
        ),
        (
            "The curious boys look in the shed.",
            [("boy", 3, ["curious"]), ("shed", 1, [])],
            {"look"},
        ),
        (
            "A moped in front of steps of ruins.",
            [("moped", 1, []), ("steps", 1, []), ("ruin", 3, [])],
            set(),
        ),
        (
            "A brown and white dog is running through the snow.",
            [("dog", 1, ["brown", "white"]), ("snow", 1, [])],
            {"run"},
        ),
        (
            "Two dogs are running in a grassy field",
            [("dog", 2, []), ("field", 1, ["grass"])],
            {"run"},
        ),
        (
            "A passenger train sits in the station.",
            [("train", 1, ["passenger"]), ("station", 1, [])],
            {"sit"},
        ),
        (
            "A man asleep in a chair holding a baby.",
            [("man", 1, ["asleep"]), ("chair", 1, []), ("baby", 1, [])],
            {"hold"},
        ),
        (
            "Three cows grazing in a field.",
            [("cow", 3, []), ("field", 1, [])],
            {"graze"},
        ),
        ("a cup of coffee and an orange", [("coffee", 1, []), ("orange", 1, [])], set()),
        ("a big wooden table", [("table", 1, ["big", "wood"])], set()),
        ("a glass on a glass table", [("glass", 1, []), ("table", 1, ["glass"])], set()),
        ("a dozen roses", [("rose", 12, [])], set()),
        ("a hot air balloon", [("hot air balloon", 1, [])], set()),
        ("a cat without a hat", [("cat", 1, [])], set()),
        ("戴着圣诞帽的猫", [("cat", 1, []), ("hat", 1, ["santa"])], {"wear"}),
        ("", [], set()),
    ],
)
def test_a_caption_tells_of_things(caption, things, actions):
    assert told(caption) == things
    assert read(caption).actions == actions


@pytest.mark.parametrize(
    ("caption", "relation"),
    [
        ("a bird on a bench", "on"),
        ("a bird in a cage", "inside"),
        ("a bird under the bench", "under"),
        ("a bird next to a bench", "beside"),
        ("a bird and a bench", ""),
        ("桌子上的鸟", "on"),
    ],
)
def test_a_thing_is_where_the_caption_says(caption, relation):
    assert read(caption).things[1].relation == relation


@pytest.mark.parametrize(
    ("one", "several"),
    [("bus", "buses"), ("man", "men"), ("person", "people"), ("leaf", "leaves"), ("box", "boxes")],
)
def test_one_and_several_differ_in_number_alone(one, several):
    (first,), (last,) = (read(f"the {word}").things for word in (one, several))
    assert first.name == last.name
    assert (first.count, last.count) == (1, 3)


# WordNet 3.0's own hypernyms: `wn espresso -hypen` and the like.
@pytest.mark.parametrize("caption", ["一杯浓缩咖啡", "一杯濃縮咖啡"])
def test_things_of_a_chinese_caption_are_told_in_its_words(caption):
    (thing,) = read(caption).things
    assert (thing.name, thing.text) == ("espresso", "一杯" + caption[2:])


@pytest.mark.parametrize(
    ("kind", "wider", "steps"),
    [
        ("couch", "sofa", 0),
        ("espresso", "coffee", 1),
        ("puppy", "dog", 1),
        ("espresso", "beverage", 2),
    ],
)
def test_nearness_falls_with_the_steps_between_words(kind, wider, steps):
    assert nouns().nearness(kind, wider) == pytest.approx(2.718281828 ** (-0.2 * steps), abs=0.03)
    assert nouns().nearness(kind, wider) == nouns().nearness(wider, kind)
    assert nouns().nearness(kind, kind) == 1


def test_what_is_unlike_is_not_near():
    assert nouns().nearness("glass", "grass") == 0
    assert nouns().nearness("wobble", "dog") == 0


@pytest.mark.parametrize(
    ("form", "plain"),
    [("running", "run"), ("sat", "sit"), ("rides", "ride"), ("lying", "lie"), ("carried", "carry")],
)
def test_verbs_are_found_in_their_forms(form, plain):
    assert nouns().verb(form) == plain
