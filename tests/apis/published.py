"""Requests and answers held against the types that servers' own clients publish."""

from functools import cache
from typing import Any

from pydantic import BaseModel, TypeAdapter, ValidationError

_adapter = cache(TypeAdapter)


def fits(kind: Any, sent: dict[str, Any]) -> bool:
    """Whether a type takes what was sent, and keeps all of it: unknown members would be dropped."""
    try:
        return bool(_kept(_adapter(kind).validate_python(sent)) == sent)
    except ValidationError:
        return False


def checked(kind: Any, answer: dict[str, Any]) -> dict[str, Any]:
    """An answer as it is.

    Raises:
        ValidationError: It isn't of the type.
    """
    _adapter(kind).validate_python(answer)
    return answer


def _kept(value: Any) -> Any:
    """A validated value as it would be sent; some of its lists are validated only here."""
    if isinstance(value, BaseModel):
        return value.model_dump(exclude_none=True)
    if isinstance(value, dict):
        return {name: _kept(one) for name, one in value.items()}
    if value is None or isinstance(value, str | int | float):
        return value
    return [_kept(one) for one in value]
