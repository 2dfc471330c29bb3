"""The second layer: what public sources say where the document is silent, and where they differ from it.

It is data apart (kb/supplement/, kb/sources.yml, kb/conflicts.yml) and never becomes part of a fact of the
first layer; docs/supplement.md describes it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from urllib.parse import quote

LINKED_KINDS = ("official", "provider")
SHOWN = ("high", "medium")
# Facts are to be looked at again twice a year: rules of provinces change most.
REVIEW_DAYS = 180
UNDATED = "unknown"
_GITHUB = "github:"


@dataclass(frozen=True)
class SupplementSource:
    """Where something was read. `date` is the source's own, "unknown" where it has none."""

    id: str
    publisher: str
    title: str
    kind: str
    date: str
    url: str | None = None

    @property
    def link(self) -> str | None:
        """The address to open, for kinds that may be linked."""
        if not self.url or self.kind not in LINKED_KINDS:
            return None
        if not self.url.startswith(_GITHUB):
            return self.url
        repository, _, path = self.url.removeprefix(_GITHUB).partition(":")
        return f"https://github.com/{repository}/blob/HEAD/{quote(path)}"


@dataclass(frozen=True)
class SupplementFact:
    """One statement of the second layer; `body` as that of `Fact`. `also`: further themes it answers;
    `asked`: how customers may put it; `reviewed_on`: when it was last compared with its sources."""

    id: str
    theme: str
    title: str
    question: str
    body: tuple[tuple[str, tuple[str, ...]], ...]
    applies: str
    confidence: str
    sources: tuple[SupplementSource, ...]
    asked: tuple[str, ...]
    reviewed_on: date
    hedge: str | None = None
    also: tuple[str, ...] = ()
    disagree: str | None = None

    @property
    def shown(self) -> bool:
        """Whether customers may see it: not what rests on one weak source."""
        return self.confidence in SHOWN

    @property
    def themes(self) -> tuple[str, ...]:
        """Every theme it answers, its own first."""
        return (self.theme, *self.also)

    @property
    def items(self) -> tuple[str, ...]:
        """The entries of its lists and steps, in order."""
        return tuple(line for kind, lines in self.body if kind != "text" for line in lines)

    @property
    def words(self) -> str:
        """Its body as one line."""
        return " ".join(line for _, lines in self.body for line in lines)


@dataclass(frozen=True)
class Conflict:
    """A point where other sources differ from the document's facts `facts`; `item` narrows it to a change.

    `always`: told whenever one of the facts is stated; otherwise only when that very point is asked.
    """

    id: str
    title: str
    facts: tuple[str, ...]
    risk: str
    always: bool
    document_says: str
    others_say: str
    sources: tuple[SupplementSource, ...]
    reviewed_on: date
    confidence: str = "medium"
    item: str | None = None
    asked: tuple[str, ...] = ()
    note: str | None = None


@dataclass(frozen=True)
class Supplement:
    """The second layer. `closing` ends every line about a difference."""

    facts: dict[str, SupplementFact] = field(default_factory=dict)
    conflicts: tuple[Conflict, ...] = ()
    closing: str = ""
    version: str = ""

    @cached_property
    def by_theme(self) -> dict[str, tuple[SupplementFact, ...]]:
        """The facts under each theme they answer."""
        found: dict[str, list[SupplementFact]] = {}
        for fact in self.facts.values():
            for theme in fact.themes:
                found.setdefault(theme, []).append(fact)
        return {theme: tuple(facts) for theme, facts in found.items()}

    def conflicts_of(self, fact: str, item: str | None) -> Iterator[Conflict]:
        """What differs from a fact of the document for a change of `item`, the gravest first."""
        for conflict in self.conflicts:
            if fact in conflict.facts and conflict.item in (None, item):
                yield conflict

    def overdue(self, today: date) -> list[str]:
        """The ids of facts and conflicts that nobody has reviewed for REVIEW_DAYS."""
        entries: list[SupplementFact | Conflict] = [*self.facts.values(), *self.conflicts]
        return [entry.id for entry in entries if (today - entry.reviewed_on).days > REVIEW_DAYS]
