"""The last day of a period that runs for the customer, worked out from what happened on which day."""

from __future__ import annotations

from datetime import date

from beian.answers.case import matter_name
from beian.answers.days_off import from_the_next_day, handed_in_off, met_in_the_period
from beian.calendar.deadline_text import as_decided, deadline_of, each_start, several_text, span_text
from beian.calendar.finding import Finding
from beian.calendar.span import Span
from beian.hearing.day_questions import asks_about_days, asks_apart, asks_the_first_day
from beian.hearing.distances import distance_day
from beian.hearing.happened import said_to_have_happened
from beian.hearing.heard import Heard
from beian.hearing.named_days import named_by_the_customer
from beian.hearing.own_days import dated_matters
from beian.hearing.planned import planned_day, until_then
from beian.hearing.questions import supposes
from beian.hearing.roles import day_of
from beian.hearing.which_start import decides_the_start, starts_asked
from beian.kb import KnowledgeBase
from beian.meaning.state import Discourse


def last_day(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    """The last day or days that follow from the case and the message; None where no day is known."""
    role = str(kb.cells[fact].awaits)
    apart = handed_in_off(fact, state, heard, today, kb) or _of_several(fact, role, state, heard, today, kb)
    if apart:
        return apart
    span = day_of(state, role, today)
    if span is None:
        return None
    met = met_in_the_period(fact, span, heard, today, kb)
    if met:
        return met
    happened = said_to_have_happened(heard, span.first)
    found = span_text(
        fact,
        span,
        today,
        kb,
        supposed=supposes(heard.said.text),
        submitted=_handed_in(fact, role, span, state, heard, today, kb),
        remark="planned" if happened else "planned_told",
    )
    if decides_the_start(heard, state):
        return as_decided(found, kb)
    return from_the_next_day(found, span, heard, kb) if asks_the_first_day(heard.said.text) else found


def _of_several(
    fact: str, role: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> Finding | None:
    """The last days counted from each of several days; None where there is only one."""
    starts = starts_asked(heard, state) if role == "changed" else []
    if starts:
        return each_start(fact, [span for _, span in starts], today, kb)
    several = dated_matters(state, heard, role, kb)
    # in the customer's words where not all of them are known by name
    named = named_by_the_customer(heard) if role == "changed" or asks_apart(heard.said.text) else []
    if several and len(several) >= len(named):
        parts = [(matter_name(matter, kb), matter.span(role)) for matter in several]
        undated = [name for name, span in parts if span is None]
        return several_text(fact, [(name, span) for name, span in parts if span], today, kb, undated)
    return several_text(fact, named, today, kb) if named else None


def _handed_in(
    fact: str, role: str, span: Span, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase
) -> Span | None:
    """The days of handing in that are to be judged; None for today."""
    # who names both days, or one after the other is known, asks whether the one is in time for the other
    handed_in = state.focus.span("submitted") if role == "changed" and len(heard.days) > 1 else None
    planned = planned_day(state, heard, role)
    if planned is not None and planned.first and planned.last and not asks_about_days(heard.said.text):
        return Span(planned.first, planned.last)
    if handed_in:
        return handed_in if handed_in.exact else None
    last = deadline_of(fact, span.first, today, kb).last
    return until_then(heard, today) or distance_day(heard, last, today)
