"""What the arrangement of colours tells of a photo's setting: sky, ground, light."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

from .colours import COLOURS, Indices, colour_indices, shares

_SIDE = 64
_GLOW = 0.08  # the share of warm colours from which a sky is none of a blue day
_BAND = 6  # rows that a sunset glows in
_STRIP = 20  # rows at the top and at the bottom that are looked at


@dataclass(frozen=True)
class Layout:
    """A photo's layout.

    Attributes:
        palette: every colour's share of the picture, the largest first.
        plain: the picture's one colour, if it has only one.
        grey: whether it is black and white.
        backdrop: "white" or "black" where things stand before a plain studio background.
        sky: "blue", "cloudy", "sunset" or "night", where the top is sky.
        ground: "grass", "sand", "snow" or "water", where the bottom is.
        dark: whether it was taken in the dark.
        lights: whether small bright lights stand in the dark.
    """

    palette: dict[str, float]
    plain: str | None
    grey: bool
    backdrop: str | None
    sky: str | None
    ground: str | None
    dark: bool
    lights: bool


def read_layout(picture: Image.Image) -> Layout:
    """Reads the layout of an RGB picture of any size."""
    small = picture.resize((_SIDE, _SIDE), Image.Resampling.BOX)
    rgb = np.asarray(small, np.float32)
    hsv = np.asarray(small.convert("HSV"), np.float32)
    names = colour_indices(rgb)
    light = rgb.mean(2)
    palette = shares(names)
    plain = next(iter(palette)) if rgb.reshape(-1, 3).std(0).max() < 4 else None
    grey = bool(hsv[..., 1].mean() < 12 and np.percentile(hsv[..., 1], 95) < 30)
    dark = bool((light < 50).mean() > 0.6 and light.mean() < 70)
    sky = None if plain or grey else _sky(names, light, hsv, dark)
    ground = None if plain or grey else _ground(names, light)
    if ground == "water" and sky == "blue" and not _has_horizon(rgb):
        ground = None
    return Layout(
        palette=palette,
        plain=plain,
        grey=grey,
        backdrop=None if plain else _backdrop(names, light),
        sky=sky,
        ground=ground,
        dark=dark and plain is None,
        lights=dark and plain is None and _has_lights(picture),
    )


def _share(names: Indices, *colours: str) -> float:
    return float(np.isin(names, [COLOURS.index(c) for c in colours]).mean())


def _rough(light: npt.NDArray[np.float32]) -> float:
    """How much neighbours differ: about 0 to 3 for a clear sky, above 8 for leaves."""
    return float(np.abs(np.diff(light, axis=1)).mean())


def _backdrop(names: Indices, light: npt.NDArray[np.float32]) -> str | None:
    """A plain white or black border all around, wider at the top than at the sides."""
    frame = np.concatenate([names[:2].ravel(), names[:, :2].ravel(), names[:, -2:].ravel()])
    rims = np.concatenate([light[:2].ravel(), light[:, :2].ravel(), light[:, -2:].ravel()])
    if _share(frame, "white") > 0.85 and rims.mean() > 225:
        return None if _is_framed(names, "white") else "white"
    if _share(frame, "black") > 0.9 and rims.mean() < 30:
        return None if _is_framed(names, "black") else "black"
    return None


def _is_framed(names: Indices, colour: str) -> bool:
    """Whether a rectangle stands on that colour, which is a frame then and no backdrop."""
    other = names != COLOURS.index(colour)
    rows, columns = np.flatnonzero(other.mean(1) > 0.2), np.flatnonzero(other.mean(0) > 0.2)
    if min(len(rows), len(columns)) < 0.8 * _SIDE:
        return False
    inner = other[rows[0] + 1 : rows[-1], columns[0] + 1 : columns[-1]]
    top, bottom = inner[0].mean(), inner[-1].mean()  # either may be a pale sky or a dark floor
    return bool(min(inner[:, 0].mean(), inner[:, -1].mean(), max(top, bottom)) > 0.6)


def _sky(
    names: Indices, light: npt.NDArray[np.float32], hsv: npt.NDArray[np.float32], dark: bool
) -> str | None:
    top, top_light = names[:_STRIP], light[:_STRIP]
    rough, bright = _rough(top_light), float(top_light.mean())
    if dark or bright < 55:
        return None
    warm = _share(top, "orange", "red", "pink", "yellow") + 0.5 * _share(top, "beige", "brown")
    if warm > 0.5 and hsv[:_STRIP, :, 1].mean() > 85 and rough < 4 and bright > 90:
        return "sunset"
    if _glows(names, hsv):
        return "sunset"
    clear = hsv[:_STRIP, :, 1].mean() > 55 and hsv[:_STRIP, :, 2].mean() > 100 and warm < _GLOW
    if clear and rough < 7 and _share(top, "blue", "turquoise") > 0.6:
        return "blue"
    pale = _share(top, "white", "grey", "blue") > 0.85
    brighter = bright > light[-_STRIP:].mean() + 40
    if pale and brighter and rough < 4 and bright > 165 and _share(top, "white") < 0.97:
        return "cloudy"
    return None


def _glows(names: Indices, hsv: npt.NDArray[np.float32]) -> bool:
    """Whether a band of the sky is orange all across."""
    bands = [slice(row, row + _BAND) for row in range(0, _STRIP + _BAND, 3)]
    return any(
        _share(names[band], "orange", "red", "pink", "yellow") > 0.6
        and hsv[band, :, 1].mean() > 75
        and hsv[band, :, 2].mean() > 110
        for band in bands
    )


def _has_horizon(rgb: npt.NDArray[np.float32]) -> bool:
    """Whether the colour changes at once from one row to the next, as where sky meets sea."""
    rows = rgb.mean(1)
    steps = np.abs(np.diff(rows, axis=0)).max(1)[_SIDE // 8 : -_SIDE // 8]
    return bool(steps.max() > 10)


def _ground(names: Indices, light: npt.NDArray[np.float32]) -> str | None:
    bottom, bottom_light = names[-_STRIP:], light[-_STRIP:]
    rough = _rough(bottom_light)
    if _share(bottom, "green", "olive") > 0.6 and rough > 2:
        return "grass"
    if _share(bottom, "white", "blue") > 0.8 and _share(bottom, "white") > 0.45:
        return "snow" if bottom_light.mean() > 185 and light.mean() < 235 else None
    if _share(bottom, "blue", "turquoise") > 0.7 and rough < 9:
        return "water"
    if _share(bottom, "beige") > 0.6 and rough < 7 and bottom_light.mean() > 120:
        return "sand"
    return None


def _has_lights(picture: Image.Image) -> bool:
    """Several small bright spots apart from each other."""
    fine = np.asarray(picture.convert("L").resize((256, 256), Image.Resampling.BOX), np.float32)
    spots = fine > 130
    cells = spots.reshape(16, 16, 16, 16).any((1, 3))
    return bool(0.002 < spots.mean() < 0.12 and cells.sum() >= 8)
