"""The head that reads illustrations was trained on the pictures that are painted now."""

import numpy as np

from tools.head_data import HEAD, PLACES, TIMES, fingerprint, objects


def test_the_head_was_trained_on_this_art() -> None:
    with np.load(HEAD) as head:
        assert str(head["fingerprint"]) == fingerprint(), "Run `python -m tools.train_head`."


def test_its_words_are_those_of_the_illustrator() -> None:
    with np.load(HEAD) as head:
        assert list(head["names"]) == sorted(set(objects().values()))
        assert list(head["SC"]) == list(PLACES.values())
        assert list(head["TD"]) == list(TIMES)
        assert head["W"].shape == (len(head["names"]), 1280)
        assert head["Ws"].shape == (len(PLACES) + len(TIMES), 1280)
