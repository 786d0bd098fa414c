"""Prompts in other languages and in emoji."""

import pytest

from describe_draw.engines.builtin.illustrator.foreign import in_english
from describe_draw.engines.builtin.illustrator.lexicon import lexicon
from describe_draw.engines.builtin.illustrator.parser import parse
from describe_draw.engines.builtin.illustrator.scene import Scene
from describe_draw.engines.builtin.illustrator.verbs import verbs
from describe_draw.engines.builtin.illustrator.words import read_toml, vocabulary
from tools.foreign import LANGUAGES


def told(prompt: str) -> list[tuple[str, str | None, tuple[str, ...]]]:
    return [(thing.art, thing.colour, thing.doing) for thing in parse(prompt).things]


# What each emoji is called in its language by CLDR 48.2 (annotations/*.json, "tts").
NAMES = [
    ("Schmetterling", "butterfly"), ("Elefant", "elephant"), ("mariposa", "butterfly"),
    ("papillon", "butterfly"), ("farfalla", "butterfly"), ("borboleta", "butterfly"),
    ("бабочка", "butterfly"), ("kelebek", "butterfly"), ("तितली", "butterfly"),
    ("فراشة", "butterfly"), ("チョウ", "butterfly"), ("나비", "butterfly"), ("voi", "elephant"),
    ("éléphant", "elephant"), ("ゾウ", "elephant"), ("코끼리", "elephant"),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "art"), NAMES)
def test_nouns_are_drawn_by_their_names(prompt: str, art: str) -> None:
    assert [drawn for drawn, _, _ in told(prompt)] == [art]


SENTENCES = [
    ("eine rote Katze auf dem Tisch", [("cat", "red", ())]),
    ("le chat dort sur une chaise", [("cat", None, ("sleep",)), ("chair", None, ())]),
    ("una barca rossa", [("sailboat", "red", ())]),
    ("猫が魚を食べている", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("りんごを食べるうさぎ", [("rabbit", None, ("eat",)), ("red-apple", None, ())]),
    ("고양이가 물고기를 먹는다", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("बिल्ली मछली खा रही है", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("kedi balık yiyor", [("cat", None, ("eat",)), ("fish", None, ())]),
    ("قطة وكلب", [("cat", None, ()), ("dog", None, ())]),
    ("собака и кошка", [("dog", None, ()), ("cat", None, ())]),
    ("con mèo và con cá", [("cat", None, ()), ("fish", None, ())]),
    ("un gelato al cioccolato", [("chocolate-ice-cream", None, ())]),
    ("une glace à la fraise", [("strawberry-ice-cream", None, ())]),
    ("ein Erdbeereis", [("strawberry-ice-cream", None, ())]),
]


@pytest.mark.parametrize(("prompt", "things"), SENTENCES)
def test_sentences(prompt: str, things: list[tuple[str, str | None, tuple[str, ...]]]) -> None:
    assert told(prompt) == things


@pytest.mark.parametrize(
    "prompt", ["a dog in a park", "die in the sun", "a frumious bandersnatch", "一只狗", "", "café"]
)
def test_english_and_chinese_stay_as_they_are(prompt: str) -> None:
    assert in_english(prompt) == prompt


@pytest.mark.parametrize(
    ("prompt", "arts"),
    [
        ("🐕🚗", ["dog", "automobile"]),
        ("🐶 on a 🪑", ["dog", "chair"]),
        ("👩🏽‍🍳🍕", ["woman-cook", "pizza"]),
        ("❤️", ["red-heart"]),
    ],
)
def test_emoji_draw_themselves(prompt: str, arts: list[str]) -> None:
    assert [thing.art for thing in parse(prompt).things] == arts
    assert parse(prompt).unknown == ()


def test_an_emoji_without_a_drawing_is_named() -> None:
    assert parse("a dog 😀").unknown == ("😀",)


def test_every_english_word_of_the_table_means_something() -> None:
    tables = read_toml("foreign.toml")
    unknown = [word for word in tables["words"] if parse(word).unknown]
    of_somebody = {"blond haired", "red haired", "with blond hair", "with red hair"}
    assert {word for word in unknown if not lexicon().is_noun(word)} <= {"wooden", *of_somebody}
    assert [verb for verb in tables["verbs"] if verbs().plain(verb) is None] == []
    said = {**tables["words"], **tables["verbs"]}
    assert {language for words in said.values() for language in words} == set(LANGUAGES)


# Each is a construction of the language's grammar, and who is where and does what in it.
GRAMMAR = [
    ("正在看书的女孩", [("girl", None, "read"), ("closed-book", 0, "")]),
    ("Дети кормят голубей", [("child", 1, "feed"), ("pigeon", None, "")]),
    ("Der Bäcker holt Brot aus dem Ofen",
     [("baker", None, ""), ("bread", 2, ""), ("stove", None, "")]),
    ("deux enfants parlent à un homme", [("child", None, "talk"), ("man", None, "")]),
    ("女孩骑着自行车去学校", [("girl", 1, "ride"), ("bicycle", None, ""), ("school", None, "")]),
    ("男孩把书包放在椅子上", [("boy", None, ""), ("backpack", 2, ""), ("chair", None, "")]),
    ("苹果被猫吃了", [("cat", None, "eat"), ("red-apple", 0, "")]),
    ("树下坐着一个老人", [("old-man", 1, "sit"), ("deciduous-tree", None, "")]),
    ("椅子上放着一本书", [("closed-book", 1, ""), ("chair", None, "")]),
    ("兩棵樹之間的房子", [("house", 1, ""), ("deciduous-tree", None, "")]),
    ("狗追国王的猫", [("dog", 1, "chase"), ("cat", None, ""), ("king", None, "")]),
    ("桜の木の下の猫", [("cat", 1, ""), ("cherry-tree", None, "")]),
    ("고양이가 소파에서 자고 있다", [("cat", 1, "sleep"), ("couch-and-lamp", None, "")]),
    ("पेड़ के नीचे बिल्ली सो रही है", [("cat", 1, "sleep"), ("deciduous-tree", None, "")]),
    ("ağacın altında uyuyan köpek", [("dog", 1, "sleep"), ("deciduous-tree", None, "")]),
    ("Auf dem Stuhl sitzt eine Katze", [("cat", 1, "sit"), ("chair", None, "")]),
    ("تشرب القطة الحليب", [("cat", None, "drink"), ("glass-of-milk", 0, "")]),
    ("un gato en la cama", [("cat", 1, ""), ("bed", None, "")]),
]  # fmt: skip


@pytest.mark.parametrize(("prompt", "things"), GRAMMAR)
def test_grammar(prompt: str, things: list[tuple[str, int | None, str]]) -> None:
    scene = parse(prompt)
    assert [(t.art, t.to, "".join(t.doing)) for t in scene.things] == things
    assert scene.unknown == ()


SENTENCES_WITH = [
    "一只{}在草地上", "猫和{}在一起", "桌子上有{}", "小女孩看着{}", "男孩把{}放在椅子上",
    "女孩拿着{}去学校", "在{}旁边睡觉的狗", "妈妈的{}", "红色的{}", "狗追着{}跑",
]  # fmt: skip


@pytest.mark.parametrize("sentence", SENTENCES_WITH)
@pytest.mark.parametrize(
    "noun", ["苹果", "老師", "发票", "冰箱", "櫻桃", "火车", "显微镜", "城堡", "輪椅", "鲸鱼"]
)
def test_no_chinese_noun_is_lost_in_silence(noun: str, sentence: str) -> None:
    alone, scene = parse(noun), parse(sentence.format(noun))
    drawn = {thing.art for thing in alone.things} <= {thing.art for thing in scene.things}
    assert drawn if alone.things else noun in scene.unknown


@pytest.mark.parametrize(
    ("prompt", "unknown"),
    [("猫和护城河", ("护城河",)), ("貓和護城河", ("護城河",)), ("Кошка и фыздрик", ("фыздрик",))],
)
def test_what_is_not_drawn_is_named_as_it_was_said(prompt: str, unknown: tuple[str, ...]) -> None:
    assert parse(prompt).unknown == unknown


def test_joined_emoji_without_a_drawing_are_all_of_theirs() -> None:
    assert [thing.art for thing in parse("👨‍👩‍👧🏠").things] == ["man", "woman", "girl", "house"]


def test_every_emoji_of_the_table_means_something() -> None:
    said = [word for english in read_toml("emoji.toml") for word in english.split()]
    known = (vocabulary().find(word) or verbs().plain(word) for word in said)
    assert [word for word, meaning in zip(said, known, strict=True) if not meaning] == []


SAME = {
    "a black cat sleeps on a red sofa": (
        "一只黑猫睡在红色沙发上", "un gato negro duerme en un sofá rojo",
        "un chat noir dort sur un canapé rouge", "eine schwarze Katze schläft auf einem roten Sofa",
        "黒い猫が赤いソファで寝ている", "чёрная кошка спит на красном диване",
    ),
    "three yellow lemons and a green bottle": (
        "三个黄色的柠檬和一个绿色的瓶子", "tres limones amarillos y una botella verde",
        "drei gelbe Zitronen und eine grüne Flasche", "три жёлтых лимона и зелёная бутылка",
    ),
    "a bowl of noodles and two chopsticks on a table": ("桌子上有一碗面条和两双筷子",),
    "a grandmother knits a scarf by the fireplace": (
        "奶奶在壁炉旁织围巾", "une grand-mère tricote une écharpe près de la cheminée",
        "eine Großmutter strickt einen Schal am Kamin",
        "おばあさんが暖炉のそばでマフラーを編んでいる",
        "бабушка вяжет шарф у камина",
    ),
    "a pirate with a parrot on his shoulder": (
        "un pirata con un loro en el hombro", "ein Pirat mit einem Papagei auf der Schulter",
        "пират с попугаем на плече",
    ),
    "children eating apples": ("los niños pequeños comen manzanas", "çocuklar elmalar yiyor"),
    "a rabbit on a pink background": ("粉色背景的兔子", "粉红色背景，一只小兔子"),
    "three red apples": ("🍎🍎🍎", "三个红苹果", "три красных яблока"),
}  # fmt: skip
"""English → translations by hand."""


@pytest.mark.parametrize(
    ("english", "translated"), [(one, said) for one, others in SAME.items() for said in others]
)
def test_a_translation_gives_the_same_scene(english: str, translated: str) -> None:
    scene, other = parse(english), parse(translated)
    assert tied(other) == tied(scene)
    assert (other.place, other.setting, other.form) == (scene.place, scene.setting, scene.form)


def tied(scene: Scene) -> list[tuple[str, ...]]:
    """All things, each with what it is tied to, in any order."""
    return sorted(
        (t.art, str(t.count), str(t.colour), str(t.relation), scene.things[t.to or 0].art)
        for t in scene.things
    )
