"""A request's template: JSON whose strings hold placeholders."""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_SPACED = re.compile(rf"( ?){_PLACEHOLDER.pattern}(?=( |\Z)?)")
"""A placeholder with the space before it, and whether a space or nothing at all comes after."""
_NOTHING = object()


class Template:
    """A JSON template such as `{"image": "{image}", "steps": "{steps}"}`.

    It is parsed before it is filled, so that no value can change its structure. A string that is
    one placeholder and nothing else becomes the value itself, a number included; a member whose
    value is None is left out. Within a longer string None is empty, without a space that would be
    left over.

    Args:
        template: The parsed JSON.
        allowed: The placeholders' names that there are values for.

    Raises:
        ValueError: A placeholder has another name.
    """

    def __init__(self, template: Any, allowed: Collection[str]) -> None:
        self._template = template
        self.names = frozenset(_names(template))
        if unknown := sorted(self.names - set(allowed)):
            known = ", ".join(f"{{{name}}}" for name in allowed)
            raise ValueError(f"there is no {{{unknown[0]}}} here, only {known}")

    @classmethod
    def parse(cls, text: str, allowed: Collection[str]) -> "Template":
        """Read a template from its text.

        Raises:
            ValueError: It is not a JSON object, or a placeholder has another name.
        """
        try:
            template = json.loads(text)
        except ValueError:
            raise ValueError('it must be JSON, e.g. {"prompt": "{prompt}"}') from None
        if not isinstance(template, dict):
            raise ValueError("it must be a JSON object")
        return cls(template, allowed)

    def fill(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """The request: every placeholder replaced, once."""
        filled: dict[str, Any] = _fill(self._template, values)
        return filled

    def members(self, name: str) -> list[str]:
        """The members that are this placeholder and nothing else."""
        return [key for key, leaf in self._template.items() if leaf == f"{{{name}}}"]


def _names(node: Any) -> Iterator[str]:
    if isinstance(node, str):
        yield from _PLACEHOLDER.findall(node)
    elif isinstance(node, dict | list):
        for child in node.values() if isinstance(node, dict) else node:
            yield from _names(child)


def _fill(node: Any, values: Mapping[str, Any]) -> Any:
    if isinstance(node, str):
        if whole := _PLACEHOLDER.fullmatch(node):
            value = values[whole[1]]
            return _NOTHING if value is None else value
        return _SPACED.sub(lambda found: _written(found, values[found[2]]), node)
    if isinstance(node, dict):
        filled = {key: _fill(child, values) for key, child in node.items()}
        return {key: child for key, child in filled.items() if child is not _NOTHING}
    if isinstance(node, list):
        return [child for item in node if (child := _fill(item, values)) is not _NOTHING]
    return node


def _written(found: re.Match[str], value: Any) -> str:
    """A placeholder's value within a longer string."""
    before, _, after = found.groups()
    if value is None:
        return before if after is None else ""
    return f"{before}{value}"
