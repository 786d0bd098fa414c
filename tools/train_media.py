"""Trains the head by which the describer tells photos, its own drawings and other pictures apart.

    python -m tools.train_head --folder DRAWN
    python -m tools.train_media --folder DRAWN PICTURES

PICTURES has a folder for each medium: photo, painting, cartoon, chart, diagram, "line drawing",
logo, map, "page of text", screenshot. Those that the head was made with are public, but not
the project's to give. Illustrations are the drawings that the reading head learned
from. A fifth of all is held back to say what comes out right.
"""

import argparse
import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from PIL import Image
from torch.nn.functional import cross_entropy

from describe_draw.engines.builtin.describer.media import DRAWN, PHOTO
from tools.head_cache import Reader, load
from tools.head_data import DATA

Array = NDArray[np.float32]

HEAD = DATA / "media_head.npz"
DECAY = 0.01
SOFTLY = 0.05  # added to the features' spread
_LOG = logging.getLogger("train_media")


def read(folder: Path) -> Iterator[tuple[str, Array]]:
    """Each picture's medium and features."""
    reader = Reader()
    for path in sorted(folder.glob("*/*")):
        with Image.open(path) as picture:
            yield path.parent.name, reader.whole(picture.convert("RGB"))


def fit(features: Array, media: list[str]) -> tuple[Array, Array, list[str]]:
    """A layer that answers for each medium: its weights, its bias and the media."""
    torch.manual_seed(0)
    names = sorted(set(media))
    mean, spread = features.mean(0), features.std(0) + SOFTLY
    inputs = torch.from_numpy((features - mean) / spread)
    wanted = torch.tensor([names.index(medium) for medium in media])
    layer = torch.nn.Linear(inputs.shape[1], len(names))
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=80, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = cross_entropy(layer(inputs), wanted) + DECAY * layer.weight.square().sum() / 2
        value.backward()
        return value

    optimizer.step(loss)
    weights = layer.weight.detach().numpy() / spread
    return weights, layer.bias.detach().numpy() - weights @ mean, names


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("pictures", type=Path)
    parser.add_argument("--folder", type=Path, required=True)
    options = parser.parse_args()
    media, features = zip(*read(options.pictures), strict=True)
    drawn = load(options.folder).wholes
    everything = np.concatenate([np.stack(features), drawn])
    words = [*media, *[DRAWN] * len(drawn)]
    _report(everything, words)
    weights, bias, names = fit(everything, words)
    np.savez_compressed(
        HEAD, W=weights.astype(np.float16), b=bias.astype(np.float32), names=np.array(names)
    )


def _report(features: Array, media: list[str]) -> None:
    held = np.arange(len(media)) % 5 == 4
    weights, bias, names = fit(
        features[~held], [m for m, out in zip(media, held, strict=True) if not out]
    )
    said = np.array(names)[(features[held] @ weights.T + bias).argmax(1)]
    told = np.array(media)[held]
    for medium in names:
        _LOG.info("%s: %.0f %% right", medium, 100 * (said[told == medium] == medium).mean())
    _LOG.info("photos called drawings: %.1f %%", 100 * (said[told == PHOTO] == DRAWN).mean())


if __name__ == "__main__":
    main()
