"""How far two captions are apart in what they tell, and which things were kept, lost, invented."""

from dataclasses import dataclass

from describe_draw.game.nouns import nouns
from describe_draw.game.things import Thing, Told, read

SUBJECT, THING, ATTRIBUTE, COUNT, RELATION, ACTION = 3.0, 1.5, 0.5, 0.5, 0.25, 0.75
"""What losing each weighs."""

KEPT = 0.5
"""A thing is kept where another at least as near as this stands for it: a dog for a puppy."""

@dataclass(frozen=True, slots=True)
class Match:
    first: int
    last: int
    nearness: float


def matches(a: Told, b: Told) -> list[Match]:
    pairs = [Match(i, j, nouns().nearness(x.name, y.name)) for i, x in enumerate(a.things) for j, y in enumerate(b.things)]
    pairs = [p for p in pairs if p.nearness]
    def alike(p):
        x, y = a.things[p.first], b.things[p.last]
        return (-p.nearness, -len(x.attributes & y.attributes), p.first + p.last, abs(p.first - p.last))
    pairs.sort(key=alike)
    left, right, out = set(), set(), []
    for p in pairs:
        if p.first in left or p.last in right: continue
        left.add(p.first); right.add(p.last); out.append(p)
    return out


def weight(t, n):
    return (SUBJECT if n == 0 else THING)

def total(told):
    return sum(weight(t, n) + ATTRIBUTE*len(t.attributes) + COUNT*(t.count>1) + RELATION*bool(t.relation) for n, t in enumerate(told.things)) + ACTION*len(told.actions)

def drift(first, last):
    a, b = read(first), read(last)
    tot = total(a) + total(b)
    if not tot: return 0.0 if first.split()==last.split() else 1.0
    o = 2*ACTION*len(a.actions & b.actions)
    for m in matches(a, b):
        x, y = a.things[m.first], b.things[m.last]
        o += m.nearness * (weight(x, m.first)+weight(y, m.last))
        o += m.nearness * 2*ATTRIBUTE*len(x.attributes & y.attributes)
        o += m.nearness * COUNT*((x.count>1)+(y.count>1))*min(x.count,y.count)/max(x.count,y.count)
        if x.relation and x.relation == y.relation: o += 2*m.nearness*RELATION
    return 1 - o/tot
