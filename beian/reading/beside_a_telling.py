"""A question beside a telling (11月20号换的，要啥材料): while a time is talked of, the clause that asks for
something else by its own words is what is asked, and what is told of the case stands beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.meaning import Meaning
from beian.text.clauses import looks_like_question

# So surely the clause asks one question by its own words, of whatever case.
SURE_OF_ITS_QUESTION = 0.7
_DAYS = frozenset({"changed", "submitted", "rejected"})


def beside_a_telling(
    meaning: Meaning, evidence: Evidence, state: Discourse, candidates: Candidates, kb: KnowledgeBase
) -> Meaning:
    """The message as about what its one asking clause surely asks, where it was read as about the time in
    question."""
    if meaning.outcome != "answer" or not _timed(meaning.targets, kb) or not _timed(state.stated, kb):
        return meaning
    asking = [chances for clause, chances in evidence.clauses if looks_like_question(clause)]
    if len(asking) != 1 or len(evidence.clauses) < 2:
        return meaning
    chances = candidates.chances(asking[0])
    # a clause that leaves out of what it speaks looks foreign by itself
    chances[candidates.places[OUT_OF_SCOPE]] = 0.0
    sums = np.bincount(candidates.aspects, chances / chances.sum())
    aspect = int(sums.argmax())
    target = candidates.targets[int(np.where(candidates.aspects == aspect, chances, 0.0).argmax())]
    if target not in kb.facts or _timed((target,), kb) or sums[aspect] < SURE_OF_ITS_QUESTION:
        return meaning
    return replace(meaning, targets=(target,), manner=MANNERS[0], chance=float(sums[aspect]))


def _timed(targets: Sequence[str], kb: KnowledgeBase) -> bool:
    """Whether these are times that are counted from a day of the case."""
    return bool(targets) and all(
        target in kb.cells and kb.cells[target].awaits in _DAYS for target in targets
    )
