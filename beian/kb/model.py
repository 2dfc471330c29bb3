"""The knowledge base in memory: frozen data with the look-ups that the rest of the code needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from beian.kb.cells import Cell, cells_of
from beian.kb.definitions import Definition
from beian.kb.facts import Aspect, Fact, Theme, Topic
from beian.kb.papers import Paper, Papers
from beian.kb.rulings import Rulings
from beian.kb.supplement import Supplement


@dataclass(frozen=True)
class Term:
    """A term of the vocabulary: `group` is the entity it stands for, such as "item"; the `loose` ones of its
    `aliases` may mean another term where that is in hand or named as well. An item may be a `person`, or what
    is filed `of_person` (a telephone)."""

    id: str
    group: str
    name: str
    aliases: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()
    change_type: str | None = None
    subject_kind: str | None = None
    person: bool = False
    of_person: bool = False


@dataclass(frozen=True)
class Calendar:
    """The periods the procedure names: calendar days, working days (shortest, longest), years."""

    submit_days: int
    resubmit_days: int
    review_days: tuple[int, int]
    minimum_age: int


@dataclass(frozen=True)
class KnowledgeBase:
    """Everything the assistant knows and says. `version` is a digest of the files it came from."""

    title: str
    version: str
    aspects: dict[str, Aspect]
    facts: dict[str, Fact]
    topics: dict[str, Topic]
    themes: dict[str, Theme]
    terms: tuple[Term, ...]
    plain_terms: tuple[str, ...]
    spellings: dict[str, str]
    forbidden_words: tuple[str, ...]
    phone: str
    calendar: Calendar
    phrases: dict[str, dict[str, Any]]
    starters: tuple[str, ...]
    foreign_objects: tuple[str, ...] = ()
    supplement: Supplement = field(default_factory=Supplement)
    papers: Papers = field(default_factory=Papers)
    definitions: tuple[Definition, ...] = ()
    rulings: Rulings = field(default_factory=Rulings)

    @cached_property
    def _terms_by_id(self) -> dict[tuple[str, str], Term]:
        return {(term.group, term.id): term for term in self.terms}

    def term(self, group: str, term_id: str) -> Term | None:
        """The vocabulary entry of a group ("change_type", "item", ...), or None."""
        return self._terms_by_id.get((group, term_id))

    def words_of(self, paper: Paper) -> tuple[str, ...]:
        """The words for a paper: its own, and those of its document."""
        term = self.term("document", paper.document) if paper.document else None
        return (*paper.words, *((term.name, *term.aliases) if term else ()))

    def name_of(self, group: str, term_id: str | None) -> str | None:
        """The defined term behind an id, such as 主体信息变更 for subject_info."""
        term = self.term(group, term_id) if term_id else None
        return term.name if term else None

    @cached_property
    def words(self) -> tuple[str, ...]:
        """Every term and alias, without repeats, for tokenization and repair."""
        words = [word for term in self.terms for word in (term.name, *term.aliases)]
        return tuple(dict.fromkeys([*words, *self.plain_terms]))

    @cached_property
    def cells(self) -> dict[str, Cell]:
        """Facts, topics and themes as cells, by target (see `beian.kb.cells`)."""
        return cells_of(self.facts.values(), self.topics.values(), self.themes.values(), self.aspects)

    @cached_property
    def entries(self) -> tuple[Fact | Topic, ...]:
        """Every fact and topic."""
        return (*self.facts.values(), *self.topics.values())

    @cached_property
    def questions(self) -> dict[str, str]:
        """The wording of every button and suggestion, with the label it stands for."""
        return {entry.question: entry.id for entry in self.entries}

    def awaiting(self, *what: str) -> tuple[str, ...]:
        """The facts that are worked out from one of these, such as the day of the change."""
        return tuple(fact for fact in self.facts if self.cells[fact].awaits in what)

    def question_of(self, fact_or_topic: str) -> str:
        """The button wording for a fact or topic."""
        entry = self.facts.get(fact_or_topic) or self.topics[fact_or_topic]
        return entry.question

    def title_of(self, fact_or_topic: str) -> str:
        """The title of a fact or topic."""
        entry = self.facts.get(fact_or_topic) or self.topics[fact_or_topic]
        return entry.title

    def facts_of_label(self, label: str) -> tuple[str, ...]:
        """The facts that answer a label in dotted form; empty when it names none."""
        if label in self.topics:
            return self.topics[label].facts
        return (label,) if label in self.facts else ()

    def phrase(self, group: str, name: str, /, **values: str) -> str:
        """A phrase with its placeholders filled; `phone` is always available."""
        text = self.phrases[group][name]
        return str(text.format(phone=self.phone, **values))
