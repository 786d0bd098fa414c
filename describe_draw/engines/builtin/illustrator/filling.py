"""What is in a container or on a dish: "a basket of apples", "pizza with olives"."""

from dataclasses import replace

from .account import called
from .scene import Thing
from .sentence import Sentence
from .tables import height_of, is_a, traits
from .ties import is_creature, is_person, kept
from .verbs import verbs
from .words import Meaning, one_of

HEAP = 7
"""How many are in a container of which only the kind is said: "a basket of apples"."""

_PILED = {"heap": 10, "stack": 5}
_LITTLE = 0.6  # metres: animals that are put into a basket


class Filling(Sentence):
    """Reads what is in something into a scene."""

    def _portion(self, art: str) -> bool:
        """Whether "of" ties the same thing, or food to what it is served in."""
        if self.last != "of" or not self.things:
            return False
        before = self.things[-1].art
        if before == art or art in traits().shows.get(before, ()):
            return True  # "loaf of bread" is one
        served = is_a(before, "servings") and is_a(art, "food")
        some = is_a(before, "piles") and not _holds(before, art)  # a pile of cars
        dish = is_a(before, "containers") and not is_a(before, "trays", "piles")
        if some or served or (dish and is_a(art, "dished")):
            self.pending.count = None if some else self.things[-1].count
            own = some or verbs().is_a(one_of(self.noun), "vessels")  # a tray of drinks is none
            if not (is_a(art, "plated") if served else own):
                self.instead[f"{self.noun} of {self.phrase}"] = called(art)
            self.things = kept(self.things, range(len(self.things) - 1))
            _, self.relation, self.doing = self.way or (None, None, None)
        return False

    def _holder(self, meaning: Meaning) -> int | None:
        """What the next thing is in or on, where that was said before it."""
        last, art = self.things[-1] if self.things else Thing("none"), meaning.value
        if is_a(art, "containers") and not is_a(last.art, "lined", "piles"):
            return None
        if self.filling and _holds(last.art, art, of=self.filling == "of"):
            return len(self.things) - 1
        if last.to is None or last.relation != "inside" or not self.listed:
            return None
        holder = self.things[last.to].art
        bare = meaning.plural or not self.announced or is_a(holder, "topped")
        return last.to if bare and _holds(holder, art) else None

    def _fill(self, holder: int, plural: bool, counted: bool) -> None:
        """Puts the last thing into its holder, as many as there is room for."""
        thing = self.things[-1]
        topped = is_a(self.things[holder].art, "topped", "trays")
        if not counted and not (topped and is_a(thing.art, "collective")):
            several = any(one.to == holder for one in self.things)  # "a lobster on a plate"
            mass = 1 if topped or several or is_a(thing.art, "pastes") else HEAP
            many = (
                3 if plural and (topped or several) else 1 if self.single and not plural else mass
            )
            thing = replace(thing, count=_PILED.get(self.things[holder].art, many))
        self.things[-1] = replace(thing, relation="inside", to=holder)
        if is_a(self.things[holder].art, "piles"):
            size = max(1.0, 0.6 + height_of(thing.art) / _LITTLE)
            self.things[holder] = replace(self.things[holder], size=size)

    def _names_filling(self, art: str) -> bool:
        """Whether the noun before tells what is in a container: "sushi platter"."""
        kind = self.things[-1]
        if not is_a(art, "containers") or not _holds(art, kind.art) or kind.count > 1:
            return False
        alive = is_creature(kind) and not is_a(kind.art, "swims")
        if alive or is_a(kind.art, "containers", "dished", "servings"):
            return False  # "a glass vase"
        many = 1 if is_creature(kind) else HEAP
        self.things[-1] = replace(kind, count=many, relation="inside", to=len(self.things))
        self.things.append(Thing(art, colour=kind.colour, size=self.pending.size))
        return True

    def _unbloom(self) -> None:
        """Moves the flowers that were said to be around into the vase that they are in."""
        if not self.blossoms:
            return
        self.scene = replace(
            self.scene, features=self.scene.features - {"flowers", self.blossoms.art}
        )
        host = len(self.things) - 1
        self.things.append(replace(self.blossoms, count=HEAP, relation="inside", to=host))
        self.blossoms = None

    def _gather(self) -> None:
        """Puts what was said before into the container that it is said to be in."""
        holder = len(self.things) - 1
        inside = [n for n, thing in enumerate(self.things) if thing.to == holder]
        relation = self.things[inside[-1]].relation if inside else None
        is_container = is_a(self.things[holder].art, "containers")
        if relation not in ("inside", "on") or not is_container:
            return
        left = [n for n in inside if self.things[n].relation == relation]
        while left:
            n = left.pop()
            thing = self.things[n]
            many = HEAP if n in self.vague and relation == "inside" else thing.count
            self.things[n] = replace(thing, count=many, relation=relation, to=holder)
            beside = [m for m, one in enumerate(self.things) if one.to == n]
            listed = [n - 1] if n in self.alike else []
            left += [m for m in (*beside, *listed) if _goes_with(self.things[m])][:1]


def _goes_with(thing: Thing) -> bool:
    fits = (is_creature(thing) and not is_person(thing)) or is_a(thing.art, "handheld")
    return fits and thing.relation in (None, "beside") and not thing.doing


def _holds(holder: str, art: str, of: bool = False) -> bool:
    """Whether a container or a dish can have that in it."""
    if is_a(holder, "containers"):
        if is_a(art, "dished") and not is_a(holder, "lined", "piles"):
            return False  # in a dish of its own
        little = is_a(art, "animals") and height_of(art) < _LITTLE
        loose = (
            is_a(holder, "piles") and height_of(art) < 2 * _LITTLE and not is_creature(Thing(art))
        )
        return little or loose or is_a(art, "handheld", "blossoms")
    shown = art == holder or art in traits().shows.get(holder, ())
    return not of and is_a(holder, "topped") and (shown or is_a(art, "toppings"))
