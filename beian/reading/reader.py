"""Reads a message in its conversation: from the model's probabilities to one meaning, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED
from beian.meaning.candidates import Candidates, candidates_of
from beian.meaning.data import MANNERS
from beian.meaning.model import ContextualModel, Likelihoods, best_manner, ranked
from beian.meaning.said import Said, said_of, settled, without_counted
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.reading.asked_instead import asked_instead
from beian.reading.at_length import AtLength
from beian.reading.beside_a_telling import beside_a_telling
from beian.reading.beside_an_act import BesideAnAct
from beian.reading.changes_told import Changes
from beian.reading.deciding import ONLY_LIKELY, POSSIBLE, SURE, SURE_AT_FIRST, Deciding
from beian.reading.fitting import Fitting
from beian.reading.listed import with_listed
from beian.reading.meaning import Meaning
from beian.reading.named_items import by_its_name
from beian.reading.no_such_entry import no_such_entry
from beian.reading.not_asked import without_not_asked
from beian.reading.notices import reasons_of
from beian.reading.parts import MOST_TARGETS, QuestionsWithin
from beian.reading.piece import PieceReader
from beian.reading.several import Several
from beian.reading.told_just_now import not_told_just_now
from beian.text.clauses import looks_like_question

# How likely a foreign subject must be for an answer to be withdrawn: smaller is more cautious.
CAUTION = 0.22
# Acts that mean the last answer, spoken of in another manner; and how sure their own words must be.
ABOUT_THE_LAST = {"dialogue/repeat": "again", "dialogue/simplify": "brief"}
ITS_OWN_WORDS = 0.5


class Reader:
    """Reads messages in their conversations. `model` and knowledge base belong together; `caution` is from
    when on (0 to 1) an answer is withdrawn for what may be none of the assistant's business."""

    def __init__(self, model: ContextualModel, kb: KnowledgeBase, caution: float = CAUTION) -> None:
        self._model, self._kb, self._caution = model, kb, caution
        self._candidates: Candidates = candidates_of(kb, model.labels)
        self._changes = Changes(self._candidates, kb)
        self._deciding, self._fitting = Deciding(self._candidates, kb), Fitting(self._candidates, kb)
        pieces = PieceReader(model, self._candidates, kb)
        self._at_length = AtLength(pieces, self._candidates, kb)
        parts = QuestionsWithin(pieces, self._candidates, kb)
        self._beside = BesideAnAct(parts, self._candidates, kb)
        self._several = Several(parts, self._at_length, self._candidates, kb, self._fitting)

    def with_knowledge(self, kb: KnowledgeBase) -> Reader:
        """The same for another knowledge base that belongs to the model."""
        return Reader(self._model, kb, self._caution)

    def read(
        self, evidence: Evidence, entities: Sequence[Mapping[str, Any]], state: Discourse, written: str = ""
    ) -> Meaning:
        """What a message means after `state`."""
        entities = without_counted(evidence.text, entities)
        found = said_of(evidence.text, entities, self._kb, written)
        said = with_listed(settled(found, state.focus.case, self._kb), found, self._kb)
        reading = self._model.read(self._candidates, evidence, said, state)
        reading = without_not_asked(evidence, reading, self._candidates)
        said = by_its_name(self._changes.told(said, evidence), evidence, self._kb)
        named = tuple((*pair, said.words[pair]) for pair in said.named)
        words = self._candidates.chances(evidence.whole)
        foreign = round(float(words[self._candidates.places[OUT_OF_SCOPE]]), 4)
        itself, chance = ranked(self._candidates, words, 1)[0]
        meaning = self._read(evidence, entities, said, state, reading, (itself, round(chance, 4)))
        meaning = self._beside.both(meaning, evidence, entities, state, reading)
        return replace(meaning, named=named, foreign=foreign)

    def _read(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        said: Said,
        state: Discourse,
        reading: Likelihoods,
        itself: tuple[str, float],
    ) -> Meaning:
        manner, _ = best_manner(reading.manners)
        if said.why and state.stated and manner in ("ask", "item", "what_if"):
            manner = "why"
        chances = (
            self._deciding.with_the_words(reading.targets, evidence)
            if state.fresh
            else self._deciding.in_talk(reading.targets, evidence, after_foreign=state.last == OUT_OF_SCOPE)
        )
        if state.fresh:
            chances = self._at_length.weighed(chances, evidence, entities)
        meaning = self._deciding.decide(chances, manner, SURE_AT_FIRST if state.fresh else SURE)
        meaning = self._told(replace(meaning, itself=itself), said)
        meaning = self._of_the_last(meaning, evidence, said, state)
        meaning = self._own_act(meaning, evidence, state)
        meaning = asked_instead(meaning, evidence, said, state, reading, self._candidates, self._kb)
        meaning = beside_a_telling(meaning, evidence, state, self._candidates, self._kb)
        meaning = self._fitting.for_the_item(meaning, said, reading)
        meaning = self._fitting.for_the_case(meaning, said, state)
        meaning = self._fitting.left_open(self._fitting.for_the_subject(meaning, said, state), said)
        if meaning.targets:
            meaning = replace(meaning, alone=round(self._alone(meaning.targets[0], evidence), 4))
            meaning = not_told_just_now(meaning, said, state, self._kb)
        notice = reasons_of(evidence.notice, self._candidates, self._kb)
        reasons = tuple(dict.fromkeys(target for _, target in notice if target))[:MOST_TARGETS]
        listed = (
            evidence.notice.numbered
            and len(reasons) > 1
            and not any(looks_like_question(line) for line, _ in notice)
        )
        if reasons and (listed or self._about_rejection(meaning, state)):
            return replace(meaning, outcome="answer", targets=reasons, manner=MANNERS[0], notice=notice)
        several = self._several.several(evidence, entities, said, state, meaning, reading)
        if several:
            meaning = replace(meaning, outcome="answer", targets=several)
            return self._fitting.without_a_guess(meaning, said, state)
        meaning = no_such_entry(meaning, said, state, self._kb)
        meaning = self._fitting.without_a_guess(meaning, said, state)
        return self._careful(meaning, chances, evidence) if state.fresh else meaning

    def _alone(self, target: str, evidence: Evidence) -> float:
        """How likely a message asks what a target answers, whatever the case, by its own words alone."""
        candidates, place = self._candidates, self._candidates.places[target]
        same = candidates.aspects == candidates.aspects[place]
        of_kind = candidates.kinds == candidates.kinds[place]
        return float(candidates.chances(evidence.whole)[same & of_kind].sum())

    def _careful(self, meaning: Meaning, chances: Array, evidence: Evidence) -> Meaning:
        """Without a conversation an answer is withdrawn where it is too likely a foreign subject, unless all
        its words are those that facts are asked with."""
        foreign = float(chances[self._candidates.places[OUT_OF_SCOPE]])
        stating = meaning.outcome == "ask" or meaning.targets[:1] != (OUT_OF_SCOPE,)
        acting = bool(meaning.targets) and meaning.targets[0] not in self._kb.cells
        if foreign < self._caution or acting or evidence.of_facts or not stating:
            return meaning
        return replace(meaning, outcome="answer", targets=(OUT_OF_SCOPE,), chance=foreign, choices=())

    def _told(self, meaning: Meaning, said: Said) -> Meaning:
        """What only tells something (备案让管局退回来了) is about the fact that it is likeliest of, and not
        about a point that the document leaves open: nothing is asked."""
        target, chance = meaning.ranking[0]
        if meaning.targets != (UNCOVERED,) or said.asks or target not in self._kb.facts:
            return meaning
        return replace(meaning, targets=(target,), chance=chance) if chance >= ONLY_LIKELY else meaning

    def _of_the_last(self, meaning: Meaning, evidence: Evidence, said: Said, state: Discourse) -> Meaning:
        """What asks for the last answer again, or for a shorter one, means that answer."""
        if not state.stated or said.ordinal is not None or said.named:
            return meaning
        alone = self._candidates.chances(evidence.whole)
        for act, manner in ABOUT_THE_LAST.items():
            place = self._candidates.places.get(act)
            if place is not None and (alone[place] >= ITS_OWN_WORDS or meaning.targets[:1] == (act,)):
                return replace(meaning, outcome="answer", targets=state.stated, manner=manner, choices=())
        return meaning

    def _own_act(self, meaning: Meaning, evidence: Evidence, state: Discourse) -> Meaning:
        """What would only say again what has just been said, though its words are an act's (不是, 还有呢):
        that act, as long as it is possible here. A manner that is about the last answer is left alone."""
        if (
            not meaning.targets
            or meaning.manner not in (MANNERS[0], "correct")
            or not set(meaning.targets) <= set(state.stated)
        ):
            return meaning
        alone = self._candidates.chances(evidence.whole)
        for target, chance in meaning.ranking:
            act = target not in self._kb.cells and target not in (OUT_OF_SCOPE, UNCOVERED)
            if act and chance >= POSSIBLE and alone[self._candidates.places[target]] >= ITS_OWN_WORDS:
                return replace(meaning, targets=(target,), chance=chance)
        return meaning

    def _about_rejection(self, meaning: Meaning, state: Discourse) -> bool:
        targets = [target for target, _ in meaning.ranking[:2]]
        cells = [self._kb.cells[target] for target in targets if target in self._kb.cells]
        return state.phase == "rejected" or any(cell.phase == "rejected" for cell in cells)
