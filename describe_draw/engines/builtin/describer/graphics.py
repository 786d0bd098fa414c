"""Pictures that are no photos: line drawings, flat graphics."""

import numpy as np
import numpy.typing as npt
from PIL import Image

from .lines import runs

_SIDE = 384
_INK = 48  # how much darker or lighter than the paper ink is, of 255


def read_graphic(picture: Image.Image) -> str | None:
    """Tells what sort of graphic a picture is.

    Args:
        picture: an RGB picture.

    Returns:
        "line drawing", "graphic", or None for what may be a photo.
    """
    width, height = picture.size
    if min(width, height) < 32 or max(width, height) > 8 * min(width, height):
        return None
    scale = _SIDE / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    rgb = np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32)
    paper, paper_share = _paper(rgb)
    ink = np.abs(rgb - paper).max(2) > _INK
    on_paper = paper_share > 0.5 and 0.003 < ink.mean() < 0.5
    colourful = float(((rgb.max(2) - rgb.min(2)) > 60).mean())
    light = float(paper.mean()) > 128 and paper_share > 0.7 and colourful < 0.03
    if on_paper and light and _has_thin_strokes(ink):
        return "line drawing"
    return "graphic" if _flatness(rgb, paper) > (0.85 if on_paper else 0.9) else None


def _paper(rgb: npt.NDArray[np.float32]) -> tuple[npt.NDArray[np.float32], float]:
    """The most common colour and the share of the picture that has it."""
    coarse = (rgb // 16).astype(np.int64) @ np.array([256, 16, 1])
    common = int(np.bincount(coarse.ravel()).argmax())
    paper: npt.NDArray[np.float32] = np.median(rgb[coarse == common], axis=0)
    return paper, float((np.abs(rgb - paper).max(2) < 14).mean())


def _flatness(rgb: npt.NDArray[np.float32], paper: npt.NDArray[np.float32]) -> float:
    """How flat the colours are, the paper aside: the share of pixels like their neighbour.

    Photos stay below about 0.5: sensors are noisy, light falls off.
    """
    inked = (np.abs(rgb - paper).max(2) > 14)[:, :-1]
    if not inked.any():
        return 1.0
    same = np.abs(np.diff(rgb, axis=1)).max(2) <= 1
    return float(same[inked].mean())


def _has_thin_strokes(ink: npt.NDArray[np.bool_]) -> bool:
    """Ink in strokes a few pixels wide, whichever way one crosses them."""
    wide = [np.median(ends - starts) for _, starts, ends in (runs(ink), runs(ink.T))]
    return bool(ink.mean() < 0.25 and max(wide) <= 5)
