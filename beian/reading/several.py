"""Several meanings of one message: several questions, changes, kinds of subject, two as likely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from typing import Any

from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import advance, changes_named
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.model import ContextualModel, Likelihoods, best_manner
from beian.meaning.said import Said, said_of, settled
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.deciding import POSSIBLE
from beian.reading.fitting import Fitting
from beian.reading.meaning import Meaning
from beian.reading.not_asked import denies_asking

# Of a case that is named among several, so much is enough.
POSSIBLE_CASE = 0.0005
# A part of a message counts as a question of its own from here on, if the whole message allows for it.
SURE_PART = 0.4
SURE_ALONE = 0.6
SURE_IN_TALK = 0.55
# Two facts are stated together when the second is at least NEAR and the two hold BOTH of the probability.
NEAR = 0.22
BOTH = 0.6
ALLOWED = 0.01
COMPARING = 0.4
# Surer than this of a theme of its own, a message asks nothing else.
SURE_WHOLE = 0.9
# So sure is a question of ours beside words of other subjects (昨天爬山累死了，换负责人要啥).
SURE_BESIDE = 0.7
MOST_TARGETS = 4


class Several:
    """Messages that mean more than one thing. `model`, `candidates` and knowledge base belong together."""

    def __init__(
        self, model: ContextualModel, candidates: Candidates, kb: KnowledgeBase, fitting: Fitting
    ) -> None:
        self._model, self._candidates, self._kb, self._fitting = model, candidates, kb, fitting

    def several(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        said: Said,
        state: Discourse,
        meaning: Meaning,
        reading: Likelihoods,
    ) -> tuple[str, ...]:
        """Several meanings of one message, each step by itself; () where it has one."""
        its_own = self._of_its_own(meaning)
        if its_own is not None:
            return self._questions(evidence, entities, state, reading, its_own)
        return (
            self._questions(evidence, entities, state, reading)
            or self._matters(said, state, meaning, reading)
            or self._compared(meaning, reading)
            or self._near(meaning, said, state)
        )

    def _of_its_own(self, meaning: Meaning) -> float | None:
        """Where a message is surely about one subject that all its questions are about, an open theme or none
        of ours (工商那边改法人要哪些材料，去哪个窗口): how sure a part must be to ask for something else."""
        target = meaning.targets[0] if meaning.targets else ""
        if target == OUT_OF_SCOPE:
            return SURE_BESIDE if meaning.chance >= SURE_ALONE else None
        theme = self._kb.themes.get(target.removeprefix(UNCOVERED)) if target.startswith(UNCOVERED) else None
        return SURE_WHOLE if theme and theme.own_subject and meaning.chance >= SURE_WHOLE else None

    def _questions(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        state: Discourse,
        whole: Likelihoods,
        sure: float = SURE_PART,
    ) -> tuple[str, ...]:
        """The meanings of several questions in one message, each read after the one before it."""
        found: list[str] = []
        certain: set[str] = set()
        for part in evidence.parts:
            if denies_asking(part.text):
                continue
            own = [entity for entity in entities if str(entity.get("text") or "") in part.text]
            said = settled(said_of(part.text, own, self._kb), state.focus.case, self._kb)
            reading = self._model.read(self._candidates, part, said, state)
            place = int(reading.targets.argmax())
            target = self._candidates.targets[place]
            chance = reading.targets[place]
            allowed = evidence.numbered or chance >= SURE_ALONE or whole.targets[place] >= ALLOWED
            if target in self._kb.cells and chance >= sure and allowed:
                found.append(target)
                certain |= {target} if chance >= SURE_WHOLE else set()
                state = advance(state, [target], best_manner(reading.manners)[0], said, self._kb)
        found = self._without_general(list(dict.fromkeys(found)), certain)
        return tuple(found[:MOST_TARGETS]) if len(found) > 1 else ()

    def _without_general(self, targets: list[str], certain: Set[str]) -> list[str]:
        """Without the facts that a more special one among them answers as well: the same aspect, bound.
        What is `certain` was asked for by itself."""
        cells = [self._kb.cells[target] for target in targets]
        bound = {cell.aspect for cell in cells if cell.bound}
        return [
            cell.target
            for cell in cells
            if cell.bound
            or cell.aspect not in bound
            or cell.target in certain
            or cell.target.startswith(UNCOVERED)
        ]

    def _matters(
        self, said: Said, state: Discourse, meaning: Meaning, reading: Likelihoods
    ) -> tuple[str, ...]:
        """The same question for several changes that are named together, or in question together."""
        cell = self._kb.cells.get(meaning.ranking[0][0])
        if cell is None or cell.aspect is None:
            return ()
        changes = changes_named(said, self._kb)
        kinds = said.values("subject_kind")
        cases: list[dict[str, str | None]] = []
        if len(changes) > 1:
            kind = state.focus.subject_kind
            cases = [{**change.case, "subject_kind": kind or change.subject_kind} for change in changes]
        elif len(kinds) > 1:
            cases = [
                {"change_type": state.focus.change_type, "item": None, "subject_kind": kind} for kind in kinds
            ]
        elif not said.named and len(state.matters) > 1 and meaning.manner in ("ask", "again", "brief"):
            cases = [matter.case for matter in state.matters]
        found = [target for case in cases if (target := self._fitting.cell_for(cell.aspect, case, reading))]
        found = [
            target
            for target in dict.fromkeys(found)
            if not said.named or reading.targets[self._candidates.places[target]] >= POSSIBLE_CASE
        ]
        return tuple(found[:MOST_TARGETS]) if len(found) > 1 else ()

    def _near(self, meaning: Meaning, said: Said, state: Discourse) -> tuple[str, ...]:
        """Two facts that are both likely: stating both is shorter than asking which. What is for another case
        than the one named is none of them."""
        case, cells = said.case(), self._kb.cells
        ranking = [one for one in meaning.ranking if one[0] not in cells or cells[one[0]].fits(case)]
        if len(ranking) < 2:
            return ()
        (first, chance), (second, other) = ranking[:2]
        # what was said before tells more than the words alone
        if chance >= (SURE_ALONE if state.fresh else SURE_IN_TALK) or other < NEAR or chance + other < BOTH:
            return ()
        if not {first, second} <= set(self._kb.facts):
            return ()
        # what is general is no second answer beside the special case of the same question, nor another
        # question beside the one in hand (那公司名称呢)
        one, two = cells[first], cells[second]
        in_hand = {cells[fact].aspect for fact in state.stated}
        if one.aspect in in_hand and two.aspect not in in_hand:
            return ()
        return () if one.aspect == two.aspect and one.bound != two.bound else (first, second)

    def _compared(self, meaning: Meaning, reading: Likelihoods) -> tuple[str, ...]:
        """The two likeliest facts, where two things are compared."""
        if reading.manners[MANNERS.index("compare")] < COMPARING:
            return ()
        facts = [
            target for target, chance in meaning.ranking if target in self._kb.facts and chance >= POSSIBLE
        ]
        return tuple(facts[:2]) if len(facts) > 1 else ()
