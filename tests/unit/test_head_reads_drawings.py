"""The head that reads illustrations still reads what is painted now.

What is in each picture is known: it was composed of named drawings, places and times, from prompts
like those of visitors, two fifths of them styled. The floors lie below what the head in the
repository reads of such pictures (names 0.79 without a style, all 1,044 by turns; usual ones
are read far better), so that changes of single drawings pass.
"""

import numpy as np

from describe_draw.engines.builtin.chinese import LANGUAGES, tables
from describe_draw.engines.builtin.describer.phrases import with_article
from describe_draw.engines.builtin.illustrator.backdrops import BARE
from describe_draw.engines.builtin.illustrator.parser import parse
from tools.head_data import HEAD, measure
from tools.head_words import KINDS, MEDIA, PLACES, TIMES, called, objects

FLOORS = {"name": 0.4, "plain": 0.55, "styled": 0.05, "place": 0.7, "time": 0.8, "style": 0.9}
LEARNED = {"plain", *(style for style, medium in MEDIA.items() if medium != MEDIA["plain"])}
STYLES = {style: MEDIA[style] for style in sorted(LEARNED)}
SAMPLE = 36


def test_the_head_reads_a_sample_of_its_own_words() -> None:
    shares = measure(SAMPLE)
    fallen = {word: share for word, share in shares.items() if share < FLOORS[word]}
    assert not fallen, "Run `python -m tools.train_head`."


def test_the_illustrator_still_draws_what_the_head_can_name() -> None:
    with np.load(HEAD) as head:
        names = {str(name) for name in head["names"]}
        assert len(names & set(objects().values())) > 0.95 * len(names)
        assert list(head["SC"]) == list(PLACES.values())
        assert list(head["TD"]) == list(TIMES)
        assert list(head["MD"]) == list(KINDS)


def test_captions_of_styled_drawings_lead_to_their_style() -> None:
    for style, medium in STYLES.items():
        scene = parse(f"{with_article(medium)} of a fox in the forest")
        assert (scene.style, [thing.art for thing in scene.things]) == (style, ["fox"])
        assert scene.unknown == (("forest",) if style in BARE - {"isometric"} else ())


def test_chinese_captions_of_styled_drawings_lead_to_their_style() -> None:
    for language in LANGUAGES:
        for style, medium in STYLES.items():
            counted, name = tables(language)["media"][medium]
            scene = parse(f"一{counted}{name}，画的是森林里的一只狐狸")
            assert (scene.style, [thing.art for thing in scene.things]) == (style, ["fox"])


def test_what_is_made_of_another_drawing_is_called_by_its_word() -> None:
    assert [called(art) for art in ("labrador", "tiger-lily", "cup-of-tea", "fox@gallop")] == [
        "dog",
        "flower",
        "tea",
        "fox",
    ]
    assert called("manatee") == ""  # made of a whale, and none
