"""What a customer says to have asked instead of what was told: 我问的是先后, 我说照片糊不糊，不是要啥."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.model import Likelihoods, ranked
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.deciding import SURE, Deciding
from beian.reading.meaning import Meaning
from beian.reading.not_asked import denies_asking, is_not
from beian.text import patterns

# From this chance on the words of the clause ask for what was told, and so for all of it again.
ITS_WORDS = 0.35
# So likely by the words of the clause is what it asks.
MEANT = 0.35
# What was told keeps this part of its chance: it was just said not to be the answer.
LEFT = 0.02
_CORRECTS = "correct"
_SAYS = patterns.compile("[问说讲]的?(?:就|可)?是|我(?:就|只|是)?[要想]?[问说]|俺[问说]")


def asked_instead(
    meaning: Meaning,
    evidence: Evidence,
    said: Said,
    state: Discourse,
    reading: Likelihoods,
    candidates: Candidates,
    kb: KnowledgeBase,
) -> Meaning:
    """The meaning without what was just told, where the message puts right what it asks and tells nothing new
    of the case: by the words of the clause that says what is asked, else by what else was read."""
    if meaning.manner != _CORRECTS or meaning.outcome != "answer" or not _only_told(meaning, said, state):
        return meaning
    wanted = _what_is_wanted(evidence, candidates)
    if wanted is None:
        return meaning
    told = [candidates.places[fact] for fact in state.stated if fact in candidates.places]
    if wanted[told].sum() >= ITS_WORDS:
        return meaning
    target, chance = ranked(candidates, _without(wanted, told, candidates), 1)[0]
    if target in kb.cells and chance >= MEANT:
        return replace(meaning, targets=(target,), manner=MANNERS[0], chance=chance, choices=())
    left = _without(reading.targets, told, candidates)
    other = Deciding(candidates, kb).decide(left, MANNERS[0], SURE)
    return replace(other, ranking=meaning.ranking, itself=meaning.itself)


def _only_told(meaning: Meaning, said: Said, state: Discourse) -> bool:
    """Whether a meaning is what was just told, and nothing in the message changes the case."""
    known = state.focus.case
    new = any(known.get(slot) != value for slot, value in said.named)
    taken_back = any(known.get(slot) == value for slot, value in said.denied)
    other = said.dated or said.has_name or said.has_age or said.ordinal is not None
    told = bool(state.stated) and set(meaning.targets) <= set(state.stated)
    return told and not (new or taken_back or other)


def _what_is_wanted(evidence: Evidence, candidates: Candidates) -> Array | None:
    """The chances (K,) by its own words of the clause that says what is asked; None where none does."""
    clauses = evidence.clauses or ((evidence.text, evidence.whole),)
    said = [clause for clause, _ in clauses]
    for clause, chances in clauses:
        denied = denies_asking(clause) or is_not(clause, said)
        if not denied and _SAYS.search(clause):
            return candidates.chances(chances)
    return None


def _without(chances: Array, told: list[int], candidates: Candidates) -> Array:
    """The chances (K,) without what was told and without a foreign subject."""
    left = chances.copy()
    left[told] *= LEFT
    left[candidates.places[OUT_OF_SCOPE]] *= LEFT
    total = left.sum()
    return left / total if total > 0 else np.full_like(left, 1.0 / len(left))
