"""What a model API answered: the part that was asked for, text or picture."""

import base64
import binascii
import re
from typing import Any

PICTURE_KEYS = ("b64_json", "image", "base64", "url")
_BASE64 = re.compile(r"[A-Za-z0-9+/_\s-]{100,}+={0,2}+\s*+")


class PathMissing(Exception):
    """The answer has no such part.

    Args:
        keys: What there is in its place.
    """

    def __init__(self, keys: list[str]) -> None:
        super().__init__()
        self.keys = keys


def find(answer: Any, path: str) -> Any:
    """The part of a JSON answer at a dotted path, e.g. `choices.0.message.content`.

    Raises:
        PathMissing: There is none.
    """
    for step in () if path == "." else path.split("."):
        if isinstance(answer, dict) and step in answer:
            answer = answer[step]
        elif isinstance(answer, list) and step.isdecimal() and int(step) < len(answer):
            answer = answer[int(step)]
        else:
            raise PathMissing(_keys(answer))
    return answer


def _keys(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [str(key)[:40] for key in value][:12]
    if isinstance(value, list):
        return [f"0 … {len(value) - 1}"] if value else []
    return []


def picture(value: Any) -> bytes | str:
    """An encoded picture, or the address where it is.

    Args:
        value: Base64, a data URL, an address, or an object or list that holds one of them.

    Raises:
        ValueError: It is none of these.
    """
    if isinstance(value, list) and value:
        return picture(value[0])
    if isinstance(value, dict):
        return picture(next((value[key] for key in PICTURE_KEYS if value.get(key)), None))
    if not isinstance(value, str):
        raise ValueError("neither base64 nor an address")
    if value.startswith(("http://", "https://")):
        return value
    if value.startswith("/") and not _BASE64.fullmatch(value):  # a JPEG's base64 begins with / too
        return value
    data = value.partition(",")[2] if value.startswith("data:") else value
    try:
        compact = data.replace("\r", "").replace("\n", "").translate({ord("-"): "+", ord("_"): "/"})
        return base64.b64decode(compact + "=" * (-len(compact) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("no base64") from error
