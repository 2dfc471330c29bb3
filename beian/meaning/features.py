"""Numbers for the model: every candidate meaning described by what message and state say of it.

Sizes: K candidates, F features of a candidate, G gates (numbers of the message and the state as a whole).
All features are abstract: none names a fact, a theme or a word.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, SLOTS, UNCOVERED, Cell
from beian.meaning.said import LAST, Said
from beian.meaning.state import Discourse
from beian.nlu.evidence import Evidence
from beian.nlu.labels import fact_id, kind_of

FLOOR = 1e-6
_KINDS = ("answer", "uncovered", "out_of_scope", "act")
_ACT = _KINDS.index("act")


class Candidates:
    """The K candidate meanings of a knowledge base and a label model, with what is fixed of each."""

    def __init__(self, cells: Sequence[Cell], labels: Sequence[str]) -> None:
        self.cells = tuple(cells)
        self.targets = tuple(cell.target for cell in cells)
        self.places = {target: place for place, target in enumerate(self.targets)}
        self.kinds = np.array([_KINDS.index(_kind(target)) for target in self.targets])
        self.of_kind = [(self.kinds == kind).astype(np.float32) for kind in range(len(_KINDS))]
        self.acts = np.flatnonzero(self.kinds == _ACT)
        aspects = [cell.aspect or cell.target for cell in cells]
        self.aspects = _numbered(aspects)
        self.has_aspect = np.array([cell.aspect is not None for cell in cells])
        self.scopes = _numbered(
            [
                repr(sorted([*cell.when.items(), *cell.concerns.items()])) if cell.bound else ""
                for cell in cells
            ]
        )
        # one set of word weights an aspect, one an act, one for all themes together
        self.classes = _numbered(
            ["theme" if _is_theme(cell) else aspect for cell, aspect in zip(cells, aspects, strict=True)]
        )
        self._from_label = np.array([self.places.get(target_of(label), -1) for label in labels])
        self.bound = {slot: self._where(lambda cell, slot=slot: bool(cell.values(slot))) for slot in SLOTS}
        self._agree = {
            (slot, value): self._where(lambda cell, slot=slot, value=value: value in cell.values(slot))
            for slot in SLOTS
            for value in {value for cell in cells for value in cell.values(slot)}
        }
        self._all_of = {slot: self._where(lambda cell, slot=slot: slot in cell.when) for slot in SLOTS}
        self._any_of = {slot: self._where(lambda cell, slot=slot: slot in cell.concerns) for slot in SLOTS}
        self.is_bound = self._where(lambda cell: cell.bound)
        self.phases = {
            phase: self._where(lambda cell, phase=phase: cell.phase == phase)
            for phase in ("preparing", "submitted", "rejected", "approved")
        }
        self._holding: dict[str, list[int]] = {}
        for place, cell in enumerate(cells):
            for pair in set(_pairs(cell.text)):
                self._holding.setdefault(pair, []).append(place)

    @property
    def count(self) -> int:
        """K."""
        return len(self.targets)

    def _where(self, holds: Callable[..., bool]) -> Array:
        return np.array([float(holds(cell)) for cell in self.cells], dtype=np.float32)

    def none(self) -> Array:
        """Zero for each candidate (K,)."""
        return np.zeros(self.count, dtype=np.float32)

    def among(self, targets: Iterable[str | None]) -> Array:
        """One for each of these targets, zero for the others (K,)."""
        mask = self.none()
        mask[[self.places[target] for target in targets if target in self.places]] = 1.0
        return mask

    def agree(self, slot: str, value: str | None) -> Array:
        """Which candidates are bound to a value of a slot (K,)."""
        found = self._agree.get((slot, value or ""))
        return self.none() if found is None else found

    def chances(self, by_label: Array) -> Array:
        """The probability of each candidate (K,) from that of each label; labels of one target are summed."""
        known = self._from_label >= 0
        return np.bincount(self._from_label[known], by_label[known], self.count)

    def best_of_aspects(self, case: Mapping[str, str | None]) -> Array:
        """Which bound cells answer their aspect best in a case: as `beian.kb.cells.most_specific` (K,)."""
        agreeing, clash = self.none(), self.none()
        known, met = self.none(), self.none()
        for slot in SLOTS:
            if not case.get(slot):
                continue
            agree = self.agree(slot, case[slot])
            agreeing = agreeing + agree
            clash = clash + self._all_of[slot] * (1 - agree)
            known = known + self._any_of[slot]
            met = met + self._any_of[slot] * agree
        fits = (clash == 0) & ((known == 0) | (met > 0))
        score = np.where(fits, agreeing, -1.0)
        most = np.full(int(self.aspects.max()) + 1, -1.0)
        np.maximum.at(most, self.aspects, score)
        best = fits & (score == most[self.aspects]) & self.has_aspect
        bound: Array = best.astype(np.float32) * self.is_bound
        return bound

    def overlap(self, text: str) -> Array:
        """The share of a text's pairs of characters that each candidate's own text holds (K,)."""
        pairs = set(_pairs(text))
        counts = self.none()
        for pair in pairs:
            counts[self._holding.get(pair, [])] += 1.0
        return counts / max(1, len(pairs))


def candidates_of(kb: KnowledgeBase, labels: Sequence[str]) -> Candidates:
    """The facts, topics and themes of the knowledge base, what is foreign, and the acts among `labels`."""
    acts = [Cell(label) for label in sorted(labels) if kind_of(label) == "act"]
    # an open theme that is not one of the known ones
    unknown = Cell(UNCOVERED)
    return Candidates([*kb.cells.values(), unknown, Cell(OUT_OF_SCOPE), *acts], labels)


def _is_theme(cell: Cell) -> bool:
    return cell.target.startswith(UNCOVERED)


def _kind(target: str) -> str:
    return kind_of(target) if "." not in target else "answer"


def target_of(label: str) -> str:
    """The candidate that a label of the classifier stands for."""
    kind = kind_of(label)
    if kind == "answer":
        return fact_id(label)
    return OUT_OF_SCOPE if kind == "out_of_scope" else label


def _numbered(names: Sequence[str]) -> Array:
    order = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([order[name] for name in names])


def _pairs(text: str) -> list[str]:
    return [text[place : place + 2] for place in range(len(text) - 1)]


def _summed(chance: Array, groups: Array) -> Array:
    """For each candidate the probability of its whole group (K,)."""
    summed: Array = np.bincount(groups, chance)[groups]
    return summed


def describe(candidates: Candidates, evidence: Evidence, said: Said, state: Discourse) -> tuple[Array, Array]:
    """(features (K, F), gates (G,)) of a message in a state."""
    chance = candidates.chances(evidence.whole)
    first = candidates.chances(evidence.first)
    final = candidates.chances(evidence.last)
    by_aspect = _summed(chance, candidates.aspects)
    by_scope = _summed(chance, candidates.scopes)
    denied = candidates.chances(evidence.denied) if evidence.denied is not None else candidates.none()
    features = [
        np.log(chance + FLOOR),
        np.log(by_aspect + FLOOR),
        np.log(by_scope + FLOOR),
        np.log(first + FLOOR),
        np.log(final + FLOOR),
        chance,
        final,
        denied,
        _summed(denied, candidates.aspects),
        _summed(final, candidates.aspects),
        *_in_context(candidates, said, state, by_aspect),
        *candidates.of_kind,
    ]
    return (
        np.stack(features, axis=1).astype(np.float32),
        np.array(_gates(candidates, chance, evidence, said, state), dtype=np.float32),
    )


def _gates(
    candidates: Candidates, chance: Array, evidence: Evidence, said: Said, state: Discourse
) -> list[float]:
    masses = np.bincount(candidates.kinds, chance, len(_KINDS)).tolist()
    entropy = float(-(chance * np.log(chance + FLOOR)).sum())
    case = said.case()
    flags = [
        len(said.text) <= 4,
        said.values("item") or said.values("change_type"),
        "subject_kind" in case,
        "rejection_reason" in case,
        said.documents,
        said.dated,
        said.ordinal is not None,
        said.asks,
        said.denied,
        evidence.denied is not None,
        evidence.parts,
        said.has_name or said.has_age,
        state.fresh,
        state.last == "none",
        state.last == "uncovered" or state.theme is not None,
        state.last == "out_of_scope",
        state.last == "smalltalk",
        state.last == "handoff",
        state.entries,
        state.phase == "rejected",
        state.phase in ("submitted", "approved"),
        len(state.stated) > 1,
        len(state.matters) > 1,
    ]
    return [
        1.0,
        *masses,
        *chance[candidates.acts].tolist(),
        float(chance.max()),
        entropy / 3,
        min(len(said.text), 60) / 30,
        *evidence.domain.tolist(),
        *(float(bool(flag)) for flag in flags),
    ]


def _in_context(candidates: Candidates, said: Said, state: Discourse, by_aspect: Array) -> list[Array]:
    """The features that rest on the state, (K,) each."""
    pointed = _pointed(state, said)
    # what an ordinal points at is as good as named: 第四种要什么材料
    refers = candidates.cells[candidates.places[pointed]].when if pointed in candidates.places else {}
    case = {**refers, **said.case()}
    focus = {
        "change_type": state.focus.change_type,
        "item": state.focus.item,
        "subject_kind": state.focus.subject_kind,
        "rejection_reason": state.reason,
    }
    # what the message names goes before what is known; another change brings none of the old one's item
    known: dict[str, str | None] = {**focus, **case}
    if case.get("change_type") not in (None, focus["change_type"]):
        known["item"] = case.get("item")
    named = {slot: candidates.agree(slot, case.get(slot)) for slot in SLOTS}
    clash = {
        slot: candidates.bound[slot] * (1 - named[slot]) if slot in case else candidates.none()
        for slot in SLOTS
    }
    held = {slot: candidates.agree(slot, focus[slot]) for slot in SLOTS}
    against = {
        slot: candidates.bound[slot] * (1 - held[slot]) if focus[slot] else candidates.none()
        for slot in SLOTS
    }
    named_fits = _only(named, clash)
    focus_fits = _only(held, against)
    last = [*state.stated, state.theme]
    stated = candidates.among(last)
    places = [candidates.places[target] for target in last if target in candidates.places]
    same = np.isin(candidates.aspects, candidates.aspects[places]) * candidates.has_aspect
    following = [after for place in places for after in candidates.cells[place].next]
    nearest = (
        candidates.cells[candidates.places[state.theme]].nearest if state.theme in candidates.places else ()
    )
    best = candidates.best_of_aspects(known)
    rejected = state.phase == "rejected"
    phase = candidates.phases.get(state.phase or "")
    nothing = candidates.none()
    overlap = candidates.overlap(said.text)
    asked = state.asked.options if state.asked else ()
    return [
        stated,
        candidates.among(fact for facts in state.trail for fact in facts) * (1 - stated),
        same,
        same * (1 - stated),
        *named.values(),
        *clash.values(),
        *held.values(),
        *against.values(),
        candidates.phases["rejected"]
        * (1 - candidates.bound["rejection_reason"])
        * ("rejection_reason" in case),
        candidates.among(state.entries),
        candidates.among([pointed]),
        candidates.among(following),
        nothing if phase is None else phase,
        candidates.phases["rejected"] * float(not rejected and not state.fresh),
        candidates.phases["preparing"] * float(rejected),
        _denied(candidates, said),
        candidates.among(nearest),
        candidates.among([state.theme]),
        same * named_fits,
        by_aspect * focus_fits,
        by_aspect * named_fits,
        best,
        best * same,
        best * by_aspect,
        overlap,
        overlap * stated,
        candidates.among(asked),
    ]


def _only(agreeing: Mapping[str, Array], clashing: Mapping[str, Array]) -> Array:
    """Which candidates agree with something and clash with nothing (K,)."""
    some, none = np.stack([*agreeing.values()]), np.stack([*clashing.values()])
    only: Array = ((some.sum(axis=0) > 0) & (none.sum(axis=0) == 0)).astype(np.float32)
    return only


def _pointed(state: Discourse, said: Said) -> str | None:
    """What an ordinal of the message stands for among the entries shown."""
    if said.ordinal is None or not state.entries:
        return None
    place = len(state.entries) - 1 if said.ordinal == LAST else said.ordinal - 1
    return state.entries[place] if place < len(state.entries) else None


def _denied(candidates: Candidates, said: Said) -> Array:
    denied = candidates.none()
    for slot, value in said.denied:
        denied = np.maximum(denied, candidates.agree(slot, value))
    return denied
