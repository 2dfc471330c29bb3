"""What is worked out for one customer: a last day, a review window, an age, the verdict on a name.

Each is found by what the fact's aspect awaits; none depends on the words of the question.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from beian.answers.days_off import days_off, from_the_next_day
from beian.answers.last_day import last_day
from beian.answers.reply import Reply
from beian.calendar.age import age_in_answer, find_age
from beian.calendar.age_text import age_text
from beian.calendar.deadline_text import (
    deadlines_of,
)
from beian.calendar.finding import Finding
from beian.calendar.review_text import overdue_text, review_text, waited_text
from beian.calendar.working_days import review_window
from beian.hearing.day_questions import asks_the_first_day
from beian.hearing.day_words import wanted_by
from beian.hearing.heard import Heard
from beian.hearing.planned import limit_day
from beian.hearing.questions import is_polar
from beian.hearing.roles import day_of
from beian.hearing.verdicts import asks_to_wait
from beian.hearing.which_start import events_kept
from beian.kb import KnowledgeBase
from beian.meaning.advance import RETELLING, TELLING
from beian.meaning.state import Discourse
from beian.names import check_name, names_changed_to, names_in_answer
from beian.names.name_text import names_text
from beian.text import patterns

Work = Callable[[str, Discourse, Heard, date, KnowledgeBase], "Finding | None"]


def worked_out(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    """The fact worked out for this customer; None where what it needs is not known."""
    work = _WORKS.get(kb.cells[fact].awaits or "")
    return work(fact, state, heard, today, kb) if work else None


def events_of(fact: str, state: Discourse, today: date, kb: KnowledgeBase) -> list[dict[str, str]]:
    """The days to put into a calendar: date (YYYY-MM-DD) and title; none from a day only roughly known."""
    role = kb.cells[fact].awaits or ""
    span = day_of(state, role, today) if role in _DAYS else None
    if span is None or not span.exact:
        return []
    if role == "submitted":
        title = kb.phrase("deadline", "review_event")
        return [{"date": review_window(span.first, kb).last.isoformat(), "title": title}]
    return deadlines_of(fact, span, today, kb)


def _review(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    off = days_off(state, heard, today, kb)
    if off:
        return off
    if _OVERDUE.search(heard.said.text):
        return overdue_text(kb)
    waited = _WAITED.search(heard.said.text)
    if waited:
        days = waited.group(1) or waited.group(2)
        return waited_text(int(days), kb)
    span = day_of(state, "submitted", today)
    limit = limit_day(heard) if is_polar(heard.said.text) or _is_wanted(heard) else None
    if span is None and limit and state.focus.span("changed"):
        supposed = review_window(today, kb)
        found = review_text(supposed, supposed, today, kb, limit)
        return replace(found, verdict=f"{kb.phrase('deadline', 'review_if_today')}{found.verdict}")
    if span is None:
        return None
    found = review_text(review_window(span.first, kb), review_window(span.last, kb), today, kb, limit)
    return from_the_next_day(found, span, heard, kb) if asks_the_first_day(heard.said.text) else found


def _is_wanted(heard: Heard) -> bool:
    return any(wanted_by(found, heard) for found in heard.days)


def work_in(
    reply: Reply, parts: dict[str, Finding], state: Discourse, today: date, kb: KnowledgeBase
) -> None:
    """Put the card and the days of what was worked out into a reply."""
    if not parts:
        return
    first = next(iter(parts))
    reply.card = parts[first].card | {"fact": first}
    events = [event for fact in parts for event in events_of(fact, state, today, kb)]
    if events:
        reply.extra["deadlines"] = events


def to_check(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> tuple[str, ...]:
    """What a message puts forward that this fact decides on: the names, or the words that tell an age; where
    it only wants to be told again, what was put forward before."""
    written, awaited = heard.said.written, kb.cells[fact].awaits
    found: tuple[str, ...] = ()
    if awaited == "site_name":
        found = tuple(names_changed_to(written, kb))
        if not found and _was_asked_for("site_name", state, heard):
            found = tuple(names_in_answer(written, kb))
    elif awaited == "birth":
        read = age_in_answer if _was_asked_for("birth", state, heard) else find_age
        found = (written,) if read(written, today) else ()
    elif awaited == "changed":
        found = events_kept(heard, state)
    told_again = heard.meaning.manner in RETELLING
    again = (awaited == "site_name" and told_again) or (
        awaited == "birth" and (told_again or asks_to_wait(heard.said.text))
    )
    return found or (state.checked if again else ())


def _names(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    names = to_check(fact, state, heard, today, kb)
    return names_text([check_name(name, kb) for name in names], kb) if names else None


def _age(fact: str, state: Discourse, heard: Heard, today: date, kb: KnowledgeBase) -> Finding | None:
    words = to_check(fact, state, heard, today, kb)
    age = age_in_answer(words[0], today) if words else None
    return age_text(age, today, kb, waits=asks_to_wait(heard.said.text)) if age else None


def _was_asked_for(kind: str, state: Discourse, heard: Heard) -> bool:
    """Whether a message may be no more than what the answer before it awaits: 那绿叶书屋呢, 08年的."""
    awaited = state.asked is not None and state.asked.kind == kind
    return awaited and heard.meaning.manner in ("ask", *TELLING)


# 都等了25个工作日了: how long it has been already.
_WAITED = patterns.compile(r"(?:等|过|审)了?.{0,3}?(\d{1,3})多?个工作日|(\d{1,3})多?个工作日了")
# 过了最晚那天还没信, 超了20个工作日找谁: what to do once it has taken longer than is usual.
_OVERDUE = patterns.compile(
    r"[超过]了?(?:这个?|那个?)?(?:最[晚慢迟长]|时限|期限|时间|20个?工作日|二十个?工作日|20天|二十天)"
)
_DAYS = ("changed", "submitted", "rejected")
_WORKS: dict[str, Work] = {
    "changed": last_day,
    "rejected": last_day,
    "submitted": _review,
    "site_name": _names,
    "birth": _age,
}
