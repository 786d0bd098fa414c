"""One and several: of every noun that the app knows, and of anything that is called a word."""

import lzma
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files

import hypothesis
import pytest
from hypothesis import strategies as st

from describe_draw import english
from describe_draw.engines.builtin.describer import tables
from describe_draw.engines.builtin.describer.phrases import is_uncountable
from describe_draw.engines.builtin.illustrator.words import nature, noto, read_toml
from describe_draw.english import is_plural, plural, singular
from tools.head_words import objects

ENDING_IN_S = {
    "abacus", "actress", "albatross", "ankylosaurus", "asparagus", "bass", "biceps", "borealis",
    "bosphorus", "boss", "brachiosaurus", "brontosaurus", "bruxellois", "bus", "cactus", "campus",
    "canvas", "chess", "christmas", "circus", "class", "claus", "colobus", "compass", "cosmos",
    "crocus", "cuirass", "cypress", "dress", "duchess", "empress", "flandres", "fortress", "fungus",
    "glass", "goddess", "grass", "hibiscus", "hippopotamus", "hostess", "hourglass", "hummus",
    "lioness", "lotus", "malinois", "mantis", "mars", "mattress", "metropolis", "minibus", "moss",
    "nautilus", "oasis", "octopus", "parasaurolophus", "paris", "pass", "pegasus", "platypus",
    "princess", "rhinoceros", "rhombus", "sandglass", "seamstress", "sorceress", "spinosaurus",
    "stegosaurus", "stewardess", "tennis", "torus", "triceratops", "trolleybus", "tyrannosaurus",
    "vegas", "waitress", "walrus", "wilderness",
}  # fmt: skip
"""Those of the app's nouns that end as plurals do, and stand for one."""

UNCOUNTED = {"australia", "asia-australia", "nigiri", "onigiri", "tanghulu", "tiramisu", "tofu"}
"""Nobody counts them."""


def nouns() -> set[str]:
    """What the describer and the illustrator have words for, the whole phrase."""
    tables_of_words = read_toml("vocabulary.toml")
    kinds = ("things", "other_things", "features", "places")
    vocabulary = {
        phrase for kind in kinds for phrases in tables_of_words[kind].values() for phrase in phrases
    }
    drawings = {name.replace("-", " ") for name in {*noto(), *nature()}}
    drawings |= {d["l"] for d in noto().values()}
    groups = {group.noun for group in tables.groups()}
    seen = {*tables.class_nouns(), *tables.labels("detector"), *groups, *objects().values()}
    return vocabulary | drawings | seen


def counted_words() -> set[str]:
    """The words that are counted in them: the last, or the one before "of", "with" and the like."""
    joints = (" of ", " with ", " in ", " on ", " at ", " between ", " and ")
    heads = set()
    for noun in nouns():
        if not is_uncountable(noun):
            ends = (noun.find(joint) for joint in joints if joint in noun)
            heads.add(noun[: min(ends, default=len(noun))].split(" ")[-1].lower())
    return heads


WORDS = sorted(counted_words())
ONE = [word for word in WORDS if not is_plural(word)]


def test_there_are_many_nouns_to_look_at():
    assert len(WORDS) > 1500
    assert len(ONE) > 1400


def test_one_of_a_noun_stays_as_it_is():
    assert [word for word in ONE if singular(word) != word] == []


def test_several_of_a_noun_are_as_many_of_that_noun():
    wrong = {word: plural(word) for word in ONE if singular(plural(word)) != word}
    assert set(wrong) == UNCOUNTED


def test_several_of_several_are_no_more():
    assert {word for word in ONE if plural(plural(word)) != plural(word)} == UNCOUNTED


def test_what_stands_for_several_stays_as_it_is():
    assert [word for word in WORDS if is_plural(word) and plural(word) != word] == []


def test_a_noun_is_for_several_only_where_it_ends_like_one():
    assert {word for word in ONE if word.endswith("s")} == ENDING_IN_S
    others = {word for word in WORDS if is_plural(word) and not word.endswith("s")}
    assert others == {"men", "people", "tiananmen", "women"}


def test_common_words_that_are_no_plurals_are_kept():
    packed = files("describe_draw.game").joinpath("wordpieces.txt.xz").read_bytes()
    known = [word for word in lzma.decompress(packed).decode().split() if word.isalpha()]
    changed = {word: singular(word) for word in known if singular(word) != word}
    assert {"this", "glass", "grass", "tennis", "chess", "news"} & set(changed) == set()
    assert all(len(word) > 1 and word.islower() for word in changed.values())


@pytest.mark.parametrize(
    ("one", "several"),
    [
        ("bus", "buses"),
        ("gas", "gases"),
        ("lens", "lenses"),
        ("glass", "glasses"),
        ("dress", "dresses"),
        ("cactus", "cacti"),
        ("wolf", "wolves"),
        ("knife", "knives"),
        ("leaf", "leaves"),
        ("giraffe", "giraffes"),
        ("glove", "gloves"),
        ("man", "men"),
        ("policeman", "policemen"),
        ("human", "humans"),
        ("talisman", "talismans"),
        ("person", "people"),
        ("child", "children"),
        ("mouse", "mice"),
        ("goose", "geese"),
        ("ox", "oxen"),
        ("box", "boxes"),
        ("daisy", "daisies"),
        ("cookie", "cookies"),
        ("cherry", "cherries"),
        ("monkey", "monkeys"),
        ("potato", "potatoes"),
        ("piano", "pianos"),
        ("taxi", "taxis"),
        ("sheep", "sheep"),
        ("series", "series"),
        ("spacecraft", "spacecraft"),
        ("piñata", "piñatas"),
    ],
)
def test_one_and_several(one, several):
    assert (singular(one), plural(one)) == (one, several)
    assert (singular(several), plural(several)) == (one, several)


@pytest.mark.parametrize("word", ["pants", "scissors", "jeans", "sunglasses", "trousers", "shorts"])
def test_some_have_no_singular(word):
    assert (singular(word), plural(word), is_plural(word)) == (word, word, True)


@pytest.mark.parametrize("word", ["", "a", "is", "as", "us", "this", "tennis", "chess", "狗", "s"])
def test_what_is_no_plural_is_kept(word):
    assert singular(word) == word
    assert not is_plural(word)


PIECES = st.sampled_from(
    ["s", "es", "ies", "ves", "men", "deer", "fish", "people", "ſ", "İ", "ß", "é", "'", "-", " ",
     "\n", "$1", "\\1", "\0", "\ud800", "狗", "𝒲", "S", "us", "is", "x", "ch"],
)  # fmt: skip
ANY = st.one_of(st.text(), st.lists(PIECES, max_size=30).map("".join))


@hypothesis.given(ANY)
@hypothesis.settings(max_examples=500, deadline=None)
def test_anything_is_a_word(text):
    for change in (singular, plural):
        changed = change(text)
        assert bool(changed) == bool(text)
        assert len(changed) <= len(text) + 3
    assert is_plural(text) in (True, False)


@pytest.mark.parametrize("piece", ["s", "a-", "deer", "sses", "é", "İs"])
def test_a_word_without_end_takes_no_time(piece):
    word = piece * 1_000_000
    began = time.process_time()
    assert (singular(word), plural(word), is_plural(word)) == (word, word, False)
    assert time.process_time() - began < 0.1


def test_what_is_remembered_is_bounded():
    for number in range(2 * english.REMEMBERED):
        singular(f"wobble{number}s")
        plural(f"wobble{number}")
    for change in (singular, plural):
        assert change.cache_info().currsize == english.REMEMBERED


def test_many_threads_get_the_same_words():
    together = threading.Barrier(8)

    def changed(_: int) -> list[tuple[str, str]]:
        together.wait()
        return [(singular.__wrapped__(word), plural.__wrapped__(word)) for word in WORDS]

    with ThreadPoolExecutor(8) as threads:
        results = list(threads.map(changed, range(8)))
    assert results == [[(singular(word), plural(word)) for word in WORDS]] * 8
