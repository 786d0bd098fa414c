"""One model API: where it is, how it is asked, and what its answers mean."""

import base64
import json
from dataclasses import dataclass
from pathlib import PureWindowsPath
from typing import Any
from urllib.parse import urlsplit

from describe_draw.engines.base import Task
from describe_draw.engines.model_api.presets import PRESETS, Preset, complete
from describe_draw.engines.model_api.templates import Template
from describe_draw.model_settings import ApiSettings
from describe_draw.recipe import EDIT_OPTIONS
from describe_draw.settings import SettingsError
from describe_draw.texts import Message, message

HTTP = "http"
JPEG = "image/jpeg"
PICTURE = ("image", "image_url")
_DRAWN = ("prompt", *EDIT_OPTIONS, *PICTURE, "model")
PLACEHOLDERS: dict[Task, tuple[str, ...]] = {
    "describe": (*PICTURE, "prompt", "style", "language", "max_tokens", "model"),
    "draw": _DRAWN,
    "edit": _DRAWN,
    "write": ("prompt", "system", "model"),
}


@dataclass(frozen=True, slots=True)
class Api:
    """A model API as the operator set it up.

    Args:
        setting: What its variables begin with, e.g. `CAPTION_API`.
        preset: Whose API it is, `http` for one of the operator's own.
        url: Where to ask.
        method: How.
        encoding: How a request travels: `json`, `form` or `multipart`.
        template: The request.
        response: Where the answer is in a whole answer.
        piece: Where the text is in each piece of an answer that streams.
        model: The model to ask for, None where the API has only one.
        authorization: The header that goes along, empty for none.
    """

    setting: str
    preset: str
    url: str
    method: str
    encoding: str
    template: Template
    response: str
    piece: str
    model: str | None
    authorization: str

    @property
    def name(self) -> str:
        """What a person is told: the model, else whose API it is; never where either is."""
        name = self.model or self.preset
        path = PureWindowsPath(name)  # it knows both kinds of slashes
        return path.name if path.root else name

    @property
    def told(self) -> str | Message:
        """The name in a sentence."""
        return message("page.the_model_api") if self.name == HTTP else self.name

    def request(self, values: dict[str, Any]) -> dict[str, Any]:
        """The arguments of an HTTP request.

        Args:
            values: What the placeholders stand for; `image` is an encoded JPEG, or there is none.
        """
        image, files = values.get("image"), {}
        if image and self.encoding == "multipart":
            files = dict.fromkeys(self.template.members("image"), ("picture.jpg", image, JPEG))
        text = base64.b64encode(image).decode() if image else None
        url = f"data:{JPEG};base64,{text}" if text else None
        filled = self.template.fill(
            {**values, "image": text, "image_url": url, "model": self.model}
        )
        if self.method == "GET":
            return {"params": _flat(filled)}
        if self.encoding == "json":
            return {"json": filled}
        fields = {name: value for name, value in _flat(filled).items() if name not in files}
        if self.encoding == "form":
            return {"data": fields}
        parts = {name: (None, value.encode()) for name, value in fields.items()}
        return {"files": {**parts, **files}}


def _flat(filled: dict[str, Any]) -> dict[str, str]:
    """Form fields: text as it is, whatever else as JSON."""
    return {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in filled.items()
    }


def set_up(said: ApiSettings | None, task: Task) -> Api | None:
    """The API that the operator set up for a task, None where there is none.

    Raises:
        SettingsError: What was set does not fit together.
    """
    if said is None:
        return None
    if not said.url:
        raise SettingsError(f"{said.prefix}_URL is not set, but other settings of {said.prefix}.")
    preset, own = _preset(said, task), said.chosen
    template, encoding = _own_request(said, task, preset), said.encoding
    if template is None:
        if preset is None:  # there is no place for a picture
            return None
        template = Template(preset.request, PLACEHOLDERS[task])
        encoding = preset.encoding or encoding
    response = preset.response if preset and "response" not in own else said.response
    piece = preset.piece if preset and "response" not in own else said.response
    token = said.token.get_secret_value() if said.token else ""
    return Api(
        setting=said.prefix,
        preset=said.preset or HTTP,
        url=_address(said, task, preset),
        method=said.method,
        encoding=encoding,
        template=template,
        response=response,
        piece=piece or response,
        model=said.model,
        authorization=f"Bearer {token}" if token else "",
    )


def _own_request(said: ApiSettings, task: Task, preset: Preset | None) -> Template | None:
    """The operator's own template, None where a preset has one, or there is nothing to edit with.

    One template serves words alone and pictures, and so it serves no pictures where it names none.
    """
    if preset and "request" not in said.chosen:
        return None
    try:
        template = Template.parse(said.request, PLACEHOLDERS[task])
    except ValueError as error:
        raise SettingsError(f"{said.prefix}_REQUEST={said.request}: {error}.") from None
    return template if task != "edit" or template.names & set(PICTURE) else None


def _address(said: ApiSettings, task: Task, preset: Preset | None) -> str:
    """Where to ask; an address at which the preset draws leads to where it edits."""
    if preset is None:
        return said.url
    url = said.url.rstrip("/")
    for drawing in PRESETS.get((said.preset or "", "draw"), ()) if task == "edit" else ():
        url = url.removesuffix(drawing.path)
    return complete(url, preset.path)


def _preset(said: ApiSettings, task: Task) -> Preset | None:
    """The preset, in the way of asking that the address names."""
    if said.preset is None:
        return None
    known = PRESETS.get((said.preset, task))
    if not known:
        able = ", ".join(name for name, doing in PRESETS if doing == task)
        raise SettingsError(f"{said.prefix}={said.preset}: it can't {task}; choose one of {able}.")
    if known[0].needs_model and not said.model and "request" not in said.chosen:
        raise SettingsError(f"{said.prefix}={said.preset}: set {said.prefix}_MODEL too.")
    path = urlsplit(said.url).path.rstrip("/")
    return next((preset for preset in known if path.endswith(preset.path)), known[0])
