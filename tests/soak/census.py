"""What lives in a process: its objects by type, and its containers by who holds them."""

import ctypes
import functools
import gc
import sys
from collections import Counter, deque
from collections.abc import Iterator
from contextlib import suppress
from types import FunctionType, ModuleType
from typing import Any
from weakref import WeakSet

from cachetools import Cache

CONTAINERS = (dict, list, set, deque)
MALLINFO2 = "arena ordblks smblks hblks hblkhd usmblks fsmblks uordblks fordblks keepcost"
CACHED = type(functools.cache(len))


def census() -> dict[str, dict[str, int]]:
    """Count what is left when all that can go has gone.

    Returns:
        `objects` by type; `containers`, how much those hold together that go by one name; `memory`,
        in bytes, what C libraries have asked for and Python's own small blocks.
    """
    gc.collect()
    living = gc.get_objects()
    return {
        "objects": dict(Counter(_kind(type(one)) for one in living)),
        "containers": _containers(living),
        "memory": _memory(),
    }


def _kind(kind: type) -> str:
    return f"{kind.__module__}.{kind.__qualname__}"


def _containers(living: list[Any]) -> dict[str, int]:
    """The lengths of all containers, added up by the name of who holds them.

    Left out is what is bounded by its own kind: a cache of a size, a deque of a length; and what
    keeps nothing alive, the weak sets, whose members are counted by their types.
    """
    lengths: Counter[str] = Counter()
    for owner in living:
        for name, held in _held(owner):
            if not _is_container(held):
                continue
            lengths[name] += len(held)
            inner = tuple(held.values() if issubclass(type(held), dict) else held)
            lengths[f"{name}[…]"] += sum(len(one) for one in inner if _is_container(one))
    return {name: length for name, length in lengths.items() if length}


def _is_container(value: Any) -> bool:
    kind = type(value)  # isinstance asks lazy objects what they are, which wakes them
    return issubclass(kind, CONTAINERS) and not (kind is deque and value.maxlen is not None)


def _held(owner: Any) -> Iterator[tuple[str, Any]]:
    """What an object holds, by name."""
    kind = type(owner)
    if kind is CACHED:
        if owner.cache_parameters()["maxsize"] is None:
            kept = (one for one in gc.get_referents(owner) if type(one) is dict)
            yield from ((f"what {_named(owner)} remembers", one) for one in kept)
    elif kind is FunctionType:
        with suppress(ValueError):  # a cell that is still empty
            for name, cell in zip(owner.__code__.co_freevars, owner.__closure__ or (), strict=True):
                yield f"{_named(owner)}: {name}", cell.cell_contents
    elif not issubclass(kind, (Cache, WeakSet)):
        title = owner.__name__ if kind is ModuleType else _kind(owner if _is_type(kind) else kind)
        for name, value in _attributes(owner):
            yield f"{title}.{name}", value


def _is_type(kind: type) -> bool:
    return issubclass(kind, type)


def _named(function: Any) -> str:
    return f"{function.__module__}.{function.__qualname__}"


def _attributes(owner: Any) -> Iterator[tuple[str, Any]]:
    with suppress(AttributeError):
        yield from list(object.__getattribute__(owner, "__dict__").items())
    for kind in type(owner).__mro__:
        slots = kind.__dict__.get("__slots__", ())
        for name in (slots,) if isinstance(slots, str) else tuple(slots):
            with suppress(AttributeError):
                yield name, object.__getattribute__(owner, name)


class _Malloc(ctypes.Structure):
    """glibc's `struct mallinfo2`, see mallinfo(3)."""

    _fields_ = [(name, ctypes.c_size_t) for name in MALLINFO2.split()]


def _memory() -> dict[str, int]:
    library = ctypes.CDLL(None)
    library.malloc_trim(0)  # what is free goes back to the system, so that the rest is in use
    found = {"Python's blocks": sys.getallocatedblocks()}
    if hasattr(library, "mallinfo2"):  # since glibc 2.33
        library.mallinfo2.restype = _Malloc
        asked = library.mallinfo2()
        found["asked of malloc"] = asked.uordblks + asked.hblkhd
    return found
