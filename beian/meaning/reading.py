"""From the model's probabilities to one meaning: what to state, how, or what to ask back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal, cast

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase, Term
from beian.kb.cells import OUT_OF_SCOPE, UNCOVERED, most_specific
from beian.meaning.advance import advance, asked_of, changes_named
from beian.meaning.changes_told import Changes
from beian.meaning.data import MANNERS
from beian.meaning.features import Candidates, candidates_of
from beian.meaning.model import ContextualModel, Reading, best_manner, ranked
from beian.meaning.notices import reasons_of
from beian.meaning.said import Said, said_of, settled, without_counted
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.text import patterns
from beian.text.clauses import looks_like_question

# From this probability on a meaning is acted on; one that leads all others clearly needs only LIKELY.
SURE = 0.42
# With nothing else to offer, a fact this likely is better than not to understand.
ONLY_LIKELY = 0.2
# The first message of a conversation has to be surer: nothing else tells what it may mean.
SURE_AT_FIRST = 0.5
LIKELY = 0.3
LIKELY_ACT = 0.28
# There the classifier, which has only the words, has this part in the geometric mean; it gives no meaning
# less than LEAST. Measured on 1,500 fresh messages: 3.9 points more answered rightly.
OF_THE_WORDS = 0.3
LEAST = 1e-4
CLEAR_LEAD = 2.0
MOSTLY = 0.6
POSSIBLE = 0.08
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
# Open themes have nearly the chance of a fact from this part of it on.
NEARLY = 0.6
MOST_TARGETS = 4
# How likely a foreign subject must be for an answer to be withdrawn: smaller is more cautious.
CAUTION = 0.17
# In a conversation a foreign subject counts for this part of its chance.
FOREIGN_IN_TALK = 0.4
# Surer than this of a theme of its own, a message asks nothing else.
SURE_WHOLE = 0.9
# Acts that mean the last answer, spoken of in another manner; and how sure their own words must be.
ABOUT_THE_LAST = {"dialogue/repeat": "again", "dialogue/simplify": "brief"}
ITS_OWN_WORDS = 0.5
MOST_CHOICES = 3
RANKED = 5

# What a clause has that tells of something done or to be done.
_DONE = patterns.compile("[了过要想换改变搬关停卖撤删转加增盘]|注销|准备|打算")
_CHANGES = ("item", "change_type")

Outcome = Literal["answer", "ask", "not_understood"]


@dataclass(frozen=True)
class Meaning:
    """`outcome`: answer (state `targets` in this `manner`), ask (offer `choices`), not_understood.

    `targets` are facts, topics, uncovered/THEME, out_of_scope or acts, in the order asked; `chance` is that
    of the likeliest, `alone` what the message has for it outside any conversation; `ranking` the likeliest
    with their chances; `notice` the lines of a pasted notice, each with the target that it stands for (""
    where the document has none); `named`: (slot, value, word) of what it names, by an alias or in words
    of its own, None where that was not read (a button); `foreign`: how likely it is none of our
    subjects by its own words alone.
    """

    outcome: Outcome
    targets: tuple[str, ...] = ()
    manner: str = MANNERS[0]
    chance: float = 0.0
    choices: tuple[str, ...] = ()
    ranking: tuple[tuple[str, float], ...] = ()
    alone: float = 0.0
    notice: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[str, str, str], ...] | None = None
    foreign: float = 0.0

    def as_dict(self) -> dict[str, Any]:
        """Plain data, for the message that Rasa stores."""
        return asdict(self)

    @classmethod
    def from_dict(cls, data: Mapping[str, Any] | None) -> Meaning:
        """What `as_dict` gave; not understood for anything else."""
        if not data or "outcome" not in data:
            return cls("not_understood")
        return cls(
            cast(Outcome, data["outcome"]),
            tuple(data["targets"]),
            str(data["manner"]),
            float(data["chance"]),
            tuple(data["choices"]),
            tuple((str(target), float(chance)) for target, chance in data["ranking"]),
            float(data["alone"]),
            tuple((str(line), str(target)) for line, target in data["notice"]),
            None
            if data["named"] is None
            else tuple((str(slot), str(value), str(word)) for slot, value, word in data["named"]),
            float(data["foreign"]),
        )


def by_its_name(said: Said, evidence: Evidence, kb: KnowledgeBase) -> Said:
    """What a message says, with the items of several changes that clauses have a part of the name of (A家换了
    地址，B家换了服务器); without changes read out of clauses that tell of nothing done (手上两家公司)."""
    clauses = [text for text, _ in evidence.clauses]
    idle = {clause for clause in clauses if not _DONE.search(clause)}
    read_out = {pair for pair in said.named if said.words.get(pair) in idle - {*kb.words}}
    named = tuple(pair for pair in said.named if pair not in read_out)
    words = dict(said.words)
    if len(clauses) < 2 or not changes_named(said, kb):
        return said
    for clause in clauses:
        words_in = {word for pair, word in said.words.items() if pair[0] in _CHANGES and word != clause}
        by_alias = any(word in clause for word in words_in)
        if clause in idle or by_alias or looks_like_question(clause):
            continue
        item = _item_named_in(clause, kb)
        if item is not None and item.change_type:
            own = (("item", item.id), ("change_type", item.change_type))
            named = (*(pair for pair in named if words.get(pair) != clause or pair in own), *own)
            words |= {pair: clause for pair in own if pair not in words}
    if named == said.named:
        return said
    in_order = sorted(dict.fromkeys(named), key=lambda pair: said.text.find(words[pair]))
    return replace(said, named=tuple(in_order), words=words)


def _item_named_in(clause: str, kb: KnowledgeBase) -> Term | None:
    """The one item with the end of whose defined name a clause says what changed (地址 of 注册地址)."""
    found = [term for term in kb.terms if term.group == "item" and term.name[-2:] in clause]
    return found[0] if len(found) == 1 else None


class Reader:
    """Reads messages in their conversations. `model` and knowledge base belong together; `caution` is from
    when on (0 to 1) an answer is withdrawn for what may be none of the assistant's business."""

    def __init__(self, model: ContextualModel, kb: KnowledgeBase, caution: float = CAUTION) -> None:
        self._model, self._kb, self._caution = model, kb, caution
        self._candidates: Candidates = candidates_of(kb, model.labels)
        self._changes = Changes(self._candidates, kb)

    def with_knowledge(self, kb: KnowledgeBase) -> Reader:
        """The same for another knowledge base that belongs to the model."""
        return Reader(self._model, kb, self._caution)

    def read(
        self, evidence: Evidence, entities: Sequence[Mapping[str, Any]], state: Discourse, written: str = ""
    ) -> Meaning:
        """What a message means after `state`."""
        entities = without_counted(evidence.text, entities)
        said = settled(said_of(evidence.text, entities, self._kb, written), state.focus.case, self._kb)
        reading = self._model.read(self._candidates, evidence, said, state)
        said = by_its_name(self._changes.told(said, evidence), evidence, self._kb)
        named = tuple((*pair, said.words[pair]) for pair in said.named)
        foreign = float(self._candidates.chances(evidence.whole)[self._candidates.places[OUT_OF_SCOPE]])
        meaning = self._read(evidence, entities, said, state, reading)
        return replace(meaning, named=named, foreign=round(foreign, 4))

    def _read(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        said: Said,
        state: Discourse,
        reading: Reading,
    ) -> Meaning:
        manner, _ = best_manner(reading.manners)
        if said.why and state.stated and manner in ("ask", "item", "what_if"):
            manner = "why"
        chances = (
            self._with_the_words(reading.targets, evidence)
            if state.fresh
            else self._slow_to_refuse(reading.targets)
        )
        meaning = self._decide(chances, manner, SURE_AT_FIRST if state.fresh else SURE)
        meaning = self._of_the_last(meaning, evidence, said, state)
        meaning = self._own_act(meaning, evidence, state)
        meaning = self._for_the_item(meaning, said, reading)
        meaning = self._left_open(self._for_the_subject(meaning, said, state))
        if meaning.targets:
            meaning = replace(meaning, alone=round(self._alone(meaning.targets[0], evidence), 4))
        notice = reasons_of(evidence.notice, self._candidates, self._kb)
        reasons = tuple(dict.fromkeys(target for _, target in notice if target))[:MOST_TARGETS]
        listed = (
            evidence.notice.numbered
            and len(reasons) > 1
            and not any(looks_like_question(line) for line, _ in notice)
        )
        if reasons and (listed or self._about_rejection(meaning, state)):
            return replace(meaning, outcome="answer", targets=reasons, manner=MANNERS[0], notice=notice)
        several = self._several(evidence, entities, said, state, meaning, reading)
        if several:
            return replace(meaning, outcome="answer", targets=several)
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

    def _several(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        said: Said,
        state: Discourse,
        meaning: Meaning,
        reading: Reading,
    ) -> tuple[str, ...]:
        """Several meanings of one message, each step by itself; () where it has one."""
        if self._of_its_own(meaning):
            return self._questions(evidence, entities, state, reading, SURE_WHOLE)
        return (
            self._questions(evidence, entities, state, reading)
            or self._matters(said, state, meaning, reading)
            or self._compared(meaning, reading)
            or self._near(meaning, said, state)
        )

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

    def _for_the_item(self, meaning: Meaning, said: Said, reading: Reading) -> Meaning:
        """What is for another item than the one that a question names gives way to what answers the same for
        that one. A point of what has been shown (要身份证吗) names papers, no change."""
        item = asked_of(said, meaning.manner)
        if item is None or len(changes_named(said, self._kb)) > 1:
            return meaning
        case = {slot: said.case().get(slot) for slot in ("change_type", "item")}

        def own(targets: Sequence[str]) -> tuple[str, ...]:
            return tuple(dict.fromkeys(self._in_the_case(target, case, reading) for target in targets))

        choices = own(meaning.choices)
        if len(choices) == 1 and meaning.outcome == "ask":
            return replace(meaning, outcome="answer", targets=choices, choices=())
        return replace(meaning, targets=own(meaning.targets), choices=choices)

    def _in_the_case(self, target: str, case: Mapping[str, str | None], reading: Reading) -> str:
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

    def _for_the_subject(self, meaning: Meaning, said: Said, state: Discourse) -> Meaning:
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

    def _left_open(self, meaning: Meaning) -> Meaning:
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
        return self._cell_for(cell.aspect, {**case, "subject_kind": kind}) or target

    def _with_the_words(self, chances: Array, evidence: Evidence) -> Array:
        """The chances of a first message, drawn towards what its words alone say."""
        words = self._candidates.chances(evidence.whole)
        weighed = (chances + LEAST) ** (1 - OF_THE_WORDS) * (words + LEAST) ** OF_THE_WORDS
        weighed /= weighed.sum()
        if evidence.of_facts:
            # what is made of the facts' own words is no more foreign than they say
            place = self._candidates.places[OUT_OF_SCOPE]
            weighed[place] = min(weighed[place], words[place])
        return cast(Array, weighed / weighed.sum())

    def _slow_to_refuse(self, chances: Array) -> Array:
        """The chances with that of a foreign subject made smaller: while something is in hand, to be told
        that it is none of the assistant's business is the worst answer."""
        weighed = chances.copy()
        weighed[self._candidates.places[OUT_OF_SCOPE]] *= FOREIGN_IN_TALK
        return cast(Array, weighed / weighed.sum())

    def _of_its_own(self, meaning: Meaning) -> bool:
        """Whether a message is surely about one open theme that all its questions are about."""
        target = meaning.targets[0] if meaning.targets else ""
        theme = self._kb.themes.get(target.removeprefix(UNCOVERED)) if target.startswith(UNCOVERED) else None
        return bool(theme and theme.own_subject and meaning.chance >= SURE_WHOLE)

    def _decide(self, chances: Array, manner: str, sure: float) -> Meaning:
        """The likeliest meaning if it is sure enough, else a question back among the likeliest facts."""
        candidates = self._candidates
        ranking = tuple(ranked(candidates, chances, RANKED))
        masses = np.bincount(candidates.kinds, chances, len(candidates.of_kind))
        kind = int(masses.argmax())
        top, chance = ranking[0]
        said = Meaning("answer", (top,), manner, chance, (), ranking)
        if chance >= sure:
            return said
        own = [
            (target, value)
            for target, value in ranking
            if candidates.kinds[candidates.places[target]] == kind
        ]
        if own:
            (top, chance), second = own[0], own[1][1] if len(own) > 1 else 0.0
            # acts are near each other, and to take one for another does little harm
            act = top not in self._kb.cells
            clear = chance >= CLEAR_LEAD * second or act
            leads = chance >= (LIKELY_ACT if act else LIKELY) and clear
            if masses[kind] >= MOSTLY and leads:
                return replace(said, targets=(top,), chance=chance)
        choices = self._choices(ranking)
        if top.startswith(UNCOVERED) and masses[kind] >= SURE:
            return replace(said, targets=(UNCOVERED,), chance=float(masses[kind]))
        if len(choices) > 1:
            return replace(said, outcome="ask", targets=(), choices=choices)
        likely = max(chance, masses[kind] / 2) >= LIKELY and chance >= ONLY_LIKELY
        if choices and not top.startswith(UNCOVERED) and likely:
            return replace(said, targets=choices)
        if top.startswith(UNCOVERED) or top == OUT_OF_SCOPE or chance >= LIKELY:
            return replace(said, targets=(top,), chance=chance)
        best, its_chance = ranking[0]
        if choices and choices[0] == best and its_chance >= ONLY_LIKELY:
            return replace(said, targets=choices, chance=its_chance)
        return replace(said, outcome="not_understood", targets=())

    def _choices(self, ranking: Sequence[tuple[str, float]]) -> tuple[str, ...]:
        """The facts and topics that are possible, likeliest first."""
        cells = self._kb.cells
        found = [
            target
            for target, chance in ranking
            if target in cells and not target.startswith(UNCOVERED) and chance >= POSSIBLE
        ]
        # what is general is no choice beside the special case of the same question
        special = {cells[target].aspect for target in found if cells[target].bound}
        found = [target for target in found if cells[target].bound or cells[target].aspect not in special]
        return tuple(found[:MOST_CHOICES])

    def _about_rejection(self, meaning: Meaning, state: Discourse) -> bool:
        targets = [target for target, _ in meaning.ranking[:2]]
        cells = [self._kb.cells[target] for target in targets if target in self._kb.cells]
        return state.phase == "rejected" or any(cell.phase == "rejected" for cell in cells)

    def _questions(
        self,
        evidence: Evidence,
        entities: Sequence[Mapping[str, Any]],
        state: Discourse,
        whole: Reading,
        sure: float = SURE_PART,
    ) -> tuple[str, ...]:
        """The meanings of several questions in one message, each read after the one before it."""
        found: list[str] = []
        certain: set[str] = set()
        for part in evidence.parts:
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

    def _matters(self, said: Said, state: Discourse, meaning: Meaning, reading: Reading) -> tuple[str, ...]:
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
        found = [target for case in cases if (target := self._cell_for(cell.aspect, case, reading))]
        found = [
            target
            for target in dict.fromkeys(found)
            if not said.named or reading.targets[self._candidates.places[target]] >= POSSIBLE_CASE
        ]
        return tuple(found[:MOST_TARGETS]) if len(found) > 1 else ()

    def _cell_for(
        self, aspect: str, case: Mapping[str, str | None], reading: Reading | None = None
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

    def _compared(self, meaning: Meaning, reading: Reading) -> tuple[str, ...]:
        """The two likeliest facts, where two things are compared."""
        if reading.manners[MANNERS.index("compare")] < COMPARING:
            return ()
        facts = [
            target for target, chance in meaning.ranking if target in self._kb.facts and chance >= POSSIBLE
        ]
        return tuple(facts[:2]) if len(facts) > 1 else ()
