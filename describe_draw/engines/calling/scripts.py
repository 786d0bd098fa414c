"""In which script a prompt is written."""

import unicodedata


def is_foreign(prompt: str) -> bool:
    """Whether a prompt is written in a script that painters don't read: mostly not Latin."""
    letters = [character for character in prompt if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return latin < 0.7 * len(letters)
