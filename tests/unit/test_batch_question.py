"""What an engine is asked of each of many pictures."""

from pathlib import Path

from describe_draw.batch.question import Question
from describe_draw.batch.rows import Item
from describe_draw.caption_options import CaptionOptions

TWINS = [Item(name, Path(name), digest=b"same") for name in ("a/cat.jpg", "cat (2).jpg")]


def by_words(instruction):
    return Question(CaptionOptions(instruction=instruction))


def test_an_instruction_has_the_files_name_in_it():
    asked = by_words("Sell {name} in a sentence; {name} is its name.")
    assert asked.about(TWINS[0]).instruction == "Sell cat in a sentence; cat is its name."


def test_equal_pictures_are_asked_about_once_unless_each_is_asked_by_its_name():
    assert by_words("List the clothes.").items(TWINS) == TWINS
    apart = by_words("Sell {name}.").items(TWINS)
    assert [item.digest for item in apart] == [b"", b""]
    assert [item.name for item in apart] == ["a/cat.jpg", "cat (2).jpg"]
