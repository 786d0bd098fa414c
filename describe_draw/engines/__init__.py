"""Which engine answers a request: the first that is set up, in the order below."""

from collections.abc import Iterator
from typing import cast

import numpy as np
from numpy.typing import NDArray
from PIL.Image import Image

from describe_draw.access import Access, Caller, Payer
from describe_draw.engines.base import (
    BUILTIN,
    PROTOCOLS,
    TASKS,
    Capability,
    Captioner,
    Engine,
    FeatureExtractor,
    ImageEditor,
    ImageGenerator,
    Task,
    Writer,
)
from describe_draw.engines.builtin import Builtin
from describe_draw.engines.endpoint import Endpoint
from describe_draw.engines.hub import Hub
from describe_draw.engines.local import Local
from describe_draw.engines.model_api import ModelApi
from describe_draw.problems import Problem
from describe_draw.settings import Settings, SettingsError
from describe_draw.texts import Message, listed, message


def all_engines(settings: Settings, access: Access) -> tuple[Engine, ...]:
    """Every kind of engine, best first; a new kind is one more line."""
    return (
        ModelApi(settings),
        Endpoint(settings, access),
        Hub(settings, access),
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
        self._access = Access(settings)
        self._engines = all_engines(settings, self._access) if engines is None else engines
        self._able = {
            task: [engine for engine in self._engines if isinstance(engine, PROTOCOLS[task])]
            for task in TASKS
        }
        for task in TASKS:
            self._check_forced(task)

    def captioner(self, caller: Caller, model: str | None = "") -> tuple[Captioner, Capability]:
        """Who describes with a model, as the visitor named it, and what that one can do.

        Raises:
            Problem: No engine has that model.
        """
        return cast("tuple[Captioner, Capability]", self._choose("describe", caller, model))

    def image_generator(
        self, caller: Caller, model: str | None = ""
    ) -> tuple[ImageGenerator, Capability]:
        """As `captioner`, for drawing."""
        return cast("tuple[ImageGenerator, Capability]", self._choose("draw", caller, model))

    def image_editor(
        self, caller: Caller, model: str | None = ""
    ) -> tuple[ImageEditor, Capability]:
        """As `captioner`, for drawing from pictures."""
        return cast("tuple[ImageEditor, Capability]", self._choose("edit", caller, model))

    def writer(self, caller: Caller, model: str | None = "") -> tuple[Writer, Capability]:
        """As `captioner`, for writing."""
        return cast("tuple[Writer, Capability]", self._choose("write", caller, model))

    def charge(self, caller: Caller, can: Capability) -> None:
        """Count an answer that is about to be asked for, where the operator pays.

        Raises:
            Problem: The visitor may not have it.
        """
        self._access.charge(caller, can.payer)

    def publisher(self, caller: Caller) -> Payer | None:
        """Whose repositories are made on the Hub for a caller, None where nobody's are."""
        return self._access.publisher(caller)

    def capabilities(self, task: Task, caller: Caller) -> list[tuple[Engine, Capability]]:
        """All that could answer, by model, the one that does by default first."""
        return list(self._found(task, caller))

    def capability(self, task: Task, caller: Caller) -> Capability | None:
        """What answers a task by default, None where nothing does."""
        return next((can for _, can in self._found(task, caller)), None)

    def models(self, task: Task, caller: Caller) -> list[str]:
        """The models that a visitor may name, the default first."""
        return list(dict.fromkeys(can.model for _, can in self.capabilities(task, caller)))

    def status(self, caller: Caller, language: str = "en") -> dict[str, dict[str, str]]:
        """Who would answer each task for this visitor, and what a better answer needs."""
        return {task: self._row(task, caller, language) for task in TASKS}

    def missing(self, task: Task, caller: Caller) -> Message | None:
        """What a better answer needs, None where nothing is missing."""
        can = self.capability(task, caller)
        missing = can.missing if can else message("missing.engine")
        is_paid = can is not None and can.payer != "nobody"
        return missing if missing is None or is_paid else self._access.lacking(caller, missing)

    async def close(self) -> None:
        """Close whatever connections the engines have."""
        for engine in self._engines:
            if close := getattr(engine, "close", None):
                await close()

    def features(self, picture: Image) -> NDArray[np.float32]:
        """How a picture looks, in numbers, by the first engine that can tell. Blocking."""
        extractor = next(e for e in self._engines if isinstance(e, FeatureExtractor))
        return extractor.features(picture)

    def _found(self, task: Task, caller: Caller) -> Iterator[tuple[Engine, Capability]]:
        forced = self._settings.forced(task)
        for engine in self._able[task]:
            if forced is None or engine.name in (forced, BUILTIN):
                for can in engine.capabilities(task, caller):
                    yield engine, can

    def _check_forced(self, task: Task) -> None:
        forced, variable = self._settings.forced(task), self._settings.forced_by(task)
        by_the_way = task == "edit" or (task == "write" and variable == "ENGINE")
        if not forced or by_the_way:  # few engines can
            return
        engine = next((e for e in self._able[task] if e.name == forced), None)
        if engine is None:
            able = ", ".join(e.name for e in self._able[task])
            raise SettingsError(f"{variable}={forced} can't {task}: choose one of auto, {able}.")
        if lack := engine.lacks(task):
            raise SettingsError(f"{variable}={forced} can't {task}: {lack}.")

    def _choose(self, task: Task, caller: Caller, model: str | None) -> tuple[Engine, Capability]:
        for engine, can in self._found(task, caller):
            if not model or can.model == model:
                return engine, can
        if self.capability(task, caller) is None:
            raise Problem("nobody_answers")
        if caller.signed_out:
            raise Problem("signed_out")  # until then they had more to choose from
        raise Problem("unknown_model", models=listed(self.models(task, caller)))

    def _row(self, task: Task, caller: Caller, language: str) -> dict[str, str]:
        can, missing = self.capability(task, caller), self.missing(task, caller)
        return {
            "engine": can.engine if can else "",
            "model": can.model if can else "",
            "payer": can.payer if can else "",
            "missing": missing.say(language) if missing else "",
        }
