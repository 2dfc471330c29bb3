"""Every fact and open theme as a cell: the aspect it answers, and the case that it is bound to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from beian.kb.facts import Aspect, Fact, Theme, Topic

SLOTS = ("change_type", "item", "subject_kind", "rejection_reason")
OUT_OF_SCOPE = "out_of_scope"
UNCOVERED = "uncovered/"

Case = Mapping[str, "str | None"]


@dataclass(frozen=True)
class Cell:
    """What one target answers.

    `when` binds it to all of its values, `concerns` to any of them; a slot in neither leaves it free.
    `awaits`: what works it out for a customer's own case. `entries`: what its listed entries stand for, in
    order; `next` and `nearest`: the facts that follow it, and those that an open theme is near to; `text`:
    its own words.
    """

    target: str
    aspect: str | None = None
    when: Mapping[str, str] = field(default_factory=dict)
    concerns: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    phase: str | None = None
    awaits: str | None = None
    entries: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    text: str = ""

    @property
    def bound(self) -> bool:
        """Whether it is for some cases only."""
        return bool(self.when or self.concerns)

    def values(self, slot: str) -> tuple[str, ...]:
        """The values of a slot that it is for; empty when it is free of it."""
        return (self.when[slot],) if slot in self.when else self.concerns.get(slot, ())

    def fits(self, case: Case) -> bool:
        """Whether nothing known of a case speaks against it."""
        if any(case.get(slot) not in (None, value) for slot, value in self.when.items()):
            return False
        known = [case[slot] in values for slot, values in self.concerns.items() if case.get(slot)]
        return any(known) or not known

    def agreeing(self, case: Case) -> int:
        """How many of the known values of a case it is bound to."""
        return sum(case.get(slot) in self.values(slot) for slot in SLOTS if case.get(slot))


def most_specific(cells: Iterable[Cell], case: Case) -> list[Cell]:
    """Of cells of one aspect those that answer a case best: they fit it and agree with most of it."""
    fitting = [(cell.agreeing(case), cell) for cell in cells if cell.fits(case)]
    most = max((agreeing for agreeing, _ in fitting), default=0)
    return [cell for agreeing, cell in fitting if agreeing == most]


def cells_of(
    facts: Iterable[Fact], topics: Iterable[Topic], themes: Iterable[Theme], aspects: Mapping[str, Aspect]
) -> dict[str, Cell]:
    """The cells by target: a fact's or topic's id, or uncovered/THEME."""
    cells: dict[str, Cell] = {}
    for fact in facts:
        text = "\n".join([fact.title, *(line for _, lines in fact.body for line in lines)])
        entries = fact.lists or tuple(fact.id for _ in fact.items)
        cells[fact.id] = Cell(
            fact.id,
            fact.aspect,
            fact.when,
            fact.concerns,
            aspects[fact.aspect].phase,
            aspects[fact.aspect].awaits,
            entries,
            fact.next,
            text=text,
        )
    for topic in topics:
        first = cells[topic.facts[0]]
        cells[topic.id] = Cell(
            topic.id, first.aspect, phase=first.phase, entries=topic.facts, next=first.next, text=topic.title
        )
    for theme in themes:
        phase = theme.phase or (aspects[theme.aspect].phase if theme.aspect else None)
        target = f"{UNCOVERED}{theme.id}"
        cells[target] = Cell(
            target,
            theme.aspect,
            concerns=theme.concerns,
            phase=phase,
            nearest=theme.nearest,
            text=theme.title,
        )
    return cells
