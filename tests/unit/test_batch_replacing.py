"""Find and replace; that RE2's time is linear is its promise: github.com/google/re2#readme."""

import time

import pytest

from describe_draw.batch.replacing import LONGEST, Replacement
from describe_draw.problems import Problem
from tests.support import settings


def replacement(find, put="", **options):
    return Replacement(find, put, settings(), **options)


@pytest.mark.parametrize(
    ("find", "put", "options", "hits", "becomes"),
    [
        ("cat", "dog", {}, 2, "a dog and a dog. Cat!"),
        ("cat", "dog", {"is_cased": False}, 3, "a dog and a dog. dog!"),
        (".", r" \1", {}, 1, r"a cat and a cat \1 Cat!"),
        ("c.t", "dog", {"is_expression": True}, 2, "a dog and a dog. Cat!"),
        (r"a (\w+)", r"the \1\\", {"is_expression": True}, 2, "the cat\\ and the cat\\. Cat!"),
        (r"(?P<x>C)|(z)", r"\1\2红", {"is_expression": True}, 1, "a cat and a cat. C红at!"),
        (r"\bcat\b", r"[\0]", {"is_expression": True}, 2, "a [cat] and a [cat]. Cat!"),
        ("$", "\\n", {"is_expression": True}, 1, "a cat and a cat. Cat!\n"),
        ("mouse", "x", {}, 0, "a cat and a cat. Cat!"),
    ],
)
def test_hits_are_told_and_replaced(find, put, options, hits, becomes):
    found = replacement(find, put, **options)
    text = "a cat and a cat. Cat!"
    assert found.hits([text, text]) == 2 * hits
    assert found.apply(text) == becomes


@pytest.mark.parametrize("find", ["(", "[a", "a**", r"\q", "(?=a)", r"(a)\1", "((a{99}){99}){99}"])
def test_an_expression_that_is_none_ends_in_a_sentence(find, capfd):
    with pytest.raises(Problem, match="regular expression can't be used"):
        replacement(find, is_expression=True)
    assert capfd.readouterr().err == ""  # RE2 would log what a visitor wrote


def test_a_group_that_is_none_ends_in_a_sentence():
    with pytest.raises(Problem, match="regular expression can't be used"):
        replacement("(a)", r"\2", is_expression=True)


@pytest.mark.parametrize("find", ["", "a" * 2001, "\ud800"])
def test_what_can_not_be_looked_for_ends_in_a_sentence(find):
    with pytest.raises(Problem):
        replacement(find)


ENDLESS = ["(a+)+$", "([a-zA-Z]+)*$", "(a|aa)+$", "(a|a?)+$", "(.*a){12}$", "(x+x+)+y"]
"""What never ends with Python's own: OWASP's examples, and two of regular-expressions.info.

owasp.org/www-community/attacks/Regular_expression_Denial_of_Service_-_ReDoS
"""


@pytest.mark.parametrize("find", ENDLESS)
def test_a_hostile_expression_takes_no_longer_than_others(find):
    start = time.process_time()
    replacement(find, is_expression=True).hits(["a" * LONGEST + "!", "x" * LONGEST])
    assert time.process_time() - start < 5


def test_a_text_grows_no_longer_than_it_may():
    with pytest.raises(Problem, match="longer than 20000"):
        replacement("a", "b" * 2000).apply("a" * 11)
