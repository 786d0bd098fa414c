"""Trains the head that tells what place a photo was taken at.

    python -m tools.train_places PHOTOS

PHOTOS has a folder of photos for each kind of place, at any depth; tools/places.toml says which
folders show which place. Each tenth photo is judged by a fit to the others; for every place it is
printed how many of them are right from what probability on. Then the head is fitted to all and
written to the data folder. One core takes half an hour; torch is among the tests' requirements.

The head in use was fitted to 30,000 photos of MiniPlaces (300 of each of its 100 kinds of places,
128 x 128 pixels; a part of Places2). Nothing of them is in the project. Of 4,000 others it names
60 % rightly; its probability is 0.8 or more for 31 % of them, of which 90 % are right. It knows
places alone: of an animal in close-up it says nonsense, so the describer hears it only where
surfaces show a room or a view.
"""

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn.functional import cross_entropy

from describe_draw.engines.builtin.describer.networks import Networks
from describe_draw.engines.builtin.describer.runtime import softmax
from describe_draw.engines.builtin.tables import DATA, read_toml
from tools.layers import fit_layer

Array = NDArray[np.float32]
Numbers = NDArray[np.int64]

DECAY, STEPS = 0.005, 80
JUDGED = 10
SURE = (0.6, 0.8, 0.9)
_LOG = logging.getLogger("train_places")


def place_of(path: Path, folders: dict[str, int]) -> int | None:
    """The number of the place that the nearest known folder above a photo stands for."""
    return next((folders[p.name] for p in path.parents if p.name in folders), None)


def fit(features: Array, goals: Numbers, places: int) -> tuple[Array, Array]:
    """A linear layer by softmax regression: weights (places x features), and biases."""
    wanted = torch.from_numpy(goals)
    return fit_layer(features, places, lambda scores: cross_entropy(scores, wanted), DECAY, STEPS)


def report(names: list[str], likely: Array, goals: Numbers) -> None:
    """Logs how often each place is said from some probabilities on, and how often rightly."""
    said, sure = likely.argmax(1), likely.max(1)
    _LOG.info("right: %.3f", (said == goals).mean())
    for number, name in enumerate(names):
        for least in SURE:
            known = (said == number) & (sure >= least)
            right = int((goals[known] == number).sum())
            _LOG.info("%s from %.1f: %d of %d", name, least, right, known.sum())


def main() -> None:
    """Reads the photos, measures, fits and writes the head."""
    parser = argparse.ArgumentParser(description="Trains the head of places.")
    parser.add_argument("photos", type=Path, help="a folder with one folder for each place")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    places = read_toml(str(Path(__file__).with_name("places.toml")))
    names = list(places)
    folders = {folder: i for i, name in enumerate(names) for folder in places[name]}
    networks, features, goals = Networks(), [], []
    for path in sorted(given.photos.rglob("*.jpg")):
        if (number := place_of(path, folders)) is not None:
            with Image.open(path) as file:
                features.append(networks.whole(file.convert("RGB")).features)
            goals.append(number)
    inputs, wanted = np.stack(features).astype(np.float32), np.array(goals)
    judged = np.arange(len(wanted)) % JUDGED == 0
    matrix, bias = fit(inputs[~judged], wanted[~judged], len(names))
    scores = inputs[judged] @ matrix.T + bias
    report(names, np.stack([softmax(row) for row in scores]), wanted[judged])
    matrix, bias = fit(inputs, wanted, len(names))
    np.savez_compressed(
        DATA / "places_head.npz",
        W=matrix.astype(np.float16),
        b=bias.astype(np.float32),
        names=np.array(names),
    )


if __name__ == "__main__":
    main()
