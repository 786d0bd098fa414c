"""Gradio's blocks with the app's own way in: nothing is moved, fetched or remembered unasked."""

from typing import TYPE_CHECKING, Any, cast

import gradio as gr
from anyio import to_thread
from gradio.block_function import BlockFunction
from gradio.components import Component
from gradio.state_holder import SessionState

from describe_draw.borrowed.sign_in import note_expiry
from describe_draw.gate.visitors import visitor_of
from describe_draw.problems import Problem, to_problem
from describe_draw.store import Store, full, page
from describe_draw.texts import preferred
from describe_draw.turns import visitor
from describe_draw.ui.picture import NamesPicture

if TYPE_CHECKING:
    from describe_draw.ui.desk import Desk


class Blocks(gr.Blocks):
    """A page whose calls end in an answer or a sentence, and leave one line in the log.

    Attributes:
        desk: Where its calls run.
        store: Its files.
        made: What browsers are given beside files: the page's script and its styles.
    """

    desk: "Desk"
    store: Store
    made: dict[str, str]

    async def process_api(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """Answer one call.

        Raises:
            gr.Error: Whatever went wrong, in the caller's language.
        """
        request = kwargs.get("request")
        headers = getattr(request, "headers", None) or {}
        visitor.set(visitor_of(headers))
        note_expiry(request)
        is_pages = kwargs.get("block_fn", *args[:1]).api_visibility == "private"
        page.set(getattr(request, "session_hash", "") or "" if is_pages else "")
        _let_go(getattr(request, "request", None))
        try:
            answer: dict[str, Any] = await super().process_api(*args, **kwargs)
        except gr.Error as error:
            sentence = str(error.message)
        except Exception as error:
            problem = to_problem(full(error) if isinstance(error, OSError) else error, "call")
            sentence = problem.sentence(preferred(headers.get("accept-language")))
        else:
            return answer
        raise gr.Error(sentence, print_exception=False)

    async def preprocess_data(
        self,
        block_fn: BlockFunction,
        inputs: list[Any],
        state: SessionState | None,
        explicit_call: bool = False,
    ) -> list[Any]:
        """The values for a handler.

        Gradio's own way opens, copies and fetches the files that any value names, and keeps all
        values with the session. Here a component says what it makes of a value, no more; what
        came in is let go, since large pictures may travel in it. Values that a call in a row leaves
        out at its end are the components' own, as the documentation of the endpoint promises.

        Raises:
            Problem: There are too few values or too many, or one is of no kind that is taken.
        """
        rest = [getattr(block, "value", None) for block in block_fn.inputs[len(inputs) :]]
        if block_fn.api_visibility != "private" and None not in rest:
            inputs += rest
        if len(inputs) != len(block_fn.inputs):
            raise Problem("wrong_values", count=len(block_fn.inputs), given=len(inputs))
        values = []
        for number, block in enumerate(block_fn.inputs):
            if block.stateful:
                values.append(state[block._id] if state else None)
                continue
            known = cast("Component", state[block._id] if state else block)
            values.append(await self._read(known, inputs[number]))
            inputs[number] = None
        return values

    async def _read(self, block: Component, value: Any) -> Any:
        """What a component makes of a value; what it can't take, a handler refuses in words."""
        if isinstance(block, NamesPicture):  # which may be large
            return await to_thread.run_sync(block.named, value, self.store, limiter=self.limiter)
        if isinstance(value, dict | list):
            raise Problem("wrong_kind")
        try:
            return block.preprocess(value)
        except Exception:
            return value


def _let_go(request: Any) -> None:
    """Forget a request's body, which it would hold, as it came and as JSON, until its call ends."""
    for name in ("_body", "_json"):
        getattr(request, "__dict__", {}).pop(name, None)
