"""The entries of the knowledge base: facts, topics, aspects, open themes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

SECTION_SEPARATOR = " › "


@dataclass(frozen=True)
class Fact:
    """One addressable statement of the procedure.

    `body` holds blocks in order: ("text", [line]), ("list", items) or ("steps", items).
    `when` holds the case the fact is for: change_type, item, subject_kind, rejection_reason.
    `aspect` is what it answers (an id of `KnowledgeBase.aspects`); `concerns` widens `when` to any of
    several values; `lists` names the facts that its entries stand for, in their order. `why` and
    `consequence` are parts of the statement: the reason it gives, and what follows otherwise; `otherwise`
    names the fact that says what follows.
    """

    id: str
    title: str
    question: str
    section: tuple[str, ...]
    body: tuple[tuple[str, tuple[str, ...]], ...]
    layer: str = "procedure"
    aspect: str = ""
    when: dict[str, str] = field(default_factory=dict)
    concerns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    lists: tuple[str, ...] = ()
    lead: str | None = None
    card: Literal["checklist", "steps", "deadline", "verdict"] | None = None
    why: str | None = None
    consequence: str | None = None
    otherwise: str | None = None
    next: tuple[str, ...] = ()

    @property
    def section_path(self) -> str:
        """The section of the procedure as one line, outermost heading first."""
        return SECTION_SEPARATOR.join(self.section)

    @property
    def items(self) -> tuple[str, ...]:
        """The entries of the fact's lists and steps, in order."""
        return tuple(line for kind, lines in self.body if kind != "text" for line in lines)


@dataclass(frozen=True)
class Topic:
    """A question that several facts answer together."""

    id: str
    title: str
    question: str
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Aspect:
    """One kind of question.

    `phase` is where in the procedure somebody stands who asks it; `awaits` what works the answer out for a
    customer: changed, submitted, rejected (days), site_name or birth.
    """

    id: str
    name: str
    phase: str | None = None
    awaits: str | None = None


@dataclass(frozen=True)
class Theme:
    """A subject about ICP filing that the document leaves open; `stated` is a fact to say along with it.

    `aspect` and `concerns` are as those of facts; `phase` overrides the aspect's.
    """

    id: str
    title: str
    nearest: tuple[str, ...]
    stated: str | None = None
    not_said: bool = False
    own_subject: bool = False
    aspect: str | None = None
    concerns: dict[str, tuple[str, ...]] = field(default_factory=dict)
    phase: str | None = None
