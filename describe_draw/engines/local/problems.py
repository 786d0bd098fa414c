"""What to tell a person where a local model fails."""

import re

from describe_draw.engines.local.runs import EndedEarlyError
from describe_draw.problems import EngineProblem

SETTINGS = {
    "describe": "LOCAL_CAPTION_MODEL",
    "draw": "LOCAL_IMAGE_MODEL",
    "edit": "LOCAL_IMAGE_MODEL",
}
KINDS = {
    "WrongKind": "local_wrong_kind",
    "OnlyDraws": "local_only_draws",
    "OnlyEdits": "local_only_edits",
}
"""What is told of a model that is of no use, by its error's class: all that ZeroGPU tells of it."""

_PACKAGE = re.compile(r"(?i)pip install (?:-U )?([a-z][\w-]+)|requires the (\w+) library")
"""How transformers and diffusers name a package that they miss, where no import has failed."""


def problem_of(error: Exception, task: str, model: str) -> Exception:
    """The problem that an error from the device stands for, the error itself where it is none.

    ZeroGPU's own errors are Gradio's, and name an error of its processes by its class alone.
    """
    title, said = getattr(error, "title", ""), str(getattr(error, "message", ""))
    kind = said if title == "ZeroGPU worker error" else type(error).__name__
    if "OutOfMemory" in kind or kind == "MemoryError" or "out of memory" in str(error).lower():
        return EngineProblem("local_memory", model=model)
    if kind in KINDS:
        return EngineProblem(KINDS[kind], model=model, setting=SETTINGS[task])
    if title:
        return EngineProblem("zero_gpu", said=said)
    return _of_this_process(error, task, model)


def _of_this_process(error: Exception, task: str, model: str) -> Exception:
    if isinstance(error, EndedEarlyError):
        return EngineProblem("local_ended", model=model)
    if isinstance(error, ImportError) and (package := package_of(error)):
        return EngineProblem("local_package", model=model, package=package)
    if isinstance(error, OSError):
        return EngineProblem("local_missing", model=model, setting=SETTINGS[task])
    return error


def package_of(error: ImportError) -> str:
    """The package that an import misses, by its own name; empty where that isn't told."""
    if error.name:
        return error.name.partition(".")[0]
    said = _PACKAGE.search(str(error))
    return (said[1] or said[2].lower()) if said else ""


def at_start(error: Exception, task: str, model: str) -> EngineProblem:
    """The problem of a model that could not be loaded when the app started."""
    problem = problem_of(error, task, model)
    if isinstance(problem, EngineProblem):
        return problem
    return EngineProblem("local_unloaded", model=model, setting=SETTINGS[task])


def again(problem: EngineProblem) -> EngineProblem:
    """A problem as it was told before, under the reference that the log has."""
    same = EngineProblem(problem.name, problem.engine, **problem.message.values)
    same.reference = problem.reference
    return same
