"""The formats in which this field's tools write down what made a picture."""

import json
import re
from dataclasses import dataclass, field
from typing import Any

from describe_draw.reading.comfyui import comfyui
from describe_draw.recipe import OPTIONS

Values = dict[str, Any]

NAMES = {
    "prompt": ("prompt", "positive_prompt"),
    **{name: option.aliases for name, option in OPTIONS.items()},
    "model": ("model", "base_model", "model_weights"),
}
"""An option's names in the tools that write JSON."""

PAIR = re.compile(r'(\w[\w \-/]*+)(?::\s*+("(?:\\.|[^\\"])*+"(?=,|$)|[^,]*+)(?:,|$))?+')
"""`Key: value, `; words that no colon follows match too, so that none is looked at twice."""

TEMPLATE = re.compile(r"^((?:negative )?template):", re.IGNORECASE | re.MULTILINE)
"""Begins the lines in which SD.Next and Dynamic Prompts keep a prompt as it was typed, with its
wildcards and without its styles. SD.Next writes them between the prompts and the settings,
Dynamic Prompts after the settings."""

BRACKETED = re.compile(r"\[([^\[\]]*+)\]")
DREAM_KEYS = {"s": "steps", "S": "seed", "W": "width", "H": "height", "C": "guidance"}


@dataclass(frozen=True, slots=True)
class Found:
    """A recipe as a file has it, nothing of it checked.

    Args:
        format: Whose format it is.
        options: By the names of `Recipe`.
        more: What else the file says.
    """

    format: str
    options: Values
    more: Values = field(default_factory=dict)


def recognised(texts: dict[str, str]) -> Found | None:
    """The recipe in a picture's texts, this app's own first."""
    for look in (_own, _invokeai, _dream, _parameters, _comfyui, _novelai):
        found = look(texts)
        if found and found.options.get("prompt"):
            return found
    return None


def parsed(text: str | None) -> Values:
    """A JSON object, an empty one for anything else."""
    try:
        value = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _own(texts: dict[str, str]) -> Found | None:
    values = parsed(texts.get("describe_draw"))
    options = {name: values.pop(name) for name in NAMES if name in values}
    return Found("describe_draw", options, values)


def _invokeai(texts: dict[str, str]) -> Found | None:
    values = parsed(texts.get("invokeai_metadata"))
    if values:
        return _named("InvokeAI", values)
    older = parsed(texts.get("sd-metadata"))
    image = older.pop("image", None)
    if not isinstance(image, dict):
        return None
    prompts = image.get("prompt")
    if isinstance(prompts, list):
        said = [p.get("prompt") for p in prompts if isinstance(p, dict)]
        image["prompt"] = " ".join(text for text in said if isinstance(text, str))
    options = {**older, **image}
    options["prompt"], options["negative_prompt"] = _bracketed(options.get("prompt"))
    return _named("InvokeAI", options)


def _dream(texts: dict[str, str]) -> Found | None:
    """InvokeAI's first format: `"a dog [cats]" -s 50 -S 42 -W 512 -H 512 -C 7.5 -A k_lms`."""
    quoted = re.match(r'\s*+"([^"]*+)"(.*+)', texts.get("Dream", ""), re.DOTALL)
    if not quoted:
        return None
    prompt, negative = _bracketed(quoted[1])
    options: Values = {"prompt": prompt, "negative_prompt": negative}
    more: Values = {}
    for key, value in re.findall(r"-([A-Za-z])\s?+(\S++)", quoted[2]):
        (options if key in DREAM_KEYS else more)[DREAM_KEYS.get(key, key)] = value
    return Found("InvokeAI", options, more)


def _parameters(texts: dict[str, str]) -> Found | None:
    """AUTOMATIC1111's web UI and all that write as it does; a few put JSON in its place."""
    text = texts.get("parameters", "")
    values = parsed(text)
    if values:
        inner = values.get("sui_image_params")
        return _packed(values) or _named("JSON", inner if isinstance(inner, dict) else values)
    lines = text.replace("\r\n", "\n").strip().split("\n")
    at = next((n for n in reversed(range(len(lines))) if _settings(lines[n])), None)
    if at is None or (lines[at + 1 :] and not TEMPLATE.match(lines[at + 1])):
        return None
    options, templates = _prompts("\n".join(lines[:at] + lines[at + 1 :]))
    more: Values = {**templates, **_settings(lines[at])}
    options["width"], _, options["height"] = more.pop("Size", "").partition("x")
    for name, option in OPTIONS.items():
        if option.written:
            options[name] = more.pop(option.written, None)
    options["model"] = more.pop("Model", "")
    return Found("AUTOMATIC1111", options, more)


def _settings(line: str) -> Values:
    """The settings in a line, none where it is another line."""
    pairs = [(m[1].strip(), m[2].strip()) for m in PAIR.finditer(line) if m[2] is not None]
    is_settings = len(pairs) >= 3 and any(key == "Steps" for key, _ in pairs)
    return {key: _unquoted(value) for key, value in pairs} if is_settings else {}


def _prompts(text: str) -> tuple[Values, Values]:
    """Both prompts, and the templates that the last one ends with."""
    prompt, marked, negative = text.partition("Negative prompt:")
    last, *rest = TEMPLATE.split(negative if marked else prompt)
    prompt, negative = (prompt, last) if marked else (last, "")
    templates = {name: said.strip() for name, said in zip(rest[::2], rest[1::2], strict=True)}
    return {"prompt": prompt.strip(), "negative_prompt": negative.strip()}, templates


def _packed(values: Values) -> Found | None:
    """A file's chunks in one JSON object, as NovelAI and a node of ComfyUI's hide them."""
    texts = {name: text for name, text in values.items() if isinstance(text, str)}
    return _comfyui(texts) or _novelai(texts)


def _comfyui(texts: dict[str, str]) -> Found | None:
    options = comfyui(parsed(texts.get("prompt")))
    return Found("ComfyUI", options) if options else None


def _novelai(texts: dict[str, str]) -> Found | None:
    values = parsed(texts.get("Comment"))
    return _named("NovelAI", {"prompt": texts.get("Description"), **values}) if values else None


def _named(tool: str, values: Values) -> Found:
    """Options by any of their names, in whatever letters; the rest is what else is said."""
    lower = {str(key).lower(): value for key, value in values.items()}
    options = {}
    for option, names in NAMES.items():
        for name in names:
            value = lower.pop(name, None)
            if option not in options and value is not None:
                options[option] = value
    model = options.get("model")
    if isinstance(model, dict):
        options["model"] = model.get("name") or model.get("model_name") or ""
    return Found(tool, options, lower)


def _bracketed(prompt: object) -> tuple[str, str]:
    """A prompt whose negative part stands in brackets."""
    text = prompt if isinstance(prompt, str) else ""
    *before, last = BRACKETED.split(text)
    positive = "".join([*(part.rstrip() for part in before[::2]), last])
    return positive.strip(), ", ".join(part.strip() for part in before[1::2])


def _unquoted(value: str) -> str:
    if not value.startswith('"'):
        return value
    try:
        return str(json.loads(value))
    except ValueError:
        return value
