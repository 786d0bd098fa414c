"""The describer's Chinese: a name for whatever it can name, and natural sentences."""

import ast
import pathlib
import re
from dataclasses import replace
from itertools import combinations, product

import numpy as np
import pytest
from PIL import Image

from describe_draw.engines.builtin import chinese
from describe_draw.engines.builtin.describer import (
    Describer,
    media,
    phrases,
    scenes,
    settings,
    tables,
)
from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.colours import COLOURS
from describe_draw.engines.builtin.describer.observation import (
    Observation,
    ObservedThing,
)
from describe_draw.engines.builtin.illustrator.chinese import translate
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.tables import DATA
from tests.support import EXAMPLES

ENGLISH = captions("")

HEAD = np.load(DATA / "illustration_head.npz")
PLACES = tables.seeing()["places"]
NOUNS = {
    *tables.class_nouns(),
    *(group.noun for group in tables.groups()),
    *tables.seeing()["kinds"].values(),
    *(tables.seeing()["said"].get(label, label) for label in tables.labels("detector")),
    *tables.labels("detector"),
    *(noun for words in tables.seeing()["better"].values() for noun in words.values()),
    *(row["noun"] for name in ("rooms", "streets") for row in tables.seeing()[name]),
    *tables.seeing()["dishes"]["labels"].values(),
    *tables.seeing()["wider"].values(),
    *tables.seeing()["wear"]["garments"],
    *(noun for noun, *_ in tables.seeing()["labels"].values()),
    "computer screen",
    "city skyline",
    "piece of clothing",
    "man",
    "woman",
    "child",
    "flowers",
    "plants",
    "statue",
    *map(str, HEAD["names"]),
    "animal",
    "giraffe",
    "table",
    "room",
    "bride",
    "bridegroom",
    "bowl of food",
    "dish of food",
    "plate of food",
    *(form["noun"] for form in tables.seeing()["landforms"]),
    *(row["noun"] for kind in ("rooms", "sights") for row in PLACES[kind].values()),
    *tables.seeing()["held"]["nouns"],
    *tables.seeing()["held"]["wider"].values(),
}
# fmt: off
MEDIA = ["black and white photo", "graphic", "graphic with text", *media.sorts().words,
         *(f"plain {c} picture" for c in COLOURS)]
# fmt: on
LATIN = re.compile("[A-Za-z{}]")


def literals(module) -> list[str]:
    """Every string of a module."""
    with pathlib.Path(module.__file__).open(encoding="utf-8") as file:
        nodes = ast.walk(ast.parse(file.read()))
        return [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]


GROUNDS = [row["words"] for row in tables.seeing()["grounds"]]
ROOMS = [
    *(row["noun"] for row in tables.seeing()["rooms"]),
    *tables.seeing()["named_rooms"]["nouns"],
]
ROOMS_AT = [row["noun"] for row in PLACES["rooms"].values()]
SETTINGS = [
    *PLACES["words"].values(),
    *tables.seeing()["venues"]["settings"].values(),
    "on a white background",
    "on a dark background",
    "indoors",
    *GROUNDS,
    *tables.seeing()["under_skies"].values(),
    *(
        f"{ground} {sky}"
        for ground, sky in product(GROUNDS, tables.seeing()["under_skies"].values())
    ),
    *(f"in {phrases.with_article(room)}" for room in ROOMS),
    *map(str, HEAD["SC"]),
]
SKIES = list(tables.seeing()["skies"].values())
SCENERY = list(dict.fromkeys(row["words"] for row in tables.seeing()["scenery"].values()))
VIEWS = [phrases.listed(parts) for n in (1, 2, 3) for parts in combinations(SCENERY, n)]
WHOLES = [
    *VIEWS,
    *(f"{view} under {sky}" for view, sky in product((*VIEWS, "a building"), SKIES)),
    *SKIES, "the sky", "a building", "a blue sky with clouds", "green leaves and plants",
    "lights in the dark", "a very dark scene", "a night sky", "a scene that is hard to make out",
    "a printed page", "what looks like a web page", "a sheet of paper", "a printed menu",
    "what looks like a book cover",
]  # fmt: skip


@pytest.fixture(params=chinese.LANGUAGES)
def said(request):
    return captions(request.param).styles


def all_in_chinese(said, *seen: Observation) -> None:
    for observation, style in product(seen, said):
        text = said[style](observation)
        assert text, (observation, style)
        assert not LATIN.search(text), (text, observation, style)
        assert "的的" not in text


def test_every_noun_has_a_name_and_no_english_word_is_left(said):
    for noun in sorted(NOUNS):
        thing = ObservedThing(noun, 0.9, colour="blue", general=noun)
        all_in_chinese(said, Observation("photo", (thing,)))


def test_every_setting_light_colour_and_medium_has_words(said):
    dog = (ObservedThing("dog"),)
    assert len(SETTINGS) > 60
    all_in_chinese(
        said,
        *(Observation("illustration", dog, setting=s, light="at night") for s in SETTINGS),
        *(Observation("illustration", setting=s) for s in SETTINGS),
        *(Observation("illustration", dog, light=str(light) or None) for light in HEAD["TD"]),
        *(Observation("photo", (ObservedThing("person", dress=c),), colours=(c,)) for c in COLOURS),
        *(Observation(medium) for medium in MEDIA),
        *(Observation(medium, dog) for medium in MEDIA),
        *(Observation("photo", whole=whole) for whole in WHOLES),
    )


def test_all_wholes_and_settings_that_there_are_are_tried():
    found = [
        text
        for module in (scenes, settings)
        for text in literals(module)
        if re.match("(a|an|the|green|lights|on|under) [a-z ]+$", text)
    ]
    known = " ".join([*WHOLES, *SETTINGS])
    assert {text for text in found if text not in known} == set()


def test_whatever_people_do_and_wherever_something_is_has_words(said):
    for doing in tables.seeing()["doings"]:
        main = ObservedThing("person", 0.9, kind="person", doing=doing["words"])
        all_in_chinese(said, Observation("photo", (main,)))
        all_in_chinese(said, Observation("photo", (main,), setting="in the snow"))
    dog = (ObservedThing("dog"),)
    third = (0.05, 0.4, 0.7)
    for left, top in product(third, third):
        ball = Sighting("sports ball", 0.9, (left, top, left + 0.2, top + 0.2))
        all_in_chinese(said, Observation("photo", dog, sighted=(ball,), scenery=tuple(SCENERY)))


@pytest.mark.parametrize("room", [*ROOMS, *ROOMS_AT, "city street", "road"])
def test_every_room_and_street_has_a_word_for_in_it(said, room):
    kind = "street" if room in ("city street", "road") else "room"
    things = (ObservedThing(room, kind=kind), ObservedThing("chair", count=2))
    all_in_chinese(said, Observation("photo", things), Observation("photo", things[:1]))


@pytest.mark.parametrize("relation", ["and", "with", "riding", "on", "at", "in", "wearing"])
@pytest.mark.parametrize("certainty", [0.9, 0.3])
def test_every_relation_has_words(said, relation, certainty):
    things = (ObservedThing("person", certainty, kind="person"), ObservedThing("hat"))
    all_in_chinese(said, Observation("photo", things, relation, setting="on a street"))


PERSON = ObservedThing("person", 0.9, kind="person")


@pytest.mark.parametrize(
    ("seen", "text"),
    [
        (Observation("photo", (ObservedThing("cow", 0.9, 2),), setting="on green grass"),
         "绿草地上的两头牛"),
        (Observation("photo", (ObservedThing("dog"),), setting="on sand under a blue sky"),
         "蓝天下沙地上的一只狗"),
        (Observation("photo", (PERSON, ObservedThing("horse")), "riding"), "一个人骑着一匹马"),
        (Observation("photo", (replace(PERSON, doing="skiing"),)), "一个人在滑雪"),
        (Observation("photo", (replace(PERSON, count=9, doing="playing football"),),
                     setting="on green grass"), "一群人在绿草地上踢足球"),
        (Observation("photo", (PERSON, ObservedThing("horse")), "riding", setting="on a road"),
         "一个人在公路上骑着一匹马"),
        (Observation("photo", (ObservedThing("bedroom", kind="room"), ObservedThing("bed"),
                               ObservedThing("chair", count=2))), "卧室里有一张床和两把椅子"),
        (Observation("photo", (ObservedThing("flowers"), ObservedThing("vase")), "in"),
         "花瓶里插着一些花"),
        (Observation("photo", whole="trees and water under a cloudy sky"),
         "多云的天空下的树木和水面"),
        (Observation("photo", (PERSON, ObservedThing("surfboard")), "on", setting="on the water"),
         "水面上，一个人踩着一块冲浪板"),
        (Observation("photo", (ObservedThing("cat"), ObservedThing("bed")), "on"), "一只猫在床上"),
        (Observation("photo", (PERSON, ObservedThing("table")), "at"), "一个人坐在桌子旁"),
        (Observation("photo", (PERSON, ObservedThing("cowboy hat")), "wearing"),
         "一个人戴着一顶牛仔帽"),
        (Observation("photo", (PERSON, ObservedThing("kimono")), "wearing"), "一个人穿着一件和服"),
        (Observation("photo", (PERSON, ObservedThing("Windsor tie")), "wearing"),
         "一个人系着一条领带"),
        (Observation("photo", (ObservedThing("person", 0.9, dress="red"),)), "一个穿红色衣服的人"),
        (Observation("photo", (replace(PERSON, count=9), ObservedThing("bus", colour="blue"))),
         "一群人和一辆蓝色的公共汽车"),
        (Observation("photo", (ObservedThing("teapot", 0.3),)), "好像是一个茶壶"),
        (Observation("photo", whole="the sea under an orange sky at sunset"),
         "橙红色的晚霞下的大海"),
        (Observation("illustration", (ObservedThing("dog"),), "and", None, "in a park", "at night"),
         "一幅插画，画的是夜晚公园里的一只狗"),
        (Observation("illustration", setting="in a park"), "一幅公园里的插画"),
        (Observation("chart"), "一张图表"),
        (Observation("plain red picture"), "一张纯红色的图片"),
    ],
)  # fmt: skip
def test_short_captions(seen, text):
    assert captions("zh").short(seen) == text


def test_the_other_styles():
    cows = Observation(
        "photo",
        (ObservedThing("cow", 0.9, 2),),
        setting="on green grass",
        colours=("green", "blue"),
    )
    zh, tw = (captions(language).styles for language in chinese.LANGUAGES)
    assert zh["detailed"](cows) == "照片中，绿草地上有两头牛。主要颜色是绿色和蓝色。"
    assert zh["alt text"](cows) == "照片：绿草地上的两头牛。"
    assert zh["tags"](cows) == "牛、绿草地、照片"
    assert tw["detailed"](cows) == "照片中，綠草地上有兩頭牛。主要顏色是綠色和藍色。"


def test_a_detailed_caption_tells_what_else_there_is_and_where():
    clock = Sighting("clock", 0.8, (0.1, 0.1, 0.2, 0.2))
    cats = Observation(
        "photo", (ObservedThing("cat", 0.9, 2),), sighted=(clock,), scenery=("trees",)
    )
    zh, tw = (captions(language).detailed(cats) for language in chinese.LANGUAGES)
    assert zh == "照片中有两只猫。还能看到左上方的一座时钟和树木。"
    assert tw == "照片中有兩隻貓。還能看到左上方的一座時鐘和樹木。"
    assert ENGLISH.detailed(cats) == (
        "Two cats. Also in the picture: a clock at the top left and trees."
    )


def test_long_alt_text_is_cut():
    things = tuple(ObservedThing(noun) for noun in tables.class_nouns()[:40])
    text = captions("zh").alt_text(Observation("photo", things))
    assert len(text) == 125
    assert text.endswith("。")


def test_simplified_and_traditional_say_the_same():
    one, other = (chinese.tables(language) for language in chinese.LANGUAGES)
    assert chinese.nouns("zh").keys() == chinese.nouns("zh-TW").keys()
    for section in one.keys() - {"nouns", "worn"}:
        assert one[section].keys() == other[section].keys()
    one_worn, other_worn = list(one["worn"].values()), list(other["worn"].values())
    assert one_worn == other_worn
    assert ENGLISH.said.keys() <= one["sentences"].keys()
    assert ENGLISH.tables["places"].keys() == one["places"].keys()


@pytest.mark.parametrize(
    ("language", "page", "rare"),
    [("zh", "gb2312", "㹴䴕狆獴羱鳽鸮鹀鹟"), ("zh-TW", "cp950", "㹴獴蝰鵐")],
)
def test_signs_are_of_the_right_script(language, page, rare):
    """GB 2312 has no traditional signs, Big5 no simplified ones; a few animals are in neither."""
    signs = set(re.sub("[^\u3400-\u9fff]", "", str(chinese.tables(language))))
    assert {sign for sign in signs if not _has(page, sign)} == set(rare)


def _has(page: str, sign: str) -> bool:
    try:
        sign.encode(page)
    except UnicodeEncodeError:
        return False
    return True


def test_every_style_of_a_picture_in_each_language():
    describer = Describer()
    with Image.open(EXAMPLES / "coffee.jpg") as picture:
        photo = picture.convert("RGB")
    assert describer.describe(photo, language="zh") == "一杯浓缩咖啡"
    assert describer.describe(photo, language="zh-TW") == "一杯濃縮咖啡"
    assert describer.describe(photo, language="de") == describer.describe(photo)


@pytest.mark.parametrize("name", sorted(map(str, HEAD["names"])))
def test_the_illustrator_understands_what_the_describer_calls_its_drawings(name):
    seen = Observation(
        "illustration", (ObservedThing(name),), setting="in a park", light="at night"
    )
    for language in chinese.LANGUAGES:
        english = translate(captions(language).short(seen))
        assert not re.search("[\u3400-\u9fff]", english), english


@pytest.mark.parametrize("setting", sorted(map(str, HEAD["SC"])))
def test_the_illustrator_understands_every_setting_and_light(setting):
    for language, light in product(chinese.LANGUAGES, map(str, HEAD["TD"])):
        dog = (ObservedThing("dog"),)
        seen = Observation("illustration", dog, setting=setting or None, light=light or None)
        english = translate(captions(language).short(seen))
        assert not re.search("[\u3400-\u9fff]", english), english


def test_a_chinese_caption_is_drawn_as_its_english_one():
    seen = Observation("illustration", (ObservedThing("dog", count=2),), setting="in a park")
    drawn, english = parse(captions("zh").short(seen)), parse(ENGLISH.short(seen))
    assert drawn == english
    assert not english.unknown
