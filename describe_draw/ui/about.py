"""Who answers this visitor, with which models, and what a better answer needs."""

from typing import Any

import gradio as gr

from describe_draw.access import Caller
from describe_draw.borrowed.sign_in import account_name
from describe_draw.engines.base import Capability, Task
from describe_draw.texts import Message, message, said_as_json
from describe_draw.ui.desk import Desk
from describe_draw.ui.events import Told
from describe_draw.ui.visit import Token, visit_of


class About:
    """What a page is told when it opens.

    Args:
        desk: Where the engines are.
    """

    def __init__(self, desk: Desk) -> None:
        self._engines = desk.studio.engines

    async def offered(self, request: gr.Request, token: Token) -> Told:
        """The models of each task with what they can do, and who the visitor is."""
        visit = visit_of(request, token)
        caller = visit.caller
        return {
            "state": "offered",
            "describe": self._models("describe", caller),
            "draw": self._models("draw", caller),
            "edit": self._models("edit", caller),
            "write": self._models("write", caller),
            "missing": said_as_json(self._missing(caller)),
            "pushes": self._engines.publisher(caller) is not None,
            "account": account_name(request),
            "signed_out": caller.signed_out,
            "problem": said_as_json(visit.problem.told) if visit.problem else None,
        }

    def _models(self, task: Task, caller: Caller) -> list[Told]:
        """All that a visitor may choose, the default first, each model once."""
        found: dict[str, Told] = {}
        for _, can in self._engines.capabilities(task, caller):
            found.setdefault(can.model, _model(can))
        return list(found.values())

    def _missing(self, caller: Caller) -> list[Message]:
        """What better answers need, each thing once."""
        tasks: tuple[Task, ...] = ("describe", "draw")
        missing = [self._engines.missing(task, caller) for task in tasks]
        return [
            said for number, said in enumerate(missing) if said and said not in missing[:number]
        ]


def _model(can: Capability) -> Told:
    can_do: dict[str, Any] = {
        "styles": list(can.styles),
        "instructs": can.instructs,
        "answers": can.answers,
        "purposes": list(can.purposes),
        "options": sorted(can.options),
        "unstyled": sorted(can.unstyled),
    }
    engine = said_as_json(message(f"engine.{can.engine}"))
    return {"model": can.model, "engine": engine, "named": can.model != can.engine, **can_do}
