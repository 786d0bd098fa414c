"""ComfyUI's graph of nodes: what its first sampler was told."""

from collections import deque
from collections.abc import Callable, Iterator
from typing import Any

Node = dict[str, Any]
TEXTS = ("text", "prompt", "positive_prompt", "string", "value", "text_g", "t5xxl", "clip_l")
MOST_NODES = 5000


def comfyui(graph: dict[str, Any]) -> dict[str, Any]:
    """The options by which a graph's sampler was run.

    Args:
        graph: The API form of the workflow, node by number: `{"class_type": …, "inputs": {…}}`,
            where an input is a value or a link `[node, output]`.

    Returns:
        By the names of `Recipe`; empty where there is no sampler.
    """
    if len(graph) > MOST_NODES:
        return {}
    nodes = {str(key): n for key, n in graph.items() if isinstance(_inputs(n), dict)}
    sampler = next((key for key, node in nodes.items() if _is_sampler(node)), None)
    if sampler is None:
        return {}
    options = {
        "prompt": _text(nodes, sampler, "positive"),
        "negative_prompt": _text(nodes, sampler, "negative"),
        "steps": _value(nodes, sampler, ("steps",), _is_number),
        "guidance": _value(nodes, sampler, ("cfg", "guidance"), _is_number),
        "width": _value(nodes, sampler, ("width", "empty_latent_width"), _is_number),
        "height": _value(nodes, sampler, ("height", "empty_latent_height"), _is_number),
        "seed": _value(nodes, sampler, ("seed", "noise_seed"), _is_number),
        "model": _value(nodes, sampler, ("ckpt_name", "unet_name", "model_name"), _is_text),
    }
    return {name: value for name, value in options.items() if value is not None}


def _inputs(node: object) -> Any:
    return node.get("inputs") if isinstance(node, dict) else None


def _is_sampler(node: Node) -> bool:
    inputs = node["inputs"]
    return ("positive" in inputs and ("seed" in inputs or "noise_seed" in inputs)) or (
        "guider" in inputs and "sigmas" in inputs
    )


def _text(nodes: dict[str, Node], sampler: str, kind: str) -> str | None:
    """The first text upstream of a sampler's conditioning, or of its guider's."""
    inputs = nodes[sampler]["inputs"]
    guider = _linked(nodes, inputs.get("guider"))
    if guider:
        inputs = nodes[guider]["inputs"]
    begin = inputs.get(kind, inputs.get("conditioning") if kind == "positive" else None)
    if isinstance(begin, str):
        return begin
    start = _linked(nodes, begin)
    found = _value(nodes, start, TEXTS, _is_text) if start else None
    return str(found) if found is not None else None


def _value(
    nodes: dict[str, Node], start: str, names: tuple[str, ...], fits: Callable[[object], bool]
) -> Any:
    """The nearest value of one of these names, from a node upstream."""
    for inputs in _upstream(nodes, start):
        for name in names:
            if fits(inputs.get(name)):
                return inputs[name]
    return None


def _upstream(nodes: dict[str, Node], start: str) -> Iterator[Node]:
    """The inputs of a node and of all that it is linked to, the nearest first, each once."""
    waiting, seen = deque([start]), {start}
    while waiting:
        inputs = nodes[waiting.popleft()]["inputs"]
        yield inputs
        for value in inputs.values():
            key = _linked(nodes, value)
            if key and key not in seen:
                seen.add(key)
                waiting.append(key)


def _linked(nodes: dict[str, Node], value: object) -> str | None:
    """The node that a link `[node, output]` comes from, None for what is no such link."""
    if not isinstance(value, list) or len(value) != 2 or not isinstance(value[0], str | int):
        return None
    key = str(value[0])
    return key if key in nodes else None


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())
