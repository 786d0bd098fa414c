"""What can't be seen, as a scene that can: where a prompt names nothing to draw."""

from functools import cache

from .words import LONGEST_PHRASE, read_toml


@cache
def _scenes() -> dict[str, str]:
    """Word → the scene that stands for it, in words that the illustrator understands."""
    table = read_toml("abstract.toml")["scenes"]
    return {word: scene for scene, words in table.items() for word in words}


def made_visible(words: list[str]) -> tuple[list[str], str]:
    """The words without the first that can't be seen, and the scene that stands for it."""
    for at in range(len(words)):
        for length in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
            if scene := _scenes().get(" ".join(words[at : at + length])):
                return words[:at] + words[at + length :], scene
    return words, ""
