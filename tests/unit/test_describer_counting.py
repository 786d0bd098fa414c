"""How many of a kind are told: a number only where nothing speaks for another.

The scores are those that both detectors together gave photos whose number people told: of 8,086 of
Flickr8k (five sentences each) 2,700 were looked at. Two people of scores from 0.75 on were two in
162 of 205, three from there on were three in 25 of 44; a dog beside a second sighting from 0.5 on
had company in 44 of 62.
"""

import pytest

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.counting import Number, number_of
from describe_draw.engines.builtin.describer.observation import MANY, ObservedThing


def beside_each_other(*scores: float, width: float = 0.1) -> list[Sighting]:
    return [
        Sighting("zebra", score, (n * 0.1, 0.2, n * 0.1 + width, 0.8))
        for n, score in enumerate(scores)
    ]


@pytest.mark.parametrize(
    ("scores", "number"),
    [
        ((0.9,), Number(1)),
        ((0.9, 0.45), Number(1)),
        ((0.9, 0.52), Number(2, more=True)),
        ((0.8, 0.76), Number(2)),
        ((0.8, 0.76, 0.42), Number(2, more=True)),
        ((0.9, 0.9, 0.9), Number(3, more=True)),
        ((0.9, 0.8, 0.7, 0.66), Number(MANY)),
    ],
)
def test_a_number_is_told_where_nothing_speaks_for_another(
    scores: tuple[float, ...], number: Number
) -> None:
    assert number_of(beside_each_other(*scores), "animals") == number


def test_what_is_far_behind_is_not_counted() -> None:
    near = Sighting("person", 0.9, (0.2, 0.0, 0.8, 1.0))
    far = Sighting("person", 0.9, (0.9, 0.4, 1.0, 0.7))
    assert number_of([near, far], "people") == Number(1)


@pytest.mark.parametrize(
    ("language", "words"), [("", "zebras"), ("zh", "一些斑马"), ("zh-TW", "一些斑馬")]
)
def test_without_a_number_there_are_some(language: str, words: str) -> None:
    assert captions(language).thing(ObservedThing("zebra", count=2, more=True)) == words
