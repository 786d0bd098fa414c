"""Puts an observation into Chinese, in each of the four styles."""

from collections.abc import Callable, Sequence
from functools import cache

from ..chinese import nouns, tables
from .also import also, unsaid_looks, unsaid_scenery
from .observation import SURE, Observation, ObservedThing
from .styles import COLOURED, LONGEST_TEXT, MOST_LINES

_MOST_TAGS = 10
_ALT_LENGTH = 125
_DOUBT = "what looks like "
_UNDER = " under "
_HUMANS = ("person", "man", "woman", "boy", "girl", "child", "baby", "witch", "fairy")
_MANNERS = ("riding", "on", "at", "in", "wearing")
"""Relations that make a clause of what is seen, rather than a list."""


class Chinese:
    """One way to write Chinese."""

    def __init__(self, language: str) -> None:
        """Has the words and sentences of a language."""
        self._tables = tables(language)
        self._nouns = nouns(language)
        self._said: dict[str, str] = self._tables["sentences"]

    def short(self, seen: Observation) -> str:
        """One plain phrase: "绿草地上的两头牛"."""
        content, medium = self._content(seen), seen.kind
        if not content:
            return self._medium(medium, self._place(seen))
        if medium == "photo":
            return self._supposed(seen)
        shows = "photographed" if medium.endswith("photo") else "drawn"
        maybe = self._maybe(seen)
        return self._say(shows, medium=self._medium(medium), maybe=maybe, content=content)

    def detailed(self, seen: Observation) -> str:
        """A few sentences: what there is and where, what else was seen, and the main colours."""
        medium, place, things = self._bare(seen.kind), self._place(seen), self._things(seen)
        content, maybe = self._content(seen), self._maybe(seen)
        if not content:
            first = self._say("is_a", medium=self._medium(seen.kind, place))
        elif seen.whole:
            first = self._say("views", medium=medium, maybe=maybe, content=content)
        elif _is_clause(seen):
            first = self._say("happens", medium=medium, content=self._supposed(seen))
        elif place:
            first = self._say("shows", medium=medium, place=place, maybe=maybe, content=things)
        else:
            first = self._say("holds", medium=medium, maybe=maybe, content=things)
        written = self._written(seen, LONGEST_TEXT)
        return first + self._looks(seen) + written + self._also(seen) + self._colours(seen)

    def _looks(self, seen: Observation) -> str:
        """How a drawing's only kind of thing looks, and where it is: "它是棕色的，在左侧。"."""
        colour, side = unsaid_looks(seen)
        human = self._is_human(seen.things[0]) if seen.things else False
        wears = "wears" if human else "coloured"
        parts = [self._say(wears, colour=self._word("colours", colour))] if colour else []
        parts += [self._say("stands", place=self._word("places", side))] if side else []
        if not parts:
            return ""
        who = ("they", "humans") if seen.things[0].count > 1 else ("it", "human")
        return self._say("looks", it=self._said[who[human]], looks=self._said["pause"].join(parts))

    def _written(self, seen: Observation, length: int) -> str:
        """What is written in it: "上面写着“出口”。"."""
        text, more = seen.lettering.quoted(length, MOST_LINES)
        return self._say("reads_more" if more else "reads", text=text) if text else ""

    def _also(self, seen: Observation) -> str:
        """What else is in the picture: "还能看到左侧的一个时钟和树木。"."""
        others = []
        for noun, count, at in also(seen):
            thing = self._thing(ObservedThing(noun, count=count))
            others.append(self._of(self._word("places", at), thing) if at else thing)
        others += [self._word("scenery", words) for words in unsaid_scenery(seen)]
        return self._say("also", others=self._listed(others)) if others else ""

    def _colours(self, seen: Observation) -> str:
        colours = [self._word("colours", c) for c in seen.colours if c != "grey"]
        if not colours or seen.medium not in COLOURED:
            return ""
        return self._say("colours", colours=self._listed(colours))

    def alt_text(self, seen: Observation) -> str:
        """One sentence for someone who cannot see the picture, at most 125 characters."""
        end, content = self._said["end"], self._content(seen)
        text = self.short(seen) + end
        if content:
            content = self._supposed(seen)
            text = self._say("named", medium=self._bare(seen.kind), content=content)
        if len(text) > _ALT_LENGTH:
            return text[: _ALT_LENGTH - len(end)] + end
        room = _ALT_LENGTH - len(text) - len(self._say("reads_more", text=""))
        return text + self._written(seen, room)

    def tags(self, seen: Observation) -> str:
        """Words for what is in the picture, the most certain first."""
        ordered = sorted(seen.things, key=lambda thing: -thing.certainty)
        named = [n for thing in ordered for n in (thing.noun, thing.general) if n]
        words = [self._nouns[noun][1] for noun in named]
        words += [self._view(seen.whole)] if seen.whole else []
        words += [self._name("settings", part) for part in _parts(seen.setting)]
        words += [self._word("light", seen.light)] if seen.light else []
        words += [self._word("doings", t.doing) for t in ordered if t.doing]
        if seen.medium != "illustration":  # of those, only what is sure
            words += [self._nouns[noun][1] for noun, _, _ in also(seen)]
        words += [self._word("scenery", part) for part in unsaid_scenery(seen)]
        words += [self._word("colours", t.colour) for t in ordered if t.colour]
        words.append(self._bare(seen.kind))
        return self._said["between"].join(list(dict.fromkeys(words))[:_MOST_TAGS])

    def _word(self, section: str, english: str) -> str:
        word: str = self._tables[section][english]
        return word

    def _name(self, section: str, english: str) -> str:
        """The name of what has another form in sentences."""
        name: str = self._tables[section][english][1]
        return name

    def _say(self, sentence: str, **values: str) -> str:
        return self._said[sentence].format(**values)

    def _of(self, description: str, thing: str) -> str:
        return self._say("of", description=description, thing=thing) if description else thing

    def _medium(self, medium: str, place: str = "") -> str:
        """One picture of a kind, where it has a place with it: "一幅公园里的插画"."""
        by: str = self._tables["media"].get(medium, [self._said["plain_counter"]])[0]
        return self._said["some"] + by + self._of(place, self._bare(medium))

    def _bare(self, medium: str) -> str:
        """A kind of picture: "照片"."""
        if medium in self._tables["media"]:
            return self._name("media", medium)
        colour = medium.removeprefix("plain ").removesuffix(" picture")
        return self._say("plain", colour=self._word("colours", colour))

    def _content(self, seen: Observation) -> str:
        """What the picture shows, empty where that is nothing."""
        if seen.whole:
            return self._view(seen.whole)
        things = self._things(seen)
        return self._placed(seen, things) if things else ""

    def _placed(self, seen: Observation, things: str) -> str:
        place = self._place(seen)
        main = seen.things[0]
        if main.doing and place:
            doing = self._word("doings", main.doing)
            return self._say("doing_at", main=self._thing(main), place=place, doing=doing)
        if seen.relation == "riding" and place and len(seen.things) > 1:
            others = self._listed([self._thing(thing) for thing in seen.things[1:]])
            return self._say("riding_at", main=self._thing(main), place=place, others=others)
        if place and _is_clause(seen):
            return self._say("clause", place=place, content=things)
        return self._of(place, things)

    def _supposed(self, seen: Observation) -> str:
        """What the picture shows, with the doubt that there is."""
        if not _is_doubtful(seen):
            return self._content(seen)
        if _is_clause(seen):
            things = self._say("supposed_clause", content=self._things(seen))
            return self._placed(seen, things)
        return self._say("supposed", content=self._content(seen))

    def _maybe(self, seen: Observation) -> str:
        return self._said["maybe"] if _is_doubtful(seen) else ""

    def _place(self, seen: Observation) -> str:
        """When and where: what comes last in English comes first."""
        where = ""
        for part in _parts(seen.setting):
            where = self._tables["settings"][part][0] + where
        return (self._word("light", seen.light) if seen.light else "") + where

    def _view(self, whole: str) -> str:
        """The picture as a whole: "蓝天下的大海", "多云的天空下的树木和水面"."""
        below, _, sky = whole.removeprefix(_DOUBT).partition(_UNDER)
        views, scenery = self._tables["views"], self._tables["scenery"]
        parts = below.replace(" and ", ", ").split(", ")
        if below in views:
            said: str = views[below]
        elif all(part in scenery for part in parts):
            said = self._listed([scenery[part] for part in parts])
        else:
            said = self._thing(ObservedThing(below.removeprefix("a ").removeprefix("an ")))
        return self._say("below", sky=views[sky], below=said) if sky else said

    def _things(self, seen: Observation) -> str:
        phrases = [self._thing(thing) for thing in seen.things]
        if seen.things and seen.things[0].doing:
            doing = self._word("doings", seen.things[0].doing)
            return self._say("doing", main=phrases[0], doing=doing)
        if not _is_clause(seen):
            return self._listed(phrases)
        main, other = phrases[0], seen.things[1]
        inside = self._tables["inside"].get(seen.things[0].noun)
        if inside:
            return self._say("exists", place=inside, others=self._listed(phrases[1:]))
        relation = seen.relation
        if relation == "on" and seen.things[0].kind == "person":
            relation = "board"
        worn = self._tables["worn"].items()
        return self._say(
            relation,
            main=main,
            others=self._listed(phrases[1:]),
            place=self._nouns[other.noun][1],
            worn=next((verb for verb, names in worn if other.noun in names), self._said["worn"]),
        )

    def _thing(self, thing: ObservedThing) -> str:
        by, name = self._nouns[thing.noun]
        dress = thing.dress or (thing.colour if self._is_human(thing) else None)
        if thing.colour and not dress:
            name = self._of(self._word("colours", thing.colour), name)
        if dress:
            name = self._say("dressed", colour=self._word("colours", dress), thing=name)
        return self._number(thing, by) + name

    def _is_human(self, thing: ObservedThing) -> bool:
        """Whether its colour is that of clothes."""
        return thing.noun in _HUMANS or self._nouns[thing.noun][0] == self._said["people"]

    def _number(self, thing: ObservedThing, by: str) -> str:
        """How many, with the word that they are counted with: "两头"."""
        some, numbers = self._said["some"], self._said["numbers"]
        if by == self._said["uncounted"]:
            return some + by
        if thing.count == 1:
            return some + by if by else ""
        by = by or self._said["counter"]
        if thing.count < len(numbers):
            return numbers[thing.count] + by
        return self._said["crowd"] if thing.noun == "person" else self._said["several"] + by

    def _listed(self, parts: Sequence[str]) -> str:
        """Phrases in a row: "甲、乙和丙"."""
        if len(parts) < 2:
            return "".join(parts)
        return self._said["between"].join(parts[:-1]) + self._said["last"] + parts[-1]


def _is_doubtful(seen: Observation) -> bool:
    is_guess = (seen.whole or "").startswith(_DOUBT)
    return is_guess or any(thing.certainty < SURE for thing in seen.things)


def _is_clause(seen: Observation) -> bool:
    main, *others = seen.things or (None,)
    manner = seen.relation in _MANNERS or (main and main.kind in ("room", "street"))
    return bool(main and main.doing) or bool(others and manner)


def _parts(setting: str | None) -> list[str]:
    """The phrases of a setting: "on sand under a blue sky" has two."""
    before, under, sky = (setting or "").partition(_UNDER)
    return [part for part in (before, (under + sky).strip()) if part]


@cache
def styles(language: str) -> dict[str, Callable[[Observation], str]]:
    """The four styles in one of `LANGUAGES`."""
    made = Chinese(language)
    return {
        "short": made.short,
        "detailed": made.detailed,
        "alt text": made.alt_text,
        "tags": made.tags,
    }
