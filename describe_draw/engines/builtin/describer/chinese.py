"""Puts an observation into Chinese, in each of the four styles."""

from collections.abc import Callable
from functools import cache

from .also import also, unsaid_looks, unsaid_scenery
from .chinese_phrases import ChinesePhrases
from .observation import SURE, Observation, ObservedThing
from .styles import COLOURED, LONGEST_TEXT, MOST_LINES

_MOST_TAGS = 10
_ALT_LENGTH = 125
_DOUBT = "what looks like "
_UNDER = " under "
_MANNERS = ("riding", "on", "at", "in", "wearing")
"""Relations that make a clause of what is seen, rather than a list."""


class Chinese(ChinesePhrases):
    """One way to write Chinese."""

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
