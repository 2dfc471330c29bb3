"""The candidate meanings of a message, K of them, with what is fixed of each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np

from beian.arrays import Array
from beian.kb import KnowledgeBase
from beian.kb.cells import OUT_OF_SCOPE, SLOTS, UNCOVERED, Cell
from beian.nlu.labels import fact_id, kind_of

KINDS = ("answer", "uncovered", "out_of_scope", "act")
_ACT = KINDS.index("act")


class Candidates:
    """The K candidate meanings of a knowledge base and a label model, with what is fixed of each."""

    def __init__(self, cells: Sequence[Cell], labels: Sequence[str]) -> None:
        self.cells = tuple(cells)
        self.targets = tuple(cell.target for cell in cells)
        self.places = {target: place for place, target in enumerate(self.targets)}
        self.kinds = np.array([KINDS.index(_kind(target)) for target in self.targets])
        self.of_kind = [(self.kinds == kind).astype(np.float32) for kind in range(len(KINDS))]
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
