"""A meaning brought into the customer's case: the item named, the kind of subject, a point left open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from beian.kb import KnowledgeBase
from beian.kb.cells import UNCOVERED, Cell, most_specific
from beian.meaning.advance import asked_of, changes_named
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.model import Likelihoods
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.reading.deciding import CLEAR_LEAD, MOST_CHOICES, MOSTLY, POSSIBLE, SURE
from beian.reading.meaning import Meaning
from beian.text import patterns

# Surer than this of a fact, a message does not leave it for an open theme.
SURE_ALONE = 0.6
# Open themes have nearly the chance of a fact from this part of it on.
NEARLY = 0.6

# From this chance on what answers a question for the case in hand takes the place of its general answer.
MAY_BE_ITS_OWN = 0.12
# From this chance on the words themselves tell the item.
SURE_OF_AN_ITEM = 0.8
_BIRTH = "birth"
_NUMBER = patterns.compile(r"\d")


def _of_an_item(cell: Cell) -> bool:
    """Whether a meaning is an answer for one item."""
    return not cell.target.startswith(UNCOVERED) and bool(cell.values("item"))


class Fitting:
    """Meanings in the customer's case. `candidates` belong to the knowledge base."""

    def __init__(self, candidates: Candidates, kb: KnowledgeBase) -> None:
        self._candidates, self._kb = candidates, kb

    def for_the_item(self, meaning: Meaning, said: Said, reading: Likelihoods) -> Meaning:
        """What is for another item than the one that a question names gives way to what answers the same for
        that one. A point of what has been shown (要身份证吗) names papers, no change."""
        item = asked_of(said, meaning.manner)
        if item is None or len(changes_named(said, self._kb)) > 1:
            return meaning
        case = {slot: said.case().get(slot) for slot in ("change_type", "item")}

        def own(targets: Sequence[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(self._in_the_case(target, case, reading) for target in targets))

        choices = own(meaning.choices)
        # an open theme is no choice to offer; where nothing else is left it is the answer
        choices = tuple(target for target in choices if not target.startswith(UNCOVERED)) or choices[:1]
        if len(choices) == 1 and meaning.outcome == "ask":
            return replace(meaning, outcome="answer", targets=choices, choices=())
        return replace(meaning, targets=own(meaning.targets), choices=choices)

    def _in_the_case(self, target: str, case: Mapping[str, str | None], reading: Likelihoods) -> str:
        """The likeliest of what answers a target's question in a case it is not for; itself where it fits the
        case, or nothing else does."""
        cells = self._kb.cells
        if target not in cells or cells[target].aspect is None or cells[target].fits(case):
            return target
        same = [
            cell
            for cell in cells.values()
            if cell.aspect == cells[target].aspect and cell.target not in self._kb.topics
        ]
        places = self._candidates.places
        best = [cell.target for cell in most_specific(same, case)]
        return max(best, key=lambda other: reading.targets[places[other]], default=target)

    def for_the_subject(self, meaning: Meaning, said: Said, state: Discourse) -> Meaning:
        """What is known to be a firm's or a person's filing is answered as such, unless the message names the
        other: the fact of the same aspect for this kind of subject."""
        kind = state.focus.subject_kind
        terms = [self._kb.term("item", item) for item in said.values("item")]
        named = said.values("subject_kind") or any(term and term.subject_kind for term in terms)
        if not kind or named:
            return meaning
        if meaning.outcome == "ask":
            return self._decided_by(kind, meaning)
        return replace(meaning, targets=tuple(self._of_kind(target, kind) for target in meaning.targets))

    def for_the_case(self, meaning: Meaning, said: Said, state: Discourse) -> Meaning:
        """A general answer gives way to that for the change in hand, where that may be meant as well and the
        message names no other: 网站会停吗, after the legal representative was told to have changed."""
        cell = self._kb.cells.get(meaning.targets[0]) if len(meaning.targets) == 1 else None
        names = said.values("item") or said.values("change_type")
        if meaning.outcome != "answer" or cell is None or cell.aspect is None or cell.bound or names:
            return meaning
        own = self.cell_for(cell.aspect, state.focus.case) if state.focus.named else None
        chances = dict(meaning.ranking)
        if own is None or chances.get(own, 0.0) < MAY_BE_ITS_OWN:
            return meaning
        return replace(meaning, targets=(own,), chance=meaning.chance + chances[own])

    def _decided_by(self, kind: str, meaning: Meaning) -> Meaning:
        """What was to be asked back, answered where the kind of subject leaves one fact that leads."""
        masses: dict[str, float] = {}
        for target, chance in meaning.ranking:
            own = self._of_kind(target, kind)
            masses[own] = masses.get(own, 0.0) + chance
        (best, most), *others = sorted(masses.items(), key=lambda one: -one[1])
        leads = most >= SURE and all(
            most >= CLEAR_LEAD * other for target, other in others if self._apart(target, best)
        )
        if best not in self._kb.facts or not leads:
            return meaning
        return replace(meaning, outcome="answer", targets=(best,), chance=most, choices=())

    def without_a_guess(self, meaning: Meaning, said: Said, state: Discourse) -> Meaning:
        """A fact for one item, where no item is known and others are possible, is a guess in a conversation:
        it is asked which is meant."""
        cells = [self._kb.cells[target] for target in meaning.targets if target in self._kb.cells]
        stated = [self._kb.cells[fact] for fact in state.stated]
        known = {state.focus.item, *(matter.item for matter in state.matters)} - {None}
        known |= set(said.values("item")) | {item for cell in stated for item in cell.values("item")}
        guesses = bool(cells) and len(cells) == len(meaning.targets) and all(map(_of_an_item, cells))
        if state.fresh or meaning.outcome != "answer" or meaning.chance >= SURE_OF_AN_ITEM or not guesses:
            return meaning
        if known or len({cell.aspect for cell in cells}) > 1:
            return meaning
        possible = [
            target
            for target, chance in meaning.ranking
            if (cell := self._kb.cells.get(target))
            and cell.aspect == cells[0].aspect
            and _of_an_item(cell)
            and chance >= POSSIBLE / 2
        ]
        if len(possible) < 2:
            return meaning
        return replace(meaning, outcome="ask", targets=(), choices=tuple(possible[:MOST_CHOICES]))

    def left_open(self, meaning: Meaning, said: Said) -> Meaning:
        """A fact that hardly leads the open themes it is said along with gives way to them: the point is
        named, and the fact follows as what the document does say. The other way round a neighbour's number
        would pass for the answer."""
        chances = dict(meaning.ranking)
        themes = [
            (chances[target], target)
            for target in chances
            if target.startswith(UNCOVERED)
            and (theme := self._kb.themes.get(target.removeprefix(UNCOVERED)))
            and theme.stated in meaning.targets
        ]
        if len(meaning.targets) != 1 or meaning.manner != MANNERS[0] or not themes:
            return meaning
        if self._kb.cells[meaning.targets[0]].awaits == _BIRTH and _NUMBER.search(said.text):
            # the rule decides of an age that is told (我妈74了)
            return meaning
        fact = chances.get(meaning.targets[0], 0.0)
        if fact >= SURE_ALONE or sum(chance for chance, _ in themes) < NEARLY * fact:
            return meaning
        chance, target = max(themes)
        return replace(meaning, targets=(target,), chance=chance)

    def _apart(self, target: str, best: str) -> bool:
        """Whether a target answers another question than the best one."""
        cells = self._kb.cells
        return target not in cells or cells[target].aspect != cells[best].aspect

    def _of_kind(self, target: str, kind: str) -> str:
        cell = self._kb.cells.get(target)
        if cell is None or cell.aspect is None or cell.when.get("subject_kind") in (None, kind):
            return target
        case = {slot: cell.when.get(slot) for slot in ("change_type", "item")}
        return self.cell_for(cell.aspect, {**case, "subject_kind": kind}) or target

    def cell_for(
        self, aspect: str, case: Mapping[str, str | None], reading: Likelihoods | None = None
    ) -> str | None:
        """The bound cell of an aspect that answers a case best, of several the one that a message clearly
        means by its `reading`; None where there is none."""
        same = [
            cell
            for cell in self._kb.cells.values()
            if cell.aspect == aspect and cell.target not in self._kb.topics
        ]
        best = [cell.target for cell in most_specific(same, case) if cell.bound]
        if len(best) < 2 or reading is None:
            return best[0] if len(best) == 1 else None
        chances = [float(reading.targets[self._candidates.places[target]]) for target in best]
        return best[int(np.argmax(chances))] if max(chances) >= MOSTLY * sum(chances) else None
