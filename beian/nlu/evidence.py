"""What the classifier says of one message by itself, handed on to be read in its conversation."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from beian.arrays import Array
from beian.nlu.domain_words import UNSEEN_IN_FACTS, WIDTH


@dataclass(frozen=True)
class Notice:
    """The lines of what may be a notice of rejection, `numbered` or only clauses; of each the probabilities
    of the labels, read as a reason."""

    lines: tuple[tuple[str, Array], ...] = ()
    numbered: bool = False


@dataclass(frozen=True)
class Evidence:
    """Probabilities of the labels (labels,) each: of the `whole` message, of its `first` and `last` clause
    (the whole again where it has one clause), of the clauses that deny something (None without any).

    `parts`: the stretches that ask something, where there are several, or the lines of a `numbered` list;
    `notice`: what may be a notice of rejection; `vector`: the centred sentence vector (dimensions,);
    `domain`: whose words it is made of (see `domain_words`); `clauses`: each of them with its probabilities,
    where there are several; `closings`: the ends of a long telling (see `pieces.closings_of`).
    """

    text: str
    whole: Array
    first: Array
    last: Array
    denied: Array | None
    parts: tuple[Evidence, ...]
    vector: Array
    notice: Notice = Notice()
    numbered: bool = False
    domain: Array = field(default_factory=lambda: np.zeros(WIDTH, dtype=np.float32))
    clauses: tuple[tuple[str, Array], ...] = ()
    closings: tuple[Evidence, ...] = ()

    def fingerprint(self) -> str:
        """What tells it apart for Rasa's training cache."""
        return self.text

    @property
    def of_facts(self) -> bool:
        """Whether all its words are those that facts are asked with."""
        return bool(self.domain[UNSEEN_IN_FACTS] == 0)

    @classmethod
    def of_one(cls, text: str, whole: Array, vector: Array, domain: Array) -> Evidence:
        """Of a message that is looked at as a whole only."""
        return cls(text, whole, whole, whole, None, (), vector, domain=domain)
