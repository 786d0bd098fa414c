"""What a picture is besides what it shows: a portrait, a poster, a pattern, a map."""

from dataclasses import dataclass, replace
from functools import cache

from .frame import Frame
from .placement import Placement
from .scene import Scene
from .tables import is_a, traits
from .words import read_toml


@dataclass(frozen=True)
class Form:
    """An entry of forms.toml, which says what each field is."""

    under: str = ""
    over: str = ""
    bare: bool = False
    whole: bool = False
    crop: str = ""
    share: float = 0.8
    y: float = 0.5
    copies: tuple[tuple[float, float, float, float], ...] = ()
    stuff: str = ""
    place: str = ""
    time: str = ""
    season: str = ""
    style: str = "plain"
    emblem: tuple[str, ...] = ()


@cache
def forms() -> dict[str, Form]:
    """All forms; without a name, none in particular."""
    tables = {name: _read(table) for name, table in read_toml("forms.toml").items()}
    return {"": Form()} | tables


def _read(table: dict[str, object]) -> Form:
    lists = {key: tuple(value) for key, value in table.items() if isinstance(value, list)}
    return Form(**table | lists)  # type: ignore[arg-type]  # checked by a test


def formed(scene: Scene) -> Scene:
    """The scene with what its form says where the prompt says nothing."""
    form = forms()[scene.form]
    left_open = {"place": "", "time": "", "season": "", "style": "plain"}
    usual = {
        key: getattr(form, key) for key, none in left_open.items()
        if getattr(scene, key) == none and not (key in ("place", "time") and scene.features)
    }  # fmt: skip
    return replace(scene, **usual)


def of_stuff(placements: list[Placement], stuff: str) -> list[Placement]:
    return [replace(one, art=f"{one.art}@of:{stuff}", shadow=False) for one in placements]


def near(placements: list[Placement], form: Form, frame: Frame) -> list[Placement]:
    """What is asked for brought near: the head of the first, or all together."""
    asked = [one for one in placements if one.thing >= 0]
    if not asked:
        return placements
    first = min(asked, key=lambda one: (not one.has_head, one.thing))
    width = max(first.width, first.height)
    middle, centre = first.x, first.top + first.height / 2
    busts = [bust for one in placements if form.crop == "head" and (bust := _bust(one, first))]
    if busts or form.crop == "whole":
        sides = busts or [(one.left, one.left + one.width, one.top, one.base) for one in asked]
        lefts, rights, tops, bases = zip(*sides, strict=True)
        width = max(max(rights) - min(lefts), max(bases) - min(tops))
        middle, centre = (max(rights) + min(lefts)) / 2, (max(bases) + min(tops)) / 2
    else:
        width *= 0.6
    share = form.share * (1.5 if len(busts) > 1 else 1)
    return moved(placements, (middle, centre), share * frame.unit / width,
                 (frame.width / 2, frame.height * form.y))  # fmt: skip


def _bust(one: Placement, first: Placement) -> tuple[float, float, float, float] | None:
    """The left, right, top and base of what a portrait shows of it: a head, a hat, what is held."""
    if one.has_head and (one.thing == first.thing or (one.grounded and one.thing >= 0)):
        left, top, width = one.head()
        high = width * (1.3 if one.art in traits().heads else 1.0)  # without ears and mane
        return left, left + width, top, top + high
    held = one.thing >= 0 and one.base < first.base - 0.1 * first.height
    hat = one.thing < 0 and is_a(one.art, "head")
    return (one.left, one.left + one.width, one.top, one.base) if held or hat else None


def moved(
    placements: list[Placement], old: tuple[float, float], scale: float, new: tuple[float, float]
) -> list[Placement]:
    """All of them larger or smaller, a point of theirs at another."""

    def there(x: float, y: float) -> tuple[float, float]:
        return new[0] + (x - old[0]) * scale, new[1] + (y - old[1]) * scale

    def put(one: Placement) -> Placement:
        (x, base), string = there(one.x, one.base), one.string and there(*one.string)
        return replace(one, x=x, base=base, height=one.height * scale, string=string)

    return [put(one) for one in placements]
