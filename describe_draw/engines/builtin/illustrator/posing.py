"""How somebody stands and holds what is in the hands, told by verbs and by what is held."""

from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from .art import can_sit, figures, has_face, is_tool
from .bodies import pose_of, posed, poses
from .scene import Thing, changed
from .tables import contacts, height_of, is_a, traits
from .words import read_toml

_TIED = ("embrace", "facing", "rally", "reach")
_LARGE, _SLIM = 0.45, 0.4
"""Of what no table tells: its height in those of who holds it, its width over its height."""


@dataclass(frozen=True)
class Grip:
    """How a thing is held; grips.toml tells of each field."""

    at: tuple[float, float] = (0.5, 0.6)
    turn: float = 0.0
    flip: bool = False
    size: float | None = None
    arms: str = "show"
    hand: str = "left"
    stance: str = ""
    behind: bool = False
    both: bool = False
    drawn: str = ""
    upright: bool = False


def _grips() -> dict[str, dict[str, Any]]:
    return read_toml("grips.toml")


@cache
def _verbs() -> dict[str, str]:
    """Verb → the pose of who does it."""
    return {verb: pose for pose, said in poses()["verbs"].items() for verb in said.split()}


def tells(verb: str) -> bool:
    """Whether a body tells a verb."""
    ways = _grips()["verbs"].values()
    return verb in _verbs() or any(verb in way["verbs"].split() for way in ways)


def stands_up(verb: str) -> bool:
    """Whether an animal that does this stands as people do."""
    return verb in _grips()["beasts"]["verbs"].split()


def grip(thing: Thing, owner: Thing, width: float = 1.0) -> Grip:
    """How somebody holds a thing, by what it is and by what they do."""
    found = Grip(**_of(thing, owner, width))
    for way in _grips()["verbs"].values():
        of_kind = "kind" not in way or is_a(thing.art, way["kind"])
        of_kind = of_kind and not (way.get("reaching") and owner.relation != "reach")
        done = not set(way["verbs"].split()).isdisjoint(owner.doing)
        if found.arms in way["on"].split() and of_kind and done:
            at = (0.5, 0.6) if found.hand == "between" or "hand" in way else found.at
            hand, stance = way.get("hand", "left"), way.get("stance", found.stance)
            turn = way.get("turn", found.turn)
            return replace(found, arms=way["arms"], hand=hand, at=at, stance=stance, turn=turn)
    return found


def _of(thing: Thing, owner: Thing, width: float) -> dict[str, Any]:
    art = thing.art.partition("@")[0]
    if thing.art.endswith("@lying"):
        return dict(_grips()["else"]["lying"])
    if own := _grips()["things"].get(art):
        return dict(own)
    for kind, table in _grips()["kinds"].items():
        if is_a(art, kind):
            return dict(table)
    large = height_of(art) > _LARGE * height_of(owner.art)
    kind = "long" if width < _SLIM else "large" if large else "small"
    return dict(_grips()["else"][kind])


def in_pose(things: list[Thing], n: int) -> list[Thing]:
    """The things, one of them with a body that does what it does and holds what it holds."""
    thing = things[n]
    held = [one for one in things if one.to == n and one.relation == "holding" and one.count]
    grips = [grip(one, thing) for one in held]
    name = thing.art.partition("@")[0]
    if not can_sit(name) and "@as:" not in thing.art:
        if not (_is_human(things, n, grips) and has_face(name) and is_a(name, "animals")):
            return things
        thing = replace(thing, art=f"{thing.art}@as:{name}")
    if "@lying" in thing.art or (thing.relation == "inside" and not held):
        return things
    told = [_verbs()[verb].partition("+")[::2] for verb in _done(things, n) if verb in _verbs()]
    stances = [stance for stance, _ in told if stance != "stand"]
    sits = pose_of(thing.art) or _carried(things, n)
    stance = next((one for one in [sits, *stances, *(one.stance for one in grips)] if one), "")
    arms = next((arms for _, arms in told if arms), "")
    calm = poses()["stances"].get(stance, {}).get("calm")
    tool = "" if held or calm or not thing.doing else _own_tool(name)
    inhand = Thing(tool, relation="holding", to=n)
    if tool and arms in ("", grip(inhand, thing).arms, "box" if is_a(tool, "weapons") else ""):
        things, grips = [*things, inhand], [grip(inhand, thing)]
    used = [one.arms for one in grips][:2] or [arms] * bool(arms)
    if len(used) > 1 and grips[0].hand == "left" and "right" in poses()["arms"][used[0]]:
        used[0] = "raise"  # with one hand, the other one is full
    if not (stance or used):
        return things
    return changed(things, n, art=posed(thing.art, "+".join([stance or "stand", *used])))


def _own_tool(name: str) -> str:
    """What somebody of a trade has in the hand."""
    own = (part[0] for part in figures().get(name, {}).get("over", ()))
    return next((one for one in own if is_tool(one) and one in _grips()["things"]), "")


def _done(things: list[Thing], n: int) -> tuple[str, ...]:
    """What somebody does, or what another does with them."""
    thing = things[n]
    answers = {verb: verb for verb in contacts()["mutual"]["verbs"].split()} | contacts()["answers"]
    others = [
        other.doing for m, other in enumerate(things)
        if (thing.to == m and thing.relation in _TIED)
        or (other.to == n and other.relation == "beside")
    ]  # fmt: skip
    done = tuple(answers[verb] for doing in others for verb in doing if verb in answers)
    return done if done and thing.relation == "rally" else thing.doing + done


def _carried(things: list[Thing], n: int) -> str:
    """The stance of who rides something or stands on a board."""
    thing = things[n]
    mount = things[thing.to].art if thing.to is not None else ""
    if thing.relation in ("riding", "on") and is_a(mount, "boards"):
        return str(poses()["mounts"].get(mount, "board"))
    if thing.relation == "riding" and mount not in traits().cabins:
        return str(poses()["mounts"].get(mount, "astride"))
    return "climb" if thing.relation == "up" else ""


def dressed(art: str, outfit: str) -> str:
    """Somebody's name in other clothes; an animal that stood up in its own fur puts them on."""
    name = art.partition("@")[0]
    return f"{art.removesuffix(f'@as:{name}')}@as:{outfit}"


def _is_human(things: list[Thing], n: int, grips: list[Grip]) -> bool:
    """Whether an animal does what only people do."""
    thing = things[n]
    mount = things[thing.to].art if thing.to is not None else ""
    rides = thing.relation in ("riding", "on") and mount in _grips()["beasts"]["rides"]
    does = any(map(stands_up, _done(things, n)))
    carries = _grips()["beasts"]["mouths"].split()
    tools = any(one.upright for one in grips) and set(carries).isdisjoint(thing.doing)
    return rides or does or tools
