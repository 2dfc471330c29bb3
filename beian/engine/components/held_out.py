"""What the classifier said of messages it had not seen, kept in the model archive."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from beian.nlu.evidence import Evidence

HELD_OUT_FILE = "held_out.npz"


def save_held_out(file: Path, held: list[tuple[Evidence, str]]) -> None:
    """Write the evidence and the label of each message."""
    evidence = [one for one, _ in held]
    np.savez_compressed(
        file,
        texts=np.array([one.text for one in evidence]),
        labels=np.array([label for _, label in held]),
        denies=np.array([one.denied is not None for one in evidence]),
        domain=np.stack([one.domain for one in evidence]),
        whole=np.stack([one.whole for one in evidence]).astype(np.float16),
        first=np.stack([one.first for one in evidence]).astype(np.float16),
        last=np.stack([one.last for one in evidence]).astype(np.float16),
        denied=np.stack([one.whole * 0 if one.denied is None else one.denied for one in evidence]).astype(
            np.float16
        ),
        vector=np.stack([one.vector for one in evidence]).astype(np.float16),
    )


def load_held_out(file: Path) -> list[tuple[Evidence, str]]:
    """Read what `save_held_out` wrote."""
    with np.load(file) as data:
        parts = {
            name: data[name].astype(np.float32)
            for name in ("whole", "first", "last", "denied", "vector", "domain")
        }
        texts, labels, denies = data["texts"].tolist(), data["labels"].tolist(), data["denies"].tolist()
    rows = zip(texts, labels, denies, *parts.values(), strict=True)
    return [
        (Evidence(text, whole, first, last, denied if some else None, (), vector, domain=domain), label)
        for text, label, some, whole, first, last, denied, vector, domain in rows
    ]
