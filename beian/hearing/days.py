"""Which day of the case a message tells, and as how certain."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from beian.calendar.dates import FoundDate
from beian.calendar.plans import without_month, without_week
from beian.calendar.span import Span
from beian.hearing.day_words import (
    ROLES,
    asked_about,
    handed_in,
    handed_over,
    not_then,
    to_come_by,
    told_beside,
)
from beian.hearing.happened import how_long_since, not_done_then
from beian.hearing.heard import Heard
from beian.hearing.named_days import named_by_the_customer
from beian.hearing.of_the_same_day import open_before, with_the_same_day
from beian.hearing.other_days import of_the_case
from beian.hearing.own_days import beside_a_change, hardly_more_than, matter_of
from beian.hearing.planned import makes_certain, planned_day
from beian.hearing.questions import supposes
from beian.hearing.roles import role_of, roles_of
from beian.kb import KnowledgeBase
from beian.meaning.advance import SUPPOSING, TELLING
from beian.meaning.state import Discourse, Matter
from beian.text import patterns

# Beside a day of the past these tell that the change was made; of one to come, that it is waited for.
_DONE = patterns.compile(".{0,6}?(?:下来|拿到|办[好完下]|批[下了]|领[到了]|到手|生效|登记|签)")
# 最晚周三领导要结果: a day that somebody wants it by tells nothing that happened.
_WANTED_BY = patterns.compile("(?:最晚|最迟|赶在|争取在?|必须在|要在)$")
_GUESSED = patterns.compile("(?:好像|大概|应该|可能|估计|大约|差不多|貌似|记得)(?:是|在|就)*$")
# What no plan of handing in tells of: 今天改完就重新交.
_HAPPENED = ("changed", "rejected")
MOSTLY_A_DAY = 0.4
MOSTLY_DAYS_AND_NAMES = 0.6


def tell_days(state: Discourse, heard: Heard, kb: KnowledgeBase) -> tuple[Discourse, FoundDate | None]:
    """The state with the days that a message tells, and the day that cannot be (impossible, or still to
    come where it must be past), if there is one.

    A question about a day (国庆算吗), or one that only supposes, tells nothing.
    """
    heard = of_the_case(heard)
    heard = replace(heard, days=tuple(found for found in heard.days if not asked_about(found, heard)))
    role = role_of(state, heard, kb) if heard.days else None
    if role is None or not _tells(state, heard, role, kb) or planned_day(state, heard, role):
        return state, None
    roles = roles_of(heard, role, state, kb)
    told: set[tuple[Matter, str]] = set()
    doubtful = None
    after = state
    for found, own in zip(heard.days, roles, strict=True):
        before = heard.said.written[: found.start]
        if not_done_then(found, heard) or (own in _HAPPENED and handed_over(found, heard)):
            continue
        if own is None or not_then(found, heard) or _WANTED_BY.search(before) or to_come_by(found, heard):
            continue
        if found.first is None or found.last is None or _still_to_come(found, own, heard):
            doubtful = doubtful or found
            continue
        matter = matter_of(found, heard, after, kb)
        if matter is None:
            continue
        span = _of_the_known(Span(found.first, found.last), matter.span(own), found.text).as_text()
        if span == getattr(matter, own) or (found.kind == "exact" and _from_now(found, heard, own, state)):
            continue
        if (matter, own) not in told or heard.meaning.manner == "correct":
            after = after.with_matter(matter, **{own: span})
            told.add((replace(matter, **{own: span}), own))
    if role == "changed" and told:
        after = _with_loosely_named(after, heard)
        after = with_the_same_day(after, heard)
    return after, None if told else doubtful


def _with_loosely_named(state: Discourse, heard: Heard) -> Discourse:
    """The state with the changes of a message that no name of the vocabulary tells (改名, 搬家), by the
    customer's own words: none of several days is forgotten."""
    named = named_by_the_customer(heard)
    own = next((name for name, span in named if span.as_text() == state.focus.changed), None)
    if own and not state.focus.named:
        state = state.focused(client=own)
    known = state.matters or (state.focus,)
    left = [(name, span.as_text()) for name, span in named]
    for matter in known:
        left = [(name, span) for name, span in left if span != matter.changed]
    if not left:
        return state
    return replace(state, matters=(*known, *(Matter(client=name, changed=span) for name, span in left)))


def _still_to_come(found: FoundDate, role: str, heard: Heard) -> bool:
    """Whether what must have happened is said of a day to come; what is only supposed may be."""
    return role == "rejected" and found.kind == "future" and not supposes(heard.said.text)


def _of_the_known(told: Span, known: Span | None, text: str) -> Span:
    """A year told by itself (去年的) is the year of the known day; a day without its month (21号) is one of
    the days that it was known to be among."""
    if told.exact and known is not None and not known.exact and told.first >= known.first:
        within = [known.first + timedelta(days=day) for day in range((known.last - known.first).days + 1)]
        same = [
            day
            for day in within
            if (without_month(text) and day.day == told.first.day)
            or (without_week(text) and day.weekday() == told.first.weekday())
        ]
        return Span(same[0], same[0]) if len(same) == 1 else told
    whole = (told.first, told.last) == (date(told.first.year, 1, 1), date(told.first.year, 12, 31))
    if not whole or known is None or not known.exact:
        return told
    try:
        return Span(*(known.first.replace(year=told.first.year),) * 2)
    except ValueError:
        # the 29th of February in a year without one
        return told


def _tells(state: Discourse, heard: Heard, role: str, kb: KnowledgeBase) -> bool:
    """Whether the days in a message are days of the case.

    Statements and suppositions tell them; a question does where a verb beside says what happened then, or
    where it is hardly more than the day (3号呢) and none is known yet, or the day is certain.
    """
    manner = heard.meaning.manner
    if manner in TELLING:
        return manner == "correct" or _said_of_the_case(state, heard)
    if any(how_long_since(found, heard) for found in heard.days):
        return True
    if told_beside(heard) or supposes(heard.said.text) or makes_certain(state, heard, role):
        return True
    if role == "submitted" and any(handed_in(found, heard) for found in heard.days):
        return True
    if manner == "what_if":
        return _said_of_the_case(state, heard)
    if manner in SUPPOSING:
        return False
    exact = any(found.kind == "exact" and found.day != heard.today for found in heard.days)
    # 上个月底才拿到新照，最晚哪天: what its days are counted from is what the question is about
    came = role == "changed" and any(_DONE.match(heard.said.written[found.end :]) for found in heard.days)
    # 好像是中旬，期限到哪天: a guess at the day that the question is about
    guessed = role == "changed" and any(
        _GUESSED.search(patterns.tail(heard.said.written, found.start)) for found in heard.days
    )
    bare = _mostly_days(heard) and all(hardly_more_than(found, heard) for found in heard.days)
    beside = any(beside_a_change(found, heard, state, kb) for found in heard.days)
    return bare or ((exact or came or beside or guessed) and not _known(state, role))


def _known(state: Discourse, role: str) -> bool:
    """Whether the very day of a role is known, not only roughly."""
    span = state.focus.span(role)
    return span is not None and span.exact


def _mostly_days(heard: Heard, *, with_names: bool = False) -> bool:
    """Whether a message is hardly more than its days, or days and what changed on them."""
    names = {word for (slot, _), word in heard.said.words.items() if slot == "item"} if with_names else ()
    told = sum(len(text) for text in (*(found.text for found in heard.days), *names))
    return told / max(1, len(heard.said.written)) >= (MOSTLY_DAYS_AND_NAMES if with_names else MOSTLY_A_DAY)


def _said_of_the_case(state: Discourse, heard: Heard) -> bool:
    """Whether a statement with a day says when a step of the case was taken (10月8号换的, or hardly more than
    the day, or what was asked for), and not something else that happened then (昨天打不开了)."""
    kind = state.asked.kind if state.asked else ""
    of_it = not heard.said.values("item") or open_before(heard, state) is not None
    waits = kind in ROLES and not _known(state, kind) and of_it
    done = any(
        found.kind != "future" and _DONE.match(heard.said.written[found.end :]) for found in heard.days
    )
    mostly = _mostly_days(heard) or _mostly_days(heard, with_names=True)
    return waits or done or mostly or bool(told_beside(heard))


def _from_now(found: FoundDate, heard: Heard, role: str, state: Discourse) -> bool:
    """Whether today stands in a question about a day that is known: how long it is from now."""
    asks = heard.meaning.manner not in TELLING
    return asks and bool(getattr(state.focus, role)) and found.day == heard.today
