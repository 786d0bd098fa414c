"""Trains the head through which the describer reads the illustrator's pictures.

Run `python -m tools.train_head` when the head's measured score has fallen
(tests/unit/test_head_reads_drawings.py), or after words were added: it draws pictures with known
contents, takes the classifier's feature maps, fits the layers, has the describer read pictures
that it has not seen, and writes data/illustration_head.npz. It goes on from what the file knows of
the same names, so that some thousand new pictures do; `--anew` forgets that. Drawing ends after
`--minutes`, fitting takes about a minute for a thousand pictures; `--folder` keeps the drawn ones.

The file holds: W, s, b, A, a, V (at each place, s W x + V max(0, A x + a) + b answers for the
names, whether the picture is about what is there, and the logarithms of its width and height as
shares of the picture's); Ws, bs (place, time of day and style, from the map's mean); names, SC, TD,
MD (their words); SW (of each kind of place the wider word); kinds (each name's, the narrowest
first, where that can be told before it can); colours (each name's own, which aren't worth a word).
"""

import argparse
import io
import logging
import tempfile
from pathlib import Path

import numpy as np
import resvg_py
import torch
from numpy.typing import NDArray
from PIL import Image

from describe_draw.engines.builtin.describer.colours import STRONG, colour_indices, shares
from describe_draw.engines.builtin.illustrator.art import drawing
from describe_draw.engines.builtin.illustrator.fragments import document
from describe_draw.engines.builtin.illustrator.frame import INDOORS
from describe_draw.engines.builtin.illustrator.places import looks
from describe_draw.engines.builtin.illustrator.tables import is_a, traits
from tools.head_cache import Basis, basis, draw
from tools.head_data import HEAD, measure
from tools.head_fit import Cells, fit_cells, fit_scenes
from tools.head_words import KINDS, PLACES, TIMES, WORDS, objects

Array = NDArray[np.float32]

_BROWNISH = ("brown", "beige")
MORE = 3  # answers beside the names
_LOG = logging.getLogger("train_head")


def begun(names: list[str], into: Basis, anew: bool) -> Cells:
    """The layers, with what the file knows of the same names."""
    torch.manual_seed(0)
    layers = Cells(into.directions.shape[1], len(names) + MORE)
    if anew or not HEAD.exists():
        return layers
    with np.load(HEAD) as head, torch.no_grad():
        known = {str(name): n for n, name in enumerate(head["names"])}
        here = [n for n, name in enumerate(names) if name in known]
        there = [known[names[n]] for n in here]
        weight, bias = _for_directions(head["W"] * head["s"][:, None], head["b"], into)
        if "A" in head and len(head["A"]) == layers.first.out_features:
            here += [len(names) + n for n in range(MORE)]
            there += [len(known) + n for n in range(MORE)]
            first, first_bias = _for_directions(head["A"], head["a"], into)
            layers.first.weight[:], layers.first.bias[:] = first, first_bias
            layers.second.weight[here] = torch.from_numpy(head["V"].astype(np.float32)[there])
        layers.straight.weight[here], layers.straight.bias[here] = weight[there], bias[there]
    return layers


def _for_directions(weight: Array, bias: Array, into: Basis) -> tuple[torch.Tensor, torch.Tensor]:
    wide = np.zeros((len(weight), len(into.mean)), np.float32)
    wide[:, : weight.shape[1]] = weight
    return torch.from_numpy(wide @ into.back.T), torch.from_numpy(bias + wide @ into.mean)


def _for_channels(layer: torch.nn.Linear, into: Basis) -> tuple[NDArray[np.float16], Array]:
    weight = into.directions @ layer.weight.detach().numpy().T
    bias = layer.bias.detach().numpy() - into.mean @ weight
    return weight.T.astype(np.float16), bias.astype(np.float32)


def save(cells: Cells, scenes: torch.nn.Linear, into: Basis, names: list[str]) -> None:
    """Writes the layers, for the map's own channels."""
    straight, first = _for_channels(cells.straight, into), _for_channels(cells.first, into)
    of_scenes = _for_channels(scenes, into)
    scale = np.abs(straight[0]).max(1).astype(np.float32) / 127
    np.savez_compressed(
        HEAD,
        W=np.round(straight[0] / scale[:, None]).astype(np.int8),
        s=scale,
        b=straight[1],
        A=first[0],
        a=first[1],
        V=cells.second.weight.detach().numpy().astype(np.float16),
        Ws=of_scenes[0],
        bs=of_scenes[1],
        names=np.array(names),
        kinds=np.array([kind(name) for name in names]),
        colours=np.array([natural(name) for name in names]),
        SC=np.array(list(PLACES.values())),
        SW=np.array([(said, wider(place)) for place, said in PLACES.items()]),
        TD=np.array(TIMES),
        MD=np.array(KINDS),
    )
    _LOG.info("%s: %.0f KB", HEAD.name, HEAD.stat().st_size / 1024)


def wider(place: str) -> str:
    """The word for the place that a kind of place is painted as; every room is a room."""
    painted = looks()[place].place if place in looks() else place
    indoors = painted in INDOORS - {"stage", "tabletop"}
    return PLACES.get("room" if indoors else painted, PLACES[place])


def kind(name: str) -> str:
    """The words for what can be told before its name can, the narrowest first."""
    arts = [art for art, word in objects().items() if word == name]
    of_kind = {word: set(of.split(", ")) for word, of in WORDS["kinds"].items()}
    known = traits().kinds.keys()
    return ", ".join(
        word
        for word, of in of_kind.items()
        if name in of or any(is_a(arts[0], one) for one in of & known)
    )


def natural(name: str) -> str:
    """The colours in which a thing is usually drawn, and those next to them; all, of people."""
    arts = [art for art, word in objects().items() if word == name]
    if any(is_a(art, "people") for art in arts):
        return " ".join(STRONG)
    found: set[str] = set()
    for art in arts:
        own = drawing(art)
        svg = document(own.svg, own.width, own.height, 48, 48)
        png = resvg_py.svg_to_bytes(svg_string=svg, width=48, height=48, skip_system_fonts=True)
        pixels = np.asarray(Image.open(io.BytesIO(png)).convert("RGBA")).reshape(-1, 4)
        inked = pixels[pixels[:, 3] > 128][:, :3]
        if len(inked):
            for colour, share in shares(colour_indices(inked)).items():
                found |= _alike(colour) if share > 0.15 else set()
    return " ".join(colour for colour in STRONG if colour in found)


def _alike(colour: str) -> set[str]:
    if colour in _BROWNISH:
        return {"orange", "yellow"}
    if colour not in STRONG:
        return set()
    at = STRONG.index(colour)
    return {STRONG[(at + step) % len(STRONG)] for step in (-1, 0, 1)}


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--pictures", type=int, default=30_000)
    parser.add_argument("--minutes", type=float, default=40)
    parser.add_argument("--epochs", type=int, default=4)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--anew", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        data = draw(folder, options.pictures, options.minutes, options.processes)
        _LOG.info("%d pictures drawn", len(data.facts))
        into, names = basis(folder), sorted(set(objects().values()))
        cells, everything = begun(names, into, options.anew), np.arange(len(data.facts))
        fit_cells(data, everything, cells, len(names), options.epochs)
        save(cells, fit_scenes(data, everything), into, names)
    _LOG.info("unseen pictures: %s", measure(400))


if __name__ == "__main__":
    main()
