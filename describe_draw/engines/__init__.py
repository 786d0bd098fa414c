"""Which engine answers a request: the first that is set up, in the order below."""

from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from describe_draw.engines.base import (
    BUILTIN,
    PROTOCOLS,
    TASKS,
    Asker,
    Captioner,
    Engine,
    Eye,
    Offer,
    Painter,
    Task,
    Writer,
)
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.endpoint import Endpoint
from describe_draw.engines.hub import Hub
from describe_draw.engines.local import Local
from describe_draw.engines.model_api import ModelApi
from describe_draw.engines.remote.payers import Payers
from describe_draw.problems import Problem
from describe_draw.settings import Settings, SettingsError
from describe_draw.texts import listed, message

E = TypeVar("E", bound=Engine)


def all_engines(settings: Settings) -> tuple[Engine, ...]:
    """Every kind of engine, best first; a new kind is one more line."""
    payers = Payers(settings)
    return (
        ModelApi(settings),
        Endpoint(settings, payers),
        Hub(settings, payers),
        Local(settings),
        Builtin(),
    )


class Engines:
    """Chooses who answers.

    Args:
        settings: The operator's settings.
        engines: The engines to choose from, best first; all of the app's by default.

    Raises:
        SettingsError: An engine is forced that can't do the task.
    """

    def __init__(self, settings: Settings, engines: tuple[Engine, ...] | None = None) -> None:
        self._settings = settings
        self._engines = all_engines(settings) if engines is None else engines
        for task in ("describe", "draw"):
            forced = settings.forced(task)
            if forced and not any(e.name == forced for e in self._able(task)):
                raise SettingsError(f"ENGINE={forced} can't {task} here.")

    def captioner(self, asker: Asker, model: str | None = "") -> tuple[Captioner, Offer, str]:
        """Who describes, what it offers, and the model; `model` as the visitor named it.

        Raises:
            Problem: No engine has that model.
        """
        return cast("tuple[Captioner, Offer, str]", self._choose("describe", asker, model))

    def painter(self, asker: Asker, model: str | None = "") -> tuple[Painter, Offer, str]:
        """As `captioner`, for drawing."""
        return cast("tuple[Painter, Offer, str]", self._choose("draw", asker, model))

    def writer(self, asker: Asker, model: str | None = "") -> tuple[Writer, Offer, str]:
        """As `captioner`, for writing."""
        return cast("tuple[Writer, Offer, str]", self._choose("write", asker, model))

    def offers(self, task: Task, asker: Asker) -> list[tuple[Engine, Offer]]:
        """All that could answer, the one that does by default first."""
        forced = self._settings.forced(task)
        found = [(e, o) for e in self._able(task) if (o := e.offer(task, asker))]
        return [f for f in found if forced is None or f[0].name in (forced, BUILTIN)]

    def offer(self, task: Task, asker: Asker) -> Offer | None:
        """What answers a task by default, None where nothing does."""
        return next((offer for _, offer in self.offers(task, asker)), None)

    def models(self, task: Task, asker: Asker) -> list[str]:
        """The models that a visitor may name, the default first."""
        return list(dict.fromkeys(m for _, o in self.offers(task, asker) for m in _models(o)))

    def status(self, asker: Asker, language: str = "en") -> dict[str, dict[str, str]]:
        """Who would answer each task for this visitor, and what a better answer needs."""
        return {task: _row(self.offer(task, asker), language) for task in TASKS}

    async def close(self) -> None:
        """Close whatever connections the engines have."""
        for engine in self._engines:
            if close := getattr(engine, "close", None):
                await close()

    def features(self, picture: Image) -> NDArray[np.float32]:
        """How a picture looks, in numbers, by the first engine that can tell. Blocking."""
        eye = next(engine for engine in self._engines if isinstance(engine, Eye))
        return eye.features(picture)

    def _able(self, task: Task) -> list[Engine]:
        return [engine for engine in self._engines if isinstance(engine, PROTOCOLS[task])]

    def _choose(self, task: Task, asker: Asker, model: str | None) -> tuple[Engine, Offer, str]:
        offers = self.offers(task, asker)
        if not offers:
            raise Problem("nobody_answers")
        if not model:
            engine, offer = offers[0]
            return engine, offer, offer.model
        for engine, offer in offers:
            if model in _models(offer):
                return engine, offer, model
        raise Problem("unknown_model", models=listed(self.models(task, asker)))


def _models(offer: Offer) -> tuple[str, ...]:
    return (BUILTIN,) if offer.engine == BUILTIN else (offer.models or (offer.model,))


def _row(offer: Offer | None, language: str) -> dict[str, str]:
    if offer is None:
        nothing = message("missing.engine").say(language)
        return {"engine": "", "model": "", "payer": "", "missing": nothing}
    return {
        "engine": offer.engine,
        "model": offer.model,
        "payer": offer.payer,
        "missing": offer.missing.say(language) if offer.missing else "",
    }
