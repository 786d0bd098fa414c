"""Puts an observation into Chinese: its numbers, colours and kinds, and each of the four styles."""

from functools import cache

from ..chinese import LANGUAGES, nouns, tables
from ..tables import read_toml
from .observation import SURE, Observation, ObservedThing
from .styles import ALT_LENGTH, Captions
from .tables import seeing

_DOUBT = "what looks like "
_UNDER = " under "
_MANNERS = ("riding", "on", "at", "in", "wearing", "eating")
"""Relations that make a clause of what is seen, rather than a list."""


class Chinese(Captions):
    """One way to write Chinese."""

    def __init__(self, language: str) -> None:
        """Has the words and sentences of one of `LANGUAGES`."""
        super().__init__(tables(language))
        self.names = nouns(language)

    def _phrase(self, seen: Observation) -> str:
        content = self._content(seen)
        if not content:
            return self.medium(seen.kind, self._place(seen))
        if seen.kind == "photo":
            return self._supposed(seen)
        shows = "photographed" if seen.kind.endswith("photo") else "drawn"
        medium = self.medium(seen.kind)
        return self.say(shows, medium=medium, maybe=self._maybe(seen), content=content)

    def _first(self, seen: Observation) -> str:
        place, content = self._place(seen), self._content(seen)
        if not content:
            return self.say("is_a", medium=self.medium(seen.kind, place))
        shows = "views" if seen.whole else "shows" if place else "holds"
        content = content if seen.whole else self._things(seen)
        if not seen.whole and self._is_clause(seen):
            shows, content = "happens", self._supposed(seen)
        said = {"medium": self.bare(seen.kind), "maybe": self._maybe(seen), "place": place}
        return self.say(shows, **said, content=content)

    def _alone(self, seen: Observation) -> str:
        if not self._content(seen):
            return self._phrase(seen) + self.said["end"]
        return self.say("named", medium=self.bare(seen.kind), content=self._supposed(seen))

    def _cut(self, text: str) -> str:
        return text[: ALT_LENGTH - len(self.said["end"])] + self.said["end"]

    def _tagged(self, section: str, said: str) -> list[str]:
        if section == "settings":
            return [self.tables["settings"][part][1] for part in _parts(said)]
        if section == "nouns":
            return [self.names[said][1]]
        special = {"views": self._view, "media": self.bare}
        return [special[section](said) if section in special else self.word(section, said)]

    def _content(self, seen: Observation) -> str:
        if seen.whole:
            return self._view(seen.whole)
        things = self._things(seen)
        return self._placed(seen, things) if things else ""

    def medium(self, medium: str, place: str = "") -> str:
        """One picture of a kind, where it has a place with it: "一幅公园里的插画"."""
        by: str = self.tables["media"].get(medium, [self.said["plain_counter"]])[0]
        return self.said["some"] + by + self._of(place, self.bare(medium))

    def bare(self, medium: str) -> str:
        """A kind of picture: "照片"."""
        if medium in self.tables["media"]:
            return str(self.tables["media"][medium][1])
        colour = medium.removeprefix("plain ").removesuffix(" picture")
        return self.say("plain", colour=self.word("colours", colour))

    def thing(self, thing: ObservedThing) -> str:
        by, name = self.names[thing.noun]
        dress = thing.dress or (thing.colour if self._is_human(thing.noun) else None)
        if thing.colour and not dress:
            name = self._of(self.word("colours", thing.colour), name)
        if thing.look:
            name = self._of(self.word("doings", thing.look), name)
        if dress:
            name = self.say("dressed", colour=self.word("colours", dress), thing=name)
        return self.number(thing, by) + name

    def number(self, thing: ObservedThing, by: str) -> str:
        """How many, with the word that they are counted with: "两头"."""
        some, numbers = self.said["some"], self.said["numbers"]
        if by == self.said["uncounted"]:
            return some + by
        if thing.more:
            return self.said["some_of"]
        if thing.count == 1:
            return some + by if by else ""
        by = by or self.said["counter"]
        if thing.count < len(numbers):
            return numbers[thing.count] + by
        return self.said["crowd"] if thing.noun == "person" else self.said["several"] + by

    def _of(self, description: str, thing: str) -> str:
        return self.say("of", description=description, thing=thing) if description else thing

    def _is_human(self, noun: str) -> bool:
        return super()._is_human(noun) or self.names[noun][0] == self.said["people"]

    def _numbered(self, noun: str, count: int) -> str:
        return noun

    def _placed(self, seen: Observation, things: str) -> str:
        place, main = self._place(seen), seen.things[0]
        if main.doing and place:
            doing = self.word("doings", main.doing)
            return self.say("doing_at", main=self.thing(main), place=place, doing=doing)
        if seen.relation == "riding" and place and len(seen.things) > 1:
            others = self.listed([self.thing(thing) for thing in seen.things[1:]])
            return self.say("riding_at", main=self.thing(main), place=place, others=others)
        if place and self._is_clause(seen):
            return self.say("clause", place=place, content=things)
        return self._of(place, things)

    def _supposed(self, seen: Observation) -> str:
        """What the picture shows, with the doubt that there is."""
        if not _is_doubtful(seen):
            return self._content(seen)
        if self._is_clause(seen):
            return self._placed(seen, self.say("supposed_clause", content=self._things(seen)))
        return self.say("supposed", content=self._content(seen))

    def _maybe(self, seen: Observation) -> str:
        return self.said["maybe"] if _is_doubtful(seen) else ""

    def _place(self, seen: Observation) -> str:
        """When and where: what comes last in English comes first."""
        where = [self.tables["settings"][part][0] for part in reversed(_parts(seen.setting))]
        return "".join([self.word("light", seen.light) if seen.light else "", *where])

    def _view(self, whole: str) -> str:
        """The picture as a whole: "蓝天下的大海", "多云的天空下的树木和水面"."""
        below, _, sky = whole.removeprefix(_DOUBT).partition(_UNDER)
        views, scenery = self.tables["views"], self.tables["scenery"]
        parts = below.replace(" and ", ", ").split(", ")
        if below in views:
            said: str = views[below]
        elif all(part in scenery for part in parts):
            said = self.listed([scenery[part] for part in parts])
        else:
            said = self.thing(ObservedThing(below.removeprefix("a ").removeprefix("an ")))
        return self.say("below", sky=views[sky], below=said) if sky else said

    def _things(self, seen: Observation) -> str:
        phrases = [self.thing(thing) for thing in seen.things]
        if seen.things and seen.things[0].doing:
            doing = self.word("doings", seen.things[0].doing)
            return self.say("doing", main=phrases[0], doing=doing)
        if not self._is_clause(seen):
            return self.listed(phrases)
        main, other = seen.things[:2]
        others, worn = self.listed(phrases[1:]), self.tables["worn"].items()
        inside = self.tables["inside"].get(main.noun)
        if inside:
            return self.say("exists", place=inside, others=others)
        boards = (
            seen.relation == "on"
            and main.kind == "person"
            and other.noun not in seeing()["furniture"]
        )
        return self.say(
            "board" if boards else seen.relation,
            main=phrases[0],
            others=others,
            place=self.names[other.noun][1],
            worn=next((verb for verb, names in worn if other.noun in names), self.said["worn"]),
        )

    def _is_clause(self, seen: Observation) -> bool:
        """Whether a sentence is made of what is seen, rather than a list."""
        main, *others = seen.things or (None,)
        manner = seen.relation in _MANNERS or (main and main.noun in self.tables["inside"])
        return bool(main and main.doing) or bool(others and manner)


def _is_doubtful(seen: Observation) -> bool:
    is_guess = (seen.whole or "").startswith(_DOUBT)
    return is_guess or any(thing.certainty < SURE for thing in seen.things)


def _parts(setting: str | None) -> list[str]:
    """The phrases of a setting: "on sand under a blue sky" has two."""
    before, under, sky = (setting or "").partition(_UNDER)
    return [part for part in (before, (under + sky).strip()) if part]


@cache
def captions(language: str) -> Captions:
    """Captions in a language: in English where there are no others."""
    return Chinese(language) if language in LANGUAGES else Captions(read_toml("captions.toml"))
