"""Where a scene is: places, kinds of them, and rooms of buildings."""

from dataclasses import replace

from .frame import INDOORS
from .places import looks
from .sentence import Sentence
from .tables import traits
from .ties import kept
from .words import one_of


class Whereabouts(Sentence):
    """Reads places into a scene."""

    def _be_in(self, setting: str) -> None:
        """A scene's place, or the kind of it, or else a part of its background."""
        old, own = self.scene.place, self.scene.setting
        look = looks()[setting]
        place, kind = look.place, setting if setting != look.place else ""
        around = old, traits().broader.get(old)
        if place == "sky" and self.relation == "against":
            return  # what stands before it stands on the ground
        if place == "sky" and old not in ("", *INDOORS):
            self.scene = replace(self.scene, flying=True)
        elif old in ("", "sky", traits().broader.get(place)):
            stays = place == "tabletop" or place not in INDOORS
            self.scene = replace(self.scene, place=place, setting=kind or own * stays)
        elif kind and not own and (place in around or old in look.grounds):
            self.scene = replace(self.scene, setting=kind)
        elif own and not kind and place in looks()[own].grounds:
            self.scene = replace(self.scene, place=place)
        elif place in traits().as_feature and place != old:
            self._add_feature(traits().as_feature[place])
        elif place not in around or kind not in ("", own):
            self.unknown[self.phrase] = None

    def _hinted(self) -> str:
        """Where a noun is by its name, or by the place with which that begins: a kitchen table."""
        first, more, _ = self.phrase.partition(" ")
        place = traits().hints.get(one_of(self.phrase))
        return place or (traits().compounds.get(first, "") if more else "")

    def _room_of(self, place: str) -> str:
        """The room of the building that was just named: "church interior"."""
        named = self.last == "thing" and self.things and not self.phrase.startswith("on ")
        if not named or looks()[place].place not in INDOORS:
            return place
        rooms = traits().interiors["in"] | traits().interiors["at"]
        room = rooms.get(self.things[-1].art)
        if room is None or self.things[-1].to is not None:
            return place
        self.things = kept(self.things, range(len(self.things) - 1))
        return room if place == "room" else place

    def _is_inside(self, art: str) -> bool:
        """Whether a building is where something is, whose room is drawn then."""
        rooms = traits().interiors
        room = rooms["at"].get(art) or rooms["in"].get(art)
        at = self.relation == "at" and art in rooms["at"]
        if not room or not (at or self.relation == "inside"):
            return False
        self._be_in(room)
        return True
