"""What a drawing's detailed caption adds: the game asks for it where a story stands still."""

import pytest

from describe_draw.engines.builtin.describer.boxes import Sighting
from describe_draw.engines.builtin.describer.chinese import captions
from describe_draw.engines.builtin.describer.observation import Observation, ObservedThing
from describe_draw.engines.builtin.illustrator.parser import parse

ENGLISH = captions("")

LEFT, MIDDLE, RIGHT = (0.1, 0.4, 0.2, 0.6), (0.45, 0.4, 0.55, 0.6), (0.8, 0.4, 0.9, 0.6)


def drawing(*sighted: Sighting, count: int = 1, colour: str | None = None) -> Observation:
    """A drawing of the first thing that was sighted."""
    thing = ObservedThing(sighted[0].label, count=count, colour=colour)
    return Observation("illustration", (thing,), setting="in a field", sighted=sighted)


def test_its_colour_and_its_side_are_told() -> None:
    seen = drawing(Sighting("dog", 0.9, LEFT, "brown"))
    said = "An illustration of a dog in a field. It is brown and on the left."
    assert ENGLISH.detailed(seen) == said
    assert captions("zh").detailed(seen) == "插画中，田野里有一只狗。它是棕色的，在左侧。"


def test_of_several_only_the_colour_is_told() -> None:
    seen = drawing(Sighting("cow", 0.9, LEFT, "white"), count=2)
    assert ENGLISH.detailed(seen).endswith(" They are white.")


@pytest.mark.parametrize(
    "seen",
    [
        drawing(Sighting("dog", 0.9, MIDDLE)),
        drawing(Sighting("dog", 0.9, MIDDLE, "grey")),
        drawing(Sighting("dog", 0.9, MIDDLE, "red"), colour="red"),
    ],
)
def test_where_there_is_nothing_to_tell_nothing_is(seen: Observation) -> None:
    assert ENGLISH.detailed(seen).count(".") == 1


def test_what_else_may_be_there_is_told_in_detail_and_is_no_tag() -> None:
    seen = drawing(Sighting("dog", 0.9, MIDDLE), Sighting("tree", 0.4, RIGHT))
    assert ENGLISH.detailed(seen).endswith("Also in the picture: a tree on the right.")
    assert "tree" not in ENGLISH.tags(seen)
    assert "树" in captions("zh").detailed(seen)
    assert "树" not in captions("zh").tags(seen)


@pytest.mark.parametrize("language", ["", "zh", "zh-TW"])
def test_the_illustrator_draws_what_was_told(language: str) -> None:
    said = captions(language).detailed if language else ENGLISH.detailed
    (dog,) = parse(said(drawing(Sighting("dog", 0.9, LEFT, "brown")))).things
    assert (dog.art, dog.colour, dog.side) == ("dog", "brown", "left")
    both = parse(said(drawing(Sighting("dog", 0.9, MIDDLE), Sighting("cat", 0.4, RIGHT))))
    assert [(thing.art, thing.side) for thing in both.things] == [("dog", None), ("cat", "right")]
    assert not both.unknown
