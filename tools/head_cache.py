"""What the head learns from, on disk: feature maps of drawn pictures, and what they show.

Drawing and reading takes longest; with a folder of its own it is done once, however often the head
is fitted to it.
"""

import logging
import time
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import onnxruntime  # type: ignore[import-untyped]
from numpy.typing import NDArray
from PIL import Image

from describe_draw.engines.builtin.describer.networks import (
    FINE,
    FINE_CELLS,
    LAST,
    PART_CELLS,
    enlarged,
    stacked,
)
from tools.head_data import DATA, examples
from tools.head_words import PLACES, STYLED, TIMES, objects

Array = NDArray[np.float32]

CELLS = 340  # of the largest map
DEEP, NEAR = 512, 160  # directions kept of the last channels and of the finer ones
PART = 60  # pictures
CLOSER = 0.3  # the share of those that show a part of a picture
_STYLES = ("plain", *STYLED)
_PLACES = (*PLACES, "")
_LOG = logging.getLogger("train_head")


class Reader:
    """The classifier's features of a picture, on one core."""

    def __init__(self) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            DATA / "classifier.onnx", options, providers=["CPUExecutionProvider"]
        )

    def map(self, picture: Image.Image, cells: int = FINE_CELLS) -> Array:
        """At each place: (channels, down, across)."""
        return stacked(*self._run([LAST, FINE], enlarged(picture, cells)))

    def _run(self, names: list[str], picture: Image.Image) -> list[Array]:
        pixels = (np.asarray(picture, np.float32) - 127) / 128
        outputs = self._session.run(names, {"x": pixels.transpose(2, 0, 1)[None]})
        return [output[0] for output in outputs]


@dataclass(frozen=True)
class Basis:
    """The directions in which cells differ most, scaled to unit spread.

    In these the layers learn several times as fast.

    Attributes:
        mean: Of the cells, (channels,).
        directions: (channels, DEEP + NEAR).
        back: Their pseudo-inverse.
    """

    mean: Array
    directions: Array
    back: Array

    def project(self, features: Array) -> NDArray[np.float16]:
        """A map (channels, rows, columns) as cells (rows x columns, DEEP + NEAR)."""
        cells = (features.reshape(len(features), -1).T - self.mean) @ self.directions
        return cells.astype(np.float16)


def basis(folder: Path, pictures: int = 240) -> Basis:
    """Mean and directions from the cells of some pictures."""
    path = folder / "basis.npz"
    if not path.exists():
        reader = Reader()
        maps = [reader.map(e.picture) for e in examples(range(0, 2 * pictures, 2), seed=-1)]
        cells = np.concatenate([one.reshape(len(one), -1).T[::3] for one in maps])
        deep, near = _directions(cells[:, :1280], DEEP), _directions(cells[:, 1280:], NEAR)
        directions = np.zeros((cells.shape[1], DEEP + NEAR), np.float32)
        directions[:1280, :DEEP], directions[1280:, DEEP:] = deep, near
        back = np.linalg.pinv(directions).astype(np.float32)
        np.savez(path, mean=cells.mean(0), directions=directions, back=back)
    with np.load(path) as file:
        return Basis(file["mean"], file["directions"], file["back"])


def _directions(cells: Array, kept: int) -> Array:
    spreads, directions = np.linalg.eigh(np.cov(cells, rowvar=False))
    scaled = directions[:, -kept:] / np.sqrt(spreads[-kept:] + 1e-3 * spreads[-1])
    found: Array = scaled.astype(np.float32)
    return found


def draw_part(folder: Path, number: int) -> None:
    """Draws and reads the pictures of one part, if that isn't done yet."""
    path = folder / f"part{number:04}"
    if path.with_suffix(".npz").exists():
        return
    reader, into = Reader(), basis(folder)
    names = sorted(set(objects().values()))
    maps = np.zeros((PART, CELLS, DEEP + NEAR), np.float16)
    means, facts, spots = [], [], []
    numbers = range(number * PART, (number + 1) * PART)
    for n, example in enumerate(examples(numbers, seed=0, parts=CLOSER)):
        features = reader.map(example.picture, FINE_CELLS if example.place else PART_CELLS)
        cells = into.project(features)
        maps[n, : len(cells)] = cells
        means.append(cells.astype(np.float32).mean(0))
        facts.append((
            *features.shape[1:], _PLACES.index(example.place), TIMES.index(example.time),
            _STYLES.index(example.style),
        ))  # fmt: skip
        spots += [
            (n, names.index(s.name), s.x, s.y, s.width, s.height, s.main) for s in example.spots
        ]
    np.save(path.with_suffix(".npy"), maps)
    np.savez(
        path, means=means, facts=facts, spots=np.array(spots, np.float32),
        names=names, styles=_STYLES, places=_PLACES,
    )  # fmt: skip


@dataclass
class Drawn:
    """Feature maps and what they show.

    Attributes:
        parts: Maps on disk, each (PART, CELLS, DEEP + NEAR).
        facts: Of each picture: rows and columns of its map, place, time, style.
        spots: Of each drawing: picture, name, x, y, width, height, whether it is the main one.
        means: Of each map's cells.
    """

    parts: list[NDArray[np.float16]]
    facts: NDArray[np.int64]
    spots: Array
    means: Array

    def maps(self, pictures: NDArray[np.int64]) -> NDArray[np.float16]:
        """The maps of some pictures."""
        return np.stack([self.parts[n // PART][n % PART] for n in pictures])


def draw(folder: Path, pictures: int, minutes: float, processes: int) -> Drawn:
    """Draws and reads pictures into a folder until they are enough or time is up."""
    basis(folder)
    end = time.monotonic() + 60 * minutes
    todo = -(-pictures // PART)
    with ProcessPoolExecutor(processes, get_context("spawn")) as pool:
        jobs = [pool.submit(draw_part, folder, number) for number in range(todo)]
        for done, job in enumerate(as_completed(jobs), 1):
            job.result()
            _LOG.info("part %d of %d drawn", done, todo)
            if time.monotonic() > end:
                pool.shutdown(cancel_futures=True)
                break
    return load(folder)


def _numbered(file: dict[str, Array], number: int, names: list[str]) -> Array:
    """A part's spots with the numbers that its pictures and names have among all now."""
    spots = file["spots"].reshape(-1, 7).copy()
    words = [str(name) for name in file["names"]]
    now = np.array([names.index(word) if word in names else -1 for word in words])
    spots[:, 0] += PART * number
    spots[:, 1] = now[spots[:, 1].astype(int)]
    return spots[spots[:, 1] >= 0]


def _known(file: dict[str, Array]) -> NDArray[np.int64]:
    """A part's facts with the numbers that its places and styles have now."""
    facts = file["facts"].astype(np.int64)
    for column, words, now in ((2, file["places"], _PLACES), (4, file["styles"], _STYLES)):
        numbers = np.array([now.index(word) if word in now else len(now) - 1 for word in words])
        facts[:, column] = numbers[facts[:, column]]
    return facts


def load(folder: Path) -> Drawn:
    """All that is in a folder."""
    paths, names = sorted(folder.glob("part*.npz")), sorted(set(objects().values()))
    files = [dict(np.load(path)) for path in paths]
    spots = [_numbered(file, number, names) for number, file in enumerate(files)]
    return Drawn(
        [np.load(path.with_suffix(".npy"), mmap_mode="r") for path in paths],
        np.concatenate([_known(file) for file in files]),
        np.concatenate(spots).astype(np.float32),
        np.concatenate([file["means"] for file in files]),
    )
