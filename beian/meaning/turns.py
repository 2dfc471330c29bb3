"""What the contextual model is trained on: turns of the trees, and single messages in passing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.data import MANNERS, Line
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.draw import lot, one_of
from beian.nlu.evidence import Evidence

FOLDS = 5
# There are more of them than of the turns, and they are easier.
SINGLE_WEIGHT = 0.4


@dataclass(frozen=True)
class Turn:
    """One example: a message, the state before it, the acceptable meanings (best first), the manner.

    `family` is what is left out together when a figure is measured; `weight` scales its loss.
    """

    evidence: Evidence
    said: Said
    state: Discourse
    accept: tuple[tuple[str, ...], ...]
    manner: str
    family: str
    weight: float = 1.0


def states_of(lines: Sequence[Line], said: Sequence[Said], kb: KnowledgeBase) -> list[Discourse]:
    """The state before each line of the trees."""
    after: list[Discourse] = []
    before: list[Discourse] = []
    for line, own in zip(lines, said, strict=True):
        state = Discourse() if line.parent is None else after[line.parent]
        before.append(state)
        after.append(advance(state, line.accept[0], line.manner, own, kb))
    return before


def in_passing(
    singles: Sequence[tuple[Evidence, Said, str]], states: Sequence[Discourse], weight: float = SINGLE_WEIGHT
) -> list[Turn]:
    """Complete messages, once by themselves and once after a random state: a complete question is
    understood as such wherever it stands."""
    turns = []
    for evidence, said, target in singles:
        other = one_of(states, evidence.text, "state")
        family = f"single{int(lot(evidence.text, 'family') * FOLDS)}"
        for state in (Discourse(), other):
            turns.append(Turn(evidence, said, state, ((target,),), MANNERS[0], family, weight))
    return turns
