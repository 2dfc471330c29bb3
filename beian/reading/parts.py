"""The meanings of the parts of a message that each ask something, weighed with the whole of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any, cast

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED
from beian.meaning.advance import advance
from beian.meaning.candidates import Candidates
from beian.meaning.model import Likelihoods, best_manner
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.at_length import names_the_filing, speaks_of_filings
from beian.reading.not_asked import denies_asking
from beian.reading.piece import PieceReader
from beian.text.clauses import looks_like_question

# A part of a message counts as a question of its own from here on, if the whole message allows for it.
SURE_PART = 0.4
SURE_ALONE = 0.6
ALLOWED = 0.01
# Less is enough by itself where part and whole agree as surely as AGREED.
LIKELY_PART = 0.2
AGREED = 0.6
# What is shorter leaves out what it asks for (新增呢), and is nothing by itself.
SHORTEST_OF_ITS_OWN = 6
# Surer than this a part was asked by itself, whatever else was.
CERTAIN = 0.9
# One part that is as sure as this is answered, where nothing else in the message is understood.
SURE_BESIDE_NOTHING = 0.7
# What the whole message is about tips the scale for a part that leaves it out (改名要交啥材料, of a site).
OF_THE_WHOLE = 0.4
FLOOR = 0.003
MOST_TARGETS = 4
# Beside a question a part that has not the form of one asks what the whole message allows for so far.
TOLD = 0.1
# So many special answers of one question are all in its general one, where that is asked for as well.
MANY = 2


@dataclass(frozen=True)
class AskedPart:
    """What one part asks: a target, how likely by itself, weighed with the whole, and by the whole message;
    in which `manner`, and what was said there."""

    target: str
    alone: float
    weighed: float
    whole: float
    manner: str
    said: Said

    def is_sure(self, sure: float) -> bool:
        """Whether it is as sure as that by itself, or likely by itself and with the whole surer."""
        return self.alone >= sure or (self.alone >= LIKELY_PART and self.weighed >= max(sure, AGREED))


class QuestionsWithin:
    """Reads the parts of messages. `pieces`, `candidates` and knowledge base belong together."""

    def __init__(self, pieces: PieceReader, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._pieces, self._candidates, self._kb = pieces, candidates, kb

    def asked(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        state: Discourse,
        whole: Likelihoods,
        sure: float = SURE_PART,
    ) -> dict[str, float]:
        """The meanings of the questions in one message, each read after the one before it, with how sure each
        is by itself; of a message with one question what is found of it, if anything."""
        found: list[str] = []
        certain: dict[str, float] = {}
        begun = state
        asks = any(looks_like_question(part.text) for part in evidence.parts)
        for part in evidence.parts:
            if denies_asking(part.text):
                continue
            read = self._best(part, entities, begun, state, whole, found)
            if asks and not looks_like_question(part.text) and read.whole < TOLD:
                # what is told before a question is the case, and asks nothing: 变更被打回，照片要拍成什么样
                continue
            listed = evidence.numbered and read.target in self._kb.cells and read.is_sure(sure)
            if not listed and not self._counts(read, sure):
                continue
            found.append(read.target)
            certain[read.target] = max(read.alone, certain.get(read.target, 0.0))
            state = advance(state, [read.target], read.manner, read.said, self._kb)
        surely = {target for target, chance in certain.items() if chance >= CERTAIN}
        found = self._without_general(list(dict.fromkeys(found)), surely)
        return {target: certain[target] for target in found[:MOST_TARGETS]}

    def one_of_ours(
        self, evidence: Evidence, entities: Sequence[Mapping[str, Any]], whole: Likelihoods
    ) -> tuple[str, ...]:
        """The one question of the filing in a message that is not understood as a whole: a part that names
        the filing, and is surely a question that the document answers; () where there is none, or several."""
        found = set()
        for part in evidence.parts:
            read = self._read(part, entities, Discourse(), whole)
            surely = read.target in self._kb.facts and read.alone >= SURE_BESIDE_NOTHING
            if surely and speaks_of_filings(part.text) and not denies_asking(part.text):
                found.add(read.target)
        return tuple(found) if len(found) == 1 else ()

    def _best(
        self,
        part: Evidence,
        entities: Sequence[Mapping[str, Any]],
        begun: Discourse,
        state: Discourse,
        whole: Likelihoods,
        found: Sequence[str],
    ) -> AskedPart:
        """What a part asks after those before it; by itself where it would only ask again for what was asked,
        or is sure of nothing there."""
        after = self._read(part, entities, state, whole, found)
        if state == begun or len(part.text) < SHORTEST_OF_ITS_OWN:
            return after
        if after.target not in found and after.is_sure(SURE_PART):
            return after
        alone = self._read(part, entities, begun, whole, found)
        # 常见的有哪些 leaves out of what: by itself it would be of anything
        meant = alone.whole >= ALLOWED or names_the_filing(alone.said)
        return alone if meant and self._counts(alone, SURE_PART) and alone.target not in found else after

    def _counts(self, read: AskedPart, sure: float) -> bool:
        """Whether a part is a question of its own: sure of itself, or allowed for by the whole message."""
        allowed = read.alone >= SURE_ALONE or read.whole >= ALLOWED
        return read.target in self._kb.cells and read.is_sure(sure) and allowed

    def _read(
        self,
        part: Evidence,
        entities: Sequence[Mapping[str, Any]],
        state: Discourse,
        whole: Likelihoods,
        found: Sequence[str] = (),
    ) -> AskedPart:
        said, reading, chances = self._pieces.read(part, entities, state)
        place = int(chances.argmax())
        asked = [self._candidates.places[target] for target in found]
        # what asks for something new by itself is not drawn back by the whole to what was asked before
        weighed = _weighed(chances, whole.targets, () if place in asked else asked)
        if chances[place] < SURE_ALONE:
            place = int(weighed.argmax())
        target = self._candidates.targets[place]
        manner, _ = best_manner(reading.manners)
        by_itself, with_it, whole_of_it = (float(of[place]) for of in (chances, weighed, whole.targets))
        return AskedPart(target, by_itself, with_it, whole_of_it, manner, said)

    def _without_general(self, targets: list[str], certain: Set[str]) -> list[str]:
        """Without the facts that a more special one among them answers as well: the same aspect, bound.
        What is `certain` was asked for by itself; of many special ones it holds them all."""
        cells = [self._kb.cells[target] for target in targets]
        bound = [cell.aspect for cell in cells if cell.bound]
        lists = {
            cell.aspect
            for cell in cells
            if not cell.bound and cell.target in certain and bound.count(cell.aspect) >= MANY
        }
        return [
            cell.target
            for cell in cells
            if cell.target.startswith(UNCOVERED)
            or (
                cell.aspect not in lists if cell.bound else cell.aspect not in bound or cell.target in certain
            )
        ]


def _weighed(chances: Array, whole: Array, without: Sequence[int]) -> Array:
    """The chances of a part with what the whole message is about, none of the places `without`."""
    weighed = chances * (whole + FLOOR) ** OF_THE_WHOLE
    weighed[list(without)] = 0.0
    return cast(Array, weighed / np.sum(weighed))
