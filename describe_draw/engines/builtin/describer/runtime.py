"""Runs the networks of the data folder."""

import os
import threading
from typing import Any

import numpy as np
import numpy.typing as npt

from ..tables import DATA

Array = npt.NDArray[np.float32]

_THREADS = 2
_turn = threading.Lock()  # one run at a time: each has all cores and its own memory


class Network:
    """One network, loaded; calls are safe from several threads."""

    def __init__(self, name: str, *, keeps_memory: bool = True) -> None:
        """Loads a network by its file's name.

        Args:
            name: its file in the data folder.
            keeps_memory: whether the memory of a run is kept for the next; that is faster.
        """
        # heavy: only who describes pays for it
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else importing it calls home
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415

        onnxruntime.set_default_logger_severity(3)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        options.inter_op_num_threads = 1
        options.enable_cpu_mem_arena = keeps_memory
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")  # shared cores
        self._session = onnxruntime.InferenceSession(
            str(DATA / name), options, providers=["CPUExecutionProvider"]
        )
        self._input = self._session.get_inputs()[0].name

    def run(self, batch: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
        """All outputs for a batch of one, without its first axis."""
        with _turn:
            outputs = self._session.run(None, {self._input: np.ascontiguousarray(batch)})
        return [output[0] for output in outputs]


def sigmoid(scores: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Probabilities, each by itself."""
    likely: npt.NDArray[Any] = 1 / (1 + np.exp(-np.clip(scores, -40, 40)))
    return likely


def softmax(scores: Array) -> Array:
    """Probabilities that make one, along the last axis."""
    weights = np.exp(scores - scores.max(-1, keepdims=True))
    likely: Array = weights / weights.sum(-1, keepdims=True)
    return likely
