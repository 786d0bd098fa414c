"""Trains the head through which the describer reads the illustrator's pictures.

Run `python -m tools.train_head` when the head's measured score has fallen
(tests/unit/test_head_reads_drawings.py), or after words were added: it draws pictures with known
contents, takes the classifier's feature maps, fits two linear layers, has the describer read
layouts that it has not seen, and writes data/illustration_head.npz. Two cores take about half an
hour; torch is among the tests' requirements.

The file holds: W, b (names x 1280: what has its middle in a cell of the map); Ws, bs (place and
time of day, from the map's mean); names, SC, TD (their words). The layer learns as CenterNet does
(Zhou et al. 2019, arXiv 1904.07850): each drawing's middle is one cell, cells nearby count less
against it, all others are background, by focal loss. So a name's peaks can be counted.
"""

import argparse
import logging
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from multiprocessing import get_context

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn.functional import cross_entropy, softplus

from tools.head_data import (
    HEAD,
    PLACES,
    TIMES,
    Reader,
    Spot,
    examples,
    measure,
    objects,
)

Array = NDArray[np.float32]
Shape = tuple[int, int]

CELLS = 340  # of the largest map
DIRECTIONS = 512
BATCH = 32
RATE, DECAY = 2e-3, 1e-2
_LOG = logging.getLogger("train_head")


@dataclass
class Basis:
    """The directions in which cells differ most, scaled to unit spread.

    In these the layers learn several times as fast.

    Attributes:
        mean: Of the cells, (1280,).
        directions: (1280, DIRECTIONS).
    """

    mean: Array
    directions: Array

    def project(self, features: Array) -> Array:
        """A map (1280, rows, columns) as cells (rows x columns, DIRECTIONS)."""
        cells = (features.reshape(1280, -1).T - self.mean) @ self.directions
        return cells.astype(np.float32)


@dataclass
class Drawn:
    """Feature maps and what they show.

    Attributes:
        maps: (n, CELLS, DIRECTIONS), half precision, filled up with zeros.
        shapes: Rows and columns of each map.
        spots: The drawings in each picture.
        places: Index of each picture's place.
        times: Index of each picture's time of day.
    """

    maps: NDArray[np.float16]
    shapes: list[Shape]
    spots: list[tuple[Spot, ...]]
    places: list[int]
    times: list[int]


def basis(pictures: int) -> Basis:
    """Mean and directions from the cells of some pictures."""
    reader = Reader()
    cells = np.concatenate(
        [reader.map(e.picture).reshape(1280, -1).T[::3] for e in examples(range(pictures), seed=-1)]
    )
    spreads, directions = np.linalg.eigh(np.cov(cells, rowvar=False))
    kept = slice(-DIRECTIONS, None)
    scaled = directions[:, kept] / np.sqrt(spreads[kept] + 1e-3)
    return Basis(cells.mean(0), scaled.astype(np.float32))


def draw(numbers: range, into: Basis) -> Drawn:
    """Draws and reads pictures."""
    reader = Reader()
    drawn = Drawn(np.zeros((len(numbers), CELLS, DIRECTIONS), np.float16), [], [], [], [])
    for n, example in enumerate(examples(numbers, seed=0)):
        features = reader.map(example.picture)
        cells = into.project(features)
        drawn.maps[n, : len(cells)] = cells
        drawn.shapes.append((features.shape[1], features.shape[2]))
        drawn.spots.append(example.spots)
        drawn.places.append(example.place)
        drawn.times.append(example.time)
    return drawn


def join(parts: Iterable[Drawn]) -> Drawn:
    """All parts as one."""
    whole = list(parts)
    return Drawn(
        np.concatenate([part.maps for part in whole]),
        *([one for part in whole for one in getattr(part, name)]
          for name in ("shapes", "spots", "places", "times")),
    )  # fmt: skip


@dataclass
class Goal:
    """What one picture's cells should answer.

    Attributes:
        nearby: Cell and name, for cells near the middle of such a drawing.
        against: How much each of these counts against the name, 0 at the middle to 1 far off.
        middles: Cell and name, for the cells with such a middle.
    """

    nearby: NDArray[np.int64]
    against: Array
    middles: NDArray[np.int64]


def goal(shape: Shape, spots: Iterable[Spot], names: list[str]) -> Goal:
    """What a map of this shape should answer to these drawings."""
    rows, columns = shape
    near: dict[int, Array] = {}
    middles = set()
    for spot in spots:
        name = names.index(spot.name)
        across = np.arange(columns) + 0.5 - spot.x * columns
        down = np.arange(rows) + 0.5 - spot.y * rows
        across /= max(0.6, spot.width * columns / 5)
        down /= max(0.6, spot.height * rows / 5)
        bump = np.exp(-(down[:, None] ** 2 + across**2) / 2).ravel()
        near[name] = np.maximum(near.get(name, 0), bump)
        row, column = min(rows - 1, int(spot.y * rows)), min(columns - 1, int(spot.x * columns))
        middles.add((row * columns + column, name))
    pairs = [(cell, name) for name in near for cell in np.flatnonzero(near[name] > 0.05)]
    against = [(1 - near[name][cell]) ** 4 for cell, name in pairs]
    return Goal(np.array(pairs), np.array(against, np.float32), np.array(sorted(middles)))


def fit_things(data: Drawn, names: list[str], epochs: int) -> torch.nn.Linear:
    """The layer of names, which answers for each cell."""
    torch.manual_seed(0)
    goals = [goal(*one, names) for one in zip(data.shapes, data.spots, strict=True)]
    layer = torch.nn.Linear(DIRECTIONS, len(names))
    torch.nn.init.constant_(layer.bias, -4.5)

    def loss(chosen: torch.Tensor) -> torch.Tensor:
        cells = torch.from_numpy(data.maps[chosen].astype(np.float32))
        return focal(layer(cells), [goals[n] for n in chosen], [data.shapes[n] for n in chosen])

    _fit(layer, loss, len(goals), epochs, RATE, DECAY)
    return layer


def fit_scenes(data: Drawn, epochs: int = 40) -> torch.nn.Linear:
    """The layer of places and times, which answers for a map's mean.

    On its own, because it takes many more steps, each of them a thousandth of the other's.
    """
    torch.manual_seed(0)
    sums = [one.astype(np.float32).sum(0) for one in data.maps]
    means = torch.from_numpy(np.stack(sums) / np.prod(data.shapes, 1)[:, None]).float()
    places, times = torch.tensor(data.places), torch.tensor(data.times)
    layer = torch.nn.Linear(DIRECTIONS, len(PLACES) + len(TIMES))

    def loss(chosen: torch.Tensor) -> torch.Tensor:
        where, when = layer(means[chosen]).split((len(PLACES), len(TIMES)), 1)
        return cross_entropy(where, places[chosen]) + cross_entropy(when, times[chosen])

    _fit(layer, loss, len(means), epochs, 1e-2, 0.3, batch=256)
    return layer


def _fit(
    layer: torch.nn.Linear,
    loss_of: Callable[[torch.Tensor], torch.Tensor],
    pictures: int,
    epochs: int,
    rate: float,
    decay: float,
    batch: int = BATCH,
) -> None:
    """Trains a layer by the loss of batches of pictures, given by their numbers."""
    optimizer = torch.optim.AdamW(layer.parameters(), lr=rate, weight_decay=decay)
    steps = epochs * -(-pictures // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps, pct_start=0.1)
    for epoch in range(epochs):
        total = 0.0
        for chosen in torch.randperm(pictures).split(batch):
            loss = loss_of(chosen)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
        _LOG.info("epoch %d of %d, loss %.3f", epoch + 1, epochs, total / pictures)


def focal(scores: torch.Tensor, goals: list[Goal], shapes: list[Shape]) -> torch.Tensor:
    """CenterNet's loss of scores (pictures, cells, names), for each drawing."""
    against = torch.ones_like(scores)
    of_middles = []
    for n, (wanted, (rows, columns)) in enumerate(zip(goals, shapes, strict=True)):
        against[n, wanted.nearby[:, 0], wanted.nearby[:, 1]] = torch.from_numpy(wanted.against)
        against[n, wanted.middles[:, 0], wanted.middles[:, 1]] = 0
        against[n, rows * columns :] = 0
        of_middles.append(scores[n, wanted.middles[:, 0], wanted.middles[:, 1]])
    middles = torch.cat(of_middles)
    missed = (torch.sigmoid(-middles) ** 2 * softplus(-middles)).sum()
    mistaken = (against * torch.sigmoid(scores) ** 2 * softplus(scores)).sum()
    return (missed + mistaken) / len(middles)


def save(layers: Iterable[torch.nn.Linear], into: Basis, names: list[str]) -> None:
    """Writes the layers, for the map's own channels."""
    things, scenes = (_for_channels(layer, into) for layer in layers)
    np.savez_compressed(
        HEAD,
        W=things[0],
        b=things[1],
        Ws=scenes[0],
        bs=scenes[1],
        names=np.array(names),
        SC=np.array(list(PLACES.values())),
        TD=np.array(TIMES),
    )
    _LOG.info("%s: %.0f KB", HEAD.name, HEAD.stat().st_size / 1024)


def _for_channels(layer: torch.nn.Linear, into: Basis) -> tuple[NDArray[np.float16], Array]:
    weight = into.directions @ layer.weight.detach().numpy().T
    bias = layer.bias.detach().numpy() - into.mean @ weight
    return weight.T.astype(np.float16), bias.astype(np.float32)


def _counted(parts: Iterable[Drawn], total: int) -> Iterator[Drawn]:
    for number, part in enumerate(parts, 1):
        _LOG.info("part %d of %d drawn", number, total)
        yield part


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pictures", type=int, default=7500)
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    names = sorted(set(objects().values()))
    into = basis(300)
    parts = [range(at, min(at + 250, options.pictures)) for at in range(0, options.pictures, 250)]
    with ProcessPoolExecutor(options.processes, get_context("spawn")) as pool:
        data = join(_counted(pool.map(draw, parts, repeat(into)), len(parts)))
    _LOG.info("%d pictures of %d names drawn", len(data.maps), len(names))
    layers = fit_things(data, names, options.epochs), fit_scenes(data)
    save(layers, into, names)
    _LOG.info("unseen layouts: %s", measure(400))


if __name__ == "__main__":
    main()
