"""What a message says not to ask for (没问期限，问的是网站能不能打开): no meaning of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from beian.arrays import Array
from beian.kb.cells import UNCOVERED
from beian.meaning.candidates import Candidates
from beian.meaning.model import Likelihoods
from beian.nlu.evidence import Evidence
from beian.text import patterns
from beian.text.denials import what_is_denied

# From this chance on what a denied clause speaks of is known.
KNOWN = 0.4
# What is denied keeps this part of its chance: with nothing else to mean it may still be meant.
LEFT = 0.02
_NOT = ("不是", "又不是", "并不是", "而不是")
_MEANT = patterns.compile("[问说指讲]的?是|我[要想]问|我问")
_DOUBTS = ("吗", "吧", "么", "?")


def without_not_asked(evidence: Evidence, reading: Likelihoods, candidates: Candidates) -> Likelihoods:
    """The likelihoods (K,) without those of what the message says not to ask for: the aspect that a denied
    clause speaks of by its own words, or the one meaning where it is bound to a case."""
    said = [clause for clause, _ in evidence.clauses]
    denied = [
        chances for clause, chances in evidence.clauses if denies_asking(clause) or is_not(clause, said)
    ]
    if not denied:
        return reading
    targets = reading.targets.copy()
    for chances in denied:
        targets[_meant(candidates.chances(chances), candidates)] *= LEFT
    return replace(reading, targets=targets / targets.sum())


def denies_asking(clause: str) -> bool:
    """Whether a clause only says that something was not asked for."""
    return bool(what_is_denied(clause)) and not clause.endswith(_DOUBTS)


def is_not(clause: str, said: Sequence[str]) -> bool:
    """Whether a clause tells what was not meant, beside one that tells what was: 问的是逾期，不是审核."""
    meant = any(_MEANT.search(other) for other in said if other != clause)
    return meant and clause.startswith(_NOT) and not clause.endswith(_DOUBTS)


def _meant(chances: Array, candidates: Candidates) -> Array:
    """The candidates that a clause speaks of, as a mask (K,)."""
    place = int(chances.argmax())
    known = chances[place] >= KNOWN and candidates.has_aspect[place]
    if not known or candidates.targets[place].startswith(UNCOVERED):
        return np.zeros(candidates.count, dtype=bool)
    alone = bool(candidates.is_bound[place])
    of = np.arange(candidates.count) if alone else candidates.aspects
    same: Array = of == of[place]
    return same
