"""How far two captions are apart in what they tell, and which things were kept, lost, invented."""

from dataclasses import dataclass

from describe_draw.game import sentences
from describe_draw.game.nouns import nouns
from describe_draw.game.things import Thing, Told, read

SUBJECT, THING = 2.0, 1.5
ATTRIBUTE, COUNT, RELATION, ACTION = 0.75, 0.75, 0.25, 0.75
"""What each weighs that a caption tells: its subject most."""

KEPT = 0.5
"""A thing is kept where another at least as near stands for it: a puppy for a dog, not a cat."""

ORDERED = 0.3
"""How much it counts that what is told is told of the same things, besides that it is told."""

SENTENCES = 0.8
"""How much a sentence model counts, where there is one. So it ranks pairs of image captions
best as people do; what it doesn't see, such as how many there are, is left to the things."""

PLACES = 4
"""Decimals of a score."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What became of the first words.

    Args:
        apart: 0 (the same) to 1 (nothing in common).
        kept: Things of the first words that are among the last, as the first words say them.
        became: The same things, as the last words say them.
        lost: Those that are not.
        invented: Things of the last words that the first ones lack.
        model: The sentence model that was asked too, "" for none.
    """

    apart: float
    kept: tuple[str, ...] = ()
    became: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    invented: tuple[str, ...] = ()
    model: str = ""


def compare(first: str, last: str) -> Meaning:
    """What became of the first words. Blocking: call it in a thread.

    Where a sentence model is installed (see `sentences`) it counts `SENTENCES`, and `told_apart`
    the rest; words that are neither English nor Chinese it leaves to the things.
    """
    a, b = read(first), read(last)
    pairs = _pairs(a, b)
    same = [(i, j) for i, j, near in pairs if near >= KEPT]
    kept, became = {i for i, _ in same}, {j for _, j in same}
    apart = told_apart(a, b) if a != b else float(not a.things and first.split() != last.split())
    asked = sentences.apart(first, last)
    if asked is not None:
        apart = SENTENCES * asked + (1 - SENTENCES) * apart
    return Meaning(
        round(apart, PLACES),
        tuple(a.things[i].text for i, _ in same),
        tuple(b.things[j].text for _, j in same),
        tuple(thing.text for i, thing in enumerate(a.things) if i not in kept),
        tuple(thing.text for j, thing in enumerate(b.things) if j not in became),
        sentences.NAME if asked is not None else "",
    )


def told_apart(first: Told, last: Told) -> float:
    """How far what two captions tell is apart.

    Formula: 1 - (0.3 F + 0.7 S).

    F is the share of common tuples (thing, attribute, count, relation, action) in both captions'
    tuples, twice the common over all, as SPICE compares captions (Anderson et al. 2016, arXiv
    1607.08822), each by its weight above; where a thing is only near another (see `nouns`), it and
    what is said of it are common by that much.

    S is the mean over all words of both captions of how near the nearest word of the other is
    (Mihalcea, Corley and Strapparava 2006), with the same weights, whatever they are said of.

    Returns:
        0 (the same) to 1 (nothing in common), the same in either direction.
    """
    a, b = _words(first), _words(last)
    if not a or not b:
        return float(a != b)
    shared = 2 * _common(first, last) / (_weight(first) + _weight(last))
    near = (_near(a, b) + _near(b, a)) / (sum(a.values()) + sum(b.values()))
    alike = ORDERED * shared + (1 - ORDERED) * near
    return min(1.0, max(0.0, 1 - alike))


def _pairs(first: Told, last: Told) -> list[tuple[int, int, float]]:
    """Things that stand for each other, by their numbers, and how near they are."""
    found = []
    for i, one in enumerate(first.things):
        for j, other in enumerate(last.things):
            if near := nouns().nearness(one.name, other.name):
                alike = len(one.attributes & other.attributes)
                found.append((-near, -alike, abs(i - j), i + j, i, j))
    taken, pairs = (set[int](), set[int]()), []
    for near, *_, i, j in sorted(found):
        if i not in taken[0] and j not in taken[1]:
            taken[0].add(i)
            taken[1].add(j)
            pairs.append((i, j, -near))
    return sorted(pairs)


def _weight(told: Told) -> float:
    things = sum(
        _of_thing(n)
        + ATTRIBUTE * len(thing.attributes)
        + COUNT * (thing.count > 1)
        + RELATION * bool(thing.relation)
        for n, thing in enumerate(told.things)
    )
    return things + ACTION * len(told.actions)


def _of_thing(number: int) -> float:
    return THING if number else SUBJECT


def _common(first: Told, last: Told) -> float:
    """The weight of what both tell."""
    common = ACTION * len(first.actions & last.actions)
    for i, j, near in _pairs(first, last):
        one, other = first.things[i], last.things[j]
        common += near * ((_of_thing(i) + _of_thing(j)) / 2 + _alike(one, other))
    return common


def _alike(one: Thing, other: Thing) -> float:
    """The weight of what is said alike of two things."""
    fewer, more = sorted((one.count, other.count))
    counted = ((one.count > 1) + (other.count > 1)) / 2 * fewer / more
    placed = bool(one.relation) and one.relation == other.relation
    attributes = len(one.attributes & other.attributes)
    return ATTRIBUTE * attributes + COUNT * counted + RELATION * placed


def _words(told: Told) -> dict[str, float]:
    """The words that a caption tells by, and what each weighs."""
    found = dict.fromkeys(told.actions, ACTION)
    for n, thing in enumerate(told.things):
        found |= dict.fromkeys(thing.attributes, ATTRIBUTE)
        found |= {str(thing.count): COUNT} if thing.count > 1 else {}
        found[thing.name] = max(_of_thing(n), found.get(thing.name, 0))
    return found


def _near(words: dict[str, float], others: dict[str, float]) -> float:
    """The weight of words by how near the nearest other is."""
    return sum(
        weight * max(nouns().nearness(word, other) for other in others)
        for word, weight in words.items()
    )
