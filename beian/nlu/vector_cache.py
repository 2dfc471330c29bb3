"""Sentence vectors, kept by content: after a small change only what is new is encoded."""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
import zipfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from beian.arrays import Array
from beian.nlu import encoders
from beian.project import ROOT

logger = logging.getLogger(__name__)

CACHE_FOLDER = ROOT / ".cache"


def _key(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8"), digest_size=16).digest()


def vectors_of(
    name: str,
    texts: Sequence[str],
    folder: Path = CACHE_FOLDER,
    *,
    kind: str = "messages",
    workers: int | None = None,
) -> Array | None:
    """Vectors (texts, dimensions) by the encoder `name`, or None where it cannot run.

    Vectors known from an earlier time are read from `folder`, where those of each `kind` of texts have their
    file; it then holds exactly these texts. Where it cannot be written they are made again the next time.
    `workers`: processes to encode in, by default one a core.
    """
    if encoders.load_encoder(name) is None:
        return None
    file = folder / f"vectors-{name}-{kind}.npz"
    known = _read(file)
    keys = [_key(text) for text in texts]
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    if missing:
        fresh = encoders.encode_many(name, list(missing.values()), workers=workers or os.cpu_count() or 1)
        known.update(zip(missing, fresh, strict=True))
    vectors = np.stack([known[key] for key in keys])
    if missing:
        _write(file, dict(zip(keys, vectors, strict=True)))
    return vectors


def _read(file: Path) -> dict[bytes, Array]:
    """The vectors of an earlier time; an unreadable file counts as none."""
    try:
        with np.load(file) as data:
            return {bytes(key): vector for key, vector in zip(data["keys"], data["vectors"], strict=True)}
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return {}


def _write(file: Path, vectors: dict[bytes, Array]) -> None:
    keys = np.frombuffer(b"".join(vectors), dtype=np.uint8).reshape(len(vectors), -1)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=file.parent, suffix=".npz", delete=False) as temporary:
            np.savez(temporary, keys=keys, vectors=np.stack(list(vectors.values())))
        Path(temporary.name).replace(file)
    except OSError as error:
        logger.info("sentence vectors are not kept: %s", error)
