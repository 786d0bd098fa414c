"""Fits a linear layer, for the heads on the classifiers' features."""

from collections.abc import Callable

import numpy as np
import torch
from numpy.typing import NDArray

Array = NDArray[np.float32]


def fit_layer(
    features: Array,
    outputs: int,
    loss_of: Callable[[torch.Tensor], torch.Tensor],
    decay: float,
    steps: int,
) -> tuple[Array, Array]:
    """A linear layer, fitted by L-BFGS: weights (outputs x features), and biases.

    Args:
        features: of each example, (examples x features).
        outputs: how many scores the layer gives each.
        loss_of: the loss of the scores, (examples x outputs).
        decay: how much large weights cost.
        steps: how many it takes at most.
    """
    mean, spread = features.mean(0), features.std(0) + 0.05
    inputs = torch.from_numpy((features - mean) / spread)
    layer = torch.nn.Linear(inputs.shape[1], outputs)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    optimizer = torch.optim.LBFGS(layer.parameters(), max_iter=steps, line_search_fn="strong_wolfe")

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        loss = loss_of(layer(inputs)) + decay * layer.weight.square().sum() / 2
        loss.backward()
        return loss

    optimizer.step(closure)
    weights: Array = layer.weight.detach().numpy() / spread
    return weights, layer.bias.detach().numpy() - weights @ mean
