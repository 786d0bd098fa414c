"""Recipes read back from picture files, this app's and other tools'."""

from pathlib import Path

from describe_draw import pictures
from describe_draw.reading.fitting import Fitted, fit
from describe_draw.reading.formats import recognised
from describe_draw.reading.texts import hidden_texts_in, texts_in
from describe_draw.settings import Settings

__all__ = ["Fitted", "read"]


def read(path: str | Path | None, settings: Settings, models: list[str]) -> Fitted | None:
    """What made a picture, if its file says so.

    Read are the chunks of this app, of AUTOMATIC1111's web UI and its kin (Forge, SD.Next,
    Fooocus, SwarmUI; in JPEG and WebP the EXIF comment), ComfyUI, InvokeAI and NovelAI. Without
    any, what the pixels hide counts ("stealth pnginfo"). Blocking: call it in a thread.

    Args:
        path: The picture's file.
        settings: The limits that the recipe is fitted into.
        models: The models that may be asked for; any other is left out.

    Returns:
        The recipe and what else there is to say, None where there is no recipe.

    Raises:
        Problem: No picture, not a picture, or larger than the settings allow.
    """
    with pictures.opened(path, settings) as picture:
        found = recognised(texts_in(picture)) or recognised(hidden_texts_in(picture))
    return fit(found, settings, models) if found else None
