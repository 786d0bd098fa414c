"""A data set becomes a repository on the Hub, by huggingface_hub's own client."""

import asyncio
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from functools import partial
from typing import Any, TypeVar

import httpx2
from huggingface_hub import CommitOperationAdd, HfApi, get_session
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    OfflineModeIsEnabled,
    RepositoryNotFoundError,
)
from huggingface_hub.utils import (  # type: ignore[attr-defined]  # as it documents
    disable_progress_bars,
    logging,
)

from describe_draw.batch.card import HUB, Model, card, models_of
from describe_draw.batch.dataset import METADATA, metadata, placed
from describe_draw.batch.listing import table
from describe_draw.batch.rows import Row
from describe_draw.problems import EngineProblem, Problem
from describe_draw.reports import Report, ignore_progress
from describe_draw.texts import message

T = TypeVar("T")

SECONDS = 1800
"""How long all of it may take."""

ANSWER = 60
"""How long the Hub may keep silent, in seconds."""

AT_ONCE = 20
"""Pictures that are sent before it is looked whether the visitor still waits."""

EMPTY = frozenset({".gitattributes", "README.md"})
"""What may be in a repository that counts as a new one: the Hub makes the first itself."""

REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
MODELS = 8
"""Of how many models the licence is looked up."""

_pool = ThreadPoolExecutor(4, "push")  # whose calls can't be ended, only waited for no more


async def push(
    rows: Sequence[Row],
    name: str,
    token: str,
    *,
    is_private: bool = True,
    languages: Sequence[str] = ("en",),
    report: Report = ignore_progress,
) -> str:
    """Make a data set of pictures and captions.

    Args:
        rows: All rows, with their captions as they are wanted.
        name: The repository's, with its owner or without: then it is the token's.
        token: Whose repository it becomes.
        is_private: Whether nobody else sees it.
        languages: The captions', by their codes.
        report: Told how far it is.

    Returns:
        Its address.

    Raises:
        Problem: There is nothing to push, or the Hub refuses, isn't reached, or takes too long;
            a repository that was made by then stays, empty, and is filled by the next try.
    """
    pictures = placed(rows)
    if not pictures:
        raise Problem("push_nothing")
    pushing = _Push(name, token)
    try:
        async with asyncio.timeout(SECONDS):
            await _in_thread(pushing.create, is_private=is_private)
            told = [row for row, _ in pictures]
            title = pushing.name.partition("/")[2]
            models = await _in_thread(pushing.models, [*models_of(told)][:MODELS])
            texts = {
                "README.md": card(title, told, models, [*languages]),
                METADATA: metadata(pictures),
                "captions.csv": table(rows, "en"),
            }
            for sent in range(0, len(pictures), AT_ONCE):
                report(message("report.pushing"), sent / len(pictures))
                await _in_thread(pushing.send, pictures[sent : sent + AT_ONCE])
            return await _in_thread(pushing.commit, texts)
    except TimeoutError:
        raise Problem("push_slow") from None


class _Push:
    """One push, one step after another. All methods block, and raise a Problem.

    Attributes:
        name: The repository's, with its owner.
    """

    def __init__(self, name: str, token: str) -> None:
        self.name = name
        self._api = HfApi(token=token)
        self._files: list[CommitOperationAdd] = []

    def create(self, *, is_private: bool) -> None:
        """Make the repository; one of this name will do if there is nothing in it."""
        get_session().timeout = httpx2.Timeout(ANSWER)
        # The log would have names of pictures and repositories.
        logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        disable_progress_bars()
        kind: dict[str, Any] = {"repo_type": "dataset"}
        try:
            made = self._api.create_repo(self.name, private=is_private, **kind)
        except HfHubHTTPError as error:
            if error.response.status_code == httpx2.codes.BAD_REQUEST:
                raise Problem("push_name") from error
            if error.response.status_code != httpx2.codes.CONFLICT:
                raise
            self._own()
            found = self._api.dataset_info(self.name)
            if not {file.rfilename for file in found.siblings or ()} <= EMPTY:
                raise Problem("push_exists", named=self.name) from None
            if is_private and not found.private:
                raise Problem("push_exists", named=self.name) from None
        else:
            self.name = made.repo_id

    def _own(self) -> None:
        if "/" not in self.name:
            self.name = f"{self._api.whoami()['name']}/{self.name}"

    def models(self, names: list[str]) -> dict[str, Model]:
        """Which of the models are the Hub's, and their licences."""
        found = {}
        for name in names:
            repository = name.partition(":")[0]
            if REPOSITORY.fullmatch(repository):
                try:
                    told = self._api.model_info(repository, expand=["cardData"])
                except RepositoryNotFoundError:
                    continue
                found[name] = _model(repository, told.card_data)
        return found

    def send(self, pictures: Sequence[tuple[Row, str]]) -> None:
        """Send pictures, which are in no commit yet."""
        files = [CommitOperationAdd(name, str(row.item.path)) for row, name in pictures]
        self._api.preupload_lfs_files(self.name, files, repo_type="dataset", free_memory=False)
        self._files += files

    def commit(self, texts: dict[str, str]) -> str:
        """Put all that was sent, and texts, into the repository at once."""
        written = [CommitOperationAdd(name, text.encode()) for name, text in texts.items()]
        self._api.create_commit(
            self.name,
            [*self._files, *written],
            commit_message="Pictures and captions",
            repo_type="dataset",
        )
        return f"{HUB}/datasets/{self.name}"


async def _in_thread(function: Callable[..., T], *args: Any, **kwargs: Any) -> T:
    """Run a step, and put into words what goes wrong with it."""
    step = partial(copy_context().run, function, *args, **kwargs)
    try:
        return await asyncio.get_running_loop().run_in_executor(_pool, step)
    except Problem:
        raise
    except Exception as error:
        raise _problem(error) from error


def _problem(error: Exception) -> Problem:
    """What to tell of what the library raised; it wraps what an upload ends in."""
    cause: BaseException | None = error
    while cause:
        if isinstance(cause, HfHubHTTPError):
            return _refusal(cause)
        if isinstance(cause, HFValidationError):
            return Problem("push_name")
        if isinstance(cause, OfflineModeIsEnabled | httpx2.TransportError):
            return Problem("push_unreachable")
        cause = cause.__cause__
    is_gone = isinstance(error, FileNotFoundError) or "is not a file" in str(error)
    return Problem("picture_gone") if is_gone else EngineProblem("push_failed")


def _refusal(error: HfHubHTTPError) -> Problem:
    said = f"{error.server_message or ''} {error.response.headers.get('x-error-message', '')}"
    match error.response.status_code:
        case 401:
            return Problem("push_token")
        case 403 if "storage" in said:
            return Problem("push_storage")
        case 403 | 404:
            return Problem("push_permission")
        case 402 | 413:
            return Problem("push_storage")
        case 429:
            return Problem("push_busy")
        case _:
            return EngineProblem("push_failed")


def _model(name: str, told: Any) -> Model:
    """A model by its card, of which nothing is taken but plain names and addresses."""
    card = told.to_dict() if told else {}
    license, link = (str(card.get(key) or "") for key in ("license", "license_link"))
    named = license if re.fullmatch(r"[\w. -]{1,60}", license) else ""
    safe = re.fullmatch(r"https://[\w./%-]{1,300}", link)
    return Model(name, named, link if safe else f"{HUB}/{name}")
