"""Which of the case's days a message is about: that of the change, of handing in or of the rejection."""

from __future__ import annotations

from datetime import date

from beian.calendar.span import Span
from beian.hearing.clauses import clauses_in
from beian.hearing.day_words import (
    BESIDE,
    OF_PHASE,
    ROLES,
    handed_in,
    told_beside,
)
from beian.hearing.event_verbs import TOLD, TOLD_AT_ONCE, named_before
from beian.hearing.happened import put_off_since
from beian.hearing.heard import Heard
from beian.hearing.own_days import beside_a_change, hardly_more_than
from beian.kb import KnowledgeBase
from beian.meaning.advance import TELLING
from beian.meaning.state import Discourse


def role_of(state: Discourse, heard: Heard, kb: KnowledgeBase) -> str | None:
    """Which of the case's days a message is about: what its answer counts from, else what was asked for,
    else where in the procedure the customer stands; None where nothing tells."""
    cells = [kb.cells[target] for target in heard.meaning.targets if target in kb.cells]
    for cell in cells:
        if cell.awaits in ROLES:
            return cell.awaits
    if any(cell.awaits == "birth" for cell in cells):
        return None
    if state.asked and state.asked.kind in ROLES and heard.meaning.manner in TELLING:
        return state.asked.kind
    if any(put_off_since(found, heard) for found in heard.days):
        return OF_PHASE.get(state.phase or "", "changed")
    if not cells:
        return None
    if heard.meaning.manner not in TELLING:
        return told_beside(heard)
    phase = next((cell.phase for cell in cells if cell.phase), None)
    return OF_PHASE.get(phase or "", "changed")


def roles_of(heard: Heard, role: str, state: Discourse, kb: KnowledgeBase) -> list[str | None]:
    """The role of each day: the one given, unless the words beside say another; of a single day only what
    follows it at once (10月8号换的), so that 10月8号，最晚哪天提交 is not a day of submission.

    Beside one that a verb goes with, a day without any tells something else (去年备的案，3号搬的家), unless
    it takes the other's place.
    """
    text = heard.said.written
    if len(heard.days) == 1:
        beside = text[heard.days[0].end :]
        own = next((name for name, told in TOLD_AT_ONCE.items() if told.match(beside)), None)
        return [own or named_before(text, heard.days[0].start) or role]
    ends = [*(found.start for found in heard.days[1:]), len(text)]
    besides = []
    for found, end in zip(heard.days, ends, strict=True):
        beside = _own_words(text[found.end : end], last=end == len(text))[:BESIDE]
        own = named_before(text, found.start)
        own = own or next((name for name, verb in TOLD.items() if verb.search(beside)), None)
        if own is None and role == "submitted" and handed_in(found, heard):
            own = role
        of_it = beside_a_change(found, heard, state, kb) or hardly_more_than(found, heard)
        besides.append(own or (role if of_it else None))
    if heard.meaning.manner != "correct" and any(besides):
        return besides
    return [own or role for own in besides]


def _own_words(after: str, *, last: bool) -> str:
    """Of the words from a day to the next one what is not in the clause of the next: 明天没空，改后天交."""
    clauses = clauses_in(after)
    return after if last or len(clauses) == 1 else after[: len(after) - len(clauses[-1])]


def day_of(state: Discourse, role: str, today: date) -> Span | None:
    """The days of a role in the change in hand; what has happened cannot lie after today."""
    span = state.focus.span(role)
    if span and span.first <= today < span.last:
        return Span(span.first, today)
    return span
