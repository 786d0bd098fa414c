"""How the page is served: behind the gate, tidied up while it runs, and ended in order."""

import asyncio
import logging
import os
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import Any, cast

from gradio.routes import App, file_upload_statuses

from describe_draw.borrowed import agents, api_page, connections, files
from describe_draw.borrowed.blocks import Blocks
from describe_draw.borrowed.sessions import Mailboxes, Sessions, forget_cancelled, forget_watchers
from describe_draw.gate import Compressed, Gate
from describe_draw.settings import Settings
from describe_draw.ui import static

log = logging.getLogger(__name__)

MINUTE = 60
CONNECTIONS = 65_536
GRACE = 5
"""Seconds that calls have to end by themselves when the app is told to stop."""

CLOSING = 2
"""Seconds for the server's own end, which waits for downloads that hang: 10 end a container."""


class Serving:
    """What lives as long as a page's server does.

    Args:
        demo: The page.
        settings: The operator's settings.
    """

    def __init__(self, demo: Blocks, settings: Settings) -> None:
        self._demo, self._settings = demo, settings
        self._desk, self._store = demo.desk, demo.store
        self._loop: asyncio.AbstractEventLoop | None = None

    def options(self) -> dict[str, Any]:
        """What `launch` is told about serving.

        Address, port and sharing are Gradio's own environment variables.
        """
        agents.use()
        connections.use()
        files.use()
        _allow_connections()
        os.environ["FORWARDED_ALLOW_IPS"] = ""  # the gate knows which proxies to trust
        return {
            "app_kwargs": {"lifespan": self._lifespan},
            "max_threads": 3 * self._settings.concurrency + self._settings.queue_size,
            "max_file_size": f"{self._settings.max_upload_mb}mb",
            "show_error": False,
            "ssr_mode": False,
            "enable_monitoring": False,
            "run_history": False,
            "mcp_server": True,
        }

    @asynccontextmanager
    async def _lifespan(self, app: App) -> AsyncIterator[None]:
        """Put the gate before the app, and tidy up until the server ends."""
        self._loop = asyncio.get_running_loop()
        sessions, boxes = Sessions(), Mailboxes(self._demo._queue)
        sessions.set_blocks(self._demo)
        app.state_holder = sessions
        self._demo._queue.pending_messages_per_session = boxes  # type: ignore[assignment]
        # Else it is made for the first who asks, with the address by which they came.
        app.api_info = cast("Any", self._demo.get_api_info())
        api_page.add_to(app)
        static.add_to(app, self._demo.made)
        inner = Compressed(cast("Any", app.middleware_stack))
        app.middleware_stack = Gate(inner, self._settings, self._store, sessions)
        tidying = asyncio.create_task(self._tidy(boxes))
        try:
            yield
        finally:
            tidying.cancel()
            with suppress(asyncio.CancelledError):
                await tidying

    async def _tidy(self, boxes: Mailboxes) -> None:
        while True:
            await asyncio.sleep(MINUTE)
            try:
                boxes.tidy()
                self._desk.studio.tidy()
                forget_cancelled(self._demo)
                forget_watchers(file_upload_statuses)
                await asyncio.to_thread(self._store.sweep, self._examples)
                self._forget_files()
            except Exception as error:  # the next minute may do better
                log.warning("tidying up failed: %s", type(error).__name__)

    def _examples(self) -> set[str]:
        """The files that belong to the page itself."""
        blocks = self._demo.blocks.values()
        return {path for block in blocks for path in getattr(block, "keep_in_cache", ())}

    def _forget_files(self) -> None:
        """Gradio lists the files that it made; those that are gone need no more listing."""
        for listed in self._demo.temp_file_sets:
            listed.difference_update([path for path in listed if not Path(path).exists()])

    async def _end(self) -> None:
        """Let what runs end, and after the grace end it, each with a sentence."""
        self._desk.closing = True
        runs = len(self._desk.sessions) > 0
        await self._desk.sessions.end(GRACE)
        await asyncio.sleep(0.5 if runs else 0.1)  # until the sentences have left

    def until(self, told: threading.Event) -> None:
        """Serve until the event is set, then end in order: with status 0, leaving no files."""
        while not told.wait(1):  # in pieces: a wait without an end keeps signals out on Windows
            pass
        log.info("ending: no new calls, %d s for those that run", GRACE)
        assert self._loop
        with suppress(TimeoutError):
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result(2 * GRACE)
        closing = threading.Thread(target=self._demo.close, args=(False,), daemon=True)
        closing.start()
        closing.join(CLOSING)
        self._store.remove(self._store.root)
        logging.shutdown()
        os._exit(0)  # threads that still work would keep the process


def _allow_connections() -> None:
    """Have as many connections and files open as the system allows; it often begins with 1,024."""
    try:
        import resource  # noqa: PLC0415  # Windows has none
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS if hard == resource.RLIM_INFINITY else min(CONNECTIONS, hard)
    while soft < wanted:
        try:
            return resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))
        except (OSError, ValueError):  # macOS allows less than it says, often 10,240
            wanted //= 2
