"""In which script a prompt is written."""

import unicodedata


def is_foreign(prompt: str) -> bool:
    """Whether a prompt is written in a script that painters don't read: mostly not Latin."""
    letters = [character for character in prompt if character.isalpha()]
    latin = sum("LATIN" in unicodedata.name(letter, "") for letter in letters)
    return latin < 0.7 * len(letters)


def is_chinese(prompt: str) -> bool:
    """Whether all that is not Latin in a prompt is Chinese."""
    names = [unicodedata.name(sign, "") for sign in prompt if sign.isalpha()]
    others = [name for name in names if "LATIN" not in name]
    return bool(others) and all(name.startswith("CJK") for name in others)
