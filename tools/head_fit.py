"""The layers of the head that reads illustrations, and how they learn.

Cells learn as in CenterNet (Zhou et al. 2019, arXiv 1904.07850): each drawing's middle is one cell,
cells nearby count less against it, all others are background, by focal loss. So a name's peaks can
be counted. Beside the names, a cell with a middle answers whether the picture is about what is
there, and how large that is.
"""

import logging
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn
from torch.nn.functional import (
    binary_cross_entropy_with_logits,
    cross_entropy,
    dropout,
    softplus,
)

from tools.head_cache import Drawn
from tools.head_words import KINDS, MEDIA, PLACES, STYLED, TIMES

Array = NDArray[np.float32]

HIDDEN = 256
MAIN, WIDTH, HEIGHT = 0, 1, 2  # what a cell answers beside the names
_BATCH, _ELSEWHERE = 32, 32  # pictures a step, and cells of each that are background
_RATE, _DECAY = 1e-3, 1e-2
_ABOUT = 0.3  # how much what only stands about counts
_NEAR, _NEARER = 0.05, 0.4  # how near cells count less against a drawing, and one that stands about
_DROPPED, _HIDDEN_DROPPED = 0.1, 0.2
"""What each step leaves out: without, more rounds make the layers read unseen pictures worse."""
_LOG = logging.getLogger("train_head")


class Cells(nn.Module):  # type: ignore[misc]
    """A straight layer and one with a hidden layer, added."""

    def __init__(self, channels: int, answers: int, hidden: int = HIDDEN) -> None:
        super().__init__()
        self.straight = nn.Linear(channels, answers)
        self.first = nn.Linear(channels, hidden)
        self.second = nn.Linear(hidden, answers, bias=False)
        nn.init.constant_(self.straight.bias, -4.5)
        nn.init.zeros_(self.second.weight)

    def forward(self, cells: torch.Tensor) -> torch.Tensor:
        cells = dropout(cells, _DROPPED, self.training)
        hidden = dropout(torch.relu(self.first(cells)), _HIDDEN_DROPPED, self.training)
        answers: torch.Tensor = self.straight(cells) + self.second(hidden)
        return answers


@dataclass
class Goal:
    """What one picture's cells should answer.

    Attributes:
        near: Cell and name, for cells near the middle of such a drawing.
        against: How much each of these counts against the name, 0 at the middle to 1 far off.
        middles: Cell and name, for the cells with such a middle.
        shapes: Main, width and height of each of these.
    """

    near: NDArray[np.int64]
    against: Array
    middles: NDArray[np.int64]
    shapes: Array


def goals(data: Drawn) -> Iterator[Goal]:
    """What each picture's map should answer."""
    order = np.argsort(data.spots[:, 0], kind="stable")
    ends = np.searchsorted(data.spots[order, 0], np.arange(len(data.facts) + 1))
    for n, (rows, columns, *_) in enumerate(data.facts.tolist()):
        yield _goal(rows, columns, data.spots[order[ends[n] : ends[n + 1]]])


def _goal(rows: int, columns: int, spots: Array) -> Goal:
    bumps: dict[int, Array] = {}
    middles: dict[tuple[int, int], tuple[float, float, float]] = {}
    for _, name, x, y, width, height, main in spots.tolist():
        across = (np.arange(columns) + 0.5 - x * columns) / max(0.6, width * columns / 5)
        down = (np.arange(rows) + 0.5 - y * rows) / max(0.6, height * rows / 5)
        bump = np.exp(-(down[:, None] ** 2 + across**2) / 2).ravel()
        bumps[int(name)] = np.maximum(bumps.get(int(name), 0), bump)
        row, column = min(rows - 1, int(y * rows)), min(columns - 1, int(x * columns))
        middles[row * columns + column, int(name)] = main, np.log(width), np.log(height)
    asked = {int(name) for _, name, *_, main in spots.tolist() if main}
    near = [
        (cell, name)
        for name in bumps
        for cell in np.flatnonzero(bumps[name] > (_NEAR if name in asked else _NEARER))
    ]
    against = [(1 - bumps[name][cell]) ** 4 for cell, name in near]
    return Goal(
        np.array(near, np.int64).reshape(-1, 2),
        np.array(against, np.float32),
        np.array(list(middles), np.int64).reshape(-1, 2),
        np.array(list(middles.values()), np.float32).reshape(-1, 3),
    )


def fit_cells(
    data: Drawn, pictures: NDArray[np.int64], layers: Cells, names: int, epochs: int
) -> None:
    """Trains what answers for each cell."""
    rng = np.random.default_rng(0)
    wanted = list(goals(data))

    def loss(chosen: NDArray[np.int64]) -> torch.Tensor:
        maps = data.maps(chosen)
        picked, weights, rows_of = [], [], []
        start = 0
        for n, picture in enumerate(chosen):
            cells = int(data.facts[picture, 0] * data.facts[picture, 1])
            near = np.unique(wanted[picture].near[:, 0])
            others = np.setdiff1d(np.arange(cells), near)
            some = rng.choice(others, min(_ELSEWHERE, len(others)), replace=False)
            used = np.concatenate([near, some])
            row_of = np.full(cells, -1)
            row_of[used] = start + np.arange(len(used))
            start += len(used)
            picked.append(maps[n, used])
            weights += [1.0] * len(near) + [len(others) / max(1, len(some))] * len(some)
            rows_of.append(row_of)
        scores = layers(torch.from_numpy(np.concatenate(picked).astype(np.float32)))
        against = torch.tensor(weights)[:, None].repeat(1, names)
        return _focal(scores, against, [wanted[n] for n in chosen], rows_of, names)

    layers.load_state_dict(_fit(layers, loss, pictures, epochs, _RATE, _DECAY, _BATCH))


def _focal(
    scores: torch.Tensor, against: torch.Tensor, of: list[Goal], rows_of: list[Array], names: int
) -> torch.Tensor:
    """CenterNet's loss of scores (cells, names and more), for each drawing."""
    rows, columns, shapes = [], [], []
    for goal, row_of in zip(of, rows_of, strict=True):
        near = row_of[goal.near[:, 0]]
        against[near, goal.near[:, 1]] = torch.from_numpy(goal.against)
        against[row_of[goal.middles[:, 0]], goal.middles[:, 1]] = 0
        rows.append(row_of[goal.middles[:, 0]])
        columns.append(goal.middles[:, 1])
        shapes.append(goal.shapes)
    at, name, shape = np.concatenate(rows), np.concatenate(columns), np.concatenate(shapes)
    told, more = scores[:, :names], scores[at, names:]
    middles, shape_ = told[at, name], torch.from_numpy(shape)
    weight = torch.where(shape_[:, MAIN] > 0, 1.0, _ABOUT)
    missed = (weight * torch.sigmoid(-middles) ** 2 * softplus(-middles)).sum()
    mistaken = (against * torch.sigmoid(told) ** 2 * softplus(told)).sum()
    main = binary_cross_entropy_with_logits(more[:, MAIN], shape_[:, MAIN])
    size = (more[:, WIDTH:] - shape_[:, WIDTH:]).abs().mean()
    return (missed + mistaken) / weight.sum() + 0.5 * main + 0.3 * size


def fit_scenes(data: Drawn, pictures: NDArray[np.int64]) -> nn.Linear:
    """The layer of places, times and styles, which answers for a map's mean."""
    kinds = torch.tensor([KINDS.index(MEDIA[style]) for style in ("plain", *STYLED)])
    counts = len(PLACES), len(TIMES), len(KINDS)
    places, times, styles = torch.from_numpy(data.facts[:, 2:].T.copy())
    layer, inputs = nn.Linear(data.means.shape[1], sum(counts)), torch.from_numpy(data.means)

    def loss(chosen: NDArray[np.int64]) -> torch.Tensor:
        where, when, how = layer(inputs[chosen]).split(counts, 1)
        wanted = cross_entropy(where, places[chosen]) + cross_entropy(when, times[chosen])
        return wanted + cross_entropy(how, kinds[styles[chosen]])

    whole = pictures[data.facts[pictures, 2] < len(PLACES)]
    _fit(layer, loss, whole, 40, 1e-2, 0.3, 256)
    return layer


def _fit(
    layers: nn.Module,
    loss_of: Callable[[NDArray[np.int64]], torch.Tensor],
    pictures: NDArray[np.int64],
    epochs: int,
    rate: float,
    decay: float,
    batch: int,
) -> dict[str, torch.Tensor]:
    """Trains layers by the loss of batches of pictures, given by their numbers.

    Returns:
        The mean of the weights after each epoch of the later half.
    """
    optimizer = torch.optim.AdamW(layers.parameters(), lr=rate, weight_decay=decay)
    steps = epochs * -(-len(pictures) // batch)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, rate, steps, pct_start=0.1)
    rng = np.random.default_rng(0)
    kept: list[dict[str, torch.Tensor]] = []
    for epoch in range(epochs):
        total = 0.0
        order = rng.permutation(pictures)
        for at in range(0, len(order), batch):
            chosen = order[at : at + batch]
            loss = loss_of(chosen)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
            total += float(loss.detach()) * len(chosen)
        if 2 * epoch + 1 >= epochs:
            kept.append(deepcopy(layers.state_dict()))
        _LOG.info("epoch %d of %d, loss %.3f", epoch + 1, epochs, total / len(order))
    return {key: sum(one[key] for one in kept) / len(kept) for key in kept[-1]}
