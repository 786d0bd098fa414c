"""What of a prompt its scene leaves out, and what stands in it for something else."""

from .actions import tells
from .contacts import touches
from .frame import AIRLESS, INDOORS
from .mixed import parts
from .places import look_of, looks
from .props import OUTSIDE
from .scene import Scene, Thing
from .stances import tells as told_by_stance
from .stuffs import mixture
from .tables import is_a, traits
from .ties import is_person
from .verbs import verbs
from .words import Meaning, Words, noto

EMBLEMS = ("logo", "icon", "sticker", "origami", "blueprint", "line-art", "emoji", "tattoo")

SINGLE = {
    "trees": "deciduous-tree",
    "flowers": "tulip",
    "skyline": "skyscraper",
    "stars": "star",
    "moon": "full-moon",
}
"""Features of the background → the drawing of one of what they are made of."""


def called(value: str) -> str:
    """What a drawing, a place or a feature is called."""
    drawing = noto().get(value)
    return drawing["l"].lower() if drawing else value.replace("-", " ")


def stand_ins(words: Words, scene: Scene) -> dict[str, str]:
    """Words → what is drawn for them, where that is something else: a corgi is drawn as a dog."""
    return {
        phrase: called(meaning.value)
        for phrase, meaning in words
        if meaning and meaning.near and _is_shown(scene, meaning)
        if not verbs().is_a(phrase.split()[-1], "young")
    }


def untold(words: Words, scene: Scene) -> list[str]:
    """The nouns that a scene has lost, and the verbs that nobody is seen to do in it."""
    return [
        phrase
        for phrase, meaning in words
        if (meaning and meaning.kind in ("thing", "feature") and _is_lost(scene, phrase, meaning))
        or (meaning and meaning.kind == "place" and _is_elsewhere(scene, meaning.value))
        or (_is_unseen(scene, phrase) and not (meaning and _is_shown(scene, meaning)))
    ]


def unseen(scene: Scene, words: Words) -> list[str]:
    """What has no place where a scene is: no rain falls in a room, nor under water."""
    indoors, airless = {"weather", "feature"}, {"time", "weather", "season", "feature"}
    out = indoors if scene.place in INDOORS else airless if scene.place in AIRLESS else set()
    if scene.things and (scene.style in EMBLEMS or scene.form in EMBLEMS):
        out = {"place", *airless}
    drawn = {thing.art for thing in scene.things}
    look = look_of(scene)
    glass = look.windows or "window" in drawn.union(prop.art for prop in look.props)
    outside = OUTSIDE if glass else ()
    return [
        phrase
        for phrase, meaning in words
        if meaning and meaning.kind in out and SINGLE.get(meaning.value) not in drawn
        if meaning.value not in outside
    ]


def _is_shown(scene: Scene, meaning: Meaning) -> bool:
    drawn = {part for thing in scene.things for part in parts(thing.art)}
    return meaning.value in drawn | scene.features | {scene.place, scene.setting}


def _is_lost(scene: Scene, phrase: str, meaning: Meaning) -> bool:
    said = {meaning.value, SINGLE.get(meaning.value, ""), *traits().groups.get(meaning.value, ())}
    if is_a(meaning.value, "blossoms"):
        said.add("flowers")
    arts = {part for thing in scene.things for part in parts(thing.art)}
    drawn = arts | scene.features | scene.without
    kind, rooms = meaning.value, {r.get(meaning.value) for r in traits().interiors.values()}
    stuff = mixture(phrase)
    shown = (
        (stuff and any(stuff in art for art in arts))
        or rooms & {scene.place, scene.setting}  # "in a castle" is its hall
        or (is_a(kind, "servings") and any(is_a(art, "plated") for art in drawn))
        or any(kind in traits().shows.get(art, ()) for art in drawn)
        or (is_a(kind, "containers") and any(is_a(art, "dished") for art in drawn))
    )
    acted = verbs().plain(phrase) in {verb for thing in scene.things for verb in thing.doing}
    family = verbs().is_a(phrase, "young") or verbs().is_a(phrase, "kin")
    return not (shown or said & drawn or acted or family)


def _is_elsewhere(scene: Scene, place: str) -> bool:
    painted = looks()[place].place
    behind = traits().as_feature.get(painted)
    known = {scene.place, scene.setting, *scene.features, *scene.without, "sky", "tabletop"}
    if painted != place or scene.place in INDOORS:
        behind = None
    if not scene.setting:
        known.add(traits().broader.get(scene.place, ""))
    return bool(scene.place) and not known & {place, behind}


def _is_unseen(scene: Scene, phrase: str) -> bool:
    verb = verbs().plain(phrase)
    doing = [n for n, thing in enumerate(scene.things) if verb in thing.doing]
    return bool(doing) and not any(_is_seen(scene.things, n, verb or "") for n in doing)


def _is_seen(things: tuple[Thing, ...], n: int, verb: str) -> bool:
    """Whether a drawing, a body, a tool, or how two things stand tells what is done."""
    thing = things[n]
    if not is_person(thing) and verbs().is_a(verb, "gaits"):
        return True
    tied = thing.to is not None or any(other.to == n for other in things)
    if verbs().is_a(verb, "plain_sight") or verbs().is_a(verb, "airborne"):
        return True
    if tells(verb, is_person(thing), tied) or told_by_stance(thing, verb):
        return True
    return tied and (verbs().relation(verb) not in (None, "beside") or touches(verb))
