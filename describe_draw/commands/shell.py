"""What commands work with: the page's engines, and settings without what only bounds visitors."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from describe_draw.engines import Engines
from describe_draw.settings import Settings, load
from describe_draw.store import Store
from describe_draw.studio import Studio

UNBOUND: dict[str, Any] = {
    "visitor_limit": None,
    "share_token": True,
    "max_upload_mb": 1000,
    "max_batch": 100_000,
    "max_batch_mb": 100_000_000,
    "max_side": 4096,
}
"""What keeps strangers from a server's disk and its operator's purse. What keeps a machine alive
stays: MAX_MEGAPIXELS, MAX_PROMPT_CHARS, REQUEST_TIMEOUT. MAX_BATCH counts for each zip alone."""


FOLDER = "describing-"
"""What a command's folder begins with: those of pages, `store.PREFIX`, are removed when old."""


@dataclass(frozen=True, slots=True)
class Shell:
    """Engines, and a folder that goes when the command ends."""

    settings: Settings
    engines: Engines
    studio: Studio
    store: Store


def own_settings() -> Settings:
    """The settings of whoever runs the command, who is no visitor.

    Raises:
        SettingsError: One can't be used.
    """
    return load().model_copy(update=UNBOUND)


@asynccontextmanager
async def opened(settings: Settings) -> AsyncIterator[Shell]:
    """Engines for as long as the block takes.

    Args:
        settings: As `own_settings`, with what the command chose.

    Raises:
        SettingsError: The settings force an engine that isn't there.
    """
    with TemporaryDirectory(prefix=FOLDER, ignore_cleanup_errors=True) as folder:
        engines, store = Engines(settings), Store(Path(folder))
        try:
            yield Shell(settings, engines, Studio(settings, engines, store), store)
        finally:
            await engines.close()
