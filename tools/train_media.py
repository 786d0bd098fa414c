"""Trains the heads by which the describer tells what sort of picture it sees.

Gather folders of examples, one for each word, some hundred pictures each, and run one of

    python -m tools.train_media media PICTURES
    python -m tools.train_media photo PICTURES
    python -m tools.train_media switch PICTURES

With `--correct` the head in use is corrected by the pictures rather than made anew: few real ones
are enough.

The media head tells photos from paintings, charts, logos and the like: its folders are named as
media are said ("photo", "line drawing", "sheet music", …), and "illustration" is drawn here. The
photo head gives rooms and children their own probability; its folders "adult" and "other" are
examples of none. The switch tells the illustrator's drawings in all styles, made here too, from
everything else: the media head's folders. Graphics are read as a whole and cut closer. Four fifths
of the files are learned from and the rest is told apart, which is printed; then the head is fitted
to all and written to the data folder. Two cores take about ten minutes; torch is among the tests'
requirements.

The media head in use was fitted to 1,900 photos (ImageNet samples, Flickr8k, BSDS500, Kodak, test
pictures of vision libraries), 240 paintings and stylized pictures, 50 film posters, 300 screenshots
(manuals, web pages), 290 logos (SVGs, rendered), 60 maps (Cartopy's tests), 270 cartoons, 250
drawings traced from photos, a few pages of handwriting, and 1,900 charts (matplotlib), diagrams,
tables, codes, pages of text and of music, nearly all drawn at random by scripts. The photo head:
630 rooms and houses (github.com/emanhamed/Houses-dataset), 700 photos of people from Flickr8k with
and without words for children in their captions, 940 others. Nothing of them is in the project.

It was corrected by 1,500 pictures of about 120 public repositories (1,040 photos, 480 screenshots,
diagrams, charts, logos, paintings, tables, pages and others), named by eye. Measured on
repositories that a fit has not seen, it then tells 79 % of diagrams rather than 26 %.

The switch in use was fitted to 3,900 drawings and, of the files that are named above, to 1,200
photos, 700 paintings with cuts of them, and 2,400 others.

Each file holds: W, b (words x 1280), names.
"""

import argparse
import logging
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

from describe_draw.engines.builtin.describer.media import DRAWN, PHOTO
from describe_draw.engines.builtin.describer.networks import Networks
from describe_draw.engines.builtin.tables import DATA
from tools.head_data import examples
from tools.layers import fit_layer

Array = NDArray[np.float32]

FOLDS = 5
FILES = {"switch": "illustration_switch.npz"}
CUTS = (0.0, 0.08)
"""What is cut off graphics on each side: a picture's edge tells nothing of its medium."""
DRAWINGS = {"media": 350, "switch": 2500, "photo": 0}
Loss = Callable[..., torch.Tensor]
LEARNING: dict[str, tuple[Loss, float]] = {
    "media": (cross_entropy, 0.07),  # one of them
    "photo": (binary_cross_entropy_with_logits, 0.03),  # each for itself
    "switch": (binary_cross_entropy_with_logits, 0.02),
}
NEAR = 0.3  # how much a layer that is corrected stays as it is
NONE = ("adult", "other")
STEPS = 200
_LOG = logging.getLogger("train_media")


def pictures(folder: Path, cuts: tuple[float, ...]) -> Iterator[tuple[str, str, Image.Image]]:
    """Every example: its folder's name, its file's name, and the picture, whole and cut."""
    for path in sorted(folder.glob("*/*")):
        with Image.open(path) as file:
            picture = file.convert("RGB")
        width, height = picture.size
        for cut in CUTS[:1] if path.parent.name == PHOTO else cuts:
            box = (cut * width, cut * height, (1 - cut) * width, (1 - cut) * height)
            yield path.parent.name, path.name, picture.crop(box)


def drawings(number: int) -> Iterator[tuple[str, str, Image.Image]]:
    """The illustrator's own."""
    for n, example in enumerate(examples(range(number), seed=77)):
        yield DRAWN, str(n), example.picture


def fit(
    features: Array, goals: torch.Tensor, head: str, start: tuple[Array, Array] | None
) -> tuple[Array, Array]:
    """A linear layer by logistic regression: weights (words x features), and biases.

    Where it starts from a layer, it stays near that.
    """
    known = torch.from_numpy(features @ start[0].T + start[1]) if start else torch.zeros(())
    loss_of, decay = LEARNING[head]
    weights, biases = fit_layer(
        features,
        goals.shape[1],
        lambda scores: loss_of(known + scores, goals),
        NEAR if start else decay,
        STEPS,
    )
    return (weights + start[0], biases + start[1]) if start else (weights, biases)


def report(scores: Array, goals: Array, names: list[str]) -> None:
    """Logs how many examples of each word were told right, and what the others were taken for."""
    least = -np.inf if goals.any(1).all() else 0.0
    told = np.where(scores.max(1) > least, scores.argmax(1), len(names))
    truth = np.where(goals.any(1), goals.argmax(1), len(names))
    every = [*names, "none"]
    for number, name in enumerate(every):
        taken = np.bincount(told[truth == number], minlength=len(every))
        wrong = {
            every[i]: int(taken[i]) for i in np.argsort(-taken)[:4] if i != number and taken[i]
        }
        _LOG.info("%s: %d of %d, else %s", name, taken[number], taken.sum(), wrong)


def main() -> None:
    """Reads the examples, measures, fits and writes a head."""
    parser = argparse.ArgumentParser(description="Trains a head on folders of examples.")
    parser.add_argument("head", choices=sorted(LEARNING))
    parser.add_argument("pictures", type=Path, help="a folder with one folder for each word")
    parser.add_argument("--correct", action="store_true", help="go on from the head in use")
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    networks = Networks()
    found = pictures(given.pictures, CUTS[:1] if given.head == "photo" else CUTS)
    found = chain(found, drawings(DRAWINGS[given.head]))
    read = [(name, file, networks.whole(picture).features) for name, file, picture in found]
    every = sorted({name for name, *_ in read})
    names = [name for name in every if given.head == "media" or name not in NONE]
    names = [DRAWN] if given.head == "switch" else names
    path, start = DATA / FILES.get(given.head, f"{given.head}_head.npz"), None
    if given.correct:
        with np.load(path) as head:
            start, names = (head["W"].astype(np.float32), head["b"]), head["names"].tolist()
    features = np.stack([row for *_, row in read])
    goals = np.array([[name == own for own in names] for name, *_ in read], np.float32)
    files = sorted({(name, file) for name, file, _ in read})
    fold = {key: number % FOLDS for number, key in enumerate(files)}
    kept = np.array([fold[name, file] == 0 for name, file, _ in read])
    weights, biases = fit(features[~kept], torch.from_numpy(goals[~kept]), given.head, start)
    report(features[kept] @ weights.T + biases, goals[kept], names)
    weights, biases = fit(features, torch.from_numpy(goals), given.head, start)
    np.savez_compressed(
        path,
        W=weights.astype(np.float16),
        b=biases.astype(np.float32),
        names=np.array(names),
    )


if __name__ == "__main__":
    main()
