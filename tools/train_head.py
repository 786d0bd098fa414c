"""Trains the head through which the describer reads the illustrator's pictures.

Run `python -m tools.train_head` after any change to art or painting: it draws pictures with known
contents, takes the classifier's feature maps, fits a linear layer by Adam in NumPy, checks it on
layouts that it has not seen, and writes data/illustration_head.npz. Two cores take about ten
minutes.

The file holds: W, b (names x 1280: what is in each cell of the map); Ws, bs (place and time of
day, from the map's mean); names, SC, TD (their words); fingerprint (of what the pictures were
made from). How it is read: cell scores z = W @ map + b; a picture's score of a name is the
log-sum-exp of 2 z over the cells, halved, less log(4) / 2.
"""

import argparse
import logging
from collections.abc import Iterable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from tools.head_data import HEAD, PLACES, TIMES, Reader, examples, fingerprint, objects

Array = NDArray[np.float32]

CELLS = 80  # of the largest map, 10 x 7, filled up with copies of the first cell
BATCH = 64
DIRECTIONS = 384
RATE = 6e-3
NOTHING = 1e-10  # smaller gradients end as denormal numbers, which are very slow
_LOG = logging.getLogger("train_head")


@dataclass
class Examples:
    """Feature maps and what they show.

    Attributes:
        maps: (n, CELLS, 1280), half precision.
        shown: (n, names): 1 where the name is in the picture.
        cells: For each picture, pairs of a cell and the name whose middle lies in it.
        counts: For each picture, name → how many.
        places: Index of the place.
        times: Index of the time of day.
        shapes: Rows and columns of each map.
    """

    maps: NDArray[np.float16]
    shown: Array
    cells: list[list[tuple[int, int]]]
    counts: list[dict[str, int]]
    places: NDArray[np.int64]
    times: NDArray[np.int64]
    shapes: list[tuple[int, int]]


def draw(count: int, seed: int, names: list[str], single: bool = False) -> Examples:
    """Draws and reads pictures."""
    reader = Reader()
    maps = np.zeros((count, CELLS, 1280), np.float16)
    shown = np.zeros((count, len(names)), np.float32)
    cells: list[list[tuple[int, int]]] = []
    counts, places, times, shapes = [], [], [], []
    for n, example in enumerate(examples(count, seed, single)):
        features = reader.map(example.picture)
        _, down, across = features.shape
        flat = features.reshape(1280, -1).T
        maps[n, : len(flat)], maps[n, len(flat) :] = flat, flat[0]
        for name in example.names:
            shown[n, names.index(name)] = 1
        cells.append(
            [
                (min(down - 1, int(y * down)) * across + min(across - 1, int(x * across)),
                 names.index(name))
                for name, x, y in example.spots
            ]
        )  # fmt: skip
        counts.append(example.names)
        places.append(example.place)
        times.append(example.time)
        shapes.append((down, across))
    return Examples(maps, shown, cells, counts, np.array(places), np.array(times), shapes)


def join(parts: Iterable[Examples]) -> Examples:
    all_ = list(parts)
    return Examples(
        np.concatenate([part.maps for part in all_]),
        np.concatenate([part.shown for part in all_]),
        [cells for part in all_ for cells in part.cells],
        [counts for part in all_ for counts in part.counts],
        np.concatenate([part.places for part in all_]),
        np.concatenate([part.times for part in all_]),
        [shape for part in all_ for shape in part.shapes],
    )


class Adam:
    """Adam with decoupled weight decay, on a list of arrays."""

    def __init__(self, weights: list[Array]) -> None:
        self.weights = weights
        self._mean = [np.zeros_like(one) for one in weights]
        self._square = [np.zeros_like(one) for one in weights]
        self._steps = 0

    def step(self, gradients: list[Array], rate: float, decay: float = 1e-3) -> None:
        self._steps += 1
        fix = np.sqrt(1 - 0.999**self._steps) / (1 - 0.9**self._steps)
        for n, gradient in enumerate(gradients):
            self._mean[n] += 0.1 * (gradient - self._mean[n])
            self._square[n] += 0.001 * (gradient * gradient - self._square[n])
            move = fix * self._mean[n] / (np.sqrt(self._square[n]) + 1e-8)
            self.weights[n] -= rate * (move + decay * self.weights[n])


def principal(maps: NDArray[np.float16]) -> tuple[Array, Array]:
    """The mean cell and the directions in which cells differ most, scaled to unit spread.

    In these the layer has a third of the weights and learns several times as fast.
    """
    rng = np.random.default_rng(0)
    some = maps[rng.choice(len(maps), min(len(maps), 600), replace=False)]
    cells = some.reshape(-1, 1280)[::2].astype(np.float32)
    mean = cells.mean(0)
    spreads, directions = np.linalg.eigh(np.cov(cells, rowvar=False))
    kept = slice(-DIRECTIONS, None)
    scaled = directions[:, kept] / np.sqrt(spreads[kept] + 1e-3)
    return mean, scaled.T.astype(np.float32)


def train(data: Examples, epochs: int) -> list[Array]:
    """Fits W, b, Ws, bs."""
    mean, basis = principal(data.maps)
    maps = np.empty((*data.maps.shape[:2], len(basis)), np.float16)
    for n in range(0, len(maps), BATCH):
        maps[n : n + BATCH] = (data.maps[n : n + BATCH].astype(np.float32) - mean) @ basis.T
    weights = fit(replace(data, maps=maps), epochs)
    for n in (0, 2):  # back to the map's own channels
        weights[n] = weights[n] @ basis
        weights[n + 1] = weights[n + 1] - weights[n] @ mean
    return weights


def fit(data: Examples, epochs: int) -> list[Array]:
    """The weights by Adam, in the maps' last dimension."""
    names, labels = data.shown.shape[1], len(PLACES) + len(TIMES)
    rng = np.random.default_rng(0)
    weights: list[Array] = [
        rng.normal(0, 0.01, (names, data.maps.shape[2])).astype(np.float32),
        np.full(names, -6, np.float32),
        np.zeros((labels, data.maps.shape[2]), np.float32),
        np.zeros(labels, np.float32),
    ]
    adam, count = Adam(weights), len(data.maps)
    total = epochs * -(-count // BATCH)
    step = 0
    for epoch in range(epochs):
        order, loss = rng.permutation(count), 0.0
        for start in range(0, count, BATCH):
            part, gradients = gradient(weights, data, order[start : start + BATCH])
            loss += part
            warm = min(1.0, 10 * step / total)
            adam.step(gradients, RATE * warm * (0.02 + 0.98 * (1 - step / total)))
            step += 1
        _LOG.info("epoch %d of %d, loss %.3f", epoch + 1, epochs, loss * BATCH / count)
    return weights


def gradient(
    weights: list[Array], data: Examples, chosen: NDArray[np.int64]
) -> tuple[float, list[Array]]:
    """The loss of some pictures and its gradient by W, b, Ws, bs."""
    w, b, ws, bs = weights
    x = data.maps[chosen].astype(np.float32)
    z = x @ w.T + b  # picture, cell, name
    top = z.max(1, keepdims=True)
    e = np.exp(np.maximum(2 * (z - top), -40))
    sums = e.sum(1, keepdims=True)
    pooled = (top + np.log(sums) / 2 - np.log(4) / 2)[:, 0]
    y = data.shown[chosen]
    likely = 1 / (1 + np.exp(-np.clip(pooled, -40, 40)))
    scale = 1 / (4 * len(chosen))
    weight = np.where(y > 0, 3, 1) * scale
    loss = float((weight * -np.log(np.where(y > 0, likely, 1 - likely) + 1e-7)).sum())
    dz = (weight * (likely - y))[:, None] * e / sums
    # A name also belongs in the very cells where its drawings' middles are, so that the peaks
    # can be counted.
    for n, index in enumerate(chosen):
        for cell, name in data.cells[index]:
            missing = 1 / (1 + np.exp(np.clip(z[n, cell, name], -40, 40)))
            dz[n, cell, name] -= 1.5 * missing * scale
            loss += float(-np.log(1 - missing + 1e-7)) * 1.5 * scale
    dz[np.abs(dz) < NOTHING] = 0
    flat_x, flat_dz = x.reshape(-1, x.shape[2]), dz.reshape(-1, dz.shape[2])
    mean = x.mean(1)
    q = mean @ ws.T + bs
    dq = np.zeros_like(q)
    for left, right, goal in (
        (0, len(PLACES), data.places),
        (len(PLACES), q.shape[1], data.times),
    ):
        part = np.exp(q[:, left:right] - q[:, left:right].max(1, keepdims=True))
        part /= part.sum(1, keepdims=True)
        rows = np.arange(len(chosen))
        loss += float(-np.log(part[rows, goal[chosen]] + 1e-7).mean())
        part[rows, goal[chosen]] -= 1
        dq[:, left:right] = part / len(chosen)
    return loss, [flat_dz.T @ flat_x, flat_dz.sum(0), dq.T @ mean, dq.sum(0)]


def peaks(scores: Array) -> int:
    """How many separate maxima a name's scores (rows, columns) have."""
    best = scores.max()
    least = max(-1.0, best - 2.5) if best > 0 else best - 1
    padded = np.pad(scores, 1, constant_values=-np.inf)
    rows, columns = scores.shape
    around = np.max(
        [padded[dy : dy + rows, dx : dx + columns] for dy in range(3) for dx in range(3)], axis=0
    )
    return int(((scores >= around) & (scores > least)).sum())


def check(weights: list[Array], data: Examples, names: list[str]) -> dict[str, float]:
    """Shares that are right, on pictures of one kind of thing."""
    w, b, ws, bs = weights
    named = counted = several = placed = timed = 0
    for n, features in enumerate(data.maps.astype(np.float32)):
        rows, columns = data.shapes[n]
        z = features[: rows * columns] @ w.T + b
        pooled = np.log(np.exp(np.clip(2 * z, -40, 40)).sum(0)) / 2
        best = int(pooled.argmax())
        right = names[best] in data.counts[n]
        named += right
        how_many = data.counts[n].get(names[best], 0)
        if how_many > 1:
            several += 1
            counted += peaks(z[:, best].reshape(rows, columns)) == how_many
        q = ws @ features[: rows * columns].mean(0) + bs
        placed += int(q[: len(PLACES)].argmax()) == data.places[n]
        timed += int(q[len(PLACES) :].argmax()) == data.times[n]
    total = len(data.maps)
    return {
        "name": named / total,
        "count of several": counted / max(1, several),
        "place": placed / total,
        "time": timed / total,
    }


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pictures", type=int, default=4000)
    parser.add_argument("--epochs", type=int, default=12)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    names, made_from = sorted(set(objects().values())), fingerprint()
    parts = 2 * options.processes
    each = options.pictures // parts
    with ProcessPoolExecutor(options.processes) as pool:
        data = join(pool.map(draw, [each] * parts, range(parts), [names] * parts))
    _LOG.info("%d pictures of %d names drawn", len(data.maps), len(names))
    weights = train(data, options.epochs)
    unseen = draw(400, 1000, names, single=True)
    _LOG.info("unseen layouts: %s", check(weights, unseen, names))
    w, b, ws, bs = weights
    np.savez_compressed(
        HEAD,
        W=w.astype(np.float16),
        b=b,
        Ws=ws.astype(np.float16),
        bs=bs,
        names=np.array(names),
        SC=np.array(list(PLACES.values())),
        TD=np.array(TIMES),
        fingerprint=np.array(made_from),
    )
    _LOG.info("%s: %.0f KB", HEAD.name, HEAD.stat().st_size / 1024)


if __name__ == "__main__":
    main()
