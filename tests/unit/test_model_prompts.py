import time

import pytest

from describe_draw.engines.calling.model_prompts import is_foreign, plain


@pytest.mark.parametrize(
    ("said", "text"),
    [
        ("A cat on a sofa.", "A cat on a sofa."),
        ('  "A cat on a sofa."\n', "A cat on a sofa."),
        ("“A cat.”", "A cat."),
        ("Caption: a cat", "a cat"),
        ("Sure! Here is a caption for the picture:\n\nA cat.", "A cat."),
        ("Here's the translation: a cat", "a cat"),
        ("**Alt text:** A cat.", "A cat."),
        ("A **black** cat", "A black cat"),
        ("A **black** and __white__ ***cat***", "A black and white *cat*"),
        ("2 ** 3 and a ** b", "2 ** 3 and a ** b"),
        ("<think>It may be a cat.\n</think>\nA cat.", "A cat."),
        ("<think>It may be a", ""),
        ("```\na cat, a sofa\n```", "a cat, a sofa"),
        ("A sign says: stop", "A sign says: stop"),
        ("Here lies a cat.", "Here lies a cat."),
        ("A cat's paw and a dog's", "A cat's paw and a dog's"),
        ('"Stop" and "Go" signs', '"Stop" and "Go" signs'),
        ('"Stop" next to "Go"', '"Stop" next to "Go"'),
        ("Sure-footed goats on a rock.", "Sure-footed goats on a rock."),
        ("一只猫。", "一只猫。"),
        ("", ""),
    ],
)
def test_only_the_answer_is_left(said: str, text: str) -> None:
    assert plain(said) == text


PIECES = [
    "**a ", "__a ", "**a", "*", "_", "**a __b ", "**a\n", "** ", "<think>", "<think> </think>",
    "<think", "</think>", "Sure, ", "Here is ", "Caption: ", " ", "\n", '"', "“", "'\"", "```", ":",
]  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
@pytest.mark.parametrize("start", ["", "**", "<think>", "Sure, here is ", '"'])
def test_no_answer_takes_long_to_read(start: str, piece: str) -> None:
    began = time.process_time()
    plain(start + piece * (400_000 // len(piece)) + "!")
    assert time.process_time() - began < 2


def test_an_answer_after_long_thoughts_is_found() -> None:
    assert plain(f"<think>{'well, ' * 10_000}</think>A cat.") == "A cat."


@pytest.mark.parametrize(
    "prompt", ["一只蓝色的鸟", "Синяя птица", "青い鳥 4k", "طائر أزرق", "파란 새"]
)
def test_other_scripts_are_foreign(prompt: str) -> None:
    assert is_foreign(prompt)


@pytest.mark.parametrize(
    "prompt", ["a blue bird", "ein Vögelchen", "", "42", "a 鸟 in the sky", "🦊"]
)
def test_latin_is_not(prompt: str) -> None:
    assert not is_foreign(prompt)
