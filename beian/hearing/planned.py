"""Days to come: the one on which the customer means to hand in, and those by which it has to be done."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from beian.calendar.dates import FoundDate
from beian.calendar.plans import nearest_plan
from beian.calendar.span import Span
from beian.hearing.day_words import (
    asked_about,
    cannot_by_then,
    ends_before,
    handed_in,
    hoped_for,
    to_come_by,
    wanted_by,
)
from beian.hearing.event_verbs import TOLD_AT_ONCE
from beian.hearing.heard import Heard
from beian.hearing.questions import is_polar, supposes
from beian.meaning.state import Discourse

# So many signs beside a day tell nothing besides it: 好像是29号吧.
_LITTLE_BESIDE = 6


def makes_certain(state: Discourse, heard: Heard, role: str) -> bool:
    """Whether a message is hardly more than one of the days that the case's may be: 好像是29号吧."""
    known = state.focus.span(role)
    if known is None or known.exact or len(heard.days) != 1 or heard.said.named:
        return False
    found = heard.days[0]
    little = len(heard.said.written) - len(found.text) <= _LITTLE_BESIDE
    return little and found.day is not None and known.first <= found.day <= known.last


def planned_day(state: Discourse, heard: Heard, role: str) -> FoundDate | None:
    """The day on which the customer means to hand in, once the day that the time runs from is known: that
    beside which it is said, or the only one, in a yes-or-no question (12月15号没问题吧), unless a verb says
    that it happened then. A day without its month is one to come."""
    known = state.focus.span(role)
    if role == "submitted" or known is None or makes_certain(state, heard, role):
        return None
    text, manner = heard.said.written, heard.meaning.manner
    days = [
        found
        for found in heard.days
        if found.last is not None and not to_come_by(found, heard) and not asked_about(found, heard)
    ]
    handing = [found for found in days if found.day != heard.today and handed_in(found, heard)]
    plans = [nearest_plan(found, text, heard.today) if heard.today else found for found in handing]
    # nothing is handed in before it has happened: that is the day that the time runs from
    plans = [plan for plan in plans if plan.last and plan.last > known.last]
    if plans:
        return plans[-1]
    # 推到12月8号呢: of a change that has been made, what is put off is handing it in
    put_off = supposes(heard.said.text) or manner == "what_if"
    past = heard.today is not None and known.last <= heard.today
    put_off = put_off or _what_of_a_day_to_come(days, heard)
    asked = manner != "correct" and (is_polar(heard.said.text) or (put_off and past))
    alone = days[0] if len(days) == 1 and asked else None
    if alone and alone.last and alone.last <= known.last:
        return None
    happened = alone and any(told.match(text[alone.end :]) for told in TOLD_AT_ONCE.values())
    return None if happened else alone


def _what_of_a_day_to_come(days: Sequence[FoundDate], heard: Heard) -> bool:
    """Whether a message puts forward a day to come and nothing besides: 那12月20号呢."""
    return heard.said.text.rstrip("?？").endswith("呢") and all(found.kind == "future" for found in days)


def limit_day(heard: Heard) -> date | None:
    """The day by which something has to be ready (元旦前能好不): the last such day of a message."""
    limits = [
        found.last + timedelta(days=1)
        if ends_before(found) or _may_be_that_day(found, heard)
        else found.first
        for found in heard.days
        if found.first and found.last and to_come_by(found, heard)
    ]
    # 元旦能批下来吗: that very day will do
    hoped = [
        found.first + timedelta(days=1) for found in heard.days if found.first and hoped_for(found, heard)
    ]
    return next(reversed(limits or hoped), None)


def _may_be_that_day(found: FoundDate, heard: Heard) -> bool:
    """Whether that very day will do: 12月20号能好吗, and not 12月20号前."""
    return wanted_by(found, heard) and not heard.said.written[found.end :].startswith(("前", "之前", "以前"))


def until_then(heard: Heard, today: date) -> Span | None:
    """The days up to the one before which something is to be handed in (月底前交来得及吧, 圣诞前交呢)."""
    text, manner = heard.said.text, heard.meaning.manner
    if not (is_polar(text) or supposes(text) or manner == "what_if" or text.rstrip("?？").endswith("呢")):
        return None
    limits = [
        nearest_plan(found, heard.said.written, today) for found in heard.days if to_come_by(found, heard)
    ]
    last = limits[-1].last if limits and not cannot_by_then(heard) else None
    return Span(today, last) if last is not None and last >= today else None
