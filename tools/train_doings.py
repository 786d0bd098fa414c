"""Trains the head that tells what people and dogs do in a photo, where they are, and who they are.

    python -m tools.train_doings PHOTOS SENTENCES SPORTS

PHOTOS is a folder of photos, and SENTENCES a file about them: in each line a photo's name, "#", a
number, a tab and a sentence. SPORTS has a folder of photos for each sport. tools/doings.toml says
by what words and folders a photo shows something. Each fifth of the photos is judged by a fit to
the others; for every word it is printed how many are right where nine of ten are, and from what
probability on, among the sentences and among the sports; seeing.toml has thresholds made of that.
Then the head is fitted to all and written to the data folder. Two cores take half an hour; torch
is among the tests' requirements.

The head in use was fitted to 8,084 photos of Flickr8k with five sentences each, and to 9,502
photos of 100 sports (the folders of Kaggle's "100 Sports Image Classification"), all of 224 x 224
pixels. Nothing of them is in the project. From the thresholds in use on, of the doings that fits
say of photos which they have not seen 90 % stand in one of the sentences at least, of the places
92 %, and of sports among the photos of sports 97 %; rare ones are known from those alone. On
photos of COCO that have captions, with which nothing was fitted, 83 of 90 words were borne out by
one; three of the other seven were about photos with nobody in them, where the describer says none.
"""

import argparse
import logging
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn.functional import binary_cross_entropy_with_logits

from describe_draw.engines.builtin.describer.networks import Networks, PhotoClassifier
from describe_draw.engines.builtin.tables import DATA, read_toml
from tools.layers import fit_layer

Array = NDArray[np.float32]

FOLDS, STEPS = 5, 80
DECAY = 0.02
MEANT = 2  # so many sentences say it, or else it may be a slip
SLIP, SPORT = 0.15, 0.35  # what photos count where one sentence says it, and those of sports
RIGHT = 0.9
_LOG = logging.getLogger("train_doings")


def read_sentences(path: Path) -> dict[str, list[str]]:
    """Sentences by the name of their photo."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        name, _, sentence = line.partition("\t")
        sentences[name.partition("#")[0]].append(sentence.lower())
    return sentences


def told(words: Mapping[str, Any], sentences: list[str]) -> tuple[list[float], list[float]]:
    """Whether a photo shows each word by its sentences, and how much that counts."""
    counts = [sum(bool(re.search(row["said"], s)) for s in sentences) for row in words.values()]
    weights = [SLIP if 0 < count < MEANT else 1.0 for count in counts]
    return [float(count >= MEANT) for count in counts], weights


def shown(words: Mapping[str, Any], sport: str) -> tuple[list[float], list[float]]:
    """The same by its sport's folder."""
    goals, weights = [], []
    for row in words.values():
        own, perhaps = sport in row.get("shown", ()), row.get("perhaps", ())
        unclear = not own and (sport in perhaps or "any" in perhaps)
        goals.append(float(own))
        weights.append(0.0 if "shown" not in row or unclear else SPORT)
    return goals, weights


def read_features(networks: Networks, classifier: PhotoClassifier, path: Path) -> Array:
    """Both classifiers' features of a photo, as the describer asks for them."""
    with Image.open(path) as file:
        picture = file.convert("RGB")
    picture.thumbnail((1024, 1024))
    whole = networks.whole(picture)
    features: Array = classifier.read(picture, whole).features
    return features


def fit(features: Array, goals: Array, weights: Array) -> tuple[Array, Array]:
    """A linear layer by logistic regression: weights (words x features), and biases."""
    wanted, counts = torch.from_numpy(goals), torch.from_numpy(weights)

    def loss_of(scores: torch.Tensor) -> torch.Tensor:
        loss = binary_cross_entropy_with_logits(scores, wanted, weight=counts, reduction="sum")
        return loss / len(wanted)

    return fit_layer(features, goals.shape[1], loss_of, DECAY, STEPS)


def judged(features: Array, goals: Array, weights: Array) -> Array:
    """The probabilities that fits to the others give each photo."""
    fold = np.random.default_rng(0).integers(0, FOLDS, len(features))
    likely = np.zeros_like(goals)
    for number in range(FOLDS):
        kept = fold == number
        matrix, bias = fit(features[~kept], goals[~kept], weights[~kept])
        likely[kept] = 1 / (1 + np.exp(-(features[kept] @ matrix.T + bias)))
    return likely


def report(name: str, likely: Array, goals: Array, weights: Array) -> None:
    """Logs from what probability on a word is right in nine of ten, and how often it is."""
    known = weights > 0
    likely, right = likely[known], goals[known] > 0
    order = np.argsort(-likely)
    shares = np.cumsum(right[order]) / np.arange(1, len(order) + 1)
    enough = np.flatnonzero(shares >= RIGHT)
    if len(enough):
        last = int(enough[-1])
        found = int(right[order[: last + 1]].sum())
        _LOG.info("%s: %d of %d from %.2f", name, found, right.sum(), likely[order[last]])


def main() -> None:
    """Reads the photos, measures, fits and writes the head."""
    parser = argparse.ArgumentParser(description="Trains the head of what people do.")
    parser.add_argument("photos", type=Path, help="a folder of photos")
    parser.add_argument("sentences", type=Path, help="what they show")
    parser.add_argument("sports", type=Path, help="a folder with one folder for each sport")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    words = read_toml(str(Path(__file__).with_name("doings.toml")))
    sentences = read_sentences(given.sentences)
    photos = [path for path in sorted(given.photos.iterdir()) if path.name in sentences]
    sports = sorted(given.sports.glob("*/*"))
    known = [told(words, sentences[path.name]) for path in photos]
    known += [shown(words, path.parent.name) for path in sports]
    goals, weights = (np.array(column, np.float32) for column in zip(*known, strict=True))
    networks, classifier = Networks(), PhotoClassifier()
    features = np.stack([read_features(networks, classifier, p) for p in photos + sports])
    likely = judged(features, goals, weights)
    for column, name in enumerate(words):
        for said, part in (("told", slice(len(photos))), ("shown", slice(len(photos), None))):
            rows = likely[part, column], goals[part, column], weights[part, column]
            report(f"{name}, {said}", *rows)
    write(*fit(features, goals, weights), list(words))


def write(matrix: Array, bias: Array, names: list[str]) -> None:
    """Writes the head."""
    np.savez_compressed(
        DATA / "doings_head.npz",
        W=matrix.astype(np.float16),
        b=bias.astype(np.float32),
        names=np.array(names),
    )


if __name__ == "__main__":
    main()
