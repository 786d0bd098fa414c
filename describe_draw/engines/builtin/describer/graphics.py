"""Pictures that are no photos: pages of text, charts, line drawings, flat graphics."""

import numpy as np
import numpy.typing as npt
from PIL import Image

Mask = npt.NDArray[np.bool_]

_SIDE = 384
_INK = 48  # how much darker or lighter than the paper ink is, of 255


def read_graphic(picture: Image.Image) -> str | None:
    """Tells what sort of graphic a picture is.

    Args:
        picture: an RGB picture.

    Returns:
        "page of text", "chart", "line drawing", "graphic", or None for what may be a photo.
    """
    width, height = picture.size
    if min(width, height) < 32 or max(width, height) > 8 * min(width, height):
        return None
    scale = _SIDE / max(width, height)
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    rgb = np.asarray(picture.resize(size, Image.Resampling.BOX), np.float32)
    paper, paper_share = _paper(rgb)
    ink = np.abs(rgb - paper).max(2) > _INK
    if paper_share > 0.5 and 0.003 < ink.mean() < 0.5:
        return _on_paper(rgb, ink, paper, paper_share)
    return "graphic" if _flatness(rgb, paper) > 0.9 else None


def _on_paper(
    rgb: npt.NDArray[np.float32], ink: Mask, paper: npt.NDArray[np.float32], paper_share: float
) -> str | None:
    """What sort of graphic ink on plain paper makes."""
    colourful = float(((rgb.max(2) - rgb.min(2)) > 60).mean())
    light = float(paper.mean()) > 128
    if colourful < 0.12 and _has_lines_of_text(ink, 2.0 if light else 0.6):
        return "page of text"
    flat = _flatness(rgb, paper)
    thin = ink.mean() < 0.05
    if _has_axes(ink) and (flat > 0.6 or thin):
        return "chart"
    if light and paper_share > 0.7 and colourful < 0.03 and _has_thin_strokes(ink):
        return "line drawing"
    return "graphic" if flat > 0.85 else None


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


def _runs(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.intp]:
    """The lengths of the runs of True in a row."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], mask, [False]]).astype(np.int8)))
    return edges[1::2] - edges[::2]


def _has_axes(ink: Mask) -> bool:
    """A long thin horizontal line low in the picture, and a long vertical one on the left."""
    height, width = ink.shape
    low = [int(_runs(row).max(initial=0)) for row in ink[height // 2 :]]
    left = [int(_runs(column).max(initial=0)) for column in ink.T[: width * 2 // 5]]
    level = sum(0.5 * width < run < 0.97 * width for run in low)
    upright = sum(0.4 * height < run < 0.97 * height for run in left)
    return bool(0 < level <= 0.03 * height and 0 < upright <= 0.25 * width)


def _has_lines_of_text(ink: Mask, unevenness: float) -> bool:
    """Rows of ink and blank rows by turns, of about one height, the ink in many short runs."""
    share = ink.mean(1)
    lines = _runs(share > max(0.02, 0.25 * float(share.max())))
    if len(lines) < 4 or np.median(lines) > 0.12 * len(ink):
        return False
    inked = [row for row in ink if row.mean() > 0.02]
    lengths = np.concatenate([_runs(row) for row in inked])
    per_row = len(lengths) / len(inked)
    return bool(
        per_row > 8 and np.median(lengths) <= 6 and np.std(lines) < unevenness * np.mean(lines)
    )


def _has_thin_strokes(ink: Mask) -> bool:
    """Ink in strokes a few pixels wide, whichever way one crosses them."""
    across = np.concatenate([_runs(row) for row in ink])
    down = np.concatenate([_runs(column) for column in ink.T])
    return bool(ink.mean() < 0.25 and np.median(across) <= 5 and np.median(down) <= 5)
