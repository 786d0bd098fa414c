"""Prompts become scene descriptions."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from describe_draw.engines.builtin.describer.phrases import plural
from describe_draw.engines.builtin.illustrator.parser import forbidden, meanings, parse, sides
from describe_draw.engines.builtin.illustrator.scene import Scene, Thing
from describe_draw.engines.builtin.illustrator.ties import is_creature
from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import (
    DATA,
    Meaning,
    read_toml,
    vocabulary,
)
from tools.head_words import objects


def arts(prompt: str, negative: str = "") -> list[str]:
    return [thing.art for thing in parse(prompt, negative).things]


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        ("old ice skates hanging on a door", ["ice-skate", "door"]),
        ("a girl ice skates on a frozen lake", ["girl"]),
        ("two old friends playing chess", ["person", "chess-board"]),
        ("a boy and his dog flying a kite", ["boy", "kite", "dog"]),
        ("un petit déjeuner avec croissants, café et confiture",
         ["breakfast", "croissant", "hot-beverage", "jam"]),
        ("rain, city, coffee cozy", ["hot-beverage"]),
        ("a general riding a white horse holding a spear", ["soldier", "horse", "spear"]),
        ("妈妈在炒菜", ["woman"]),
        ("妈妈给女儿扎辫子", ["woman", "girl"]),
        ("两个女孩在咖啡馆聊天", ["girl"]),
        ("дед рыбачит на озере с внуком", ["old-man", "boy"]),
        ("Ein Hund mit roter Mütze rodelt", ["dog", "beanie", "sled"]),
        ("한복을 입은 소녀가 그네를 타고 있다", ["girl", "hanfu", "swing"]),
        ("a conductor leading an orchestra", ["conductor", "violinist", "trumpeter"]),
        ("American Gothic but with cats", ["cat", "pitchfork", "house"]),
        ("沙漠中的骆驼队", ["camel"]),
    ],
)  # fmt: skip
def test_what_is_drawn_of_sentences_that_lost_something(prompt: str, drawn: list[str]) -> None:
    assert arts(prompt) == drawn
    assert parse(prompt).unknown == ()


@pytest.mark.parametrize("tie", ["holding a spear", "with a spear", "and holding a spear"])
def test_who_rides_holds_what_is_said_after_the_animal(tie: str) -> None:
    things = parse(f"a knight riding a horse {tie}").things
    assert [(one.art, one.relation, one.to) for one in things] == [
        ("knight", "riding", 1), ("horse", None, None), ("spear", "holding", 0),
    ]  # fmt: skip


def test_a_thing_in_a_place() -> None:
    assert parse("a dog in a park") == Scene(things=(Thing("dog"),), place="park")


def test_count_colour_relation_and_time() -> None:
    assert parse("two red birds on top of a tower at night") == Scene(
        things=(Thing("bird", count=2, colour="red", relation="on", to=1), Thing("tower")),
        place="meadow",
        time="night",
    )


def test_what_is_worn_belongs_to_the_wearer() -> None:
    assert parse("a dog wearing a santa hat and a blue scarf").things == (
        Thing("dog"),
        Thing("santa-hat", relation="wearing", to=0),
        Thing("scarf", colour="blue", relation="wearing", to=0),
    )


def test_what_a_person_is_with_is_in_the_hand() -> None:
    assert replace(parse("a girl with a red umbrella in the rain"), setting="") == Scene(
        things=(Thing("girl"), Thing("umbrella", colour="red", relation="holding", to=0)),
        place="meadow",
        weather="rain",
    )


@pytest.mark.parametrize("name", sorted(set(objects().values())))
def test_every_drawing_is_understood_in_the_plural(name: str) -> None:
    (several,) = parse(f"two {plural(name)}").things
    assert several == Thing(several.art, count=2)
    assert objects()[several.art] == name


@pytest.mark.parametrize(
    ("prompt", "thing"),
    [
        ("zebras", Thing("zebra", count=3)),
        ("four policemen", Thing("police-officer", count=4)),
        ("butterflies", Thing("butterfly", count=3)),
        ("two wives", Thing("woman", count=2)),
        ("people", Thing("person", count=3)),
        ("two cacti", Thing("cactus", count=2)),
        ("three oxen", Thing("ox", count=3)),
        ("grey wolves", Thing("wolf", count=3, colour="grey")),
        ("houses by a lake", Thing("house", count=3)),
        ("two skyscrapers", Thing("skyscraper", count=2)),
        ("two slices of pizza", Thing("pizza", count=2)),
        ("a glass of wine", Thing("wine-glass")),
        ("two glasses of juice", Thing("orange-juice", count=2)),
        ("a loaf of bread", Thing("bread")),
    ],
)
def test_plurals_and_portions(prompt: str, thing: Thing) -> None:
    scene = parse(prompt)
    assert scene.things == (thing,)
    assert scene.unknown == ()


RIDES = Thing("girl", relation="riding", to=1, doing=("ride",))
SENTENCES = [
    ("a man cutting a carrot", ("man", ("cut",)), ("carrot", ())),
    ("a girl walking a dog", ("girl", ("walk",)), ("dog", ())),
    ("a bear fishing in a river", ("bear", ("fish",))),
    ("a woman sits reading a book", ("woman", ("sit", "read")), ("closed-book", ())),
    ("the knight fights a dragon", ("knight", ("fight",)), ("dragon", ())),
    ("dogs chase a cat", ("dog", ("chase",)), ("cat", ())),
    ("a cat and a dog playing", ("cat", ("play",)), ("dog", ("play",))),
    ("a sleeping cat", ("cat", ("sleep",))),
    ("reading a book", ("person", ("read",)), ("closed-book", ())),
    ("she paints a vase", ("woman", ("paint",)), ("vase", ())),
    ("swimming", ("person", ("swim",))),
    ("girls in white hats run", ("girl", ("run",)), ("top-hat", ())),
    ("a woman in black jumps", ("woman", ("jump",))),
    ("a man holding a sign waves", ("man", ("wave",)), ("placard", ())),
    ("a helicopter flies over a house", ("helicopter", ("fly",)), ("house", ())),
    ("an old building", ("house", ())),
    ("a tall building", ("skyscraper", ())),
    ("a painting of a fox", ("fox", ())),
    ("猫吃鱼", ("cat", ("eat",)), ("fish", ())),
    ("熊猫在吃竹子", ("panda", ("eat",)), ("bamboo", ())),
    ("一个机器人在喂鸽子", ("robot", ("feed",)), ("pigeon", ())),
    ("一只在海滩上奔跑的狗", ("dog", ("run",))),
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda sentence: sentence[0])
def test_who_does_what(sentence: tuple[str, *tuple[tuple[str, tuple[str, ...]], ...]]) -> None:
    prompt, *said = sentence
    scene = parse(prompt)
    assert [(thing.art, thing.doing) for thing in scene.things] == said
    assert scene.unknown == ()


# Captions that people wrote; their source stands at the top of the file.
CAPTIONS = sorted(
    {
        caption
        for line in Path(__file__).with_name("caption_pairs.tsv").read_text("utf-8").splitlines()
        if not line.startswith("#")
        for caption in line.split("\t")
        if " " in caption
    }
)


def test_no_man_and_no_beast_of_a_caption_is_lost_in_silence() -> None:
    assert len(CAPTIONS) > 250
    lost = []
    for caption in CAPTIONS:
        scene = parse(caption)
        drawn = {art for thing in scene.things for art in re.split(r"@\w+:", thing.art)}
        for phrase, meaning in meanings(caption):
            if not meaning or meaning.kind != "thing" or verbs().plain(phrase):
                continue
            told = meaning.value in drawn or phrase in scene.unknown
            told = told or phrase in " ".join(words for words, _ in scene.instead)
            if is_creature(Thing(meaning.value)) and not told:
                lost.append((phrase, caption))
    assert lost == []


@pytest.mark.parametrize(
    ("prompt", "things"),
    [
        ("an orange", [("tangerine", None)]),
        ("an orange cat", [("cat", "orange")]),
        ("a cat that is orange", [("cat", "orange")]),
        ("an orange on a table", [("tangerine", None)]),
        ("an orange sky", []),
    ],
)
def test_an_orange_is_a_fruit_where_nothing_orange_follows(
    prompt: str, things: list[tuple[str, str | None]]
) -> None:
    assert [(thing.art, thing.colour) for thing in parse(prompt).things] == things


def test_who_does_something_is_tied_to_what_it_is_done_to() -> None:
    assert parse("a girl riding a horse").things == (RIDES, Thing("horse"))
    girl, balloon = parse("a girl on a bench holding a balloon").things[::2]
    assert (balloon.relation, balloon.to) == ("holding", 0)
    assert girl.relation == "on"
    _, bread = parse("a cook cutting bread").things
    assert (bread.relation, bread.to) == ("holding", 0)


def test_the_kind_of_a_creature_is_not_lost_in_silence() -> None:
    assert parse("a robot dog").instead == ()
    assert parse("a monster dog").instead == (("monster dog", "dog"),)
    assert parse("an apple pie").instead == ()


def test_the_young_of_an_animal_is_that_animal() -> None:
    (cub,) = parse("a tiger cub").things
    assert (cub.art, cub.size < 1) == ("tiger", True)
    (penguins,) = parse("three baby penguins").things
    assert (penguins.count, penguins.size < 1) == (3, True)


def test_who_is_not_drawn_does_not_become_somebody_else() -> None:
    scene = parse("a frumious standing in water")
    assert (scene.things, scene.unknown) == ((), ("frumious",))


def test_the_noun_of_a_verb_of_several_words_is_drawn_or_named() -> None:
    family = ["man", "woman", "child"]
    assert arts("a family having dinner") == [*family, "fork-and-knife-with-plate", "table"]
    assert arts("a man doing the laundry") == ["man", "clothesline"]
    assert parse("a woman doing yoga").unknown == ()


# Captions of caption_pairs.tsv, whose source stands at its top.
def test_what_is_said_of_one_does_not_go_to_another() -> None:
    assert parse("A boy in red jumping into a sandbox.").things == (
        Thing("boy", colour="red", relation="inside", to=1, doing=("jump",)),
        Thing("sandbox"),
    )
    assert [thing.count for thing in parse("Two boxers are in the ring.").things] == [2, 1]


def test_every_verb_has_one_way_to_its_object() -> None:
    ways = read_toml("verbs.toml")["objects"].values()
    words = [verb for verbs in ways for verb in verbs.split()]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("on top of", "on"),
        ("riding", "riding"),
        ("behind", "behind"),
        ("in front of", "front"),
        ("next to", "beside"),
        ("under", "under"),
        ("over", "above"),
        ("inside", "inside"),
    ],
)
def test_relations(words: str, relation: str) -> None:
    first, second = parse(f"a cat {words} a box").things
    assert (first.relation, first.to, second) == (relation, 1, Thing("box"))


def test_the_background() -> None:
    scene = parse("two cows in a field with a lake and a castle in the background")
    assert scene.features == {"lake"}
    assert [(thing.art, thing.distance) for thing in scene.things] == [
        ("cow", "near"),
        ("castle", "far"),
    ]


@pytest.mark.parametrize(
    ("prompt", "count"),
    [
        ("an octopus", 1),
        ("two octopuses", 2),
        ("a pair of wolves", 2),
        ("a flock of birds", 7),
        ("a dozen sheep", 12),
        ("three mice", 3),
        ("a bus", 1),
        ("glasses", 1),
        ("5 foxes", 5),
        ("dogs", 3),
    ],
)
def test_counts(prompt: str, count: int) -> None:
    assert [thing.count for thing in parse(prompt).things] == [count]


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("a castle at sunset", ("sunset", "clear", "summer", "plain")),
        ("a castle in a thunderstorm", ("day", "storm", "summer", "plain")),
        ("a castle in winter, oil painting", ("day", "clear", "winter", "oil")),
        ("a castle in the fog at dawn", ("sunrise", "fog", "summer", "plain")),
        ("a castle in autumn, watercolour", ("day", "clear", "autumn", "watercolour")),
        ("a castle, pixel art", ("day", "clear", "summer", "pixel")),
        ("a pencil sketch of a castle at night", ("night", "clear", "summer", "sketch")),
        ("a castle, neon", ("night", "clear", "summer", "neon")),
    ],
)
def test_time_weather_season_and_style(prompt: str, expected: tuple[str, ...]) -> None:
    scene = parse(prompt)
    assert (scene.time, scene.weather, scene.season, scene.style) == expected


@pytest.mark.parametrize(
    ("prompt", "place"),
    [
        ("a sailboat", "sea"),
        ("an octopus", "underwater"),
        ("the spirit of a tamagotchi in the city of Vienna", "vienna"),
        ("a bird flying", "sky"),
        ("a pizza", "tabletop"),
        ("Mount Fuji", "mountain"),
        ("a cow", "meadow"),
        ("the meaning of frumious", "abstract"),
        ("", "abstract"),
    ],
)
def test_the_place_that_is_meant(prompt: str, place: str) -> None:
    assert parse(prompt).place == place


def test_mountains_and_lakes_are_background_not_things() -> None:
    scene = parse("Mount Fuji behind a lake")
    assert scene.things == ()
    assert scene.features == {"fuji", "lake"}


def test_a_spirit_of_something_is_that_thing_translucent() -> None:
    assert parse("the spirit of a tamagotchi").things == (Thing("tamagotchi", ghostly=True),)


def test_the_last_noun_of_a_compound_is_meant() -> None:
    assert arts("a robot dog") == ["dog@as:robot"]


def test_what_is_not_understood_is_reported_not_guessed() -> None:
    scene = parse("a samurai contraption with frumious zeal")
    assert [thing.art for thing in scene.things] == ["samurai"]
    assert scene.instead == (("samurai contraption", "samurai"),)
    assert scene.unknown == ("frumious", "zeal")


@pytest.mark.parametrize("word", ["nude", "penis", "shit", "middle finger", "bikini", "cocaine"])
def test_obscene_words_draw_nothing(word: str) -> None:
    assert arts(f"a {word}") == []


def test_obscene_words_draw_nothing_even_where_they_would_mean_something(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = read_toml("vocabulary.toml")["never"]["words"]
    for word in [*words, "frumious"]:
        monkeypatch.setitem(vocabulary()._phrases, word, Meaning("thing", "dog"))
    assert arts("a frumious") == ["dog"]
    assert [word for word in words if arts(f"a {word}")] == []


class TestNegativePrompt:
    def test_its_words_win(self) -> None:
        assert arts("a dog and a cat in a park", "cats") == ["dog"]

    def test_it_reaches_the_background(self) -> None:
        assert {"trees", "clouds", "sun"} <= forbidden("trees, clouds and the sun")

    def test_people_are_all_people(self) -> None:
        assert arts("a king, a knight, a fox and a girl", "people") == ["fox"]

    def test_animals_are_all_animals_but_no_plants(self) -> None:
        assert arts("a fox, a hen and a rose", "animals") == ["rose"]

    def test_a_prompt_may_refuse_too(self) -> None:
        scene = parse("a park without trees")
        assert "trees" in scene.without


def test_refusing_a_thing_unties_what_stood_on_it() -> None:
    assert parse("a cat on a chair next to a dog without chairs").things == (
        Thing("cat"),
        Thing("dog"),
    )


CHINESE = [
    ("公园里的一只狗", Scene(things=(Thing("dog"),), place="park")),
    (
        "塔顶上的红鸟",
        Scene(things=(Thing("bird", colour="red", relation="on", to=1), Thing("tower"))),
    ),
    (
        "一只戴着圣诞帽的猫",
        Scene(things=(Thing("cat"), Thing("santa-hat", relation="wearing", to=0))),
    ),
    (
        "騎著馬的太空人在太空",
        Scene(
            things=(Thing("astronaut", relation="riding", to=1, doing=("ride",)), Thing("horse")),
            place="space",
        ),
    ),
    (
        "红桌子上的三个苹果",
        Scene(
            things=(Thing("red-apple", count=3, relation="on", to=1), Thing("table", colour="red")),
            place="room",
        ),
    ),
    ("公园里有两只红色的鸟", Scene(things=(Thing("bird", count=2, colour="red"),), place="park")),
    ("日落时海上的帆船", Scene(things=(Thing("sailboat"),), place="sea", time="sunset")),
    (
        "两头牛在草地上，背景是湖",
        Scene(things=(Thing("cow", count=2),), features=frozenset({"lake"})),
    ),
]


@pytest.mark.parametrize("prompt", ["a cup of espresso", "a cup of coffee"])
def test_a_cup_of_something_is_one_thing(prompt: str) -> None:
    assert [thing.count for thing in parse(prompt).things] == [1]


@pytest.mark.parametrize(("prompt", "scene"), CHINESE)
def test_chinese(prompt: str, scene: Scene) -> None:
    assert replace(parse(prompt), setting="") == scene


def test_unknown_chinese_is_reported_as_a_run() -> None:
    assert parse("哲学与狗").unknown == ("哲学",)


# The fire engine's and the shoe's other names are CLDR 48's keywords of 🚒 and 👟; a corgi is a dog
# and a sedan a car by WordNet 3.0.
@pytest.mark.parametrize(
    ("prompt", "art"),
    [
        ("a fire truck", "fire-engine"),
        ("a bottle of wine", "wine-bottle"),
        ("sneakers", "running-shoe"),
        ("oranges", "tangerine"),
        ("a beer", "beer-mug"),
        ("a plate", "fork-and-knife-with-plate"),
        ("a teddy", "teddy-bear"),
        ("a mastiff", "great-dane"),
        ("a kestrel", "hawk"),
        ("two cups of coffee", "hot-beverage"),
        ("a baseball bat", "baseball-bat"),
        ("a bat", "bat"),
        ("a tooth brush", "toothbrush"),
        ("two teddybears", "teddy-bear"),
        ("a green house", "house"),
        ("a bar of soap", "soap"),
    ],
)
def test_words_reach_the_drawings_that_exist(prompt: str, art: str) -> None:
    assert arts(prompt) == [art]


def test_a_narrower_noun_is_drawn_as_what_it_is_a_kind_of() -> None:
    tables = json.loads((DATA / "kinds.json").read_text("utf-8"))
    words = {word for table in tables.values() for word in table}
    assert [word for word in words if vocabulary().find(word) is None] == []
    nouns = {noun: name for name, table in tables.items()
             for said in table.values() for noun in said.split(", ")}  # fmt: skip
    assert len(nouns) > 5000
    found = {noun: vocabulary().find(noun) for noun in nouns}
    assert [noun for noun, one in found.items() if not one] == []
    assert [
        noun for noun, one in found.items() if one and one.near != (nouns[noun] == "narrower")
    ] == []


IDEAS = read_toml("abstract.toml")


@pytest.mark.parametrize("shown", IDEAS["scenes"])
def test_what_cannot_be_seen_has_a_scene_of_what_can(shown: str) -> None:
    scene = parse(shown)
    assert scene.unknown == ()
    assert scene.things or scene.features or scene.form
    for word in IDEAS["scenes"][shown]:
        assert parse(word) == replace(scene, instead=()), "nobody said those words"


@pytest.mark.parametrize("shown", IDEAS["sayings"])
def test_a_saying_shows_its_scene_whatever_it_names(shown: str) -> None:
    scene = parse(shown)
    assert scene.unknown == ()
    for saying in IDEAS["sayings"][shown]:
        assert parse(f"{saying}").things == scene.things


@pytest.mark.parametrize(
    "wrapped",
    [
        "the feeling of hope",
        "a visual representation of hope",
        "what hope feels like",
        "an image that represents hope",
        "hope, symbolic",
    ],
)
def test_what_wraps_an_idea_does_not_hide_it(wrapped: str) -> None:
    assert parse(wrapped) == parse("hope")


def test_ideas_are_shown_only_where_nothing_can_be_seen() -> None:
    assert arts("hope") == ["seedling"]
    assert arts("a dog full of hope") == ["dog"]
    assert parse("a dog full of hope").unknown == ("hope",)
    assert parse("hope, oil painting").style == "oil"
    assert parse("希望") == parse("hope")


@pytest.mark.parametrize(
    ("prompt", "left", "right"),
    [
        ("love and loss", "love", "loss"),
        ("the contrast between order and chaos", "order", "chaos"),
        ("an oil painting of love and loss", "love, oil painting", "loss, oil painting"),
        ("hope after the storm", "the storm", "hope"),
        ("nature versus technology", "nature", "technology"),
        ("a city, half day half night", "a city, day", "a city, night"),
        ("a split image of a forest and a desert", "a forest", "a desert"),
        ("孤独与自由", "loneliness", "freedom"),
        ("Liebe und Hass", "love", "hate"),
    ],
)
def test_two_that_are_set_against_each_other_are_two_pictures(
    prompt: str, left: str, right: str
) -> None:
    assert [parse(side) for side in sides(prompt)] == [parse(left), parse(right)]


@pytest.mark.parametrize(
    "prompt",
    ["a cat and a dog", "a red heart and a blue star", "joy and sorrow", "joy and happiness",
     "a man after work", "half cat half dog", "hope", "a knight against a dragon",
     "a man dreaming of love and peace", "hope after  ,"],
)  # fmt: skip
def test_what_stands_together_is_one_picture(prompt: str) -> None:
    assert sides(prompt) == [prompt]


def test_every_idea_stands_once_and_in_chinese_too() -> None:
    words = [word for words in IDEAS["scenes"].values() for word in words]
    assert len(words) == len(set(words)) >= 80
    assert set(IDEAS["chinese"]) <= set(words)


@pytest.mark.parametrize(
    ("prompt", "counted"),
    [
        ("三杯咖啡", ("hot-beverage", 3)),
        ("两块蛋糕", ("birthday-cake", 2)),
        ("一杯茶", ("teacup-without-handle", 1)),
    ],
)  # fmt: skip
def test_chinese_counts_with_measure_words(prompt: str, counted: tuple[str, int]) -> None:
    (thing,) = parse(prompt).things
    assert (thing.art, thing.count) == counted


# CLDR 48.2 calls 🥦 西兰花 and 🦘 袋鼠 (annotations/zh/annotations.json).
def test_chinese_nouns_are_known_by_their_names_too() -> None:
    assert arts("袋鼠吃西兰花") == ["kangaroo", "broccoli"]


def test_nobody_is_drawn_for_a_verb_where_nobody_must_be() -> None:
    assert arts("reading a book", "people") == ["closed-book"]
    assert arts("swimming", "people") == []


def test_a_family_of_animals_is_several_of_them() -> None:
    assert parse("an elephant family").things == (Thing("elephant", count=4),)
    assert arts("a family of four") == ["man", "woman", "child"]


def test_people_in_clothes_stay_where_they_usually_are() -> None:
    assert parse("a skier in a red jacket").place == "snow"


@pytest.mark.parametrize(
    ("prompt", "drawn"),
    [
        ("a man chopping wood", ["man", "axe", "tree-stump"]),
        ("a surgeon operating on a patient", ["surgeon", "patient", "hospital-bed"]),
        ("a king and a queen on their thrones", ["king", "throne", "queen", "throne"]),
        ("a burger with cheese, lettuce and tomato", ["hamburger"]),
        ("a girl under cherry blossoms", ["girl", "cherry-tree"]),
        ("a knight wearing a red helmet", ["knight", "rescue-workers-helmet"]),
    ],
)
def test_what_is_done_is_drawn_with_what_it_needs(prompt: str, drawn: list[str]) -> None:
    assert arts(prompt) == drawn
