"""What was seen in a picture, before it is put into words."""

from dataclasses import dataclass, field

SURE = 0.45


@dataclass(frozen=True)
class ObservedThing:
    """Something in a picture.

    Attributes:
        noun: its name in the singular, without an article ("tabby cat").
        certainty: 0 to 1.
        count: how many there are.
        colour: its colour, where that is clear.
        general: a more general word for it ("cat").
        dress: the colour that a person wears, where that is clear.
        kind: what sort of thing it is: "animal" (on foot), "creature" (that flies, swims,
            climbs or crawls), "person", "vehicle", "building", ….
    """

    noun: str
    certainty: float = 1.0
    count: int = 1
    colour: str | None = None
    general: str | None = None
    dress: str | None = None
    kind: str = "thing"


@dataclass(frozen=True)
class Observation:
    """A picture's content.

    Attributes:
        medium: "photo", "black and white photo", "illustration", "line drawing", ….
        things: what it shows, the main thing first.
        relation: how the others belong to the main thing ("with", "riding", "on", …).
        whole: what the picture shows as a whole where no thing stands out
            ("a calm sea under a blue sky"), with its article.
        setting: where it is ("on green grass").
        light: the time or the weather ("at night").
        colours: its main colours, the largest first.
    """

    medium: str
    things: tuple[ObservedThing, ...] = ()
    relation: str = "with"
    whole: str | None = None
    setting: str | None = None
    light: str | None = None
    colours: tuple[str, ...] = field(default=())
