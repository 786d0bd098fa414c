"""What can go wrong, each told in one sentence that says what to do about it."""

import logging
import secrets
import traceback
from pathlib import Path

from describe_draw.texts import Message

log = logging.getLogger(__name__)


class Problem(Exception):
    """Something that a person can mend, told in one sentence of their language.

    Args:
        name: The sentence's name in the `problem` section of the language files.
        **values: What its placeholders stand for.

    Attributes:
        engine: The engine that could not answer, empty where no engine is to blame.
    """

    def __init__(self, name: str, **values: object) -> None:
        self.message = Message(f"problem.{name}", values)
        self.engine = ""
        super().__init__(self.message.say())

    @property
    def name(self) -> str:
        return self.message.key.removeprefix("problem.")

    @property
    def told(self) -> Message:
        """What a person is told, e.g. `The prompt is empty: describe the picture you want.`"""
        return self.message

    def sentence(self, language: str = "en") -> str:
        """The same in one language."""
        return self.told.say(language)


class EngineProblem(Problem):
    """An engine failed: the sentence ends with a reference under which the log holds the cause.

    Engines raise it; nobody else answers in its place unless the visitor asks for that.

    Args:
        name: The sentence's name in the `problem` section of the language files.
        engine: The engine that failed, empty where no engine is to blame.
        **values: What the sentence's placeholders stand for.
    """

    def __init__(self, name: str, engine: str = "", **values: object) -> None:
        super().__init__(name, **values)
        self.engine = engine
        self.reference = secrets.token_hex(3)

    @property
    def told(self) -> Message:
        """The sentence and its reference: `The local model failed: … (Reference: 3f9a2c.)`."""
        values = {"sentence": self.message, "reference": self.reference}
        return Message("problem.with_reference", values)


def to_problem(error: Exception, doing: str) -> Problem:
    """Turn whatever was raised into a problem that can be told, and log its cause.

    Args:
        error: What was raised.
        doing: What was being done, for the log: `describe`, `draw`, …

    Returns:
        The error itself if it is a problem, else an `EngineProblem` that no engine is to blame
        for.
    """
    if isinstance(error, Problem) and not isinstance(error, EngineProblem):
        log.info("%s refused: %s", doing, error.name)
        return error
    problem = error if isinstance(error, EngineProblem) else EngineProblem("unexpected")
    cause = error.__cause__ or error
    log.warning(
        "%s failed [%s] %s: %s at %s",
        doing,
        problem.reference,
        problem.name,
        type(cause).__name__,  # its text may hold addresses and credentials
        _place(cause),
    )
    return problem


def _place(error: BaseException) -> str:
    """Where an error came from, innermost first: enough to find the fault by."""
    frames = traceback.extract_tb(error.__traceback__)[::-1]
    return " < ".join(f"{Path(f.filename).name}:{f.lineno} {f.name}" for f in frames[:6])
