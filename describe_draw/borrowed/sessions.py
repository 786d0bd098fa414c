"""What Gradio remembers of sessions: small, and so that no flood makes it forget a page."""

import time
from collections import OrderedDict
from copy import copy
from typing import Any

from gradio.blocks import Blocks
from gradio.queueing import Queue
from gradio.route_utils import FileUploadProgress
from gradio.state_holder import SessionState, StateHolder

MINUTES = 60
ANSWERS = 20_000


class Session(SessionState):
    """A session's own components and states.

    Gradio's also holds a description of every component, for links to a page's state, which
    there are none of here: some 170 KB and 2 ms a session.
    """

    def __init__(self, blocks: Blocks) -> None:
        self.blocks_config = copy(blocks.default_config)
        self.config_values: dict[int, Any] = {}
        self.state_data: dict[int, Any] = {}
        self._state_ttl: dict[int, Any] = {}
        self.is_closed = False
        self.STATE_TTL_WHEN_CLOSED = 3600

    def __setitem__(self, key: int, value: Any) -> None:
        super().__setitem__(key, value)
        self.config_values.clear()

    def _update_config(self, key: int) -> None:
        """Not remembered."""

    def _update_value_in_config(self, key: int, value: Any) -> None:
        """Not remembered."""


class Sessions(StateHolder):
    """The sessions: those of open pages stay, of the others the least recently used go first."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._pages: dict[str, int] = {}

    def open(self, session: str) -> None:
        """A page of the session is open."""
        self._pages[session] = self._pages.get(session, 0) + 1

    def close(self, session: str) -> None:
        """It was closed."""
        self._pages[session] -= 1
        if not self._pages[session]:
            del self._pages[session]

    def __getitem__(self, session_id: str) -> SessionState:
        if session_id not in self.session_data:
            self.session_data[session_id] = Session(self.blocks)
        return super().__getitem__(session_id)

    def update(self, session_id: str) -> None:
        """Note that a session is used; beyond the capacity another is forgotten."""
        with self.lock:
            if session_id in self.session_data:
                self.session_data.move_to_end(session_id)
            while len(self.session_data) > self.capacity:
                used = {*self._pages, session_id}
                closed = (name for name in self.session_data if name not in used)
                forgotten = next(closed, next(iter(self.session_data)))
                self.session_data.pop(forgotten)
                self.time_last_used.pop(forgotten, None)


class Mailboxes(OrderedDict[str, Any]):
    """Where answers wait for who asked; Gradio drops the oldest of 2,000, also of who waits.

    Args:
        queue: The queue whose answers they are.
    """

    def __init__(self, queue: Queue) -> None:
        super().__init__()
        self._queue = queue
        self._used: dict[str, float] = {}

    def __setitem__(self, session: str, box: Any) -> None:
        super().__setitem__(session, box)
        self._use(session)

    def __getitem__(self, session: str) -> Any:
        """A session's box, for whoever puts something into it or waits for that."""
        box = super().__getitem__(session)
        self._use(session)
        return box

    def __delitem__(self, session: str) -> None:
        super().__delitem__(session)
        self._used.pop(session, None)

    def _use(self, session: str) -> None:
        self._used.pop(session, None)  # the latest used stands last
        self._used[session] = time.monotonic()

    def tidy(self, age: float = 10 * MINUTES) -> None:
        """Forget answers that nobody has fetched for `age` seconds, sooner if they are many.

        Of callers who left while their call ran, Gradio has forgotten the answers already, but not
        the calls' numbers.
        """
        waiting = {event.session_hash for event in self._queue.event_ids_to_events.values()}
        surplus = len(self) - ANSWERS
        for session, used in list(self._used.items()):
            is_old = time.monotonic() - used > age
            if session not in waiting and (is_old or surplus > 0):
                del self[session]
                surplus -= 1
        calls = self._queue.pending_event_ids_session
        for session in calls.keys() - self.keys() - waiting:
            del calls[session]


def forget_watchers(progress: FileUploadProgress) -> None:
    """Forget who watched an upload that never began."""
    for upload_id in [name for name in progress._signals if name not in progress._statuses]:
        del progress._signals[upload_id]


def forget_cancelled(demo: Blocks) -> None:
    """Forget what is kept of runs for their next piece where none can come any more.

    At a run's end Gradio forgets that by itself, but not where the run was cancelled under another
    event's number.
    """
    queue: Any = demo._queue
    running = queue.event_ids_to_events
    sessions = {event.session_hash for event in running.values()}
    for session in demo.pending_diff_streams.keys() - sessions:
        del demo.pending_diff_streams[session]
    queue.server_app.iterators_to_reset.intersection_update(running)
