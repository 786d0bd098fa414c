"""Reads what is written in a picture."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log

import numpy as np
from PIL import Image

from ..tables import read_lines
from .lines import Line, LineFinder
from .runtime import Network

_SIDE = 1920  # of the picture that lines are cut from
_HEIGHT = 48
_NARROWEST, _WIDEST = 320, 1600
_MOST = 16
_SURE, _READABLE = 0.95, 0.6
_ALIKE = 1.25  # lines whose heights differ by less are of one size
_LEFT_OUT = "…"
_SHORTEST = 12
_WITHIN_QUOTES = str.maketrans('“”„「」"', "‘’‚『』'")


@dataclass(frozen=True)
class Lettering:
    """What is written in a picture.

    Attributes:
        lines: what is surely read, in reading order.
        sizes: how large each line is: the same number for those that are about alike.
        more: whether there is more that isn't read, or not surely.
    """

    lines: tuple[str, ...] = ()
    sizes: tuple[int, ...] = ()
    more: bool = False

    def within(self, length: int, most: int = _MOST) -> tuple[str, bool]:
        """As much of it as there is room for, the largest lines before smaller ones.

        Args:
            length: how many signs it may have.
            most: how many lines; where they are few, small numbers are none of them.

        Returns:
            The lines in their order, and whether there is more.
        """
        kept: list[int] = []
        lines = list(zip(self.lines, self.sizes, strict=True))
        word = max((size for line, size in lines if not _is_number(line)), default=0)
        ranks = [(_is_number(line) and size < word, -size) for line, size in lines]
        order = sorted(range(len(ranks)), key=ranks.__getitem__)
        for at in order[:most]:
            beside = ranks[at][0] and most < _MOST
            if beside or len(self._joined([*kept, at])) > length:
                break
            kept.append(at)
        if kept or not order or length < _SHORTEST:
            return self._joined(kept), self.more or len(kept) < len(self.lines)
        return self.lines[order[0]][: length - 1] + _LEFT_OUT, True

    def quoted(self, length: int, most: int = _MOST) -> tuple[str, bool]:
        """The same as it stands between quotation marks, which it can't end."""
        text, more = self.within(length, most)
        return text.translate(_WITHIN_QUOTES), more

    def _joined(self, kept: Sequence[int]) -> str:
        """Lines in their order, with an ellipsis where lines between them are left out."""
        text = ""
        for at in sorted(kept):
            text += f" {_LEFT_OUT} " if text and at - 1 not in kept else " " * bool(text)
            text += self.lines[at]
        return text


NOTHING = Lettering()


class LetteringReader:
    """Finds lines of text in pictures, and reads them."""

    def __init__(self) -> None:
        """Loads both networks."""
        self._finder = LineFinder()
        self._network = Network("text_reader.onnx", keeps_memory=False)

    def read(self, picture: Image.Image) -> Lettering:
        """What is written in an RGB picture, of its 16 largest lines."""
        scale = min(_SIDE / max(picture.size), 1)
        width, height = (max(round(side * scale), 1) for side in picture.size)
        picture = picture.resize((width, height), Image.Resampling.BICUBIC)
        found = sorted(self._finder.find(picture), key=lambda line: -line.size)
        read = [(line, *self._surest(_cuts(picture, line))) for line in _in_order(found[:_MOST])]
        told = [(line, text, sure) for line, text, sure in read if _is_told(text)]
        sure = [(line, text) for line, text, sure in told if sure >= _SURE]
        unsure = any(_READABLE <= sure < _SURE for _, _, sure in told)
        return Lettering(
            lines=tuple(text for _, text in sure),
            sizes=tuple(round(log(line.size, _ALIKE)) for line, _ in sure),
            more=unsure or len(found) > _MOST,
        )

    def _surest(self, cuts: Sequence[Image.Image]) -> tuple[str, float]:
        return max(map(self._read, cuts), key=lambda read: read[1])

    def _read(self, cut: Image.Image) -> tuple[str, float]:
        """What a line says, and how sure that is."""
        width = min(max(round(_HEIGHT * cut.width / cut.height), 1), _WIDEST)
        pixels = np.zeros((_HEIGHT, max(width, _NARROWEST), 3), np.float32)
        small = np.asarray(cut.resize((width, _HEIGHT), Image.Resampling.BILINEAR), np.float32)
        pixels[:, :width] = small[:, :, ::-1] / 127.5 - 1
        likely = self._network.run(pixels.transpose(2, 0, 1)[None])[0]
        best = likely.argmax(1)
        told = (best > 0) & (best != np.concatenate([[0], best[:-1]]))  # 0 parts equal signs
        if not told.any():
            return "", 0.0
        signs = ("", *read_lines("text_signs.txt"), " ")  # 0 is none, the last a space
        text = " ".join("".join(signs[sign] for sign in best[told]).split())
        return text, float(likely.max(1)[told].mean())


def _is_number(text: str) -> bool:
    return not any(sign.isalpha() for sign in text)


def _is_told(text: str) -> bool:
    """Whether it may be a word or a number: single signs are seen in anything."""
    return sum(sign.isalnum() for sign in text) > 1


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """Lines as they are read: row by row, each from the left."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: line.y):
        if rows and line.y - rows[-1][0].y < min(line.size, rows[-1][0].size) / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return [line for row in rows for line in sorted(row, key=lambda line: line.x)]


def _cuts(picture: Image.Image, line: Line) -> list[Image.Image]:
    """A line alone, level; what stands upright is laid down to either side."""
    width, height = max(round(line.width), 1), max(round(line.height), 1)
    cosine, sine = np.cos(line.turn), np.sin(line.turn)
    left = line.x - (width * cosine - height * sine) / 2
    top = line.y - (width * sine + height * cosine) / 2
    affine = (cosine, -sine, left, sine, cosine, top)
    sampled = Image.Transform.AFFINE, affine, Image.Resampling.BICUBIC
    cut = picture.transform((width, height), *sampled)
    if height < 1.5 * width:
        return [cut]
    return [cut.transpose(way) for way in (Image.Transpose.ROTATE_90, Image.Transpose.ROTATE_270)]
