"""What an engine is asked of each of many pictures."""

from pathlib import Path

from describe_draw.batch.question import Question
from describe_draw.batch.rows import Item

TWINS = [Item(name, Path(name), digest=b"same") for name in ("a/cat.jpg", "cat (2).jpg")]


def test_an_instruction_has_the_files_name_in_it():
    asked = Question(instruction="Sell {name} in a sentence; {name} is its name.")
    assert asked.instruction_for(TWINS[0]) == "Sell cat in a sentence; cat is its name."


def test_equal_pictures_are_asked_about_once_unless_each_is_asked_by_its_name():
    assert Question(instruction="List the clothes.").items(TWINS) == TWINS
    apart = Question(instruction="Sell {name}.").items(TWINS)
    assert [item.digest for item in apart] == [b"", b""]
    assert [item.name for item in apart] == ["a/cat.jpg", "cat (2).jpg"]
