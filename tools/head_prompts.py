"""Prompts like those of visitors, to make the pictures of which the head that reads them learns."""

from functools import cache
from random import Random

from describe_draw.engines.builtin.describer.phrases import plural, with_article
from describe_draw.engines.builtin.illustrator.beasts import form
from describe_draw.engines.builtin.illustrator.tables import is_a
from tools.head_words import PLACES, TIMELESS, TIMES, WORDS, objects, people, prompted

_USUAL = 0.5  # how often a word is one of the usual ones
_PLACED, _TIMED, _COLOURED, _SIZED = 0.5, 0.4, 0.12, 0.06
_FLYING = 0.4  # how often what can fly does
_EMPTY = 0.06  # how often there is a place alone


@cache
def _words() -> dict[str, list[str]]:
    """The words taken by turns: all, of people, of all else, of animals with poses, usual ones."""
    names = prompted()
    who = sorted({objects()[art] for art in people()})
    what = [name for name in names if name not in who]
    posed = sorted({name for art, name in objects().items() if form(art)} & {*names})
    flying = sorted({name for art, name in objects().items() if is_a(art, "flyers")} & {*names})
    usual = {kind: words.split(", ") for kind, words in WORDS["usual"].items()}
    return {"all": names, "who": who, "what": what, "posed": posed, "flying": flying, **usual}


def prompt(number: int, rng: Random, first: str = "") -> str:
    """A prompt about one thing or a few.

    Args:
        number: Of the prompt: half of them go through all that the head names, one by one.
        rng: Decides the rest.
        first: What it is about; without, what its number says.
    """
    words = _words()
    if not first and rng.random() < _EMPTY:
        return _where(rng, 1.0)
    usual = rng.random() < _USUAL
    subject = first or (rng.choice(words[rng.choice(("people", "people", "animals", "things"))])
                        if usual else words["all"][number % len(words["all"])])  # fmt: skip
    somebody = subject in words["who"] or subject in words["people"]
    living = somebody or subject in words["animals"] or subject in words["posed"]
    said = rng.choice(_SHAPES[1 if somebody else 2 if living else 3])
    if subject in words["flying"] and rng.random() < _FLYING:
        said = rng.choice(_ALOFT)
    text = said.format(
        one=_one(subject, rng),
        many=f"{rng.choice(('two', 'two', 'three', 'four', 'five'))} {plural(subject)}",
        does=rng.choice(WORDS["doings"]["people" if somebody else "animals"]),
        other=_one(_other(rng), rng),
        who=_one(rng.choice(words["who"] if rng.random() < 0.5 else words["people"]), rng),
        animal=_one(rng.choice(words["animals"]), rng),
    )
    return f"{text} {_where(rng)}".strip()


def _other(rng: Random) -> str:
    words = _words()
    return rng.choice(words["what"] if rng.random() < 0.5 else words["things"])


def _one(noun: str, rng: Random) -> str:
    if rng.random() < _COLOURED:
        noun = f"{rng.choice(WORDS['options']['colours'])} {noun}"
    if rng.random() < _SIZED:
        noun = f"{rng.choice(('big', 'small', 'giant', 'tiny'))} {noun}"
    return with_article(noun)


def _where(rng: Random, placed: float = _PLACED) -> str:
    places = _words()["places"] if rng.random() < _USUAL else sorted(PLACES)
    place = rng.choice(places) if rng.random() < placed else ""
    time = rng.choice(TIMES[1:]) if place not in TIMELESS and rng.random() < _TIMED else ""
    return f"{PLACES.get(place, '')} {time}".strip()


_ANY = ("{one}", "{one}", "{one}", "{one} and {other}", "{one} next to {other}", "{many}",
        "{one} with {other}")  # fmt: skip
_DOES = "{one} {does}"
_ALOFT = "{one} in the sky", "{one} flying", "{many} in the sky", "{one} flying over {other}"
_SHAPES = {
    1: (*_ANY, *6 * (_DOES,), "{one} holding {other}", "{one} and {who}", "{one} with {animal}",
        "{one} riding {animal}", "{many} {does}"),
    2: (*_ANY, *4 * (_DOES,), "{one} on {other}", "{one} and {animal}", "{one} behind {other}",
        "{one} and {who}"),
    3: (*_ANY, "{one}", "{one} on {other}", "{one} under {other}", "{one} in front of {other}",
        "{one} on a table", "{one} and {who}", "{one}, {other} and {other}",
        "{one} behind {other}"),
}  # fmt: skip
