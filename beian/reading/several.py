"""Several meanings of one message: several questions, changes, kinds of subject, two as likely."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.advance import changes_named
from beian.meaning.candidates import Candidates
from beian.meaning.data import MANNERS
from beian.meaning.model import Likelihoods
from beian.meaning.said import Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.another_change import of_another_change
from beian.reading.at_length import AtLength
from beian.reading.deciding import POSSIBLE
from beian.reading.fitting import Fitting
from beian.reading.meaning import Meaning
from beian.reading.parts import CERTAIN, MOST_TARGETS, SURE_PART, QuestionsWithin

# Of a case that is named among several, so much is enough.
POSSIBLE_CASE = 0.0005
SURE_ALONE = 0.6
SURE_IN_TALK = 0.55
# Two facts are stated together when the second is at least NEAR and the two hold BOTH of the probability.
NEAR = 0.22
BOTH = 0.6
COMPARING = 0.4
_OF_ALL = "definition"
# Surer than this of a theme of its own, a message asks nothing else.
SURE_WHOLE = 0.9
# So sure is a question of ours beside words of other subjects (昨天爬山累死了，换负责人要啥).
SURE_BESIDE = 0.7
# Less sure of an open theme, and whatever else, a message is looked at for one part that is understood.
SURE_AS_A_WHOLE = 0.5


class Several:
    """Messages that mean more than one thing. What it is made of belongs together."""

    def __init__(
        self,
        parts: QuestionsWithin,
        at_length: AtLength,
        candidates: Candidates,
        kb: KnowledgeBase,
        fitting: Fitting,
    ) -> None:
        self._parts, self._at_length = parts, at_length
        self._candidates, self._kb, self._fitting = candidates, kb, fitting

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
        asked = self._parts.asked(evidence, entities, state, reading, its_own or SURE_PART)
        asked = self._without_near_themes(meaning, asked)
        if len(asked) > 1:
            return tuple(asked)
        if state.fresh:
            further = self._beside_the_whole(meaning, asked)
            if not further and not self._is_understood(meaning):
                further = self._parts.one_of_ours(evidence, entities, reading)
            if further:
                return further
        if its_own is not None:
            return ()
        matters = self._matters(said, state, meaning, reading)
        if matters and self._at_length.asks_in_general(evidence, entities, meaning.ranking[0][0]):
            matters = ()
        return matters or self._compared(meaning, reading) or self._near(meaning, said, state)

    def _without_near_themes(self, meaning: Meaning, asked: Mapping[str, float]) -> dict[str, float]:
        """What the parts ask, without other open themes than the one that the whole message surely is about
        (网站要收费，是不是得办许可证 asks for no fees)."""
        whole = meaning.targets[0] if meaning.targets else ""
        if not whole.startswith(UNCOVERED) or meaning.chance < CERTAIN:
            return dict(asked)
        return {
            target: chance
            for target, chance in asked.items()
            if target == whole or not target.startswith(UNCOVERED)
        }

    def _beside_the_whole(self, meaning: Meaning, asked: Mapping[str, float]) -> tuple[str, ...]:
        """The fact that the whole message means, and the one that a part of it asks for by itself, where that
        answers another question; the list alone that holds it, where that is asked for; else ()."""
        whole = meaning.targets[0] if len(meaning.targets) == 1 and meaning.outcome == "answer" else ""
        if whole not in self._kb.facts or meaning.chance >= CERTAIN:
            return ()
        cell = self._kb.cells[whole]
        certain = [self._kb.cells[target] for target, chance in asked.items() if chance >= CERTAIN]
        lists = [one.target for one in certain if one.aspect == cell.aspect and cell.bound and not one.bound]
        own = [one.target for one in certain if one.aspect != cell.aspect]
        return tuple(lists[:1]) or ((whole, *own) if own else ())

    def _is_understood(self, meaning: Meaning) -> bool:
        """Whether a message as a whole surely means a fact, an act or an open theme."""
        sure = meaning.outcome == "answer" and meaning.chance >= SURE_AS_A_WHOLE
        return sure and meaning.targets[:1] != (OUT_OF_SCOPE,)

    def _of_its_own(self, meaning: Meaning) -> float | None:
        """Where a message is surely about one subject that all its questions are about, an open theme or none
        of ours (工商那边改法人要哪些材料，去哪个窗口): how sure a part must be to ask for something else."""
        target = meaning.targets[0] if meaning.targets else ""
        if target == OUT_OF_SCOPE:
            return SURE_BESIDE if meaning.chance >= SURE_ALONE else None
        theme = self._kb.themes.get(target.removeprefix(UNCOVERED)) if target.startswith(UNCOVERED) else None
        return SURE_WHOLE if theme and theme.own_subject and meaning.chance >= SURE_WHOLE else None

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
            if of_another_change(meaning, state.matters, self._kb):
                return ()
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
        if meaning.manner == "correct":
            # what is put right is one thing: the question in hand, of the other change
            return (second,) if two.aspect in in_hand and one.aspect not in in_hand else ()
        if _OF_ALL in (one.aspect, two.aspect) and one.aspect != two.aspect:
            # what a change is at all is no answer beside one on a part of it
            return (second,) if one.aspect == _OF_ALL else ()
        return () if one.aspect == two.aspect and one.bound != two.bound else (first, second)

    def _compared(self, meaning: Meaning, reading: Likelihoods) -> tuple[str, ...]:
        """The two likeliest facts, where two things are compared."""
        if reading.manners[MANNERS.index("compare")] < COMPARING:
            return ()
        facts = [
            target for target, chance in meaning.ranking if target in self._kb.facts and chance >= POSSIBLE
        ]
        return tuple(facts[:2]) if len(facts) > 1 else ()
