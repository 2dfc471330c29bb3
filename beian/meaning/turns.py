"""What the contextual model is trained on: turns of the trees, and single messages in passing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from beian.kb import KnowledgeBase
from beian.meaning.advance import advance
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS, Line
from beian.meaning.model import ranked
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.draw import lot, one_of
from beian.nlu.evidence import Evidence

FOLDS = 5
# There are more of them than of the turns, and they are easier.
SINGLE_WEIGHT = 0.4
# This part of them is asked after what they may be mistaken for, one of the LIKELIEST by their words.
MISTAKEN = 0.5
_LIKELIEST = 4


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
    singles: Sequence[tuple[Evidence, Said, str]],
    states: Sequence[Discourse],
    candidates: Candidates,
    weight: float = SINGLE_WEIGHT,
) -> list[Turn]:
    """Complete messages, once by themselves and once after another state: a complete question is understood
    as such wherever it stands, also after something was told that it may be mistaken for."""
    told: dict[str, list[Discourse]] = {}
    for state in states:
        for fact in state.stated:
            told.setdefault(fact, []).append(state)
    turns = []
    for evidence, said, target in singles:
        other = _mistaken(evidence, target, told, candidates) or one_of(states, evidence.text, "state")
        family = f"single{int(lot(evidence.text, 'family') * FOLDS)}"
        for state in (Discourse(), other):
            turns.append(Turn(evidence, said, state, ((target,),), MANNERS[0], family, weight))
    return turns


def _mistaken(
    evidence: Evidence, target: str, told: Mapping[str, Sequence[Discourse]], candidates: Candidates
) -> Discourse | None:
    """For a part of the messages a state in which the fact was told that their words are likeliest to be
    mistaken for: who was answered past the point asks the same again."""
    if lot(evidence.text, "mistaken") >= MISTAKEN:
        return None
    likely = ranked(candidates, candidates.chances(evidence.whole), _LIKELIEST)
    found = next((told[one] for one, _ in likely if one != target and one in told), None)
    return one_of(found, evidence.text, "state") if found else None
